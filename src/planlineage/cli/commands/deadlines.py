"""`planlineage deadlines`: what is due when, how it stands on a day, and how that compares with the upper clause."""

from __future__ import annotations

import argparse

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_local, add_output, add_uppers, day, load_both
from ..results import deliver, table_data
from ..status import ExitStatus
from ..tracked import ENDINGS, add_tracking, is_tracked, run_tracked


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    add_uppers(parser, optional=True)
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument(
        "--tasks",
        choices=("all", "dated"),
    )
    parser.add_argument("--unit", metavar="BODY", default="")
    add_tracking(parser)
    add_output(parser, ENDINGS)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Report the deadlines."""
    plan, uppers = load_both(args, console)
    if is_tracked(args):
        return run_tracked(args, console, plan, uppers)
    from ...output.screen.deadlines import deadlines_page
    from ...output.screen.page import Page

    with console.working("linking", plan.name):
        report = pl.deadlines(
            plan, uppers or None, as_of=args.as_of, all_tasks=args.tasks != "dated", unit=args.unit, lang=args.lang
        )

    def draw(page: Page) -> None:
        page.banner(plan.name)
        deadlines_page(page, report, every_task=args.tasks == "all" or bool(args.unit))

    deliver(
        args,
        console,
        report,
        lambda: {
            "schema_version": 1,
            "plan": plan.id,
            "uppers": [u.id for u in uppers],
            "as_of": report.as_of.isoformat(),
            "tasks": [
                {**shown, "status_key": row.status_key}
                for shown, row in zip(table_data(report), report.records, strict=True)
            ],
        },
        draw,
    )
    return ExitStatus.DONE


COMMAND = Command(
    name="deadlines",
    examples=(
        "planlineage deadlines shanting_2021 central_2021 --as-of 2024-06-30",
        "planlineage deadlines shanting_2021 central_2021 --out deadlines.csv",
        "planlineage deadlines shanting_2021 central_2021 --out deadlines.xlsx",
        "planlineage deadlines shanting_2021 --out deadlines.ics",
    ),
    own=("planlineage deadlines plan.txt --issued 2022-03-01",),
    configure=configure,
    run=run,
)
