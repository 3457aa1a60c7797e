"""The tracking functions of the flat public namespace: each takes plans, shipped ids or paths, and a ledger or its path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Literal

from ._api import PlanLike, link, load
from .model.plan import Plan
from .output.yearly_report import YearlyReport
from .progress.history import AsOf
from .progress.importing import BadRows, Defaults, ImportReport, import_ledger
from .progress.roll_up import RollUp
from .progress.rules import DEFAULT, Rules
from .progress.scorecard import Inputs, Scorecard
from .progress.status import StatusReport
from .progress.status import status as _status
from .progress.store import Progress
from .progress.task_table import TaskTable
from .progress.wording import Lang

Day = datetime.date | str
ProgressLike = Progress | str | Path
"""A ledger, or the path of one."""

INDICATORS = "demonstration_indicators_2019"
"""The shipped indicator system."""

_REPORTING_TIME = 31
"""Days after a year within which its last reports come in."""


def status(
    plan: PlanLike | Sequence[PlanLike],
    progress: ProgressLike | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> StatusReport:
    """How every task of a plan (or of several) stands on a day, today by default, by a ledger.

    `known_on` answers as was known then: by the reports up to that day only.

    >>> status("shanting_2021", as_of="2024-06-30", lang="en").counts["overdue"]
    6
    """
    question = _question(as_of, known_on)
    with _reading(progress) as ledger:
        return _status([load(p) for p in _many(plan)], ledger, question, rules=rules, lang=lang)


def task_table(
    plan: PlanLike,
    progress: ProgressLike | None = None,
    upper: PlanLike | Sequence[PlanLike] | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> TaskTable:
    """The official task table with the state of things; with `upper`, each task's upper clause and date beside it.

    >>> table = task_table("shanting_2021", as_of="2024-06-30")
    >>> list(table.headers.values())[:6]
    ['序号', '工作事项', '主要内容', '牵头单位', '配合单位', '完成时限']
    """
    found = status(plan, progress, as_of=as_of, known_on=known_on, rules=rules, lang=lang)
    return TaskTable(found, link(found.plans[0], upper) if upper is not None else None)


def roll_up(
    local: PlanLike | Sequence[PlanLike],
    upper: PlanLike | Sequence[PlanLike],
    progress: ProgressLike | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> RollUp:
    """How each upper task stands across the places that carry it."""
    plans = [load(p) for p in _many(local)]
    found = status(plans, progress, as_of=as_of, known_on=known_on, rules=rules, lang=lang)
    return RollUp([link(plan, upper) for plan in plans], [found], lang)


def scorecard(  # noqa: PLR0913 - each is a question of its own
    local: PlanLike,
    progress: ProgressLike | None = None,
    *,
    indicators: PlanLike = INDICATORS,
    as_of: Day | None = None,
    known_on: Day | None = None,
    named_on: Day | None = None,
    references: Mapping[str, Decimal] | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> Scorecard:
    """A place against an indicator system, by default the 2019 one for model places.

    `named_on` is the day on which the place was named a model, from which it owes the yearly report. `references` gives the
    numbers that indicators refer to (the national average of the year before), by statement id.
    """
    plan, system = load(local), load(indicators)
    with _reading(progress) as ledger:
        inputs = Inputs(ledger, _question(as_of, known_on), _day(named_on), references or {}, rules, lang)
        return Scorecard(plan, system, link(plan, system), inputs)


def yearly_report(
    plan: PlanLike,
    year: int,
    progress: ProgressLike | None = None,
    upper: PlanLike | Sequence[PlanLike] | None = None,
    *,
    as_of: Day | None = None,
    lang: Lang = "zh",
) -> YearlyReport:
    """What was due, done and late in a year, with sources. By default as of 31 January after it, or today if that is earlier.

    >>> yearly_report("shanting_2021", 2023, lang="en").markdown.splitlines()[0]
    '# 山亭区法治政府建设实施纲要（2021—2025年）: report for 2023'
    """
    closing = datetime.date(year, 12, 31) + datetime.timedelta(days=_REPORTING_TIME)
    day = _day(as_of) or min(closing, datetime.date.today())
    found = status(plan, progress, as_of=day, lang=lang)
    return YearlyReport(found, year, link(found.plans[0], upper) if upper is not None else None)


def import_progress(
    progress: ProgressLike,
    path: str | Path,
    plan: PlanLike,
    *,
    bad_rows: BadRows = "refuse",
    effective_on: Day | None = None,
    reported_on: Day | None = None,
    reporter: str = "",
    place: str = "",
) -> ImportReport:
    """Take a filled-in template into a ledger, in one step; the ledger is made where there is none.

    `bad_rows="refuse"` takes nothing where one row is bad, "skip" takes the good ones. The days and the reporter hold for
    rows that don't give their own.
    """
    defaults = Defaults(_day(effective_on), _day(reported_on), reporter, place)
    if isinstance(progress, Progress):
        return import_ledger(progress, path, load(plan), bad_rows=bad_rows, defaults=defaults)
    with Progress(progress) as ledger:
        return import_ledger(ledger, path, load(plan), bad_rows=bad_rows, defaults=defaults)


def write_progress_template(
    plan: PlanLike,
    path: str | Path,
    *,
    as_of: Day | None = None,
    place: str = "",
    lang: Literal["zh", "en"] = "zh",
) -> Path:
    """Write the ledger template of a plan, XLSX or CSV by its ending."""
    from .output.ledger_template import write_template  # noqa: PLC0415

    return write_template(load(plan), path, as_of=_day(as_of), place=place, lang=lang)


def _many(plans: PlanLike | Sequence[PlanLike]) -> list[PlanLike]:
    return [plans] if isinstance(plans, Plan | str | Path) else list(plans)


def _day(given: Day | None) -> datetime.date | None:
    return datetime.date.fromisoformat(given) if isinstance(given, str) else given


def _question(as_of: Day | None, known_on: Day | None) -> AsOf:
    return AsOf(_day(as_of) or datetime.date.today(), _day(known_on))


@contextmanager
def _reading(progress: ProgressLike | None) -> Iterator[Progress | None]:
    """The ledger to read from; one that was given by its path must be there, and is closed again."""
    if progress is None or isinstance(progress, Progress):
        yield progress
        return
    with Progress(progress, readonly=True) as opened:
        yield opened
