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
    parser.add_argument(
        "plans", nargs="+", metavar="FOLDER_OR_FILE", help="folders (all files below them) or single plans"
    )
    parser.add_argument("--upper", action="append", default=[], metavar="PLAN", help="link every plan to this one")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder of the dataset")
    parser.add_argument(
        "--engine", choices=("processes", "dask", "here"), default="processes", help="who does the work"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes; as many as there are cores by default")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler, with --engine dask")
    parser.add_argument("--json", action="store_true", help="write what was done and the ranking as JSON")
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
    summary="read and link thousands of plans at once, as a dataset on disk",
    description="""Reads everything below the folders, finds level, place and year, links each plan to the plans above it (or to
    those given with --upper), sets each year's plan against the next year's report, and writes Parquet tables by year and level
    that DuckDB, pandas, polars and R open as they are. A file that can't be read is a row of the table problems. Run again, it
    reads only what has changed. A table plans.csv beside the files may fix id, level, place and upper plan.""",
    examples=(),
    own=("planlineage survey plans --upper central_2021 --out dataset",),
    configure=configure,
    run=run,
)
