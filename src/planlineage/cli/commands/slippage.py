"""`planlineage slippage`: what became of the upper plan's deadlines, numbers, rhythms, wording and addressees."""

from __future__ import annotations

import argparse
from typing import Any, get_args

import planlineage as pl

from ...comparing.changes import ASPECTS, ChangeName
from ...model.wording import told
from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import add_local, add_output, add_uppers, fail_on, load_both
from ..results import deliver, table_data
from ..status import ExitStatus

CHANGES = (*(f"{aspect}-{change}" for aspect in ASPECTS for change in get_args(ChangeName)), "weaker", "stronger")
"""Conditions of --fail-on."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser, "local")
    add_uppers(parser)
    parser.add_argument("--all", action="store_true")
    parser.add_argument(
        "--fail-on",
        metavar="LIST",
        type=fail_on(CHANGES),
        default=[],
    )
    add_decisions(parser)
    add_output(parser, (".csv", ".json", ".xlsx", ".parquet"))


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Compare, and list the changes."""
    local, uppers = load_both(args, console)
    from ...output.screen.page import Page
    from ...output.screen.slippage import slippage_page

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        report = pl.slippage(local, uppers, decisions=decisions)
    tell_broken(args, console, report.decided)

    def draw(page: Page) -> None:
        page.banner(local.name)
        page.line("→ " + "；".join(u.name for u in uppers), indent=2, hanging=2)
        slippage_page(page, report, every_row=args.all)

    def data() -> dict[str, Any]:
        return {
            "schema_version": 1,
            "local": local.id,
            "uppers": [u.id for u in uppers],
            "counts": report.counts(),
            "changes": table_data(report),
        }

    deliver(args, console, report, data, draw)
    for name in args.fail_on:
        found = [a for a in report.changed if name in (a.effect, f"{a.aspect}-{a.change}")]
        if found:
            first = {"upper": found[0].upper_id, "local": found[0].local_id or "–"}
            console.complain("check failed", told("said", "changes found", name=name, count=len(found), **first))
            return ExitStatus.CHECK_FAILED
    return ExitStatus.DONE


COMMAND = Command(
    name="slippage",
    examples=(
        "planlineage slippage shanting_2021 central_2021",
        "planlineage slippage weibin_2021 central_2021 --out slippage.csv",
    ),
    own=("planlineage slippage district.txt city.json central_2021 --level district --out slippage.csv",),
    configure=configure,
    run=run,
)
