"""A report as CSV, XLSX, Parquet, LaTeX or Word table, by the ending of the file."""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import Any

from ...model.disk import write_bytes
from ...model.errors import MissingExtraError, OutputError
from ...model.report import Report
from ..workbook import Book

TABLE_ENDINGS = (".csv", ".xlsx", ".parquet", ".tex", ".docx")

_WIDEST = 60


def write_table(report: Report[Any], path: str | Path) -> Path:
    """Write a report as a table in the format of the ending. Returns the path.

    Raises `OutputError` where the ending names no table format or the file can't be written, `MissingExtraError` where the
    package for XLSX (openpyxl) or Parquet (pyarrow) is not installed.
    """
    ending = Path(path).suffix.lower()
    if ending == ".csv":
        return report.to_csv(path)
    if ending == ".tex":
        return report.to_latex(path)
    if ending == ".docx":
        return report.to_docx(path)
    if ending == ".xlsx":
        return write_bytes(path, xlsx_bytes(report))
    if ending == ".parquet":
        return write_bytes(path, parquet_bytes(report))
    raise OutputError("no table ending", where=str(path), hint="table endings", table_endings=", ".join(TABLE_ENDINGS))


def xlsx_bytes(report: Report[Any]) -> bytes:
    """The report as an Excel workbook of one sheet. Text stays text: no cell is taken for a formula."""
    book = Book(report.heading)
    sheet = book.sheet("table")
    widths = [len(name) + 2 for name in report.columns]
    for column, name in enumerate(report.columns, 1):
        book.put(sheet, 1, column, name, bold=True)
    for line, row in enumerate(report.rows(), 2):
        for column, name in enumerate(report.columns, 1):
            value = row.get(name)
            shown = (
                value
                if value is None or (isinstance(value, int | float) and not isinstance(value, bool))
                else _text(value)
            )
            book.put(sheet, line, column, shown)
            widths[column - 1] = max(widths[column - 1], min(_WIDEST, 2 * len(str(value or "")) + 2))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[book.openpyxl.utils.get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.workbook.save(out)
    return out.getvalue()


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def parquet_bytes(report: Report[Any]) -> bytes:
    """The report as a Parquet file, columns as in the report's frame."""
    try:
        importlib.import_module("pyarrow")
    except ImportError as error:
        raise MissingExtraError("no pyarrow", hint="install parquet") from error
    out = io.BytesIO()
    report.frame.to_parquet(out, index=False)
    return out.getvalue()
