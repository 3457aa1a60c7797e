"""`planlineage link`: tie a local plan's statements to the upper statements that they carry down."""

from __future__ import annotations

import argparse

import planlineage as pl

from ..command import Command
from ..console import Console
from ..decided import add_decisions, load_decisions, tell_broken
from ..options import TABLES, add_local, add_output, add_uppers, load_both
from ..results import deliver
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser, "local")
    add_uppers(parser)
    add_decisions(parser)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Link, and list the edges."""
    local, uppers = load_both(args, console)
    from ...output.screen.lineage import lineage_page

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        lineage = pl.link(local, uppers, decisions=decisions)
    tell_broken(args, console, lineage.decided)
    deliver(args, console, lineage, lineage.as_dict, lambda page: lineage_page(page, lineage))
    return ExitStatus.DONE


COMMAND = Command(
    name="link",
    examples=("planlineage link shanting_2021 central_2021 --out edges.csv",),
    own=("planlineage link district.txt city.json central_2021 --level district --out edges.csv",),
    configure=configure,
    run=run,
)
