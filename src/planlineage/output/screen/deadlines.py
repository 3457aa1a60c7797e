"""Deadlines on a day: what is past, near and ahead, with the upper clause's date and the slip beside it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from ...analysis.deadlines import ORIGINS, STATUSES, DeadlineReport
from ...model.report import Row
from .page import Page
from .table import Cell, Column

_STYLES = {"past": "red", "perhaps past": "yellow", "due soon": "yellow", "ahead": "", "no day known": "dim"}
_OWN = frozenset(name for key in ("own", "clause") for name in (key, ORIGINS[key]))
_PRESSING = ("past", "perhaps past", "due soon")


def stands_alone(row: Row) -> bool:
    """Whether a task's date is its own or its clause's, not one that holds for the whole plan."""
    return row["origin"] in _OWN


def deadlines_page(page: Page, report: DeadlineReport, *, every_task: bool = False) -> None:
    """The deadlines of a plan in the order of its text; tasks that share the plan's own date only where asked for."""
    words = page.words
    rows = report.rows()
    shown = rows if every_task else [r for r in rows if stands_alone(r)]
    page.title(words("deadlines"), words("as of", day=report.as_of))
    deadline_counts(page, shown)
    page.blank()
    _table(page, report, shown)
    if len(rows) > len(shown):
        rest = [r for r in rows if not stands_alone(r)]
        _rest(page, rest)


def pressing_deadlines(page: Page, report: DeadlineReport, *, most: int = 12) -> None:
    """The demo's view: what is past or near, the earliest first; what comes next where nothing is."""
    words = page.words
    rows = [r for r in report.rows() if stands_alone(r)]
    rest = [r for r in report.rows() if not stands_alone(r)]
    pressing = sorted((r for r in rows if r["status_key"] in _PRESSING), key=_by_day)
    page.title(words("deadlines"), words("as of", day=report.as_of))
    deadline_counts(page, rows)
    page.blank()
    if pressing:
        _table(page, report, pressing[:most])
        if len(pressing) > most:
            page.line(words("more deadlines", count=len(pressing) - most), style="dim", indent=2)
    ahead = sorted((r for r in rows if r["status_key"] == "ahead"), key=_by_day)
    if ahead and not pressing:
        page.line(words("nothing pressing"), style="green", indent=2)
        _table(page, report, ahead[:3])
    elif ahead:
        page.line(
            words("next", day=ahead[0]["due"], text=ahead[0]["item"] or ahead[0]["content"]),
            style="dim",
            indent=2,
        )
    _rest(page, rest)


def deadline_counts(page: Page, rows: Sequence[Row]) -> None:
    """How many deadlines have each status."""
    counts = Counter(str(r["status_key"]) for r in rows)
    if counts:
        page.items(
            [(page.words(f"due.{status}"), _STYLES[status]), (f" {counts[status]}", "bold")]
            for status in STATUSES
            if counts[status]
        )
    else:
        page.line(page.words("no deadlines"), indent=2)


def _table(page: Page, report: DeadlineReport, rows: Sequence[Row]) -> None:
    words = page.words
    columns = [
        Column(words("state of date")),
        Column(words("due"), lines=0),
        Column(words("task"), share=5, lines=4, least=20),
        Column(words("lead"), share=1, lines=2, least=8),
        *([Column(words("upper due"), lines=0), Column(words("slip"), lines=2)] if report.lineage else []),
    ]
    cells: list[Sequence[Cell | str]] = []
    for row in rows:
        key = str(row["status_key"])
        cells.append(
            [
                Cell(words(f"due.{key}"), _STYLES[key]),
                _days(str(row["due"]), words("or")),
                str(row["content"]),
                Cell(str(row["lead"]), "dim"),
                *([_upper(page, row), _slip(page, row)] if report.lineage else []),
            ]
        )
    page.table(columns, cells, indent=2)


def _days(text: str, either: str) -> str:
    """Several days one below the other; the second reading of an ambiguous date after the word `either`."""
    return text.replace("; ", "\n").replace(" / ", f"\n{either} ")


def _upper(page: Page, row: Row) -> Cell:
    if not row["upper_clause"]:
        return Cell(page.words("no upper clause"), "dim")
    return Cell(
        _days(str(row["upper_due"]), page.words("or")) or page.words("no upper date"),
        "" if row["upper_due"] else "dim",
    )


def _slip(page: Page, row: Row) -> Cell:
    words = page.words
    if row["remark"]:
        return Cell(words("not comparable"), "dim")
    days = [int(part) for part in str(row["slip"]).split("～") if part]
    if not days:
        return Cell("—", "dim")
    low, high = days[0], days[-1]
    if low == high == 0:
        return Cell(words("kept"), "green")
    span = str(abs(low)) if low == high else f"{min(map(abs, days))}–{max(map(abs, days))}"
    if low >= 0:
        return Cell(words("later", days=span), "red")
    if high <= 0:
        return Cell(words("earlier", days=span), "green")
    return Cell(f"{low:+d}–{high:+d}", "yellow")


def _rest(page: Page, rows: Sequence[Row]) -> None:
    """One line on the tasks that share the plan's own date."""
    words = page.words
    if not rows:
        return
    due, count = Counter(str(r["due"]) for r in rows).most_common(1)[0]
    status = words(f"due.{next(r for r in rows if r['due'] == due)['status_key']}")
    page.line(words("rest", count=count, day=due, status=status), style="dim", indent=2)


def _by_day(row: Row) -> tuple[str, int]:
    return str(row["due"] or datetime.date.max), int(row["number"])
