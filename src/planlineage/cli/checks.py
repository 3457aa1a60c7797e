"""The end of a command that checks something: what does not hold is said, and written for build servers and for people."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .console import Console
from .options import file_ending_in
from .status import ExitStatus

if TYPE_CHECKING:
    from ..output.checks import Check


def add_check_reports(parser: argparse.ArgumentParser) -> None:
    """Where the checks are written."""
    parser.add_argument("--junit", metavar="FILE", type=file_ending_in(".xml"))
    parser.add_argument("--summary", metavar="FILE", type=file_ending_in(".md"))


def conclude(
    args: argparse.Namespace, console: Console, title: str, lines: Sequence[str], checks: Sequence[Check]
) -> ExitStatus:
    """Say which checks failed, and write all of them where that is asked for."""
    from ..output.checks import write_junit, write_summary

    if args.junit is not None:
        write_junit(f"planlineage.{args.command}", checks, args.junit, args.lang)
    if args.summary is not None:
        write_summary(title, lines, checks, args.summary, args.lang)
    failed = [check for check in checks if not check.ok]
    for check in failed:
        console.complain("check failed", check.found)
    return ExitStatus.CHECK_FAILED if failed else ExitStatus.DONE
