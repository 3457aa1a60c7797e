"""Deadlines on a day: what is past, near and ahead, with the upper clause's date and the slip beside it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from ...analysis.deadlines import STATUSES, DeadlineReport, DueTask
from ...model.wording import shown
from .page import Page
from .table import Cell, Column

_STYLES = {"past": "red", "perhaps_past": "yellow", "due_soon": "yellow", "ahead": "", "no_day_known": "dim"}
_PRESSING = ("past", "perhaps_past", "due_soon")


def deadlines_page(page: Page, report: DeadlineReport, *, every_task: bool = False) -> None:
    """The deadlines of a plan in the order of its text; tasks that share the plan's own date only where asked for."""
    words = page.words
    rows = report.records
    shown = rows if every_task else [r for r in rows if r.has_own_date]
    page.title(words("deadlines"), words("as of", day=report.as_of))
    deadline_counts(page, shown)
    page.blank()
    _table(page, report, shown)
    if len(rows) > len(shown):
        rest = [r for r in rows if not r.has_own_date]
        _rest(page, rest)


def pressing_deadlines(page: Page, report: DeadlineReport, *, most: int = 12) -> None:
    """The demo's view: what is past or near, the earliest first; what comes next where nothing is."""
    words = page.words
    rows = [r for r in report.records if r.has_own_date]
    rest = [r for r in report.records if not r.has_own_date]
    pressing = sorted((r for r in rows if r.status_key in _PRESSING), key=_by_day)
    page.title(words("deadlines"), words("as of", day=report.as_of))
    deadline_counts(page, rows)
    page.blank()
    if pressing:
        _table(page, report, pressing[:most])
        if len(pressing) > most:
            page.line(words("more deadlines", count=len(pressing) - most), style="dim", indent=2)
    ahead = sorted((r for r in rows if r.status_key == "ahead"), key=_by_day)
    if ahead and not pressing:
        page.line(words("nothing pressing"), style="green", indent=2)
        _table(page, report, ahead[:3])
    elif ahead:
        page.line(
            words("next", day=ahead[0].due, text=ahead[0].item or ahead[0].content),
            style="dim",
            indent=2,
        )
    _rest(page, rest)


def deadline_counts(page: Page, rows: Sequence[DueTask]) -> None:
    """How many deadlines have each status."""
    counts = Counter(r.status_key for r in rows)
    if counts:
        page.items(
            [(page.words(f"due.{status}"), _STYLES[status]), (f" {counts[status]}", "bold")]
            for status in STATUSES
            if counts[status]
        )
    else:
        page.line(page.words("no deadlines"), indent=2)


def _table(page: Page, report: DeadlineReport, rows: Sequence[DueTask]) -> None:
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
        key = row.status_key
        cells.append(
            [
                Cell(words(f"due.{key}"), _STYLES[key]),
                _days(row.effective.days, words("or")) or shown(row.due, words.language),
                row.content,
                Cell(row.lead, "dim"),
                *([_upper(page, row), _slip(page, row)] if report.lineage else []),
            ]
        )
    page.table(columns, cells, indent=2)


def _days(days: Sequence[datetime.date], either: str) -> str:
    """The possible days one below the other; the second reading of an ambiguous date after the word `either`."""
    return f"\n{either} ".join(day.isoformat() for day in days)


def _upper(page: Page, row: DueTask) -> Cell:
    if row.beside.upper is None:
        return Cell(page.words("no upper clause"), "dim")
    if not row.beside.deadlines:
        return Cell(page.words("no upper date"), "dim")
    return Cell("\n".join(_days(d.days, page.words("or")) or d.surface for d in row.beside.deadlines))


def _slip(page: Page, row: DueTask) -> Cell:
    words, answer = page.words, row.beside.answer
    if answer is not None and answer.comparable == "no" and answer.above and answer.above.commitment:
        return Cell(words("not comparable"), "dim")
    if answer is None or answer.days_min is None or answer.days_max is None:
        return Cell("—", "dim")
    low, high = answer.days_min, answer.days_max
    if low == high == 0:
        return Cell(words("kept"), "green")
    span = str(abs(low)) if low == high else f"{min(abs(low), abs(high))}–{max(abs(low), abs(high))}"
    if low >= 0:
        return Cell(words("later", days=span), "red")
    if high <= 0:
        return Cell(words("earlier", days=span), "green")
    return Cell(f"{low:+d}–{high:+d}", "yellow")


def _rest(page: Page, rows: Sequence[DueTask]) -> None:
    """One line on the tasks that share the plan's own date."""
    words = page.words
    if not rows:
        return
    (days, surface, key), count = Counter(
        (r.effective.days, r.effective.surface, r.status_key) for r in rows
    ).most_common(1)[0]
    if days or surface:
        day = _days(days, words("or")) or surface
        page.line(words("rest", count=count, day=day, status=words(f"due.{key}")), style="dim", indent=2)
    else:
        page.line(words("rest undated", count=count), style="dim", indent=2)


def _by_day(row: DueTask) -> tuple[datetime.date, int]:
    return min(row.effective.days, default=datetime.date.max), row.number
