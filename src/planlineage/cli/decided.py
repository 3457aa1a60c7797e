"""The decision file among the options of commands: reading it, and saying what of it was not applied."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..model.wording import Term, told
from .command import UsageError
from .console import Console
from .project import Project


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """The decision file."""
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        type=Path,
    )


def load_decisions(args: argparse.Namespace) -> pl.Decisions | None:
    """The decisions of the file that was given, else of that of the project; None without one."""
    if args.decisions is None:
        args.decisions = Project.here().decisions
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
            "decisions elsewhere",
            where=str(args.decisions),
            hint="first decision",
            local_plan=check.checked[0].decision.local_plan or check.checked[0].decision.upper_plan,
        )
    if elsewhere:
        console.complain("note", told("said", "decisions elsewhere", file=args.decisions, count=elsewhere))
    if check.broken:
        from ..model.deciding import BROKEN

        counts = {state: len(check.having(state)) for state in BROKEN}
        said = tuple(told("said", "counted", word=Term(f"decision.{s}"), count=n) for s, n in counts.items() if n)
        many = len(check.broken)
        console.complain("note", told("said", "decisions not applied", file=args.decisions, count=many, states=said))
