"""Spreadsheets as documents: XLSX and CSV; a row a line with tabs between its cells, as tables in other formats."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
from collections.abc import Iterable
from typing import Any

from ...model.errors import DamagedSourceError, PlanLineageError
from ...tabular.sheets import filled_cells, letters, opened
from ..tables.headers import makes_table
from .archive import Archive
from .rows import RowCounter, in_cell
from .values import LIMITS, Extracted, bounded, noted, too_much

_FIRST_LINES = 10
_GAP = 50


def read_xlsx(data: bytes, name: str, archive: Archive) -> Extracted:
    """The visible sheets of a workbook, one after another; a merged cell stands where it begins.

    Raises `MissingExtraError` without openpyxl, `DamagedSourceError` where the workbook does not open.
    """
    unpacked = sum(len(archive.read(part)) for part in archive.names if part.endswith(".xml"))
    if unpacked > LIMITS.unpacked:
        raise too_much(name, "tables", size=unpacked)
    try:
        book = opened(data, data_only=True)
    except PlanLineageError:
        raise
    except Exception as error:  # openpyxl raises whatever the damage leads to
        raise DamagedSourceError("no workbook", where=name, hint="save in excel") from error
    counter = RowCounter(name)
    lines: list[str] = []
    strays: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        filled = {at: shown for at, cell in filled_cells(sheet).items() if (shown := _shown(cell.value))}
        width = _width({column for _, column in filled})
        strays += [f"{letters(column)}{row}" for row, column in filled if column > width]
        rows: dict[int, list[str]] = {}
        for (row, column), shown in filled.items():
            if column <= width:
                rows.setdefault(row, [""] * width)[column - 1] = shown
        lines += _lines(counter, (rows[row] for row in sorted(rows)))
    named = (*strays[:10], *(["…"] if len(strays) > 10 else []))
    notes = (noted("stray-cells", cells=named),) if strays else ()
    return Extracted("".join(f"{line}\n" for line in lines), "xlsx", notes=notes)


def _width(columns: set[int]) -> int:
    """The last column of a table: what stands beyond a wide gap was typed there by mistake."""
    last = 0
    for column in sorted(columns):
        if last and column - last > _GAP:
            break
        last = column
    return last


def _lines(counter: RowCounter, rows: Iterable[list[str]]) -> list[str]:
    """Rows as lines; what stands above the first row with two cells (a title, a notice) is a paragraph each."""
    lines: list[str] = []
    above = True
    for row in rows:
        line = counter.line(row)
        above = above and sum(map(bool, row)) < 2
        if line:
            lines.append(line.strip("\t") if above else line)
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else in_cell(str(value).splitlines())


def read_csv(plain: Extracted, name: str) -> Extracted:
    """A text as a table where one of its first lines is the header of a table; else unchanged.

    >>> read_csv(Extracted('序号,任务,责任单位\\n1,"清理证明,建立台账",区司法局\\n', "utf-8"), "a.csv").text
    '序号\\t任务\\t责任单位\\n1\\t清理证明,建立台账\\t区司法局\\n'
    """
    if not any(_is_header(line) for line in plain.text.split("\n", _FIRST_LINES)[:_FIRST_LINES]):
        return plain
    try:
        rows = list(csv.reader(io.StringIO(bounded(plain.text, name), newline="")))
    except csv.Error:  # a quotation mark that is never closed
        return plain
    lines = _lines(RowCounter(name), ([in_cell(cell.splitlines()) for cell in row] for row in rows))
    text = "".join(f"{line}\n" for line in lines)
    return dataclasses.replace(plain, text=text, encoding=f"csv+{plain.encoding}")


def _is_header(line: str) -> bool:
    cells = line.strip("\ufeff\r\n").split(",")
    return len(cells) > 1 and makes_table(cells)
