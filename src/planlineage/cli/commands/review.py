"""`planlineage review`: send unsure edges and gaps out for a person to decide, take the decisions back, and check them."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ...model.wording import options, told
from ..command import Command, UsageError
from ..console import Console
from ..decided import load_decisions, tell_broken
from ..options import (
    add_force,
    add_language,
    add_local,
    add_uppers,
    file_ending_in,
    load_both,
    share,
    text,
    unfilled,
)
from ..results import as_json, note_written, table_data
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_local(parser, "local")
    add_uppers(parser)
    parser.add_argument(
        "--below",
        metavar="CONFIDENCE",
        type=share,
        default=0.8,
    )
    parser.add_argument("--decisions", metavar="FILE", type=Path)
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument(
        "--out",
        metavar="FILE",
        type=file_ending_in(".xlsx", ".csv"),
    )
    modes.add_argument(
        "--import",
        metavar="FILE",
        dest="sheet",
        type=Path,
    )
    modes.add_argument(
        "--check",
        action="store_true",
    )
    parser.add_argument(
        "--bad-rows",
        choices=("refuse", "skip"),
        default="refuse",
    )
    parser.add_argument(
        "--reviewer",
        metavar="NAME",
        type=text,
        default="",
    )
    add_force(parser)
    group = parser.add_argument_group(told("group", "output").text(options.language))
    group.add_argument("--json", action="store_true")
    add_language(group)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Send out, take back, check, or show."""
    _sensible(args)
    local, uppers = load_both(args, console)
    if args.sheet is not None:
        return _take(args, console, local, uppers)
    if args.check:
        return _check(args, console, local, uppers)
    return _send(args, console, local, uppers)


def _sensible(args: argparse.Namespace) -> None:
    if (args.sheet is not None or args.check) and args.decisions is None:
        raise UsageError("no decision file given", hint="add decisions", value="--check" if args.check else "--import")
    for name, path in {"--import": args.sheet, "--out": args.out}.items():
        if path is not None and args.decisions is not None and path.resolve() == args.decisions.resolve():
            raise UsageError("same file twice", where=str(path), hint="two names", name=name)


def _send(args: argparse.Namespace, console: Console, local: pl.Plan, uppers: list[pl.Plan]) -> ExitStatus:
    """Write the sheet, or show what would stand in it."""
    from ...output.screen.review import review_page

    decisions = load_decisions(args)
    with console.working("linking", local.name):
        sheet = pl.review(local, uppers, below=args.below, decisions=decisions)
    tell_broken(args, console, sheet.lineage.decided)
    if args.out is not None:
        with unfilled(args) as path:
            sheet.write(path, args.lang)
    if args.json:
        data = {
            "schema_version": 1,
            "local": local.id,
            "uppers": [u.id for u in uppers],
            "rows": table_data(sheet),
        }
        console.write(as_json(data))
    elif args.out is not None:
        note_written(console, args.out, "written review", edges=len(sheet.edges), gaps=len(sheet.gaps))
    else:
        page = console.page()
        review_page(page, sheet)
        console.show(page)
    return ExitStatus.DONE


def _take(args: argparse.Namespace, console: Console, local: pl.Plan, uppers: list[pl.Plan]) -> ExitStatus:
    """Take a sheet back; the decision file is written only where decisions were taken."""
    from ...output.review_import import read_review
    from ...output.screen.review import import_page
    from ...tabular.imported import Defaults

    earlier = pl.Decisions.load(args.decisions) if args.decisions.exists() else pl.Decisions()
    defaults = Defaults(reporter=args.reviewer)
    report = read_review(
        args.sheet, [local], uppers, earlier, bad_rows=args.bad_rows, defaults=defaults, lang=args.lang
    )
    if not report.refused and (report.added or not args.decisions.exists()):
        report.decisions.save(args.decisions)
    if args.json:
        taken = {
            "added": report.added,
            "known": report.known,
            "blank": report.blank,
            "refused": report.refused,
        }
        console.write(as_json({"schema_version": 1, **taken, "problems": table_data(report)}))
    else:
        page = console.page()
        import_page(page, report, args.decisions)
        console.show(page)
    return ExitStatus.CHECK_FAILED if report.problems else ExitStatus.DONE


def _check(args: argparse.Namespace, console: Console, local: pl.Plan, uppers: list[pl.Plan]) -> ExitStatus:
    """Compare the decisions with the texts; nothing is written."""
    from ...output.screen.review import check_page

    check = pl.DecisionCheck(pl.Decisions.load(args.decisions), [local], uppers)
    if args.json:
        console.write(as_json({"schema_version": 1, "ok": check.ok, "decisions": table_data(check)}))
    else:
        page = console.page()
        check_page(page, check)
        console.show(page)
    if not check.ok:
        console.complain("check failed", told("said", "broken decisions", count=len(check.broken)))
        return ExitStatus.CHECK_FAILED
    return ExitStatus.DONE


COMMAND = Command(
    name="review",
    examples=(
        "planlineage review weibin_2021 central_2021 --out review.xlsx",
        "planlineage review weibin_2021 central_2021 --below 0.6 --out unsure.csv",
    ),
    own=(
        "planlineage review district.txt city.json --level district --out review.xlsx",
        "planlineage review district.txt city.json --level district --import review.csv --decisions decisions.jsonl",
        "planlineage review district.txt city.json --level district --decisions decisions.jsonl --check",
        "planlineage coverage district.txt city.json --level district --decisions decisions.jsonl",
    ),
    configure=configure,
    run=run,
)
