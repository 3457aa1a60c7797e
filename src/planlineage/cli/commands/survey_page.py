"""`planlineage survey page`: one page for a whole survey, and the reports of single places beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_language, file_ending_in
from ..results import note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("survey", metavar="DATASET")
    parser.add_argument("--out", metavar="FILE", required=True, type=file_ending_in(".html"))
    parser.add_argument(
        "--place",
        metavar="PLAN",
        action="append",
        default=[],
    )
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Write the page."""
    found = pl.Survey.open(args.survey)
    written: Path = pl.write_country(found, args.out, places=args.place, lang=args.lang)
    note_written(console, written, count=len(found.ranking))
    return ExitStatus.DONE


COMMAND = Command(
    name="survey page",
    examples=(),
    own=("planlineage survey page dataset --out country.html --place weibin_2021",),
    configure=configure,
    run=run,
)
