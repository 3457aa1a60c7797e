"""`planlineage tasks`: the task table as an office prints it, for all bodies or for each."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_language, add_local, load_local
from ..results import note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    parser.add_argument("--unit", metavar="BODY", default="", help="only the tasks of one body, by any of its names")
    parser.add_argument("--by-unit", action="store_true", help="one workbook for each body, in the folder --out")
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="file to write: .xlsx, .docx or .csv; a folder with --by-unit",
    )
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Write the table."""
    from ...output.task_sheet import write_sheets_by_unit

    sheet = pl.task_sheet(load_local(args, console), args.unit)
    sheet.lang = args.lang
    if args.by_unit:
        paths = list(write_sheets_by_unit(sheet, args.out))
        note_written(console, args.out, count=len(paths))
        return ExitStatus.DONE
    note_written(console, pl.write_task_sheet(sheet, args.out), count=len(sheet))
    return ExitStatus.DONE


COMMAND = Command(
    name="tasks",
    summary="write the task table as an office prints it (XLSX, DOCX, CSV)",
    description="""Writes each task of a plan once, with its work item, who leads, supports and guides, and until when, as a table
    to print on A4. 责任单位 names the units where nobody only supports.

    --unit writes the tasks of one body, --by-unit one workbook for each. What is written reads back as the same tasks, units and
    dates: `planlineage parse` takes it like any task table.""",
    examples=(
        "planlineage tasks shanting_2021 --out tasks.xlsx",
        "planlineage tasks shanting_2021 --out tasks.docx",
    ),
    own=("planlineage tasks plan.txt --by-unit --out units/",),
    configure=configure,
    run=run,
)
