"""The options that commands share, and the plans that they name."""

from __future__ import annotations

import argparse
import datetime
import math
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import planlineage as pl

from ..model.levels import Level
from ..model.wording import LANGS, options, told
from .command import UsageError, refused
from .console import Console
from .project import FACTS, Project

_DOCUMENT = (*FACTS, "id")


# -- values ------------------------------------------------------------------------------------------------------------


def day(value: str) -> datetime.date:
    """A day as YYYY-MM-DD."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)  # Python also reads week dates and dates without hyphens
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise refused("no day of option", value=value) from None


def percent(value: str) -> float:
    """A percentage from 0 to 100, with or without its sign."""
    try:
        share = float(value.removesuffix("%"))
    except ValueError:
        share = math.nan
    if not 0 <= share <= 100:
        raise refused("no percentage", value=value)
    if 0 < share < 1 and not value.endswith("%"):
        raise refused("share for percentage", value=value, percent=share * 100)
    return share


def share(value: str) -> float:
    """A share from 0 to 1."""
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1:
        raise refused("no share", value=value)
    return found


def text(value: str) -> str:
    """Words: whatever can be written to a file again."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise refused("no utf-8 text", value=repr(value)) from None
    return value


TABLES = (".csv", ".json", ".xlsx", ".parquet", ".tex", ".docx")
"""What a table may be written as."""

STANDARD = "-"
"""In place of a file: standard input or standard output."""


def file_ending_in(*endings: str, or_standard: bool = False) -> Callable[[str], Path]:
    """A path with one of some endings, or `-` for standard output."""

    def check(value: str) -> Path:
        path = Path(value)
        if or_standard and value == STANDARD:
            return path
        if path.suffix.lower() not in endings:
            raise refused("no such ending", value=value, known=endings)
        return path

    check.__name__ = ", ".join(endings)  # %(type)s in the help

    return check


# -- groups of options -------------------------------------------------------------------------------------------------


def add_local(parser: argparse.ArgumentParser, name: str = "plan") -> None:
    """The plan itself, and what can be said about it where it is a raw document."""
    parser.add_argument("plan", metavar=name.upper())
    group = parser.add_argument_group(told("group", "document", name=name.upper()).text(options.language))
    levels = [lv.value for lv in Level if lv is not Level.VILLAGE]
    group.add_argument("--level", metavar="LEVEL", choices=levels)
    group.add_argument("--place", metavar="NAME", type=text)
    group.add_argument("--title", metavar="TEXT", type=text)
    group.add_argument("--issuer", metavar="NAME", type=text)
    group.add_argument("--number", metavar="NUMBER", type=text)
    group.add_argument("--issued", metavar="DAY", type=day)
    group.add_argument("--id", metavar="ID", type=text)


def add_uppers(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """One upper plan or several."""
    parser.add_argument(
        "uppers",
        metavar="UPPER",
        nargs="*",  # the project file may name them
    )
    parser.set_defaults(alone=optional)


def add_output(parser: argparse.ArgumentParser, endings: Sequence[str]) -> None:
    """Where the result goes and how."""
    group = parser.add_argument_group(told("group", "output").text(options.language))
    group.add_argument(
        "--out",
        metavar="FILE",
        type=file_ending_in(*endings, or_standard=".csv" in endings),
    )
    group.add_argument("--json", action="store_true")
    add_language(group)


def add_language(group: argparse._ActionsContainer) -> None:
    """The language of tables for people."""
    group.add_argument(
        "--lang",
        choices=LANGS,
    )


def fail_on(known: Iterable[str]) -> Callable[[str], list[str]]:
    """A list of named conditions, commas between them."""
    names = list(known)

    def check(value: str) -> list[str]:
        asked = [name.strip() for name in value.split(",") if name.strip()]
        for name in asked:
            if name not in names:
                raise refused("no such condition", name=name, known=tuple(names))
        return asked

    check.__name__ = ", ".join(names)  # %(type)s in the help

    return check


# -- plans -------------------------------------------------------------------------------------------------------------


def load_local(args: argparse.Namespace, console: Console) -> pl.Plan:
    """The plan that the command is about, read with what was said about it."""

    given = {name: getattr(args, name) for name in _DOCUMENT if getattr(args, name) is not None}
    with console.working("reading", args.plan):
        if args.plan == STANDARD:
            return _from_standard_input(given)
        return Project.here().load(args.plan, given)


def _from_standard_input(given: Mapping[str, Any]) -> pl.Plan:
    """The plan on standard input: a plan JSON, or a document of any format."""
    if sys.stdin is None:  # closed before Python started
        raise UsageError("stdin closed", hint="give a file")
    data = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("stdin.json" if data.lstrip()[:1] == b"{" else "stdin")
        path.write_bytes(data)
        return pl.parse(path, **given) if given else pl.load(path)


def load_both(args: argparse.Namespace, console: Console) -> tuple[pl.Plan, list[pl.Plan]]:
    """The plan, and the upper plans named on the command line.

    Raises `UsageError` where several of these stand on the plan's own level, as they do where a shell wrote out `plans/*`, and
    where neither the command line nor the project file names one though the command needs it.
    """
    project = Project.here()
    names = args.uppers or project.uppers(args.plan)
    if not names and not args.alone:
        raise UsageError("no upper plan", where=args.plan, hint="name upper plans")
    local = load_local(args, console)
    found = []
    for name in names:
        with console.working("reading", name):
            found.append(project.load(name))
    local, *found = with_own_ids([local, *found], [args.plan, *names])
    beside = [upper for upper in found if local.level is not None and upper.level == local.level]
    if len(beside) > 1:
        level = told("level", str(local.level))
        raise UsageError(
            "beside the local plan", where=local.id, hint="one local plan first", count=len(beside), level=level
        )
    return local, found


def load_several(names: Sequence[str], console: Console) -> list[pl.Plan]:
    """The plans of several names, each with an id of its own."""
    found = []
    for name in names:
        with console.working("reading", name):
            found.append(pl.load(name))
    return with_own_ids(found, names)


def with_own_ids(plans: Sequence[pl.Plan], names: Sequence[str]) -> list[pl.Plan]:
    """Plans of which no two have the same id: documents of one file name in several folders go by folder and file name.

    Raises `UsageError` where that does not tell them apart, and where one plan is named twice.
    """
    known = Counter(plan.id for plan in plans)
    found = []
    for plan, name in zip(plans, names, strict=True):
        own = known[plan.id] == 1 or Path(name).suffix.lower() == ".json" or not Path(name).is_file()
        found.append(plan if own else plan.model_copy(update={"id": f"{Path(name).resolve().parent.name}_{plan.id}"}))
    left = Counter(plan.id for plan in found)
    same = [name for plan, name in zip(found, names, strict=True) if left[plan.id] > 1]
    if len({Path(name).resolve() if Path(name).is_file() else name for name in same}) < len(same):
        raise UsageError("named twice", where=", ".join(dict.fromkeys(same)), hint="once each")
    if same:
        raise UsageError("same id", where=", ".join(same), hint="id by parse", file=same[0])
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
            raise UsageError("over an input", where=str(out), hint="other name")


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (value,)


def add_force(parser: argparse.ArgumentParser) -> None:
    """The option that lets a sheet be written over."""
    parser.add_argument("--force", action="store_true")


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
            raise UsageError("there already", where=str(args.out), hint="other name or force")
