"""The task table as an office prints it, in XLSX or DOCX on A4 landscape; one file for all, or one for each body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..analysis.task_sheet import NOTHING, TaskSheet
from ..model.disk import numbered_paths
from ..model.errors import OutputError
from .workbook import Book, lines_needed
from .yearly_document import Heading, Table, write_document

_WIDTHS = {
    "number": 6,
    "item": 16,
    "content": 56,
    "lead": 18,
    "responsible": 18,
    "support": 22,
    "guide": 14,
    "due": 16,
    "id": 14,
}
_CENTRED = frozenset({"number", "due"})
ENDINGS = (".xlsx", ".docx", ".csv")
"""The formats, by the ending of the file."""


def write_task_sheet(sheet: TaskSheet, path: str | Path) -> Path:
    """Write the table in the format of the path's ending. Returns the path.

    The workbook has the tasks' ids in a last column, by which edits come back. Raises `OutputError` where it can't be written or
    the ending names no format, `MissingExtraError` without openpyxl or python-docx.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".xlsx":
            return _workbook(sheet, path)
        case ".docx":
            return _document(sheet, path)
        case ".csv":
            return sheet.to_csv(path)
    raise OutputError(
        "no document ending", where=str(path), hint="table endings", suffix=path.suffix or "?", table_endings=ENDINGS
    )


def write_sheets_by_unit(sheet: TaskSheet, folder: str | Path, ending: str = ".xlsx") -> Iterator[Path]:
    """Write one file for each body that leads or supports a task, named by it. Yields the paths."""
    units = [u for u in sheet.units if u.lead or u.support]
    for unit, path in zip(units, numbered_paths(folder, (u.unit for u in units), ending), strict=True):
        yield write_task_sheet(sheet.of(unit), path)


def _cells(sheet: TaskSheet) -> tuple[dict[str, str], list[list[str]]]:
    """The titles, and the cells of each row as text."""
    titles = sheet.titles
    return titles, [[str(row[c] or NOTHING) for c in titles] for row in sheet.rows()]


def _workbook(sheet: TaskSheet, path: Path) -> Path:
    titles, rows = _cells(sheet)
    book = Book(sheet.heading)
    page = book.sheet(sheet.plan.name or "tasks")
    widths = [_WIDTHS[c] for c in titles]
    book.put(page, 1, 1, sheet.heading, bold=True, size=16, align="center", font="SimHei")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(titles))
    page.row_dimensions[1].height = 32
    book.headers(page, 2, list(titles.values()), widths)
    for at, row in enumerate(rows, 3):
        for place, (name, value) in enumerate(zip(titles, row, strict=True), 1):
            book.put(page, at, place, value, border=True, size=10, align="center" if name in _CENTRED else "left")
        page.row_dimensions[at].height = min(400, 14 * lines_needed(row, widths) + 6)
    book.printed(page, 2, sheet.lang, 2 + len(rows), len(titles))
    return book.save(path)


def _document(sheet: TaskSheet, path: Path) -> Path:
    titles, rows = _cells(sheet)
    shown = [place for place, name in enumerate(titles) if name != "id"]
    names = list(titles.values())
    table = Table(tuple(names[i] for i in shown), tuple(tuple(row[i] for i in shown) for row in rows))
    return write_document([Heading(1, sheet.heading), table], path, lang=sheet.lang)
