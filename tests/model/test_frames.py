"""Frames are data: dates, numbers, ordered categories and booleans, and no words for people."""

from __future__ import annotations

import pandas as pd
import pytest

import planlineage as pl


@pytest.fixture(scope="module", name="coverage")
def covered() -> pl.Coverage:
    return pl.coverage("weibin_2021", "central_2021")


def test_a_frame_of_coverage_says_where_each_task_stands(coverage: pl.Coverage) -> None:
    frame = coverage.frame
    assert {"part", "article", "strength", "local_plan", "upper_plan"} <= set(frame.columns)
    assert set(frame["local_plan"]) == {"weibin_2021"}
    assert frame["applicable"].dtype == bool
    assert frame["deadline"].dtype.kind == "M"
    assert frame["status"].cat.ordered
    assert frame["status"].max() == "not_applicable"
    assert frame["status"].isna().sum() == 0


def test_dates_and_days_of_deadlines_are_numbers() -> None:
    for report in (
        pl.deadlines("shanting_2021", "central_2021", as_of="2024-06-30"),
        pl.task_table("shanting_2021", None, "central_2021", as_of="2024-06-30"),
    ):
        frame = report.frame
        assert (frame["due_latest"] - frame["due_earliest"]).max() == pd.Timedelta(days=365)
        assert frame["days_max"].dtype == "Int64"
        assert frame["days_max"].max() == 365
        assert isinstance(frame["status"].dtype, pd.CategoricalDtype)
        assert set(frame["upper_plan"]) == {"", "central_2021"}


def test_days_of_slippage_are_numbers_and_its_keys_categories() -> None:
    frame = pl.slippage("shanting_2021", "central_2021").frame
    assert frame["days_min"].dtype == frame["days_max"].dtype == "Int64"
    assert list(frame["comparable"].cat.categories) == ["yes", "partly", "no"]


def test_a_report_is_one_line(coverage: pl.Coverage) -> None:
    shown = repr(coverage)
    assert shown.startswith("Coverage(")
    assert "\n" not in shown
    assert len(shown) < 250


@pytest.mark.parametrize("name", ["coverage", "slippage", "deadlines", "status", "lineage"])
def test_a_notebook_shows_a_screen_and_folds_the_rest(name: str) -> None:
    made = {
        "coverage": lambda: pl.coverage("weibin_2021", "central_2021"),
        "slippage": lambda: pl.slippage("weibin_2021", "central_2021"),
        "deadlines": lambda: pl.deadlines("weibin_2021", "central_2021"),
        "status": lambda: pl.status("weibin_2021"),
        "lineage": lambda: pl.link("weibin_2021", "central_2021"),
    }[name]()
    seen, _, folded = made._repr_html_().partition("<details>")
    assert seen.count("<tr>") <= 1 + made.shown_rows
    assert seen.count("<th>") <= 9
    assert folded or name == "lineage"


def test_what_changed_is_shown_first() -> None:
    report = pl.slippage("shanting_2021", "central_2021")
    changed = len(report.changed)
    assert all(a.counts for a in report.shown_records[:changed])
    assert len(report.shown_records) == len(report.records)
