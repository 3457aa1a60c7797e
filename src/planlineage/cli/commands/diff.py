"""`planlineage diff`: what a later plan kept, raised, lowered and dropped of an earlier one."""

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
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--targets", action="store_true")
    parser.add_argument("--all", action="store_true")
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Set the two side by side."""
    from ...output.screen.page import Page
    from ...output.screen.succession import succession_page

    old, new = load_several([args.old, args.new], console)
    with console.working("linking", new.name):
        found = pl.succession(old, new, lang=args.lang)

    def draw(page: Page) -> None:
        page.banner(old.name)
        page.line("→ " + new.name, indent=2, hanging=2)
        succession_page(page, found, every_row=args.all)

    def data() -> dict[str, Any]:
        return {
            "schema_version": 1,
            "old": old.id,
            "new": new.id,
            "remarks": [remark.text(args.lang) for remark in found.remarks],
            "counts": found.counts,
            "tasks": table_data(found),
            "targets": table_data(found.targets),
        }

    report = found.targets if args.targets else found
    deliver(args, console, report, data, draw)
    return ExitStatus.DONE


COMMAND = Command(
    name="diff",
    examples=("planlineage diff five_year_plan_2021 five_year_plan_2026",),
    own=("planlineage diff report2024.txt report2025.txt --out diff.csv --targets",),
    configure=configure,
    run=run,
)
