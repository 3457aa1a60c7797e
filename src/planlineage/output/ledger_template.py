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
    TEMPLATE,
    TEMPLATE_VERSION,
    UNIT_TEMPLATE,
    TemplateRow,
    leading_units,
    template_rows,
)
from ..progress.events import Reported
from ..progress.suggestions import Suggestions
from .workbook import Book, lines_needed

_WIDTHS = {
    "task": 14,
    "item": 16,
    "content": 44,
    "lead": 12,
    "due": 12,
    "duty": 6,
    "target": 14,
    "measure": 6,
    "occurrence": 12,
    "status": 10,
    "percent": 8,
    "times": 7,
    "value": 9,
    "effective_on": 12,
    "reported_on": 12,
    "evidence": 20,
    "note": 18,
    "problems": 18,
    "next_step": 18,
    "contact": 9,
    "phone": 12,
    "reporter": 10,
    "closed_on": 12,
    "approver": 9,
    "decision": 10,
    "confidence": 7,
}
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
    return [name for column, name in LEDGER.titles(lang).items() if column in columns]


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
    book = Book(plan.name)
    sheet = book.sheet(words("sheet.ledger", lang))
    title = words("sheet.ledger title", lang, plan=plan.name) + (f" · {unit}" if unit else "")
    head = book.title(sheet, title, words("sheet.ledger note", lang), len(columns))
    widths = [_WIDTHS[c] for c in columns]
    book.headers(sheet, head, _titles(lang, columns), widths)
    for number, (cells, _) in enumerate(rows, head + 1):
        book.entries(sheet, number, columns, cells, EDITABLE)
        shown = [cells.get(c) for c in columns]
        sheet.row_dimensions[number].height = min(400, 13 * lines_needed(shown, widths) + 4)
    _rules(book, sheet, head + 1, [row for _, row in rows], columns, plan, lang)
    book.protect(sheet)
    book.printed(sheet, head, lang, head + len(rows), len(columns))
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
    book = Book(plan.name)
    sheet = book.sheet(words("sheet.ledger", lang))
    title = words("sheet.suggestions title", lang, plan=plan.name)
    head = book.title(sheet, title, words("sheet.suggestions note", lang), len(columns))
    widths = [_WIDTHS[c] for c in columns]
    book.headers(sheet, head, [found.headers[c] for c in columns], widths)
    for number, row in enumerate(found.rows(), head + 1):
        book.entries(sheet, number, columns, row, _TO_DECIDE)
        sheet.row_dimensions[number].height = min(400, 13 * lines_needed([row[c] for c in columns], widths) + 4)
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
