"""`planlineage trace`: where one task comes from, level by level, and what became of its deadline."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

import planlineage as pl

from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import add_local, add_output, add_uppers, load_local, load_uppers, text
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
        help="a statement's id (2.4.4-a35sz), the number of a clause (2.4.4), or words of a statement of either plan",
    )
    add_local(parser, "local")
    add_uppers(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="show what was considered for the task, why the winner won, and what the others lack",
    )
    add_decisions(parser)
    add_output(parser, (".csv", ".json"))


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Trace the task in the local plan."""
    local, uppers = load_local(args, console), load_uppers(args, console)
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
    summary="follow one task up to its central clause and deadline",
    description="""Follows a task of the local plan up to the clauses that it carries down, says which levels between them are
    not held, and what became of the deadline. Words of an upper task show the local tasks that carry it.

    --explain adds the upper statements that were considered, best first; with --out it writes these.""",
    examples=(
        "planlineage trace 行政执法协调监督工作体系 weibin_2021 central_2021",
        "planlineage trace 2.5.10 weibin_2021 central_2021 --explain",
    ),
    own=("planlineage trace 1.1 district.txt city.json central_2021 --level district",),
    configure=configure,
    run=run,
)
