"""What `deadlines` does with a ledger, and where it writes a workbook or a calendar."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import planlineage as pl

from .console import Console
from .options import day
from .project import Project
from .results import as_json, deliver, note_written
from .status import ExitStatus

if TYPE_CHECKING:
    from ..output.screen.page import Page

ENDINGS = (".csv", ".json", ".xlsx", ".ics")


def add_tracking(parser: argparse.ArgumentParser) -> None:
    """The options of `deadlines` that ask a ledger."""
    parser.add_argument("--progress", metavar="LEDGER")
    parser.add_argument("--known-on", metavar="DAY", type=day)


def is_tracked(args: argparse.Namespace) -> bool:
    """Whether the ledger's table is asked for, by a ledger or by a file that only it can write."""
    return args.progress is not None or (args.out is not None and args.out.suffix.lower() in (".xlsx", ".ics"))


def run_tracked(args: argparse.Namespace, console: Console, plan: pl.Plan, uppers: list[pl.Plan]) -> ExitStatus:
    """The task table with the state of things, to the screen or to a file by its ending."""
    from ..output.screen.tracking import task_table_page

    with console.working("linking", plan.name):
        table = pl.task_table(
            plan,
            args.progress,
            uppers or None,
            as_of=args.as_of,
            known_on=args.known_on,
            rules=Project.here().lights,
            lang=args.lang,
        )

    def draw(page: Page) -> None:
        page.banner(plan.name)
        task_table_page(page, table, every_task=args.tasks == "all")

    ending = args.out.suffix.lower() if args.out is not None else ""
    if ending in (".xlsx", ".ics"):
        _write(args, table)
        if args.json:
            console.write(as_json(table.as_dict()))
        else:
            note_written(console, args.out, count=len(table))
        return ExitStatus.DONE
    deliver(args, console, table, table.as_dict, draw)
    return ExitStatus.DONE


def _write(args: argparse.Namespace, table: pl.TaskTable) -> None:
    if args.out.suffix.lower() == ".ics":
        pl.write_calendar(table.status, args.out, all_tasks=args.tasks == "all")
    else:
        pl.write_task_table(table, args.out)
