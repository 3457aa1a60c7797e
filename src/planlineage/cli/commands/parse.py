"""`planlineage parse`: read a document into a plan, and say how well it could be read."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import STANDARD, add_local, add_output, load_local
from ..results import note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    add_output(parser, (".json", ".csv"))


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Write plan JSON or the table of statements, or show the reading report."""
    plan = load_local(args, console)
    from ...model.files import plan_json
    from ...model.parts import CitedPlan
    from ...output.screen.reading import reading_page
    from ...output.tables import StatementTable

    if args.out == Path(STANDARD):
        console.write(StatementTable(plan).csv_text())
        return ExitStatus.DONE
    if args.out is not None:
        if args.out.suffix.lower() == ".json":
            pl.save_plan(plan, args.out)
        else:
            StatementTable(plan).to_csv(args.out)
        if not args.json:
            note_written(console, args.out, "written plan", count=len(plan.statements), tasks=len(plan.tasks))
    if args.json:
        console.write(plan_json(plan))
    elif args.out is None:
        held = [pl.load(i) for i in pl.shipped_ids() if i != plan.id]

        def is_held(cited: CitedPlan) -> bool:
            return any(cited.title == other.title for other in held)

        page = console.page()
        reading_page(page, plan, is_held)
        console.show(page)
    return ExitStatus.DONE


COMMAND = Command(
    name="parse",
    examples=("planlineage parse weibin_2021 --out statements.csv",),
    own=(
        "planlineage parse plan.txt",
        "planlineage parse plan.txt --level district --place 河南省新乡市卫滨区 --out plan.json",
    ),
    configure=configure,
    run=run,
)
