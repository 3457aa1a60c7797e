"""`planlineage diffusion`: sentences that places of a survey share without a source above, and how they spread."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import TABLES, add_output
from ..results import deliver, note_written, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("survey", metavar="DATASET")
    parser.add_argument("--least", type=int, default=3, metavar="N")
    parser.add_argument("--likeness", type=float, default=0.8, metavar="SHARE")
    parser.add_argument("--gexf", type=Path, metavar="FILE")
    parser.add_argument("--cascades", type=Path, metavar="FILE")
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Show or write the phrases."""
    from ...output.screen.survey import diffusion_page

    found = pl.Survey.open(args.survey).diffusion(least=args.least, likeness=args.likeness)
    for path, write in ((args.gexf, found.to_gexf), (args.cascades, found.to_cascades)):
        if path is not None:
            note_written(console, write(path), count=len(found))
    data = {"schema_version": 1, "rows": table_data(found)}
    deliver(args, console, found, lambda: data, lambda page: diffusion_page(page, found))
    return ExitStatus.DONE


COMMAND = Command(
    name="diffusion",
    examples=(),
    own=("planlineage diffusion dataset --out phrases.csv",),
    configure=configure,
    run=run,
)
