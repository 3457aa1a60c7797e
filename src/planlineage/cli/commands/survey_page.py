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
    parser.add_argument("survey", metavar="DATASET", help="the folder that `planlineage survey` wrote")
    parser.add_argument("--out", metavar="FILE", required=True, type=file_ending_in(".html"), help="the page (.html)")
    parser.add_argument(
        "--place",
        metavar="PLAN",
        action="append",
        default=[],
        help="make the report of this plan (id) too; may be repeated",
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
    summary="one page for a whole survey: ranking, places by parts, what most lack",
    description="""Writes one HTML file that opens from disk and fetches nothing: the plans of a survey by the share of upper
    tasks that they carry, with search, a heat map of plans and parts, and what most places lack. --place makes the whole report
    of a plan too, in the folder places beside the page, which leads to it.""",
    examples=(),
    own=("planlineage survey page dataset --out country.html --place weibin_2021",),
    configure=configure,
    run=run,
)
