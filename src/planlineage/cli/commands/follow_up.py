"""`planlineage follow-up`: what a later report says became of a plan's targets and tasks."""

from __future__ import annotations

import argparse
from typing import Any

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import TABLES, add_output, load_several
from ..results import deliver, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--verdicts", metavar="FILE")
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Set the promises against the report."""
    from ...output.screen.follow_up import follow_up_page
    from ...output.screen.page import Page

    plan, report = load_several([args.plan, args.report], console)
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

    deliver(args, console, found, data, draw, lambda path: pl.write_follow_up(found, path, lang=args.lang))
    return ExitStatus.DONE


COMMAND = Command(
    name="follow-up",
    examples=(),
    own=(
        "planlineage follow-up report2024.txt report2025.txt --out follow_up.csv",
        "planlineage follow-up report2024.txt report2025.txt --out verdicts.xlsx",
    ),
    configure=configure,
    run=run,
)
