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
    parser.add_argument(
        "--sheet", metavar="FILE", type=Path, help="the task table with your edits (.xlsx or .csv), to be taken back"
    )
    parser.add_argument(
        "--decisions", metavar="FILE", type=Path, required=True, help="the file that keeps the decisions (.jsonl)"
    )
    parser.add_argument("--reviewer", metavar="NAME", default="", help="who decided")
    parser.add_argument(
        "--bad-rows",
        choices=("refuse", "skip"),
        default="refuse",
        help="one bad row refuses the whole sheet (default), or is skipped",
    )
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".json"), help="write the plan as decided (.json)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Take the table back; the decision file is written only where decisions were taken."""
    from ...output.screen.tasks import applied_page, taken_page
    from ...output.task_import import take_task_sheet
    from ...tabular.imported import Defaults

    if args.sheet is None and not args.decisions.exists():
        raise UsageError("there are no decisions yet", where=str(args.decisions), hint="add --sheet tasks.xlsx")
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
    summary="take units, dates and splits edited in the task table back into the plan",
    description="""Reads the table that `planlineage tasks` wrote, as it was edited in Excel: other units, another date, a task
    cut into several rows that each hold some of its words. What differs is kept in a small text file of decisions, each pinned
    to the words of its task, and --out writes the plan as decided, which every other command takes.

    Without --sheet, decisions made before are applied to the plan at hand, such as a new text of it. Where the words of a task
    have changed its decision is not applied, and the command says so and ends with status 1.""",
    examples=(),
    own=(
        "planlineage tasks plan.txt --out tasks.csv",
        "planlineage tasks apply plan.txt --sheet tasks.csv --decisions tasks.jsonl --out plan.json",
        "planlineage tasks apply plan.txt --decisions tasks.jsonl --out plan.json",
    ),
    configure=configure,
    run=run,
)
