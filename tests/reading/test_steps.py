"""The reader's steps: what one needs is given at the door or set by a step before it."""

from __future__ import annotations

import pytest

from planlineage.reading.parse import STEPS
from planlineage.reading.steps import run, sets


def test_every_step_needs_only_what_stands_before_it() -> None:
    known = {"id", "source", "role", "supplied"}
    for step in STEPS:
        assert set(step.needs) <= known, step.run.__name__
        assert known.isdisjoint(step.sets), step.run.__name__
        known |= set(step.sets)
    assert "plan" in known


def test_a_step_whose_needs_nobody_sets_is_refused() -> None:
    @sets("double")
    def double(number: int) -> int:
        return 2 * number

    assert run([double], {"number": 2})["double"] == 4
    with pytest.raises(KeyError, match="number"):
        run([double], {})
