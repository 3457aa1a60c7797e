"""`planlineage agree`: how far two readers agree, and what is left to settle."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import TABLES, add_output
from ..results import deliver, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("first", metavar="FIRST", type=Path)
    parser.add_argument("second", metavar="SECOND", type=Path)
    add_output(parser, TABLES)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Set the two side by side."""
    from ...output.screen.agreement import agreement_page

    found = pl.agreement(args.first, args.second, lang=args.lang)

    def data() -> dict[str, Any]:
        measures = {"percent": found.percent, "kappa": found.kappa, "alpha": found.alpha}
        return {
            "schema_version": 1,
            "judged_by": found.judged_by,
            "items": len(found),
            "alone": list(found.alone),
            "measures": {name: [m.value, m.low, m.high] for name, m in measures.items()},
            "disagreements": table_data(found.disagreements),
        }

    deliver(args, console, found.disagreements, data, lambda page: agreement_page(page, found))
    return ExitStatus.DONE


COMMAND = Command(
    name="agree",
    examples=(),
    own=("planlineage agree first.csv second.csv --out settle.csv",),
    configure=configure,
    run=run,
)
