"""`planlineage demo`: the main job on the shipped plans, for someone who sees the tool for the first time."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import planlineage as pl

from ..command import Command
from ..console import Console
from ..options import add_language, day
from ..status import ExitStatus

if TYPE_CHECKING:
    from ...analysis.deadlines import DueTask
    from ...output.screen.page import Page

_GAPS = 6
_FAMILY = ("central_2021", "demonstration_indicators_2019", "shanting_2021", "weibin_2021")
"""The shipped plans for building a law-based government: the family that is shown."""


class _Shown(NamedTuple):
    """A plan that was shown: the plans above it, the files written with the key of what they hold, a task to trace."""

    plan: pl.Plan
    uppers: list[pl.Plan]
    files: list[tuple[Path, str]]
    task: DueTask | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--as-of", metavar="DAY", type=day)
    parser.add_argument(
        "--out-dir",
        metavar="FOLDER",
        type=Path,
        default=Path("planlineage-reports"),
    )
    add_language(parser)


def run(args: argparse.Namespace, console: Console) -> ExitStatus:
    """Show each shipped local plan and write its reports."""
    as_of: datetime.date = args.as_of or datetime.date.today()
    plans = [pl.load(i) for i in _FAMILY]
    locals_ = [(p, p.level) for p in plans if p.level is not None and pl.Level.CENTRAL.is_above(p.level)]
    page = console.page()
    page.title(page.words("demo title"), page.words("on day", day=as_of))
    page.line(page.words("demo intro"))
    console.show(page)
    shown = []
    for plan, level in locals_:
        uppers = [p for p in plans if p.period == plan.period and p.level and p.level.is_above(level)]
        shown.append(_district(plan, uppers, as_of, args.out_dir, console))
    _ending(shown, args.out_dir, console)
    return ExitStatus.DONE


def _district(plan: pl.Plan, uppers: list[pl.Plan], as_of: datetime.date, folder: Path, console: Console) -> _Shown:
    """Show one plan's page and write its reports."""
    from ...output.screen.coverage import coverage_gaps, coverage_parts, coverage_summary
    from ...output.screen.deadlines import pressing_deadlines

    page = console.page()
    words = page.words
    page.blank(always=True)
    page.banner(plan.name)
    facts = [
        words(f"level.{plan.level}"),
        plan.place,
        words(f"state.{plan.status}") if plan.status != "unknown" else "",
    ]
    page.line(" · ".join(f for f in facts if f), indent=2)
    files: list[tuple[Path, str]] = []
    lineage = None
    if uppers:
        names = "；".join(u.name + (f"（{u.number}）" if u.number else "") for u in uppers)
        page.lead(words("demo upper") + words.colon, names, lead_style="dim", indent=2)
        with console.working("linking", plan.name):
            lineage = pl.link(plan, uppers)
            coverage = pl.Coverage(lineage)
        coverage_summary(page, coverage)
        coverage_parts(page, coverage)
        coverage_gaps(page, coverage, most=_GAPS)
        files.append((coverage.to_csv(folder / f"{plan.id}-coverage.csv"), "coverage"))
        files.append((lineage.to_csv(folder / f"{plan.id}-edges.csv"), "edges"))
    else:
        page.line(words("demo no upper"), style="yellow", indent=2)
    deadlines = pl.DeadlineReport(plan, as_of, lineage, lang=console.language)
    pressing_deadlines(page, deadlines)
    files.append((deadlines.to_csv(folder / f"{plan.id}-deadlines.csv"), "deadlines"))
    console.show(page)
    return _Shown(plan, uppers, files, _telling_task(deadlines))


def _telling_task(deadlines: pl.DeadlineReport) -> DueTask | None:
    """A task worth tracing: one whose date moved against the upper clause's, else one with an upper date at all."""
    dated = [r for r in deadlines.records if r.beside.deadlines and r.has_own_date]
    return next((r for r in dated if r.slip not in ("", "0")), dated[-1] if dated else None)


def _ending(shown: list[_Shown], folder: Path, console: Console) -> None:
    """Which files were written, and what to try next."""
    page = console.page()
    words = page.words
    page.blank(always=True)
    page.banner(f"{words('demo written')} {folder}")
    page.facts((path.name, words(f"file.{key}")) for one in shown for path, key in one.files)
    page.line(words("demo files"), style="dim", indent=2)
    linked = next((one for one in shown if one.uppers and one.task), None)
    page.title(words("demo next"))
    if linked is not None and linked.task is not None:
        uppers = " ".join(u.id for u in linked.uppers)
        _try(
            page,
            words("demo trace", item=linked.task.item),
            f"trace {linked.task.id} {linked.plan.id} {uppers}",
        )
        _try(page, words("demo coverage"), f"coverage {words('demo file')} {uppers} --level district")
    _try(page, words("demo parse"), f"parse {words('demo file')}")
    console.show(page)


def _try(page: Page, why: str, command: str) -> None:
    page.line(why, indent=2)
    page.line(f"planlineage {command}", style="cyan", indent=4)


COMMAND = Command(
    name="demo",
    examples=("planlineage demo", "planlineage demo --as-of 2024-06-30 --lang en"),
    configure=configure,
    run=run,
)
