"""`planlineage export`: plans of several levels as one graph, in the formats that other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import load_several
from ..results import note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "plans",
        metavar="PLAN",
        nargs="+",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
    )
    parser.add_argument("--lang", choices=("zh", "en"), help=argparse.SUPPRESS)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Order and link the plans, and write the graph."""
    from ...output.exports import format_of, write_network

    format_of(args.out)  # a wrong ending is said before the work
    plans = load_several(args.plans, console)
    with console.working("linking", plans[0].name):
        found = pl.network(plans)
    for remark in found.remarks:
        console.complain("note", remark)
    write_network(found, args.out)
    note_written(console, args.out, count=sum(len(lineage.edges) for lineage in found.lineages))
    return ExitStatus.DONE


COMMAND = Command(
    name="export",
    examples=(
        "planlineage export central_2021 shanting_2021 weibin_2021 --out plans.graphml",
        "planlineage export central_2021 shanting_2021 --out lineage.prov.json",
    ),
    own=("planlineage export central_2021 city.json --out chain.gexf",),
    configure=configure,
    run=run,
)
