"""`planlineage schema`: the JSON Schema of what a command prints with `--json`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..command import Command, UsageError
from ..console import Console
from ..options import add_language
from ..results import as_json, note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("name", metavar="COMMAND", nargs="?")
    parser.add_argument("--out", metavar="FOLDER", type=Path)
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Print one schema, or write them all; without either, name them."""
    from ...model.disk import write_text
    from ..schemas import names, schema

    if args.name and args.name not in names():
        raise UsageError("no such choice", name="COMMAND", given=args.name, known=tuple(names()))
    chosen = [args.name] if args.name else names()
    if args.out is not None:
        for name in chosen:
            write_text(args.out / f"{name.replace(' ', '_').replace('--', '')}.json", as_json(schema(name)))
        note_written(console, args.out, count=len(chosen))
    elif args.name:
        console.write(as_json(schema(args.name)))
    else:
        console.write("\n".join(chosen) + "\n")
    return ExitStatus.DONE


COMMAND = Command(
    name="schema",
    examples=("planlineage schema coverage", 'planlineage schema "deadlines --progress"'),
    own=("planlineage schema --out schemas",),
    configure=configure,
    run=run,
)
