"""Who is responsible: every form of note (cases/responsibility.json), and which tasks it holds for (cases/scopes.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planlineage import parse_text
from planlineage.model.commitments import Responsibility
from planlineage.model.wording import LANGS
from planlineage.reading.commitments import NOBODY, assigned, recognise

CASES = Path(__file__).parent / "cases"
NOTES = json.loads((CASES / "responsibility.json").read_text(encoding="utf-8"))
SCOPES = json.loads((CASES / "scopes.json").read_text(encoding="utf-8"))["cases"]


def notes(text: str) -> list[str]:
    return [e.normal for e in recognise(text, kinds={"responsible"}) if isinstance(e, Responsibility)]


@pytest.mark.parametrize("case", NOTES["notes"], ids=lambda case: case["text"][:30])
def test_every_form_of_note_is_read(case: dict[str, str]) -> None:
    assert notes(case["text"]) == [case["normal"]]


@pytest.mark.parametrize("text", NOTES["not"])
def test_other_brackets_name_no_units(text: str) -> None:
    assert notes(text) == []


@pytest.mark.parametrize("case", SCOPES, ids=lambda case: case["why"])
def test_a_note_holds_for_the_tasks_that_it_covers(case: dict[str, Any]) -> None:
    plan = parse_text(case["text"], level="district")
    found = assigned(plan)
    for words, lead, scope in case["expect"]:
        [task] = [s for s in plan.statements if words in s.text and s.kind == "task"]
        held = found.get(task.id, NOBODY)
        assert (list(held.lead), held.scope) == (lead, scope), words
        assert all(held.reason.text(lang) for lang in LANGS)


def test_dates_of_a_note_apart_go_to_the_tasks_it_covers() -> None:
    plan = parse_text("1．公示。建立平台。\n（牵头单位：甲局；完成时限：2026年6月底前）", level="district")
    [task] = plan.tasks
    assert [str(d.latest) for d in assigned(plan)[task.id].deadlines] == ["2026-06-30"]
