"""`planlineage progress`: the ledger. Templates out, reports in, what it holds, whether it is whole, the yearly report."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import planlineage as pl

from ..command import Command, Formatter, UsageError
from ..console import Console
from ..options import add_force, add_language, day, file_ending_in, percent, text, unfilled
from ..results import as_json, note_written
from ..status import ExitStatus
from . import progress_notice

if TYPE_CHECKING:
    from ...progress.entries import Fields
    from ...tabular.imported import Defaults


_SHEETS = (".xlsx", ".csv")
_TEXTS = ("evidence", "approver", "note", "problems", "next-step", "contact", "phone", "reporter", "place")
"""What may be said of a task in words."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with a ledger, each with its options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    _template(_action(actions, "template"))
    _sample(_action(actions, "sample"))
    _import(_action(actions, "import"))
    _suggest(_action(actions, "suggest"))
    _add(_action(actions, "add"))
    _log(_action(actions, "log"))
    _verify(_action(actions, "verify"))
    progress_notice.configure(_action(actions, "notice"))
    _report(_action(actions, "report"))
    for action in actions.choices.values():
        add_language(action)


def _action(actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> argparse.ArgumentParser:
    return actions.add_parser(name, formatter_class=Formatter)


def _template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True)
    parser.add_argument("--by-unit", action="store_true")
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument("--place", metavar="NAME", type=text, default="")
    add_force(parser)


def _sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".csv"), required=True)
    parser.add_argument("--until", metavar="DAY", type=day)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument(
        "--bad-rows",
        choices=("refuse", "skip"),
        default="refuse",
    )
    parser.add_argument("--answer-by", metavar="DAY", type=day)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument("--reported-on", metavar="DAY", type=day)
    parser.add_argument("--reporter", metavar="NAME", type=text, default="")
    parser.add_argument("--place", metavar="NAME", type=text, default="")
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".csv"))


def _suggest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("--verdicts", metavar="FILE")
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(*_SHEETS), required=True)


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("task", metavar="TASK")
    parser.add_argument("--status", metavar="STATUS", type=text)
    parser.add_argument("--percent", metavar="N", type=percent)
    parser.add_argument("--on", dest="effective_on", metavar="DAY", type=day)
    parser.add_argument("--reported-on", metavar="DAY", type=day)
    parser.add_argument("--occurrence", metavar="DAY", type=day)
    parser.add_argument("--duty", metavar="N", type=int)
    parser.add_argument("--times", metavar="N", type=int)
    parser.add_argument("--value", metavar="X")
    parser.add_argument("--measure", metavar="N", type=int)
    parser.add_argument("--closed-on", metavar="DAY", type=day)
    for name in _TEXTS:
        parser.add_argument(f"--{name}", metavar="TEXT", type=text, default="")
    parser.add_argument("--corrects", metavar="ID", default="")


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("--plan", metavar="ID")
    parser.add_argument("--task", metavar="ID")
    parser.add_argument("--known-on", metavar="DAY", type=day)
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".csv", ".json"))
    parser.add_argument("--json", action="store_true")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("--head", metavar="DIGEST", default="")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("uppers", metavar="UPPER", nargs="*")
    parser.add_argument("--year", metavar="YEAR", type=int, required=True)
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument("--out", metavar="FILE", type=file_ending_in(".docx", ".md"), required=True)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Do what was asked for."""
    return {
        "template": _run_template,
        "sample": _run_sample,
        "import": _run_import,
        "suggest": _run_suggest,
        "add": _run_add,
        "log": _run_log,
        "verify": _run_verify,
        "notice": progress_notice.run,
        "report": _run_report,
    }[args.action](args, console)


def _run_template(args: argparse.Namespace, console: Console) -> ExitStatus:
    from ...output.ledger_template import write_templates_by_unit
    from ...progress.columns import template_rows

    plan = pl.load(args.plan)
    if args.by_unit:
        if args.out.is_dir() and any(args.out.iterdir()) and not args.force:
            raise UsageError("there already", where=str(args.out), hint="other name or force")
        made = write_templates_by_unit(plan, args.out, as_of=args.as_of, place=args.place, lang=args.lang)
        note_written(console, args.out, "notice.written folder", count=sum(1 for _ in made))
        return ExitStatus.DONE
    if args.out.suffix.lower() not in _SHEETS:
        raise UsageError("no such ending", value=str(args.out), known=_SHEETS)
    with unfilled(args) as path:
        pl.write_progress_template(plan, path, as_of=args.as_of, place=args.place, lang=args.lang)
    note_written(console, args.out, count=sum(1 for _ in template_rows(plan)))
    return ExitStatus.DONE


def _run_sample(args: argparse.Namespace, console: Console) -> ExitStatus:
    pl.write_sample_ledger(args.plan, args.out, until=args.until or datetime.date.today(), lang=args.lang)
    note_written(console, args.out, count=args.out.read_text(encoding="utf-8-sig").count("\n") - 1)
    page = console.page()
    page.line(
        page.words("sample note"),
        style="dim",
    )
    console.show(page)
    return ExitStatus.DONE


def _run_import(args: argparse.Namespace, console: Console) -> ExitStatus:
    from ...output.screen.tracking import import_page
    from ...progress.columns import LAYOUT
    from ...progress.importing import import_ledger
    from ...tabular.imported import Defaults
    from ...tabular.sheets import read_sheet

    plan = pl.load(args.plan)
    defaults = Defaults(args.as_of, args.reported_on, args.reporter, args.place)
    if Path(args.file).is_dir():
        return _import_folder(args, console, plan, defaults)
    read_sheet(args.file, LAYOUT)  # a file that can't be read makes no ledger
    with pl.Progress(args.ledger) as ledger, console.working("reading", args.file):
        report = import_ledger(ledger, args.file, plan, bad_rows=args.bad_rows, defaults=defaults, lang=args.lang)
    page = console.page()
    import_page(page, report)
    console.show(page)
    if args.out is not None:
        report.to_csv(args.out)
        note_written(console, args.out, count=len(report))
    return ExitStatus.CHECK_FAILED if report.problems else ExitStatus.DONE


def _run_suggest(args: argparse.Namespace, console: Console) -> ExitStatus:
    held = args.ledger if Path(args.ledger).exists() else None
    with console.working("reading", args.plan):
        plan = pl.load(args.plan)
    with console.working("reading", args.report):
        found = pl.suggest_progress(plan, args.report, held, verdicts=args.verdicts, lang=args.lang)
    pl.write_suggestions(found, args.out)
    note_written(console, args.out, "suggest.written", count=len(found))
    return ExitStatus.DONE


def _import_folder(args: argparse.Namespace, console: Console, plan: pl.Plan, defaults: Defaults) -> ExitStatus:
    from ...output.screen.tracking import answers_page
    from ...progress.folder import import_folder

    with pl.Progress(args.ledger) as ledger, console.working("reading", args.file):
        found = import_folder(
            ledger,
            args.file,
            plan,
            bad_rows=args.bad_rows,
            defaults=defaults,
            answer_by=args.answer_by,
            look=args.look,
            lang=console.language,
        )
    page = console.page()
    answers_page(page, found)
    console.show(page)
    if args.out is not None:
        found.to_csv(args.out)
        note_written(console, args.out, count=len(found))
    return ExitStatus.CHECK_FAILED if found.refused and not args.look else ExitStatus.DONE


def _run_add(args: argparse.Namespace, console: Console) -> ExitStatus:
    from ...output.screen.tracking import log_page
    from ...progress.entries import Entry, checked

    fields: Fields = {
        "status": args.status,
        "percent": args.percent,
        "effective_on": args.effective_on,
        "reported_on": args.reported_on,
        "occurrence": args.occurrence,
        "duty": args.duty,
        "times": args.times,
        "value": args.value,
        "measure": args.measure,
        "closed_on": args.closed_on,
        **{name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in _TEXTS},  # type: ignore[typeddict-item]
    }
    plan = pl.load(args.plan)
    checked(Entry(plan, args.task, fields), today=datetime.date.today())  # a bad entry makes no ledger
    with pl.Progress(args.ledger) as ledger:
        if args.corrects:
            fields["corrects"] = ledger.event(args.corrects).id
        event = ledger.add(plan, args.task, **fields)
    page = console.page()
    log_page(page, [event])
    console.show(page)
    return ExitStatus.DONE


def _run_log(args: argparse.Namespace, console: Console) -> ExitStatus:
    from ...output.screen.tracking import log_page
    from ...progress.log import LedgerLog

    with pl.Progress(args.ledger, readonly=True) as ledger:
        log = LedgerLog(ledger.events(args.plan, args.task, reported_until=args.known_on))
    data: dict[str, Any] = {"schema_version": 1, "ledger": str(args.ledger), "events": log.rows()}
    if args.out is not None:
        _write_log(args.out, log, data)
        note_written(console, args.out, count=len(log))
    elif args.json:
        console.write(as_json(data))
    else:
        page = console.page()
        log_page(page, log.events)
        console.show(page)
    return ExitStatus.DONE


def _write_log(path: Path, log: Any, data: dict[str, Any]) -> None:
    from ...model.disk import write_text

    if path.suffix.lower() == ".json":
        write_text(path, as_json(data))
    else:
        log.to_csv(path)


def _run_verify(args: argparse.Namespace, console: Console) -> ExitStatus:
    from ...output.screen.tracking import verification_page

    found = pl.verify_progress(args.ledger, head=args.head)
    page = console.page()
    verification_page(page, found)
    console.show(page)
    return ExitStatus.DONE if found.sound else ExitStatus.CHECK_FAILED


def _run_report(args: argparse.Namespace, console: Console) -> ExitStatus:
    with console.working("linking", args.plan):
        report = pl.yearly_report(
            args.plan, args.year, args.ledger, args.uppers or None, as_of=args.as_of, lang=args.lang
        )
    if args.out.suffix.lower() == ".md":
        report.to_markdown(args.out)
    else:
        report.to_docx(args.out)
    note_written(console, args.out, count=len(report.due))
    return ExitStatus.DONE


COMMAND = Command(
    name="progress",
    examples=(
        "planlineage progress template shanting_2021 --out template.xlsx",
        "planlineage progress sample shanting_2021 --until 2024-06-30 --out sample.csv",
        "planlineage progress add ledger.db shanting_2021 9.29-2rwar --status 已完成 --on 2024-03-01 --reporter 区司法局",
    ),
    own=("planlineage progress suggest ledger.db report2024.txt report2025.txt --out suggested.xlsx",),
    configure=configure,
    run=run,
)
