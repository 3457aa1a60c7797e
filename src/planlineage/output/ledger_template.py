"""The template that units fill in: one row a task, drop-downs for what can be chosen, protected columns for what can't.

The workbook notes in a hidden sheet which plan it was made for. The CSV template has the same columns.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..model.plan import Plan
from ..model.report import guarded, write_text
from ..progress.columns import (
    EDITABLE,
    META_SHEET,
    TEMPLATE,
    TEMPLATE_VERSION,
    TemplateRow,
    template_rows,
    titles,
)
from ..progress.events import Reported
from ..progress.wording import Lang
from .workbook import ENTRY_FILL, Book, lines_needed

_WIDTHS = {
    "task": 14, "item": 16, "content": 44, "lead": 12, "due": 12, "duty": 6, "target": 14, "measure": 6, "occurrence": 12,
    "status": 10, "percent": 8, "times": 7, "value": 9, "effective_on": 12, "reported_on": 12, "evidence": 20, "note": 18,
    "reporter": 10,
}  # fmt: skip
_CHOICES = (Reported.NOT_STARTED, Reported.IN_PROGRESS, Reported.DONE, Reported.STOPPED)
_CHECKS = (Reported.OCCURRED, Reported.NOT_OCCURRED)
_LONGEST_LIST = 255
_SPARE_DAYS = 3650


def write_template(
    plan: Plan, path: str | Path, *, as_of: datetime.date | None = None, place: str = "", lang: Lang = "zh"
) -> Path:
    """Write a plan's ledger template, XLSX or (by the ending) CSV. Returns the path.

    In rows of recurring tasks the occurrence that `as_of` (today by default) falls into is filled in. `place` is noted for
    plans that are not a place's own, such as the indicator system.

    Raises `OutputError` where it can't be written, `MissingExtraError` for XLSX without openpyxl.
    """
    day = as_of or datetime.date.today()
    rows = [(_cells(row, day), row) for row in template_rows(plan)]
    if Path(path).suffix.lower() == ".csv":
        return _csv(path, [cells for cells, _ in rows], lang)
    return _workbook(plan, path, rows, place, lang)


def _cells(row: TemplateRow, day: datetime.date) -> dict[str, Any]:
    duty = row.duty
    current = next(
        (o for o in duty.occurrences if o >= day), duty.occurrences[-1] if duty.occurrences else None
    )
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


def _csv(path: str | Path, rows: Sequence[dict[str, Any]], lang: Lang) -> Path:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = titles(lang)
    writer.writerow([names[c] for c in TEMPLATE])
    writer.writerows([guarded(row.get(c)) for c in TEMPLATE] for row in rows)
    return write_text(path, out.getvalue(), encoding="utf-8-sig")


def _workbook(
    plan: Plan, path: str | Path, rows: Sequence[tuple[dict[str, Any], TemplateRow]], place: str, lang: Lang
) -> Path:
    zh = lang == "zh"
    book = Book(f"{plan.name}")
    sheet = book.sheet("填报" if zh else "Ledger")
    note = (
        "只填黄色栏。已完成的须填截至日期（完成日期）；完成率填0至100；期次填应完成的日期。" if zh
        else "Fill in the yellow columns only. Done needs its day; percentages run from 0 to 100."
    )  # fmt: skip
    head = book.title(sheet, f"{plan.name}{'进展填报表' if zh else ': progress'}", note, len(TEMPLATE))
    names, widths = titles(lang), [_WIDTHS[c] for c in TEMPLATE]
    book.headers(sheet, head, [names[c] for c in TEMPLATE], widths)
    for number, (cells, _) in enumerate(rows, head + 1):
        _row(book, sheet, number, cells)
        sheet.row_dimensions[number].height = min(
            400, 13 * lines_needed([cells.get(c) for c in TEMPLATE], widths) + 4
        )
    last = head + len(rows)
    _validate(book, sheet, head + 1, rows, plan, lang)
    _protect(sheet)
    book.printed(sheet, head, lang, last, len(TEMPLATE))
    sheet.freeze_panes = sheet.cell(row=head + 1, column=2)
    _meta(book, plan, place)
    return book.save(path)


def _row(book: Book, sheet: Any, number: int, cells: dict[str, Any]) -> None:
    from openpyxl.styles import Protection  # noqa: PLC0415

    for i, column in enumerate(TEMPLATE, 1):
        open_ = column in EDITABLE
        style = {"fill": ENTRY_FILL} if open_ else {}
        if column in ("effective_on", "reported_on"):
            style["number_format"] = "yyyy-mm-dd"
        cell = book.put(sheet, number, i, cells.get(column), border=True, **style)
        cell.protection = Protection(locked=not open_)


def _validate(
    book: Book,
    sheet: Any,
    first: int,
    rows: Sequence[tuple[dict[str, Any], TemplateRow]],
    plan: Plan,
    lang: Lang,
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    last = max(first, first + len(rows) - 1)
    zh = lang == "zh"

    def letter(column: str) -> str:
        return str(book.openpyxl.utils.get_column_letter(TEMPLATE.index(column) + 1))

    def add(column: str, title: str, **rule: Any) -> None:
        check = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle=title, error=title, **rule)
        check.add(f"{letter(column)}{first}:{letter(column)}{last}")
        sheet.add_data_validation(check)

    choices = _CHOICES + (_CHECKS if any("deduction" in r.statement.clause for _, r in rows) else ())
    listed = ",".join(s.chinese if zh else s.value for s in choices)
    add("status", "请从列表中选择" if zh else "choose from the list", type="list", formula1=f'"{listed}"')
    add(
        "percent",
        "请填0至100" if zh else "0 to 100",
        type="decimal",
        operator="between",
        formula1="0",
        formula2="100",
    )
    add(
        "times",
        "请填整数" if zh else "a whole number",
        type="whole",
        operator="greaterThanOrEqual",
        formula1="0",
    )
    begins = plan.issued or (plan.period.begins if plan.period else datetime.date(2000, 1, 1))
    ends = (plan.period.ends if plan.period else begins) + datetime.timedelta(days=_SPARE_DAYS)
    for column in ("effective_on", "reported_on"):
        add(
            column, f"请填{begins}以后的日期" if zh else f"a day from {begins} on", type="date", operator="between",
            formula1=_excel_day(begins), formula2=_excel_day(ends),
        )  # fmt: skip
    by_list: dict[str, list[int]] = {}
    for number, (_, row) in enumerate(rows, first):
        joined = ",".join(o.isoformat() for o in row.duty.occurrences)
        if joined and len(joined) <= _LONGEST_LIST:
            by_list.setdefault(joined, []).append(number)
    for joined, numbers in by_list.items():
        check = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True, showErrorMessage=True)
        for number in numbers:
            check.add(f"{letter('occurrence')}{number}")
        sheet.add_data_validation(check)


def _excel_day(day: datetime.date) -> str:
    return str((day - datetime.date(1899, 12, 30)).days)


def _protect(sheet: Any) -> None:
    """Protect without a password: against slips, not against people. Filters, widths and heights stay free."""
    sheet.protection.sheet = True
    for free in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, free, False)


def _meta(book: Book, plan: Plan, place: str) -> None:
    sheet = book.sheet(META_SHEET)
    noted = {"version": TEMPLATE_VERSION, "plan": plan.id, "sha256": plan.source.sha256, "place": place}
    for number, (key, value) in enumerate(noted.items(), 1):
        book.put(sheet, number, 1, key)
        book.put(sheet, number, 2, str(value))
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
