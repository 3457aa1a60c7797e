"""Reading a filled-in file into cells: XLSX by openpyxl, CSV as Excel writes it. No meaning is read into the cells here."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.disk import read_bytes
from ..model.errors import MissingExtraError, PlanLineageError
from ..model.report import FORMULA_STARTS, UNSEEN
from .columns import Columns

META_SHEET = "planlineage"
"""The hidden sheet in which a template notes what it was made for."""

MOST_BYTES = 50 * 1024 * 1024
_MOST_UNPACKED = 48 * 1024 * 1024
_MOST_ROWS = 200_000
_TITLE_ROWS, _TITLE_COLUMNS = 30, 100
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its address (D7), what stands in it, if it is shown as a percentage, if it is an uncomputed formula."""

    address: str
    value: Any
    shown_as_percent: bool = False
    formula: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file under its titles, each a cell by column; `meta` is what a template noted of itself."""

    name: str
    rows: list[tuple[int, dict[str, Cell]]]
    meta: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind of file is read: its columns, the one that must be there (`key`), and where a person starts from.

    `error` is raised where a file can't be read.
    """

    columns: Columns
    key: str
    start: str
    error: type[PlanLineageError]


def read_sheet(path: str | Path, layout: Layout, sheet: str | None = None) -> Sheet:
    """Read a file of a kind; of a workbook the named sheet, or the first.

    Raises the layout's error where it can't be read, and `MissingExtraError` for XLSX without openpyxl.
    """
    path = Path(path)
    data = read_bytes(path, error=layout.error, most=MOST_BYTES)
    if not data.strip():
        raise layout.error("empty", where=str(path), hint=layout.start)
    if data[:4] == b"PK\x03\x04":
        return _workbook(path, data, sheet, layout)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise layout.error("old excel", where=str(path), hint="as xlsx or csv")
    return Sheet(path.name, _under_titles(_csv_cells(path, data, layout), str(path), layout), {})


def _csv_cells(path: Path, data: bytes, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    text = None
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        raise layout.error("no table file", where=str(path), hint="as xlsx or csv")
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, 1):
            if number > _MOST_ROWS:
                raise _too_many_rows(layout)
            yield number, [Cell(f"{letters(i)}{number}", _unguarded(value)) for i, value in enumerate(row, 1)]
    except csv.Error as error:
        raise layout.error("bad csv", where=str(path), hint="csv again", line=reader.line_num, said=error) from None


def _unguarded(text: str) -> str:
    """A cell without the apostrophe that kept it from being a formula."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip(UNSEEN)[:1] in FORMULA_STARTS else text


def opened(data: bytes, **options: Any) -> Any:
    """A workbook by openpyxl, whose warnings (parts of a file that it does not know) are nothing to its reader.

    Raises `MissingExtraError`, or whatever the damage of the file leads to.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("reading xlsx", hint="install openpyxl") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(data), **options)


def _workbook(path: Path, data: bytes, sheet: str | None, layout: Layout) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
                raise layout.error("unpacks too large", where=str(path), hint="check file")
        values, formulas = opened(data, data_only=True), opened(data)
    except PlanLineageError:
        raise
    except Exception as error:  # openpyxl raises whatever the damage leads to
        raise layout.error("no workbook", where=str(path), hint="save in excel", error=error) from error
    sheets = [one.title for one in values.worksheets]  # a sheet that is a chart has no cells
    meta: dict[str, str] = {}
    if META_SHEET in sheets:
        noted = filled_cells(values[META_SHEET])
        meta = {
            str(cell.value): str(noted[row, 2].value) if (row, 2) in noted else ""
            for (row, column), cell in noted.items()
            if column == 1
        }
    name = sheet or next((n for n in sheets if n != META_SHEET), "")
    if name not in sheets:
        raise layout.error("no sheet", where=str(path), hint="sheets", name=name, value=", ".join(map(repr, sheets)))
    return Sheet(
        name,
        _under_titles(_sheet_cells(values[name], formulas[name], layout), f"{path} {name}", layout),
        meta,
    )


def _sheet_cells(values: Any, formulas: Any, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    shown = filled_cells(values)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), written in filled_cells(formulas).items():
        cell = shown.get((row, column))
        uncomputed = cell is None and isinstance(written.value, str) and written.value.startswith("=")
        if cell is None and not uncomputed:
            continue
        percent = "%" in str(getattr(cell or written, "number_format", ""))
        value = None if cell is None else cell.value
        rows.setdefault(row, {})[column] = Cell(f"{letters(column)}{row}", value, percent, uncomputed)
    if len(rows) > _MOST_ROWS:
        raise _too_many_rows(layout)
    width = min(_TITLE_COLUMNS, max((max(cells) for row, cells in rows.items() if row <= _TITLE_ROWS), default=0))
    for row in sorted(rows):
        cells = rows[row]
        yield row, [cells.get(c) or Cell(f"{letters(c)}{row}", None) for c in range(1, max(width, *cells) + 1)]


def filled_cells(sheet: Any) -> dict[tuple[int, int], Any]:
    """The cells of an openpyxl sheet in which something stands, by row and column. One typed by mistake in the last row or
    column of a sheet costs nothing: those before it are never made, as `iter_rows` does.
    """
    return {at: cell for at, cell in sheet._cells.items() if cell.value is not None}


def _too_many_rows(layout: Layout) -> PlanLineageError:
    return layout.error("too many rows", hint="delete rest", most_rows=_MOST_ROWS)


def _under_titles(
    rows: Iterator[tuple[int, list[Cell]]], where: str, layout: Layout
) -> list[tuple[int, dict[str, Cell]]]:
    columns: dict[int, str] = {}
    found: list[tuple[int, dict[str, Cell]]] = []
    for number, cells in rows:
        if not columns:
            named = {i: name for i, cell in enumerate(cells) if (name := layout.columns.of(cell.value)) is not None}
            if layout.key in named.values() and len(named) > 1:
                columns = named
                twice = [n for n in named.values() if list(named.values()).count(n) > 1]
                if twice:
                    raise layout.error("two columns", where=where, hint="keep one", twice=twice[0])
            elif number > _TITLE_ROWS:
                break
            continue
        found.append((number, {columns[i]: cell for i, cell in enumerate(cells) if i in columns}))
    if not columns:
        raise layout.error(
            "no titles",
            where=where,
            hint=layout.start,
            chinese=layout.columns.titles("zh")[layout.key],
            english=layout.columns.titles("en")[layout.key],
        )
    return found


def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
