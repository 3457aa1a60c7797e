"""`planlineage commitments`: the deadlines, rhythms, quantities, documents and actors that a plan names."""

from __future__ import annotations

import argparse

from ..command import Command
from ..console import Console
from ..options import TABLES, add_local, add_output, load_local
from ..results import deliver, table_data
from ..status import ExitStatus

KINDS = (
    "deadline",
    "period",
    "recurrence",
    "duration",
    "target",
    "totality",
    "strength",
    "instrument",
    "docnumber",
    "responsible",
    "actor",
)
"""The kinds of expressions, as in the model; a test holds the two equal."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    parser.add_argument(
        "--kind",
        choices=KINDS,
        action="append",
        default=[],
    )
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """List every recognised expression."""
    plan = load_local(args, console)
    from ...output.screen.reading import commitments_page
    from ...output.tables import CommitmentTable

    table = CommitmentTable(plan, args.kind)
    deliver(
        args,
        console,
        table,
        lambda: {"schema_version": 1, "plan": plan.id, "expressions": table_data(table)},
        lambda page: commitments_page(page, table),
    )
    return ExitStatus.DONE


COMMAND = Command(
    name="commitments",
    examples=(
        "planlineage commitments shanting_2021 --kind deadline --kind target",
        "planlineage commitments shanting_2021 --out found.csv",
    ),
    own=("planlineage commitments plan.txt --issued 2022-03-01",),
    configure=configure,
    run=run,
)
