"""What became of promises: how many by verdict, then each promise beside the words of the report."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from ...analysis.follow_up import Followed, FollowUp
from ...comparing.following.decide import Verdict
from ...model.wording import percentage
from .page import Page
from .table import Cell, Column

_STYLES = {
    "met": "green",
    "reported_done": "green",
    "close": "yellow",
    "missed": "red",
    "not_reported": "dim",
}


def follow_up_page(page: Page, report: FollowUp, *, every_row: bool = False) -> None:
    """Targets first; tasks too where every row is asked for."""
    words = page.words
    counts = Counter(row.settled for row in report)
    judged = sum(n for v, n in counts.items() if v not in ("reported", "not_reported"))
    low, high = report.interval
    page.title(
        words("follow.title"),
        words("follow.note", rate=percentage(report.rate), low=percentage(low), high=f"{high:.0%}", judged=judged),
    )
    for remark in report.remarks:
        page.line(remark.text(report.lang), style="yellow", indent=2)
    page.items(
        [(words(f"verdict.{v}"), _STYLES.get(v, "")), (f" {counts[v]}", "bold")] for v in get_args(Verdict) if counts[v]
    )
    columns = [
        Column(words("follow.promise"), share=4, lines=3, least=20),
        Column(words("column.status"), least=8),
        Column(words("follow.evidence"), share=4, lines=3, least=20),
    ]
    rows = [r for r in report if every_row or r.kind == "target"]
    page.table(columns, [_row(page, report, row) for row in rows], indent=2)


def _row(page: Page, report: FollowUp, row: Followed) -> list[Cell | str]:
    at = report.report.source.at
    style = _STYLES.get(row.settled, "")
    return [
        row.words,
        Cell(page.words(f"verdict.{row.settled}"), style),
        " … ".join(at(span) for span in row.outcome.evidence),
    ]
