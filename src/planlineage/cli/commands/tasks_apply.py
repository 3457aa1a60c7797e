"""`planlineage tasks apply`: an edited task table back into the plan, as decisions that a new text of it keeps."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..command import Command, UsageError
from ..console import Console
from ..options import add_language, add_local, file_ending_in, load_local
from ..results import as_json, note_written, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser)
    parser.add_argument("--sheet", metavar="FILE", type=Path)
    parser.add_argument("--decisions", metavar="FILE", type=Path, required=True)
    parser.add_argument("--reviewer", metavar="NAME", default="")
    parser.add_argument(
        "--bad-rows",
        choices=("refuse", "skip"),
        default="refuse",
    )
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".json"))
    parser.add_argument("--json", action="store_true")
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Take the table back; the decision file is written only where decisions were taken."""
    from ...output.screen.tasks import applied_page, taken_page
    from ...output.task_import import take_task_sheet
    from ...tabular.imported import Defaults

    if args.sheet is None and not args.decisions.exists():
        raise UsageError("no decisions yet", where=str(args.decisions), hint="add sheet")
    plan = load_local(args, console)
    earlier = pl.TaskDecisions.load(args.decisions) if args.decisions.exists() else pl.TaskDecisions()
    taken = None
    decided = pl.apply_tasks(plan, earlier)
    if args.sheet is not None:
        defaults = Defaults(reporter=args.reviewer)
        taken = take_task_sheet(args.sheet, plan, earlier, bad_rows=args.bad_rows, defaults=defaults, lang=args.lang)
        decided = taken.decided
        if taken.added:
            taken.decisions.save(args.decisions)
    if args.json:
        problems = table_data(taken) if taken else []
        console.write(as_json({"schema_version": 1, "decisions": table_data(decided), "problems": problems}))
    else:
        page = console.page()
        if taken is not None:
            taken_page(page, taken, args.decisions)
        applied_page(page, decided)
        console.show(page)
    if args.out is not None:
        pl.save_plan(decided.plan, args.out)
        if not args.json:
            note_written(console, args.out, count=len(decided.plan.tasks))
    failed = decided.broken or (taken is not None and taken.problems)
    return ExitStatus.CHECK_FAILED if failed else ExitStatus.DONE


COMMAND = Command(
    name="tasks apply",
    examples=(),
    own=(
        "planlineage tasks plan.txt --out tasks.csv",
        "planlineage tasks apply plan.txt --sheet tasks.csv --decisions tasks.jsonl --out plan.json",
        "planlineage tasks apply plan.txt --decisions tasks.jsonl --out plan.json",
    ),
    configure=configure,
    run=run,
)
