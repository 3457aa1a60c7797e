"""`planlineage follow-up`: what a later report says became of a plan's targets and tasks."""

from __future__ import annotations

import argparse
from typing import Any

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_output
from ..results import deliver, note_written, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("plan", metavar="PLAN", help="what promises: a shipped id, a plan JSON, or a document")
    parser.add_argument("report", metavar="REPORT", help="what looks back on it: a report of the year after")
    parser.add_argument("--all", action="store_true", help="show tasks on the screen too, not targets only")
    parser.add_argument("--verdicts", metavar="FILE", help="a sheet that a person filled in (.xlsx or .csv)")
    add_output(parser, (".csv", ".json", ".xlsx", ".parquet"))


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Set the promises against the report."""
    from ...output.screen.follow_up import follow_up_page
    from ...output.screen.page import Page

    with console.working("reading", args.plan):
        plan = pl.load(args.plan)
    with console.working("reading", args.report):
        report = pl.load(args.report)
    found = pl.follow_up(plan, report, verdicts=args.verdicts, lang=args.lang)

    def draw(page: Page) -> None:
        page.banner(plan.name)
        page.line("→ " + report.name, indent=2, hanging=2)
        follow_up_page(page, found, every_row=args.all)

    def data() -> dict[str, Any]:
        return {
            "schema_version": 1,
            "plan": plan.id,
            "report": report.id,
            "rubric": found.rubric,
            "remarks": [remark.text(args.lang) for remark in found.remarks],
            "rate": found.rate,
            "interval": list(found.interval),
            "promises": table_data(found),
        }

    if args.out is not None and args.out.suffix.lower() == ".xlsx" and not args.json:
        pl.write_follow_up(found, args.out, lang=args.lang)
        note_written(console, args.out, count=len(found))
    else:
        deliver(args, console, found, data, draw)
    return ExitStatus.DONE


COMMAND = Command(
    name="follow-up",
    summary="show what a later report says became of a plan's targets and tasks",
    description="""Sets each target and each task of a plan beside what the report of a later year says of it: met, close, missed,
    reported without a number to compare, or not reported. Only what looks back counts, not the report's own plans. The reading is
    a machine's: each verdict has a confidence, and docs/follow_up.md says how often it is right.

    --out f.csv (or .parquet) writes one row for each promise, with the places of its evidence in the report; --out f.xlsx a
    sheet on which a person gives verdicts, which --verdicts reads back: they stand beside the machine's and count first.""",
    examples=(),
    own=(
        "planlineage follow-up report2024.txt report2025.txt --out follow_up.csv",
        "planlineage follow-up report2024.txt report2025.txt --out verdicts.xlsx",
    ),
    configure=configure,
    run=run,
)
