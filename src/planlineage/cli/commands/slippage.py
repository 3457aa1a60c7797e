"""`planlineage slippage`: what became of the upper plan's deadlines, numbers, rhythms, wording and addressees."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

import planlineage as pl

from ...comparing.changes import ASPECTS, ChangeName
from ...model.wording import told, words
from ..checks import add_check_reports, conclude
from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import TABLES, add_local, add_output, add_uppers, fail_on, load_both
from ..results import deliver, table_data
from ..status import ExitStatus

if TYPE_CHECKING:
    from ...output.checks import Check

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
    add_check_reports(parser)
    add_decisions(parser)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Compare, and list the changes."""
    local, uppers = load_both(args, console)
    from ...output.screen.page import Page
    from ...output.screen.slippage import slippage_page

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        report = pl.slippage(local, uppers, decisions=decisions, lang=args.lang)
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
    lines = [
        f"{words(f'aspect.{aspect}', args.lang)}: "
        + ", ".join(f"{words(f'slip.{change}', args.lang)} {count}" for change, count in counts.items())
        for aspect, counts in report.counts().items()
    ]
    return conclude(args, console, local.name, lines, list(_checks(args, report)))


def _checks(args: argparse.Namespace, report: pl.Slippage) -> Iterator[Check]:
    """The conditions that were asked for."""
    from ...output.checks import Check

    for name in args.fail_on:
        rows = [a for a in report.changed if name in (a.effect, f"{a.aspect}-{a.change}")]
        first = {"upper": rows[0].upper_id, "local": rows[0].local_id or "–"} if rows else {"upper": "–", "local": "–"}
        found = told("said", "changes found", name=name, count=len(rows), **first)
        yield Check(name, not rows, found, [f"{a.upper_id} → {a.local_id or '–'}: {a.upper_text}" for a in rows])


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
