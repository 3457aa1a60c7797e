"""The task table as a workbook that prints well on A4 landscape, with counts by month and by unit on sheets of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..model.wording import Lang, words
from ..progress.counts import Group, StatusBy
from ..progress.statuses import LIGHTS, STATUSES, Light
from ..progress.task_table import SHORT, TaskTable
from .workbook import FILLS, Book, lines_needed

_WIDTHS = {
    "number": 5,
    "item": 13,
    "content": 42,
    "lead": 12,
    "support": 12,
    "due": 12,
    "upper_clause": 17,
    "upper_due": 11,
    "slip": 8,
    "status": 9,
    "light": 7,
    "percent": 7,
    "late": 9,
    "reason": 22,
    "forecast": 14,
    "reported_on": 11,
    "evidence": 16,
    "closed_on": 11,
    "approver": 9,
    "remark": 16,
    "id": 12,
}
_CENTRED = frozenset({"number", "due", "upper_due", "slip", "status", "light", "percent", "late", "forecast"})
_TALLEST = 400
_EMPTY = 7
"""Width of a column in which nothing stands: room for its title."""

_GROUPS: tuple[Group, ...] = ("month", "unit", "status")


def write_task_table(table: TaskTable, path: str | Path, *, columns: Sequence[str] = SHORT, title: str = "") -> Path:
    """Write the workbook. `columns` picks the columns of the table sheet (see `TaskTable.columns`). Returns the path.

    Raises `OutputError` where it can't be written, `MissingExtraError` without openpyxl.

    >>> import tempfile
    >>> from planlineage import task_table
    >>> path = write_task_table(task_table("shanting_2021", as_of="2024-06-30"), Path(tempfile.mkdtemp()) / "book.xlsx")
    >>> path.name
    'book.xlsx'
    """
    status, lang = table.status, table.status.lang
    name = title or words("tasks.title", lang, plans="、".join(p.name for p in status.plans))
    book = Book(name)
    note = words("tasks.note", lang, day=status.day, rules=status.rules.stated(lang))
    _table(book, table, name, note, tuple(columns), lang)
    for group in _GROUPS:
        _counts(book, status.by(group), words(f"tasks.by {group}", lang), note, lang)
    return book.save(path)


def _table(book: Book, table: TaskTable, name: str, note: str, columns: Sequence[str], lang: Lang) -> None:
    sheet = book.sheet(words("tasks.sheet", lang))
    head = book.title(sheet, name, note, len(columns))
    titles, rows = table.headers, table.rows()
    widths = [_WIDTHS[c] if any(row[c] not in ("", None) for row in rows) else _EMPTY for c in columns]
    book.headers(sheet, head, [titles[c] for c in columns], widths)
    for number, (row, record) in enumerate(zip(rows, table, strict=True), head + 1):
        for i, column in enumerate(columns, 1):
            _cell(book, sheet, (number, i), column, row[column], record.light)
        shown = [row[c] for c in columns]
        sheet.row_dimensions[number].height = min(_TALLEST, 12.5 * lines_needed(shown, widths) + 4)
    last = head + len(table)
    book.put(sheet, last + 1, 1, "" if rows else words("tasks.none", lang))
    book.printed(sheet, head, lang, last, len(columns))


def _cell(book: Book, sheet: Any, at: tuple[int, int], column: str, value: Any, light: Light) -> None:
    style: dict[str, Any] = {"border": True}
    if column in _CENTRED:
        style["align"] = "center"
    if column == "light":
        style["fill"] = FILLS[light]
    if column == "percent" and value is not None:
        value, style["number_format"] = float(value) / 100, "0%"
    book.put(sheet, *at, value, **style)


def _counts(book: Book, counts: StatusBy, name: str, note: str, lang: Lang) -> None:
    """A sheet of counts: only the statuses that occur, then the lights."""
    rows = counts.rows()
    statuses = [s for s in STATUSES if any(r[s] for r in rows)]
    titles: Mapping[str, str] = {
        "group": name,
        "duties": words("tasks.duties", lang),
        **{s: words(f"progress.{s}", lang) for s in statuses},
        **{x: words(f"light.{x}", lang) for x in LIGHTS},
    }
    sheet = book.sheet(name)
    head = book.title(sheet, name, note, len(titles))
    sheet.row_dimensions[2].height = 38
    book.headers(sheet, head, list(titles.values()), [24, *[11] * (len(titles) - 1)])
    shown = [*rows]
    if rows and counts.group != "unit":  # a task with two lead units counts twice there
        total = {key: sum(r[key] for r in rows) for key in titles if key != "group"}
        shown.append({"group": words("tasks.total", lang), **total})
    for number, row in enumerate(shown, head + 1):
        bold = number > head + len(rows)
        for i, key in enumerate(titles, 1):
            align = "left" if key == "group" else "center"
            fill = {"fill": FILLS[key]} if key in LIGHTS and row[key] and not bold else {}
            book.put(sheet, number, i, row[key], border=True, bold=bold, align=align, **fill)
    book.printed(sheet, head, lang, head + len(rows), len(titles))
