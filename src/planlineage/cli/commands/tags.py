"""`planlineage tags`: codes of one's own for each task, by a small file of rules and by a person."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import TABLES, add_local, add_output, load_local
from ..results import deliver, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    parser.add_argument("--rules", metavar="FILE", default="policy_tools")
    parser.add_argument("--decided", metavar="FILE", type=Path)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Show or write the tags."""
    from ...output.screen.tasks import tags_page

    found = pl.tags(load_local(args, console), args.rules, args.decided)
    data = {"schema_version": 1, "plan": found.plan.id, "tags": table_data(found)}
    deliver(args, console, found, lambda: data, lambda page: tags_page(page, found))
    return ExitStatus.DONE


COMMAND = Command(
    name="tags",
    examples=("planlineage tags shanting_2021 --out tags.csv",),
    own=("planlineage tags plan.txt",),
    configure=configure,
    run=run,
)
