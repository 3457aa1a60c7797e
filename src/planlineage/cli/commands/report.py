"""`planlineage report`: everything about one local plan or many in one file that opens in a browser."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

import planlineage as pl

from ...model.wording import options, told
from ..command import Command, UsageError
from ..console import Console
from ..options import add_language, day, file_ending_in, load_several
from ..results import as_json, note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "plans",
        metavar="PLAN",
        nargs="+",
    )
    parser.add_argument(
        "--upper",
        metavar="UPPER",
        action="append",
        default=[],
    )
    parser.add_argument("--report", dest="reports", metavar="REPORT", action="append", default=[])
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        type=Path,
    )
    parser.add_argument("--progress", metavar="LEDGER")
    group = parser.add_argument_group(told("group", "output").text(options.language))
    group.add_argument(
        "--out",
        metavar="FILE",
        type=file_ending_in(".html"),
        default=Path("report.html"),
    )
    group.add_argument("--json", action="store_true")
    add_language(group)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Link the plans and write the page."""
    loaded = iter(load_several([*args.plans, *args.upper, *args.reports], console))
    plans, uppers, reports = ([next(loaded) for _ in names] for names in (args.plans, args.upper, args.reports))
    from ...model.disk import write_text
    from ...output.report.page import assemble
    from ...output.report.payload import Payload

    decisions = pl.Decisions.load(args.decisions) if args.decisions else None
    lineages = []
    for local, above in _paired(plans, uppers):
        with console.working("linking", local.name):
            lineages.append(pl.link(local, above))
    locals_ = [plan for lineage in lineages for plan in lineage.locals]
    follow_ups = [
        pl.follow_up(plan, report, lang=args.lang)
        for plan in locals_
        for report in reports
        if plan.place == report.place or len(locals_) == 1
    ]
    day_ = args.as_of or datetime.date.today()
    status = pl.status(locals_, args.progress, as_of=day_, lang=args.lang) if args.progress else None
    with console.working("writing", args.out.name):
        payload = Payload(lineages, day_, decisions, follow_ups, status)
        write_text(args.out, assemble(payload, args.lang))
    if args.json:
        console.write(as_json({"schema_version": 1, "file": str(args.out), "places": payload.summary["locals"]}))
    else:
        note_written(console, args.out, "written report", count=len(lineages))
    return ExitStatus.DONE


def _paired(plans: list[pl.Plan], uppers: list[pl.Plan]) -> list[tuple[pl.Plan, list[pl.Plan]]]:
    """Each local plan with the plans that it is set against.

    With `--upper` these are given. Without, they are the plans of the nearest level above among those named; where a level
    is not known, the first plan is the local one, as for the other commands.
    """
    from ...graph.network import nearest_above

    if uppers:
        return [(plan, uppers) for plan in plans]
    if any(p.level is None for p in plans):
        pairs = [(plans[0], plans[1:])]
    else:
        pairs = [(plan, nearest_above(plan, plans)) for plan in plans]
    pairs = [(plan, above) for plan, above in pairs if above]
    if not pairs and _is_below(plans[0], plans[1:]):
        return [(plans[0], plans[1:])]
    if not pairs:
        raise UsageError("no upper plan", where=", ".join(p.id for p in plans), hint="name upper")
    return pairs


def _is_below(plan: pl.Plan, others: Sequence[pl.Plan]) -> bool:
    """Whether a plan stands below all others, also where its place does not say that it lies in theirs."""
    level = plan.level
    return bool(others) and level is not None and all(o.level is not None and o.level.is_above(level) for o in others)


COMMAND = Command(
    name="report",
    examples=(
        "planlineage report weibin_2021 central_2021 --out report.html",
        "planlineage report shanting_2021 weibin_2021 --upper central_2021 --as-of 2024-06-30 --lang en",
    ),
    own=(
        "planlineage report district.txt city.json --out district.html",
        "planlineage report district.txt city.json --report report2026.txt --out district.html",
    ),
    configure=configure,
    run=run,
)
