"""`planlineage survey`: thousands of plans at once, as a dataset on disk."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_language
from ..results import as_json, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("plans", nargs="+", metavar="FOLDER_OR_FILE")
    parser.add_argument("--upper", action="append", default=[], metavar="PLAN")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--engine", choices=("processes", "dask", "here"), default="processes")
    parser.add_argument("--workers", type=int, metavar="N")
    parser.add_argument("--scheduler", metavar="ADDRESS")
    parser.add_argument("--json", action="store_true")
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Make the dataset, or bring it up to date."""
    from ...output.screen.page import Page
    from ...output.screen.survey import survey_page

    with console.counting() as tell:
        found = pl.survey(
            args.plans,
            upper=args.upper,
            out=args.out,
            engine=args.engine,
            workers=args.workers,
            scheduler=args.scheduler,
            lang=args.lang,
            progress=tell,
        )
    if args.json:
        tables = {name: table["rows"] for name, table in found.manifest["tables"].items()}
        data = {"schema_version": 1, "folder": str(args.out), "rows": tables, "ranking": table_data(found.ranking)}
        console.write(as_json(data))
    else:
        page: Page = console.page()
        survey_page(page, found)
        console.show(page)
    return ExitStatus.DONE


COMMAND = Command(
    name="survey",
    examples=(),
    own=("planlineage survey plans --upper central_2021 --out dataset",),
    configure=configure,
    run=run,
)
