"""`planlineage tune-encoder`: learn how much a sentence encoder of the user's own counts in linking."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import planlineage as pl

from ...model.errors import InvalidValueError
from ..command import Command, UsageError
from ..console import Console
from ..options import add_language
from ..status import ExitStatus

_THEMATIC = "thematic"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        type=Path,
    )
    parser.add_argument(
        "--pair",
        nargs=3,
        action="append",
        required=True,
        metavar=("LOCAL", "UPPER", "EDGES.csv"),
    )
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Tune, and say what was learnt."""
    from ...linking.encoders import load_encoder, tune_encoder

    encoder = load_encoder(args.model)
    pairs = []
    for local, upper, edges in args.pair:
        with console.working("reading", f"{local}, {upper}"):
            pairs.append((pl.load(local), pl.load(upper), _tied(Path(edges))))
    with console.working("tuning", str(args.model)):
        try:
            weight, shift = tune_encoder(encoder, pairs)
        except InvalidValueError as error:
            raise UsageError(error.key, where="--pair", hint="ids of these plans") from None
    console.write(f"weight {weight}, shift {shift}: stored in {args.model}")
    return ExitStatus.DONE


def _tied(path: Path) -> set[tuple[str, str]]:
    """The pairs of ids that count as lineage."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        return {(row["local_id"], row["upper_id"]) for row in rows if row["relation"] != _THEMATIC}
    except (OSError, KeyError, UnicodeDecodeError):
        raise UsageError("bad edges", where=str(path), hint="edges csv") from None


COMMAND = Command(
    name="tune-encoder",
    examples=(),
    configure=configure,
    run=run,
)
