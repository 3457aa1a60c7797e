"""What callers may give for a plan, a day, decisions or a ledger, and how it is read. Every public function asks here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from ..linking.review import Decisions
from ..model.errors import InvalidValueError, UnknownPlanError
from ..model.files import read_plan, shipped_ids, shipped_plan
from ..model.plan import Plan
from ..reading.parse import parse

if TYPE_CHECKING:
    import numpy as np

    from ..progress.store import Progress

_DAY = re.compile(r"(\d{4})(?:-|/|年)(\d{1,2})(?:-|/|月)(\d{1,2})日?(?:[T ][\d:.]*)?")

PlanLike = Plan | str | Path
"""A plan, the id of a shipped plan, or the path of a plan JSON or of a document to be read."""

Plans = PlanLike | Sequence[PlanLike]
"""One plan or several."""

DecisionsLike = Decisions | str | Path
"""Decisions, or the path of a decision file."""

ProgressLike: TypeAlias = "Progress | str | Path"
"""A ledger, or the path of one."""

Day: TypeAlias = "datetime.date | str | np.datetime64"
"""A day: a date, a time or anything made from one (pandas, numpy), or written 2024-06-30, 2024/6/30 or 2024年6月30日."""


def load(plan: PlanLike) -> Plan:
    """A plan by its shipped id or from a file: a plan JSON is loaded, any other file is read as a document.

    Raises `UnknownPlanError` where it is neither a shipped id nor a file, else the errors of `parse` and of plan files.

    >>> load("central_2021").level.value
    'central'
    """
    if isinstance(plan, Plan):
        return plan
    name = str(plan)
    if name in shipped_ids():
        return shipped_plan(name)
    path = Path(plan)
    if path.suffix.lower() == ".json":
        return read_plan(path)
    looks_like_id = (
        isinstance(plan, str) and not path.suffix and not any(c in name for c in "/\\") and not path.exists()
    )
    if looks_like_id:
        raise UnknownPlanError("no such plan", hint="shipped", name=name, value=", ".join(shipped_ids()))
    return parse(path)


def load_all(given: Plans) -> list[Plan]:
    """One plan or several, each loaded. Raises `ValueError` where none is given."""
    found = [load(p) for p in ([given] if isinstance(given, Plan | str | Path) else given)]
    if not found:
        raise InvalidValueError("no plan given")
    return found


@overload
def given_day(given: Day) -> datetime.date: ...
@overload
def given_day(given: Day | None) -> datetime.date | None: ...
def given_day(given: Day | None) -> datetime.date | None:
    """A day. Raises `ValueError` for what names none.

    >>> given_day("2024-06-30"), given_day("2024年6月30日"), given_day(datetime.datetime(2024, 6, 30, 12))
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30), datetime.date(2024, 6, 30))
    """
    if isinstance(given, datetime.datetime):  # a pandas Timestamp is one too
        return given.date()
    if given is None or isinstance(given, datetime.date):
        return given
    parts = _DAY.fullmatch(str(given).strip())
    if parts is None:
        raise InvalidValueError("no such date", given=given)
    return datetime.date(*map(int, parts.groups()))


def given_decisions(given: DecisionsLike | None) -> Decisions:
    """Decisions of people; none where nothing is given."""
    if given is None:
        return Decisions()
    return given if isinstance(given, Decisions) else Decisions.load(given)


def ledger(given: ProgressLike | None) -> AbstractContextManager[Progress | None]:
    """A ledger to read from; one that was given by its path must be there, and is closed again."""
    from ..progress.store import Progress  # a plan is read without the ledger

    if given is None or isinstance(given, Progress):
        return nullcontext(given)
    return Progress(given, readonly=True)
