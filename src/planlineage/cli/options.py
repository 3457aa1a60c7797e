"""The options that commands share, and the plans that they name."""

from __future__ import annotations

import argparse
import datetime
import math
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import planlineage as pl

from ..model.levels import Level
from ..model.wording import LANGS
from .command import UsageError
from .console import Console

_DOCUMENT = ("level", "place", "title", "issuer", "number", "issued", "id")


# -- values ------------------------------------------------------------------------------------------------------------


def day(value: str) -> datetime.date:
    """A day as YYYY-MM-DD."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)  # Python also reads week dates and dates without hyphens
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{value!r} is not a day; write it as YYYY-MM-DD, for example 2024-06-30"
        ) from None


def percent(value: str) -> float:
    """A percentage from 0 to 100, with or without its sign."""
    try:
        share = float(value.removesuffix("%"))
    except ValueError:
        share = math.nan
    if not 0 <= share <= 100:
        raise argparse.ArgumentTypeError(f"{value!r} is not a percentage from 0 to 100")
    if 0 < share < 1 and not value.endswith("%"):
        raise argparse.ArgumentTypeError(f"{value!r} looks like a share; write {share * 100:g} for {share:.0%}")
    return share


def share(value: str) -> float:
    """A share from 0 to 1."""
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 0 to 1")
    return found


def text(value: str) -> str:
    """Words: whatever can be written to a file again."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{value!r} is not text in UTF-8; check the terminal's encoding") from None
    return value


STANDARD = "-"
"""In place of a file: standard input or standard output."""


def file_ending_in(*endings: str, or_standard: bool = False) -> Callable[[str], Path]:
    """A path with one of some endings, or `-` for standard output."""

    def check(value: str) -> Path:
        path = Path(value)
        if or_standard and value == STANDARD:
            return path
        if path.suffix.lower() not in endings:
            known = " or ".join(endings)
            raise argparse.ArgumentTypeError(f"{value!r} has no ending that names a format here; use {known}")
        return path

    return check


# -- groups of options -------------------------------------------------------------------------------------------------


def add_local(parser: argparse.ArgumentParser, name: str = "plan") -> None:
    """The plan itself, and what can be said about it where it is a raw document."""
    parser.add_argument(
        "plan", metavar=name.upper(), help="a shipped id, a plan JSON, or a document; - is standard input"
    )
    group = parser.add_argument_group(f"what a document does not say of itself (where {name.upper()} is one)")
    levels = [lv.value for lv in Level if lv is not Level.VILLAGE]
    group.add_argument("--level", metavar="LEVEL", choices=levels, help=", ".join(levels))
    group.add_argument("--place", metavar="NAME", type=text, help="full name of the place: 河南省新乡市卫滨区")
    group.add_argument("--title", metavar="TEXT", type=text, help="title of the plan")
    group.add_argument("--issuer", metavar="NAME", type=text, help="who issued it")
    group.add_argument("--number", metavar="NUMBER", type=text, help="document number: 新发〔2022〕5号")
    group.add_argument("--issued", metavar="DAY", type=day, help="day of issue, YYYY-MM-DD")
    group.add_argument("--id", metavar="ID", type=text, help="id of the plan (by default the file's name)")


def add_uppers(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """One upper plan or several."""
    parser.add_argument(
        "uppers",
        metavar="UPPER",
        nargs="*" if optional else "+",
        help="upper plan: a shipped id, a plan JSON, or a document; several may be given",
    )


def add_output(parser: argparse.ArgumentParser, endings: Sequence[str]) -> None:
    """Where the result goes and how."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--out",
        metavar="FILE",
        type=file_ending_in(*endings, or_standard=".csv" in endings),
        help=f"write to a file ({' or '.join(endings)}) instead; - writes CSV to standard output",
    )
    group.add_argument("--json", action="store_true", help="print JSON instead of a table")
    add_language(group)


def add_language(group: argparse._ActionsContainer) -> None:
    """The language of tables for people."""
    group.add_argument(
        "--lang",
        choices=LANGS,
        help="language of the screen (default: PLANLINEAGE_LANG, else the system's) and of files (default: zh)",
    )


def fail_on(known: Iterable[str]) -> Callable[[str], list[str]]:
    """A list of named conditions, commas between them."""
    names = list(known)

    def check(value: str) -> list[str]:
        asked = [name.strip() for name in value.split(",") if name.strip()]
        for name in asked:
            if name not in names:
                raise argparse.ArgumentTypeError(f"{name!r} is no condition here; known are {', '.join(names)}")
        return asked

    return check


# -- plans -------------------------------------------------------------------------------------------------------------


def load_local(args: argparse.Namespace, console: Console) -> pl.Plan:
    """The plan that the command is about, read with what was said about it."""

    given = {name: getattr(args, name) for name in _DOCUMENT if getattr(args, name) is not None}
    with console.working("reading", args.plan):
        if args.plan == STANDARD:
            return _from_standard_input(given)
        if not given:
            return pl.load(args.plan)
        if args.plan in pl.shipped_ids() or Path(args.plan).suffix.lower() == ".json":
            options = ", ".join(f"--{name}" for name in given)
            raise UsageError(
                f"{options}: only a document that is not yet read can be told this",
                where=args.plan,
                hint="leave it out, or parse the document",
            )
        return pl.parse(args.plan, **given)


def _from_standard_input(given: Mapping[str, Any]) -> pl.Plan:
    """The plan on standard input: a plan JSON, or a document of any format."""
    if sys.stdin is None:  # closed before Python started
        raise UsageError("standard input is closed", hint="give a file, or pipe the plan in")
    data = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("stdin.json" if data.lstrip()[:1] == b"{" else "stdin")
        path.write_bytes(data)
        return pl.parse(path, **given) if given else pl.load(path)


def load_uppers(args: argparse.Namespace, console: Console) -> list[pl.Plan]:
    """The upper plans named on the command line."""
    found = []
    for name in args.uppers:
        with console.working("reading", name):
            found.append(pl.load(name))
    return found


def not_over_an_input(args: argparse.Namespace) -> None:
    """Refuse to write a result over a file that the command reads: a plan, a ledger, decisions, a filled-in sheet."""
    out = getattr(args, "out", None)
    if out is None or not out.is_file():
        return
    given = [v for name, value in vars(args).items() if name != "out" for v in _many(value)]
    for name in given:
        try:
            same = isinstance(name, str | Path) and Path(name).is_file() and out.samefile(name)
        except (OSError, ValueError):  # words that are no path
            same = False
        if same:
            raise UsageError("is read, and would be written over", where=str(out), hint="give --out another name")


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (value,)


def add_force(parser: argparse.ArgumentParser) -> None:
    """The option that lets a sheet be written over."""
    parser.add_argument("--force", action="store_true", help="write over a sheet that may have been filled in")


@contextmanager
def unfilled(args: argparse.Namespace) -> Iterator[Path]:
    """Where to write a sheet that people fill in: one that is there already and says something else is written over only with
    --force. Raises `UsageError`."""
    if args.force or not args.out.exists():
        yield args.out
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / args.out.name
        yield fresh
        if fresh.read_bytes() != args.out.read_bytes():
            raise UsageError(
                "is there already, and may have been filled in",
                where=str(args.out),
                hint="give --out another name, or --force to write over it",
            )
