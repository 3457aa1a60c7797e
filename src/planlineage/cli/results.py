"""Where a result goes: to a file by its ending, to standard output as JSON, or to the screen as a page."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .console import Console
from .options import STANDARD

if TYPE_CHECKING:
    from ..model.report import Report
    from ..output.screen.page import Page


def deliver(
    args: argparse.Namespace,
    console: Console,
    report: Report[Any],
    data: Callable[[], dict[str, Any]],
    draw: Callable[[Page], None],
    sheet: Callable[[Path], object] | None = None,
) -> None:
    """Send a report where the options say; a file is CSV, JSON, XLSX or Parquet by its ending.

    `data` makes its JSON, `draw` its page, `sheet` writes a workbook that is more than a plain table; each only where it is
    wanted.
    """
    if args.out == Path(STANDARD):
        console.write(report.csv_text())
        return
    if args.out is not None:
        if args.out.suffix.lower() == ".json":
            from ..model.disk import write_text

            write_text(args.out, as_json(data()))
        elif sheet is not None and args.out.suffix.lower() == ".xlsx":
            sheet(args.out)
        else:
            from ..output.exports.tables import write_table

            write_table(report, args.out)
        if not args.json:
            note_written(console, args.out, count=len(report))
    if args.json:
        console.write(as_json(data()))
    elif args.out is None:
        page = console.page()
        draw(page)
        console.show(page)


def as_json(data: dict[str, Any]) -> str:
    """Plain data as JSON text; days as YYYY-MM-DD."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"


def note_written(console: Console, path: Path, key: str = "written", **values: Any) -> None:
    """Say which file was written."""
    page = console.page()
    page.line(page.words(key, path=path, **values))
    console.show(page)


def table_data(report: Report[Any]) -> list[dict[str, Any]]:
    """The rows of a report as plain data, with its own columns only."""
    return [{c: row.get(c) for c in report.columns} for row in report.rows()]
