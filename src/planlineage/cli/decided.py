"""The decision file among the options of commands: reading it, and saying what of it was not applied."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from .command import UsageError
from .console import Console


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """The decision file."""
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        type=Path,
        help="what people decided (see `planlineage review`); it wins over the linker",
    )


def load_decisions(args: argparse.Namespace) -> pl.Decisions | None:
    """The decisions of the file that was given; None without one."""
    if args.decisions is None:
        return None
    return pl.Decisions.load(args.decisions)


def tell_broken(args: argparse.Namespace, console: Console, check: pl.DecisionCheck | None) -> None:
    """Say how many decisions were not applied because they are suspect, unknown or in conflict."""
    if check is None:
        return
    elsewhere = len(check.having("elsewhere"))
    if elsewhere and elsewhere == len(check.checked):
        raise UsageError(
            "all of its decisions are about other plans",
            where=str(args.decisions),
            hint=f"the first is about {check.checked[0].decision.local_plan or check.checked[0].decision.upper_plan}",
        )
    if elsewhere:
        console.complain("note", f"{args.decisions}: {elsewhere} decisions are about other plans")
    if check.broken:
        from ..model.deciding import BROKEN

        counts = {state: len(check.having(state)) for state in BROKEN}
        said = ", ".join(f"{n} {state}" for state, n in counts.items() if n)
        console.complain(
            "note",
            f"{args.decisions}: {len(check.broken)} decisions not applied: {said} "
            "(`planlineage review LOCAL UPPER --decisions FILE --check` says why)",
        )
