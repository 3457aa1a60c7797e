"""`planlineage scorecard`: a place against the indicator system for model places."""

from __future__ import annotations

import argparse

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_local, add_output, day, load_local
from ..results import as_json, deliver, note_written, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    parser.add_argument("--progress", metavar="LEDGER")
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument("--known-on", metavar="DAY", type=day)
    parser.add_argument("--named-on", metavar="DAY", type=day)
    parser.add_argument(
        "--indicators",
        metavar="PLAN",
        default="demonstration_indicators_2019",
    )
    add_output(parser, (".xlsx", ".csv", ".json"))


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Make the scorecard."""
    from ...output.screen.page import Page
    from ...output.screen.tracking import scorecard_page

    plan = load_local(args, console)
    with console.working("linking", plan.name):
        card = pl.scorecard(
            plan,
            args.progress,
            indicators=args.indicators,
            as_of=args.as_of,
            known_on=args.known_on,
            named_on=args.named_on,
            lang=args.lang,
        )
    low, high = card.range

    def data() -> dict[str, object]:
        return {
            "schema_version": 1,
            "plan": plan.id,
            "indicators": card.plan.id,
            "as_of": card.day.isoformat(),
            "addressed": card.addressed,
            "share_met": low,
            "share_at_most": high,
            "verdict": card.verdict,
            "rows": table_data(card),
            "groups": table_data(card.by_group()),
            "duties": table_data(card.duties),
            "grounds": [{"id": g.id, "text": g.text, "occurred": g.occurred, "remark": g.remark} for g in card.grounds],
        }

    if args.out is not None and args.out.suffix.lower() == ".xlsx":
        pl.write_scorecard(card, args.out)
        if args.json:
            console.write(as_json(data()))
        else:
            note_written(console, args.out, count=len(card))
        return ExitStatus.DONE

    def draw(page: Page) -> None:
        page.banner(plan.name)
        scorecard_page(page, card)

    deliver(args, console, card, data, draw)
    return ExitStatus.DONE


COMMAND = Command(
    name="scorecard",
    examples=(
        "planlineage scorecard shanting_2021 --as-of 2024-06-30",
        "planlineage scorecard shanting_2021 --as-of 2024-06-30 --out scorecard.xlsx",
    ),
    own=("planlineage scorecard plan.txt --level district --as-of 2024-06-30 --named-on 2022-10-01",),
    configure=configure,
    run=run,
)
