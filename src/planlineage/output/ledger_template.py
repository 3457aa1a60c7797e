"""The template that units fill in: one row per task, drop-downs for what can be chosen, protected columns for what can't.

The workbook notes in a hidden sheet which plan it was made for. The CSV template has the same columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..model.disk import numbered_paths, write_text
from ..model.plan import Plan
from ..model.report import csv_text
from ..model.wording import Lang, words
from ..progress.columns import (
    EDITABLE,
    LEDGER,
    OFF_PAPER,
    TEMPLATE,
    TEMPLATE_VERSION,
    UNIT_OFF_PAPER,
    UNIT_TEMPLATE,
    TemplateRow,
    leading_units,
    template_rows,
)
from ..progress.events import Reported
from ..progress.suggestions import Suggestions
from .workbook import Book, lines_needed

_WIDTHS = {
    "task": 12,
    "lead": 12,
    "due": 11,
    "duty": 6,
    "target": 9,
    "measure": 6,
    "occurrence": 11.5,
    "status": 7,
    "percent": 7,
    "times": 5,
    "value": 7,
    "effective_on": 11.5,
    "reported_on": 11.5,
    "contact": 7,
    "phone": 12.5,
    "reporter": 11,
    "closed_on": 11.5,
    "approver": 8,
    "decision": 8,
    "confidence": 7,
}
_SHARES = {"content": 8, "item": 3, "note": 5, "problems": 5, "next_step": 5, "evidence": 4}
"""Columns of longer texts share what the others leave of the page, at least so many columns each."""

_PAGE = 152
"""Characters of nine points that A4 landscape holds where the font is wide; with SimSun it holds 170."""

_LINES = 3
"""A row has room for so many lines of an answer."""

_TO_DECIDE = ("decision", "status", "percent", "value", "effective_on", "reported_on", "evidence", "note", "reporter")
"""The columns of a proposed entry that a person may fill in or correct."""

_CHOICES = (Reported.NOT_STARTED, Reported.IN_PROGRESS, Reported.DONE, Reported.STOPPED)
_CHECKS = (Reported.OCCURRED, Reported.NOT_OCCURRED)
_LONGEST_LIST = 255
_SPARE_DAYS = 3650


def write_template(
    plan: Plan,
    path: str | Path,
    *,
    as_of: datetime.date | None = None,
    place: str = "",
    unit: str = "",
    lang: Lang = "zh",
) -> Path:
    """Write a plan's ledger template, XLSX or (by the ending) CSV. Returns the path.

    In rows of recurring tasks the occurrence that `as_of` (today by default) falls into is filled in. `place` is noted for
    plans that are not a place's own, such as the indicator system. With `unit` it holds the tasks that the unit leads, and has
    columns for what stands in the way, what comes next, and whom to ask.

    Raises `OutputError` where it can't be written, `MissingExtraError` for XLSX without openpyxl.
    """
    day = as_of or datetime.date.today()
    found = list(template_rows(plan, unit))
    columns = _for_unit(found) if unit else TEMPLATE
    rows = [({**_cells(row, day), "reporter": unit or None}, row) for row in found]
    if Path(path).suffix.lower() == ".csv":
        cells = ([held.get(c) for c in columns] for held, _ in rows)
        return write_text(path, csv_text(_titles(lang, columns), cells), encoding="utf-8-sig")
    return _workbook(plan, path, rows, columns, unit, place, lang)


def write_templates_by_unit(
    plan: Plan, folder: str | Path, *, as_of: datetime.date | None = None, place: str = "", lang: Lang = "zh"
) -> Iterator[Path]:
    """Write one workbook for each unit that leads a task, named by it; they come back with `import_folder`. Yields the paths."""
    units = leading_units(plan)
    for unit, path in zip(units, numbered_paths(folder, units, ".xlsx"), strict=True):
        yield write_template(plan, path, as_of=as_of, place=place, unit=unit, lang=lang)


def _for_unit(rows: Sequence[TemplateRow]) -> tuple[str, ...]:
    """The columns of a unit's workbook: those that no row of it can use are left out, so that it prints on a page."""
    spare = set()
    if not any(row.measure for row in rows):
        spare |= {"target", "measure", "value"}
    if not any(row.duty.occurrences for row in rows):
        spare |= {"occurrence", "times"}
        if len({row.statement.id for row in rows}) == len(rows):
            spare.add("duty")
    return tuple(name for name in UNIT_TEMPLATE if name not in spare)


def _titles(lang: Lang, columns: Sequence[str]) -> list[str]:
    titles = LEDGER.titles(lang)
    return [titles[c] for c in columns]


def _widths(columns: Sequence[str], off_paper: Sequence[str] = ()) -> list[float]:
    """How wide the columns are, so that those on paper fill a page."""
    printed = [c for c in columns if c not in off_paper]
    spare = _PAGE - sum(_WIDTHS.get(c, 0) for c in printed)
    share = max(1.5, spare / sum(_SHARES.get(c, 0) for c in printed))
    return [_WIDTHS.get(c) or round(share * _SHARES[c], 1) for c in columns]


def _height(texts: Sequence[Any], widths: Sequence[float]) -> float:
    """The height of a row in points."""
    return min(400, 13 * max(_LINES, lines_needed(texts, widths)) + 4)


def _cells(row: TemplateRow, day: datetime.date) -> dict[str, Any]:
    duty = row.duty
    current = next((o for o in duty.occurrences if o >= day), duty.occurrences[-1] if duty.occurrences else None)
    return {
        "task": row.statement.id,
        "item": row.item,
        "content": row.statement.text,
        "lead": row.lead,
        "due": duty.due_text,
        "duty": duty.number,
        "target": row.measure.text if row.measure else "",
        "measure": row.measure.number if row.measure else None,
        "occurrence": current.isoformat() if current else "",
    }


def _workbook(
    plan: Plan,
    path: str | Path,
    rows: Sequence[tuple[dict[str, Any], TemplateRow]],
    columns: Sequence[str],
    unit: str,
    place: str,
    lang: Lang,
) -> Path:
    book = Book(plan.name, size=9)
    sheet = book.sheet(words("sheet.ledger", lang))
    title = words("sheet.ledger title", lang, plan=plan.name) + (f" · {unit}" if unit else "")
    off_paper = UNIT_OFF_PAPER if unit else OFF_PAPER
    on_paper = sum(c not in off_paper for c in columns)
    head = book.title(sheet, title, words("sheet.ledger note", lang), on_paper)
    widths = _widths(columns, off_paper)
    book.headers(sheet, head, _titles(lang, columns), widths)
    for number, (cells, _) in enumerate(rows, head + 1):
        book.entries(sheet, number, columns, cells, EDITABLE)
        sheet.row_dimensions[number].height = _height([cells.get(c) for c in columns], widths)
    _rules(book, sheet, head + 1, [row for _, row in rows], columns, plan, lang)
    book.protect(sheet)
    book.printed(sheet, head, lang, head + len(rows), len(columns), on_paper)
    sheet.freeze_panes = sheet.cell(row=head + 1, column=2)
    book.note({"version": TEMPLATE_VERSION, "plan": plan.id, "sha256": plan.source.sha256, "place": place})
    return book.save(path)


def _rules(
    book: Book, sheet: Any, first: int, rows: Sequence[TemplateRow], columns: Sequence[str], plan: Plan, lang: Lang
) -> None:
    """What may be filled in where."""
    every = range(first, first + max(1, len(rows)))

    def add(column: str, title: str, **rule: Any) -> None:
        if column in columns:
            book.rule(sheet, columns.index(column) + 1, rule.pop("numbers", every), title, **rule)

    kinds = {clause.id: clause.kind for clause in plan.clauses}
    checked = any(kinds[row.statement.clause] == "deduction" for row in rows)
    names = [words(f"progress.{s}", lang) for s in _CHOICES + (_CHECKS if checked else ())]
    add("status", words("sheet.choose", lang), choices=names)
    between = {"operator": "between"}
    add("percent", words("sheet.percent", lang), type="decimal", formula1="0", formula2="100", **between)
    whole = words("sheet.whole number", lang)
    add("times", whole, type="whole", operator="greaterThanOrEqual", formula1="0")
    begins = plan.issued or (plan.period.begins if plan.period else datetime.date(2000, 1, 1))
    ends = (plan.period.ends if plan.period else begins) + datetime.timedelta(days=_SPARE_DAYS)
    days = {"type": "date", "formula1": _excel_day(begins), "formula2": _excel_day(ends), **between}
    for column in ("effective_on", "reported_on", "closed_on"):
        add(column, words("sheet.day from", lang, day=begins), **days)
    by_list: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(rows, first):
        by_list.setdefault(tuple(o.isoformat() for o in row.duty.occurrences), []).append(number)
    for listed, numbers in by_list.items():
        if listed and len(",".join(listed)) <= _LONGEST_LIST:
            add("occurrence", words("sheet.choose", lang), numbers=numbers, choices=listed)


def write_suggestions(found: Suggestions, path: str | Path) -> Path:
    """Write proposed entries for a person to accept, XLSX or (by the ending) CSV; `import_progress` takes the accepted ones.

    Raises `OutputError` where it can't be written, `MissingExtraError` for XLSX without openpyxl.
    """
    if Path(path).suffix.lower() == ".csv":
        return found.to_csv(path)
    plan, lang, columns = found.followed.plan, found.lang, found.columns
    book = Book(plan.name, size=9)
    sheet = book.sheet(words("sheet.ledger", lang))
    title = words("sheet.suggestions title", lang, plan=plan.name)
    head = book.title(sheet, title, words("sheet.suggestions note", lang), len(columns))
    widths = _widths(columns)
    book.headers(sheet, head, [found.headers[c] for c in columns], widths)
    for number, row in enumerate(found.rows(), head + 1):
        book.entries(sheet, number, columns, row, _TO_DECIDE)
        sheet.row_dimensions[number].height = _height([row[c] for c in columns], widths)
    rows = range(head + 1, head + 1 + max(1, len(found)))
    choices = {
        "decision": [words(f"decide.{a}", lang) for a in ("accept", "reject")],
        "status": [words(f"progress.{s}", lang) for s in _CHOICES],
    }
    for column, some in choices.items():
        book.rule(sheet, columns.index(column) + 1, rows, words("sheet.choose", lang), choices=some)
    book.protect(sheet)
    book.printed(sheet, head, lang, head + len(found), len(columns))
    book.note({"version": TEMPLATE_VERSION, "plan": plan.id, "sha256": plan.source.sha256, "place": ""})
    return book.save(path)


def _excel_day(day: datetime.date) -> str:
    return str((day - datetime.date(1899, 12, 30)).days)
