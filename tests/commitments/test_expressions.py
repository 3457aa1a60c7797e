"""Stretches of text and what a careful reader makes of them: cases/expressions.json."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from planlineage.model.commitments import Deadline, Duration, Recurrence, Target
from planlineage.reading.commitments import Context, recognise

CASES = json.loads((Path(__file__).parent / "cases" / "expressions.json").read_text(encoding="utf-8"))["cases"]


def expected(expect: dict[str, Any], found: list[Any]) -> bool:
    """Whether the expressions say what the case expects."""
    targets = [e for e in found if isinstance(e, Target)]
    deadlines = [e for e in found if isinstance(e, Deadline)]
    match expect:
        case {"must_not": kinds}:
            return not [e for e in found if e.kind in str(kinds)]
        case {"target": normal, **rest}:
            return [t.normal for t in targets] == [normal] and all(getattr(targets[0], k) == v for k, v in rest.items())
        case {"duration": normal}:
            return [e.normal for e in found if isinstance(e, Duration)] == [normal.replace(" ", "")]
        case {"recurrence": rule, "by": by, **rest}:
            rhythms = [e for e in found if isinstance(e, Recurrence) and e.due == by]
            return (
                len(rhythms) == 1
                and (rhythms[0].rule or "").startswith(rule)
                and all(getattr(rhythms[0], k) == v for k, v in rest.items())
            )
        case {"relative": term, "anchor": anchor}:
            return [(d.relative, d.anchor) for d in deadlines] == [(term, anchor)]
        case {"pairs": pairs}:
            days = [str(d.latest) for d in deadlines]
            return (
                days == [day for day, _ in pairs]
                and [f"{t.value} {t.unit}" for t in targets] == [v for _, v in pairs]
                and [f"{t.year}-12-31" for t in targets] == days
            )
        case {"latest": day, **rest}:
            return [str(d.latest) for d in deadlines] == [day] and all(
                getattr(deadlines[0], k) == v for k, v in rest.items()
            )
    raise AssertionError(f"a case of an unknown form: {expect}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_reads_what_a_careful_reader_reads(case: dict[str, Any]) -> None:
    issued = datetime.date.fromisoformat(case["issued"]) if "issued" in case else None
    found = recognise(case["text"], Context(issue_date=issued), kinds={"deadline", "duration", "recurrence", "target"})
    assert expected(case["expect"], found), found
