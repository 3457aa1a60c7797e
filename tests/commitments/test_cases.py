"""Labelled sentences: cases/*.json says what each is and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planlineage.model.levels import Level
from planlineage.reading.commitments import Context, recognise

CASES = Path(__file__).parent / "cases"
FILES = ("in_the_wild", "synthetic", "must_not_match", "actors", "strength")


def load(name: str) -> list[Any]:
    data = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, data["kinds"], id=case["text"][:24]) for case in data["cases"]]


def found(case: dict[str, Any], kinds: list[str]) -> list[list[str]]:
    context = Context(level=Level(case["level"])) if "level" in case else None
    return [[e.kind, e.surface, e.normal] for e in recognise(case["text"], context) if e.kind in kinds]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("case", "kinds"), [case for name in FILES for case in load(name)])
def test_reads_exactly_what_is_there(case: dict[str, Any], kinds: list[str]) -> None:
    assert found(case, kinds) == case["expect"], case["source"]


@pytest.mark.parametrize(("case", "kinds"), load("known_weaknesses"))
@pytest.mark.xfail(strict=True, reason="known weakness: see `source` in cases/known_weaknesses.json")
def test_known_weaknesses(case: dict[str, Any], kinds: list[str]) -> None:
    assert found(case, kinds) == case["expect"]
