"""`planlineage tune-encoder`: learn how much a sentence encoder of the user's own counts in linking."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import planlineage as pl

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
        help="folder of the model: model.onnx and tokenizer.json, or sentence-transformers",
    )
    parser.add_argument(
        "--pair",
        nargs=3,
        action="append",
        required=True,
        metavar=("LOCAL", "UPPER", "EDGES.csv"),
        help="a local and an upper plan, and the edges between them that a person has corrected (columns of `link --out`); "
        "may be given several times",
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
        except ValueError as error:
            raise UsageError(str(error), where="--pair", hint="are the ids those of these plans?") from None
    console.write(f"weight {weight}, shift {shift}: stored in {args.model}")
    return ExitStatus.DONE


def _tied(path: Path) -> set[tuple[str, str]]:
    """The pairs of ids that count as lineage."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        return {(row["local_id"], row["upper_id"]) for row in rows if row["relation"] != _THEMATIC}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the edges cannot be read: {error}",
            where=str(path),
            hint="a CSV with local_id, upper_id, relation",
        ) from None


COMMAND = Command(
    name="tune-encoder",
    summary="learn how much a sentence encoder of your own counts in linking",
    description="""Sets the cosines of a sentence encoder beside edges that a person has corrected and learns how much they should
    add to the linker's own judgement. Stored as planlineage.json in the model's folder, from where linking with that
    encoder takes it. The model is a folder on this machine; nothing is fetched.

    For example: planlineage tune-encoder models/mine --pair district.json city.json corrected.csv""",
    examples=(),
    configure=configure,
    run=run,
)
