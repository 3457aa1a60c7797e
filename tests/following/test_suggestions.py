"""Entries that a report proposes for a ledger: what is proposed, and that only what a person accepts is taken in."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pytest

import planlineage as pl
from planlineage.progress.suggestions import Suggestions

PLAN = "一、今年重点工作\n加强社区养老服务设施建设。2024年6月底前建成济南东站。新建学校20所。加快建设雷达站。"
TOLD = "一、2024年工作回顾\n社区养老服务设施全部建成。济南东站建成。新建学校15所。\n二、今年重点工作\n发展工业。"
YEAR_END = datetime.date(2024, 12, 31)


@pytest.fixture
def plan() -> pl.Plan:
    """A plan of one year."""
    return pl.parse_text(PLAN, title="某省2024年政府工作报告", place="某省")


@pytest.fixture
def found(plan: pl.Plan) -> Suggestions:
    """What the report of the next year proposes for it."""
    return pl.suggest_progress(plan, pl.parse_text(TOLD, title="某省2025年政府工作报告", place="某省"), lang="en")


def test_what_is_proposed(found: Suggestions) -> None:
    rows = {r.content: (r.status.value, r.percent, r.value, r.effective_on) for r in found}
    assert rows["加强社区养老服务设施建设。"] == ("done", 100, "", YEAR_END)
    assert rows["2024年6月底前建成济南东站。"] == ("done", 100, "", None), "when within the year is not told"
    assert rows["新建学校20所。"] == ("in_progress", None, "15", YEAR_END)
    assert "加快建设雷达站。" not in rows, "nothing is said of it"
    assert "社区养老服务设施全部建成" in found[0].evidence


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_only_what_a_person_accepts_is_taken_in(found: Suggestions, plan: pl.Plan, tmp_path: Path, ending: str) -> None:
    path = pl.write_suggestions(found, tmp_path / f"suggested.{ending}")
    ledger = tmp_path / "ledger.db"
    assert pl.import_progress(ledger, path, plan).added == 0, "nothing is decided yet"
    decide(path, ["accept", "accept", "reject"])
    taken = pl.import_progress(ledger, path, plan)
    assert (taken.added, [p.column for p in taken.problems]) == (0, ["Effective on"]) or taken.refused
    decide(path, ["accept", "reject", ""])
    assert pl.import_progress(ledger, path, plan).added == 1
    with pl.Progress(ledger, readonly=True) as held:
        [event] = held.events()
        assert (event.status, event.effective_on) == ("done", YEAR_END)
        assert "社区养老服务设施全部建成" in event.evidence
    again = pl.suggest_progress(plan, found.followed.report, ledger)
    assert [r.content for r in again] == [r.content for r in found][1:], "what the ledger holds is not proposed again"
    decide(path, ["perhaps", "", ""])
    assert "perhaps" in str(pl.import_progress(ledger, path, plan).problems[0].problem)


def decide(path: Path, decisions: list[str]) -> None:
    """Fill in the column of decisions."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        column = next(cell.column for cell in sheet[3] if cell.value == "Decision")
        for row, decision in enumerate(decisions, 4):
            sheet.cell(row, column).value = decision
        book.save(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as handle:
        titles, *rows = csv.reader(handle)
    for cells, decision in zip(rows, decisions, strict=True):
        cells[titles.index("Decision")] = decision
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([titles, *rows])
