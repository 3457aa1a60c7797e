"""`planlineage trace`: where one task comes from, level by level, and what became of its deadline."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

import planlineage as pl

from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import TABLES, add_local, add_output, add_uppers, load_both, text
from ..results import deliver, table_data
from ..status import ExitStatus

if TYPE_CHECKING:
    from ...model.report import Report
    from ...output.screen.page import Page


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "task",
        metavar="TASK",
        type=text,
    )
    add_local(parser, "local")
    add_uppers(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
    )
    add_decisions(parser)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Trace the task in the local plan."""
    local, uppers = load_both(args, console)
    from ...output.screen.lineage import trace_page
    from ...output.screen.review import explanation_page
    from ...output.tables import TraceTable

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        lineage = pl.link(local, uppers, decisions=decisions)
        traces = lineage.trace(args.task)
    tell_broken(args, console, lineage.decided)
    explanation = lineage.explain(args.task) if args.explain else None
    table: Report[Any] = explanation if explanation is not None else TraceTable(traces)

    def data() -> dict[str, Any]:
        uppers_ids = [u.id for u in uppers]
        explained = {"explanation": table_data(explanation)} if explanation is not None else {}
        return {
            "schema_version": 1,
            "task": args.task,
            "local": local.id,
            "uppers": uppers_ids,
            "rows": table_data(TraceTable(traces)),
            **explained,
        }

    def draw(page: Page) -> None:
        trace_page(page, traces)
        if explanation is not None:
            explanation_page(page, explanation)

    deliver(args, console, table, data, draw)
    return ExitStatus.DONE


COMMAND = Command(
    name="trace",
    examples=(
        "planlineage trace 行政执法协调监督工作体系 weibin_2021 central_2021",
        "planlineage trace 2.5.10 weibin_2021 central_2021 --explain",
    ),
    own=("planlineage trace 1.1 district.txt city.json central_2021 --level district",),
    configure=configure,
    run=run,
)
