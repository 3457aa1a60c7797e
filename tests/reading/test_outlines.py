"""The outline and the kinds of statements, on small documents in many numbering styles (`outlines.json`).

`unread` in a case names what the learnt decision is not sure of, too little standing around it: a known weakness.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from laws import assert_lawful

from planlineage import Plan, parse_text

CASES = json.loads(Path(__file__).with_name("outlines.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def shown(plan: Plan) -> list[str]:
    """The outline, one clause a line, indented; clauses without number or title by their kind."""
    lines = []
    for clause in plan.clauses:
        name = clause.number if clause.number else f"({clause.kind})"
        lines.append("  " * (len(plan.path(clause.id)) - 1) + f"{name} {clause.title}".rstrip())
    return lines


def test_the_outline_is_the_documents_own(case: dict[str, Any]) -> None:
    assert shown(parse_text("\n".join(case["text"]))) == case["outline"]


def test_every_statement_has_its_kind(case: dict[str, Any]) -> None:
    plan = parse_text("\n".join(case["text"]))
    if "kinds" in case:
        assert [[s.kind, s.text] for s in plan.statements] == case["kinds"]
    assert {s.text for s in plan.statements if s.kind == "unread"} == set(case.get("unread", []))


def test_nothing_is_lost(case: dict[str, Any]) -> None:
    assert_lawful(parse_text("\n".join(case["text"])))
