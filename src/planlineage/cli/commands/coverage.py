"""`planlineage coverage`: which upper tasks a local plan carries down, and which it lacks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import planlineage as pl

from ...model.wording import percentage, told
from ..checks import add_check_reports, conclude
from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import TABLES, add_local, add_output, add_uppers, fail_on, load_both, percent
from ..results import deliver, table_data
from ..status import ExitStatus

if TYPE_CHECKING:
    from ...output.checks import Check

GAPS = {"gap": None, "dated-gap": "dated", "quantified-gap": "quantified", "recurring-gap": "recurring"}
"""Conditions of --fail-on, and the kind of task that each is about."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser, "local")
    add_uppers(parser)
    parser.add_argument("--all", action="store_true")
    parser.add_argument(
        "--fail-under",
        metavar="PERCENT",
        type=percent,
    )
    parser.add_argument(
        "--fail-on",
        metavar="LIST",
        type=fail_on(GAPS),
        default=[],
    )
    add_check_reports(parser)
    add_decisions(parser)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Report the coverage, and check it where a least rate was asked for."""
    local, uppers = load_both(args, console)
    from ...output.screen.coverage import coverage_page
    from ...output.screen.page import Page

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        report = pl.coverage(local, uppers, decisions=decisions)
    tell_broken(args, console, report.decided)

    def draw(page: Page) -> None:
        page.banner(local.name)
        page.line("→ " + "；".join(u.name for u in uppers), indent=2, hanging=2)
        coverage_page(page, report, every_task=args.all)

    if args.out is not None:
        for remark in report.remarks:
            console.complain("note", remark)

    deliver(args, console, report, lambda: coverage_data(report), draw)
    low, high = report.interval
    line = told("said", "coverage found", rate=f"{report.rate:.1%}", low=percentage(low), high=f"{high:.0%}").text(
        args.lang
    )
    return conclude(args, console, local.name, [line], list(_checks(args, report)))


def _checks(args: argparse.Namespace, report: pl.Coverage) -> Iterator[Check]:
    """The conditions that were asked for."""
    from ...output.checks import Check

    if args.fail_under is not None:
        found = told("said", "under", rate=f"{report.rate:.1%}", least=args.fail_under)
        yield Check(f"fail-under {args.fail_under:g}", report.rate * 100 >= args.fail_under, found)
    for name in args.fail_on:
        gaps = [gap for gap in report.gaps if GAPS[name] in (None, gap.kind)]
        found = told("said", "gaps found", name=name, count=len(gaps), first=gaps[0].upper_id if gaps else "–")
        yield Check(name, not gaps, found, [f"{gap.upper_id} {gap.text}" for gap in gaps])


def coverage_data(report: pl.Coverage) -> dict[str, Any]:
    """The coverage as plain data: the rates with their intervals (shares from 0 to 1), the counts, and the rows."""
    lineage = report.lineage
    return {
        "schema_version": 1,
        "local": lineage.local.id,
        "uppers": [u.id for u in lineage.uppers],
        "applicable": len(report.applicable),
        "rate": report.rate,
        "expected": report.expected,
        "interval": report.interval,
        "strict_rate": report.strict_rate,
        "strict_expected": report.strict_expected,
        "strict_interval": report.strict_interval,
        "remarks": [remark.text(report.lang) for remark in report.remarks],
        "by_part": table_data(report.by("part")),
        "tasks": table_data(report),
    }


COMMAND = Command(
    name="coverage",
    examples=(
        "planlineage coverage weibin_2021 central_2021",
        "planlineage coverage weibin_2021 central_2021 --out coverage.csv --fail-under 60",
    ),
    own=("planlineage coverage district.txt central_2021 --level district --place 河南省新乡市卫滨区",),
    configure=configure,
    run=run,
)
