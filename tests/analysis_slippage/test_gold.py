"""The slippage table against the changes found by reading, where those are at hand."""

from __future__ import annotations

import pytest
from real import AT_HAND, FOLDER, WHY_NOT
from slippage_gold import Score, gold_rows, score, table

import planlineage as pl
from planlineage.comparing.answer import Answer
from planlineage.comparing.binding import applicability
from planlineage.comparing.changes import Aspect

LEAST = 0.75

pytestmark = pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)


@pytest.fixture(scope="module")
def result() -> Score:
    return score(pl.slippage("shanting_2021", "central_2021"), gold_rows(FOLDER / "gold" / "shanting_slippage.tsv"))


UNLINKED = {"B15"}
"""Rows whose edge the linker does not draw: a reply rate of 100 % under a sentence on the quality of replies."""


def test_every_date_and_number_comes_out_as_read(result: Score) -> None:
    assert set(result.wrong) <= UNLINKED


def test_changes_of_strength_are_found(result: Score) -> None:
    assert result.recall >= LEAST, result.whole_missed


def test_changes_of_strength_are_not_made_up(result: Score) -> None:
    assert result.precision >= LEAST, [(r["local_text"], r["reason"]) for r in result.spurious]


def test_what_is_found_has_the_right_direction(result: Score) -> None:
    assert set(result.found) - set(result.named_right) == set()


def test_the_table_in_the_docs_holds_the_measured_figures(result: Score, root) -> None:
    assert table(result) in (root / "docs" / "slippage.md").read_text(encoding="utf-8")


def test_state_council_departments_bind_no_district() -> None:
    central = pl.load("central_2021")
    task = next(s for s in central.tasks if "国务院部门权责清单" in s.text)
    found = applicability(task, pl.Level.DISTRICT)
    assert not found.applies
    assert "国务院部门" in str(found.reason)


def test_the_examples_of_the_front_page() -> None:
    shanting, weibin = (pl.slippage(p, "central_2021") for p in ("shanting_2021", "weibin_2021"))

    def one(report: pl.Slippage, aspect: Aspect, words: str) -> Answer:
        return next(a for a in report.of(aspect) if words in a.upper_text)

    hours = one(shanting, "target", "学时")
    assert (hours.change, hours.upper_value, hours.local_value) == (
        "lowered",
        ">= 60 学时",
        ">= 40 学时",
    )
    assert hours.effect == "weaker"
    assert one(weibin, "target", "学时").change == "kept"
    supervision = one(shanting, "deadline", "行政执法协调监督工作体系")
    assert (supervision.days_min, supervision.days_max) == (0, 365)
    lists = one(shanting, "deadline", "国务院部门权责清单")
    assert lists.comparable == "no"
    assert "国务院部门" in [r.value("a") for r in lists.reasons]
    inspection = one(weibin, "deadline", "督察全覆盖")
    assert (inspection.days_min, inspection.days_max) == (0, 365)
