"""`planlineage progress notice`: 催办通知 and 通报, as Word documents."""

from __future__ import annotations

import argparse
from pathlib import Path

import planlineage as pl

from ..console import Console
from ..options import day, text
from ..results import note_written
from ..status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("plan", metavar="PLAN")
    parser.add_argument("--kind", choices=("urge", "bulletin"), default="urge")
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument("--answer-by", metavar="DAY", type=day)
    parser.add_argument("--issuer", metavar="NAME", type=text, default="")
    parser.add_argument("--red-head", metavar="TEXT", type=text, default="")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--unit", metavar="UNIT", type=text, default="")
    which.add_argument("--by-unit", action="store_true")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Judge the duties on the day, and write the letter or the letters."""
    from ...output.notices import Notice, notices_by_unit

    status = pl.status(args.plan, args.ledger, as_of=args.as_of, lang=args.lang)
    asked = {"issuer": args.issuer, "answer_by": args.answer_by, "red_head": args.red_head}
    notice = Notice(status, args.kind, unit=args.unit, **asked)
    if args.by_unit:
        count = sum(1 for _ in notices_by_unit(notice, args.out))
        note_written(console, args.out, "notice.written folder", count=count)
    else:
        note_written(console, notice.to_docx(args.out), count=sum(map(len, notice.behind.values())))
    return ExitStatus.DONE
