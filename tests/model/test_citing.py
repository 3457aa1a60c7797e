"""Passages cite themselves, and what a caller misspells is refused."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import planlineage as pl
from planlineage.api.inputs import given_day


def test_a_statement_quotes_the_page() -> None:
    plan = pl.load("shanting_2021")
    assert all(s.quote == plan.raw(s) for s in plan.statements)
    copy = pickle.loads(pickle.dumps(plan))
    assert copy == plan
    assert copy.tasks[3].quote == plan.tasks[3].quote
    assert "_source" not in plan.model_dump_json()
    assert all(plan.raw(c) == c.surface for c in plan.tasks[0].commitments)


def test_an_edge_cites_both_sides() -> None:
    lineage = pl.link("weibin_2021", "central_2021")
    edge = next(e for e in lineage.edges if e.local_kind == "task")
    upper, local = edge.citation(), edge.citation("local")
    assert (upper.title, upper.number) == ("法治政府建设实施纲要（2021—2025年）", "中发〔2021〕33号")
    assert upper.quotation in lineage.upper("central_2021").source.text.replace("\n", "")
    assert local.clause == lineage.local.label(lineage.local.statement(edge.local_id).clause)
    assert upper.bibtex.startswith("@misc{central_2021,")
    assert upper.quotation in str(upper)
    with pytest.raises(ValueError, match="upper or local"):
        edge.citation("above")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no lineage"):
        pl.LineageEdge.model_validate(edge.model_dump()).citation()


def test_any_day_will_do() -> None:
    day = datetime.date(2024, 6, 30)
    same = (day, "2024-06-30", "2024/6/30", "2024年6月30日", pd.Timestamp(day), np.datetime64("2024-06-30"))
    assert {given_day(d) for d in same} == {day}
    assert given_day(np.datetime64("2024-06-30T10:00")) == day
    for wrong in ("2024-06", "soon", "2024-13-01"):
        with pytest.raises(ValueError, match=r"day|month"):
            given_day(wrong)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: pl.coverage("weibin_2021", "central_2021", weight="lenght"),  # type: ignore[arg-type]
        lambda: pl.coverage("weibin_2021", []),
        lambda: pl.link([], "central_2021"),
        lambda: pl.slippage("weibin_2021", "central_2021").of("deadlines"),  # type: ignore[arg-type]
        lambda: pl.slippage("weibin_2021", "central_2021").having("shrunk"),  # type: ignore[arg-type]
        lambda: pl.coverage("weibin_2021", "central_2021").by("parts"),  # type: ignore[arg-type]
        lambda: pl.deadlines("weibin_2021").having("late"),  # type: ignore[arg-type]
        lambda: pl.compare(["weibin_2021"], "central_2021").matrix("rates"),  # type: ignore[arg-type]
    ],
)
def test_what_is_misspelled_or_empty_is_refused(asked: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"one of|no plan is given"):
        asked()


def test_a_plan_prints_as_a_summary() -> None:
    plan = pl.load("central_2021")
    assert "\n" not in repr(plan)
    assert str(plan).count("\n") == 3
    assert "\n" not in repr(plan.tasks[0])
