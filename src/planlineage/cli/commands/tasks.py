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
    parser.add_argument("--unit", metavar="BODY", default="")
    parser.add_argument("--by-unit", action="store_true")
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
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
    examples=(
        "planlineage tasks shanting_2021 --out tasks.xlsx",
        "planlineage tasks shanting_2021 --out tasks.docx",
    ),
    own=("planlineage tasks plan.txt --by-unit --out units/",),
    configure=configure,
    run=run,
)
