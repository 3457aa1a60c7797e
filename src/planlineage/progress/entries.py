"""From what a reporter says to an event: each entry is checked against its plan before it is taken in.

An entry is refused, with the field that is wrong, where it can't be true: a task that the plan doesn't have, a day before
the plan or after the report, a percentage over 100, done without a day.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from ..linking.links import find_statements
from ..model.disk import CONTROL
from ..model.errors import UnknownTaskError
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Term, told
from .duties import Duty, schedule_of
from .errors import (
    BadEntryError,
    DateBeforePlanError,
    FutureDateError,
    MeasureError,
    OccurrenceError,
    PercentRangeError,
    UndatedDoneError,
)
from .events import REMARKS, Event, Reported, event_id
from .measures import choose, measures_of

Day = datetime.date | str

_NO_TEXT = re.compile(f"{CONTROL.pattern}|\x7f")
"""Control characters and halves of characters: neither a database nor a workbook can hold all of them."""
_TEXTS = ("evidence", "reporter", "approver", *REMARKS)
_MOST_TIMES = 1_000_000
_MOST_DIGITS = 30


class Fields(TypedDict, total=False):
    """What an entry may say beside its task. Days may be given as text (2024-06-30).

    For the meaning of each see `Event`; `status` may be given in Chinese or English, `value` as a number or text.
    """

    status: Reported | str | None
    percent: float | None
    effective_on: Day | None
    reported_on: Day | None
    duty: int | None
    occurrence: Day | None
    times: int | None
    measure: int | None
    value: Decimal | float | str | None
    unit: str
    evidence: str
    note: str
    reporter: str
    closed_on: Day | None
    approver: str
    problems: str
    next_step: str
    contact: str
    phone: str
    place: str
    corrects: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was made: the plan, the task's id (or words that only one task has), and its fields."""

    plan: Plan
    task: str
    fields: Fields
    source: str = ""
    source_row: str = ""


def checked(entry: Entry, *, today: datetime.date, effective_on: datetime.date | None = None) -> Event:
    """The event that an entry makes, or the error that it can't be. `effective_on` holds for entries without a day.

    Raises `UnknownTaskError` or one of the errors under `BadEntryError`.
    """
    given, plan = entry.fields, entry.plan
    statement = find_task(plan, entry.task)
    where = f"{plan.id} {statement.id}"
    status = _status(given.get("status"), given.get("corrects", ""), where)
    stated = _day(given.get("reported_on"), "reported_on", where)
    reported = stated or today
    closed = _closed(given, status, where)
    effective = _effective(given, status, closed or effective_on or reported, where)
    if closed is not None:
        status = Reported.DONE
        _in_time(plan, "closed_on", closed, stated, today, where)
    _in_time(plan, "effective_on", effective, stated, today, where)
    if closed is not None and closed < effective:
        raise BadEntryError(
            "closed before done", field="closed_on", where=where, hint="check days", closed=closed, done=effective
        )
    duty = _duty(plan, statement, given, where)
    occurrence = _occurrence(given, duty, plan, statement, where)
    measure, value, unit = _value(given, statement, where)
    event = Event(
        plan=plan.id,
        task=statement.id,
        effective_on=effective,
        reported_on=max(reported, effective, closed or effective),
        status=status,
        percent=_percent(given.get("percent"), status, where),
        duty=duty.number if duty else None,
        occurrence=occurrence,
        times=_times(given.get("times"), where),
        measure=measure,
        value=value,
        unit=unit,
        closed_on=closed,
        **{name: _words(given.get(name, ""), name, where) for name in _TEXTS},  # type: ignore[arg-type]
        place=_words(given.get("place", ""), "place", where) or plan.place,
        corrects=given.get("corrects", ""),
        source=entry.source,
        source_row=entry.source_row,
        fingerprint=statement.fingerprint,
    )
    said = (event.status, event.percent, event.value, event.times)
    if all(one is None for one in said) and not any(getattr(event, name) for name in REMARKS):
        raise BadEntryError("empty entry", field="status", where=where)
    return replace(event, id=event_id(event, stated))


def find_task(plan: Plan, wanted: str) -> Statement:
    """The statement of an id, or the only task that a clause number or phrase points to. Raises `UnknownTaskError`."""
    wanted = wanted.strip()
    found = find_statements(plan, wanted) if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(s.id for s in found[:5])
        raise UnknownTaskError(
            "several tasks", where=plan.id, hint="one id", count=len(found), wanted=wanted, some=some
        )
    near = difflib.get_close_matches(wanted, [s.id for s in plan.tasks], n=3, cutoff=0.5)
    hint = "did you mean" if near else "task ids"
    raise UnknownTaskError("no task", where=plan.id, hint=hint, wanted=wanted, near=tuple(near))


def _words(given: str, field: str, where: str) -> str:
    if broken := _NO_TEXT.search(given):
        code = f"U+{ord(broken.group()):04X}"
        raise BadEntryError("odd character", field=field, where=where, hint="type again", code=code)
    return given.strip()


def _status(given: Reported | str | None, corrects: str, where: str) -> Reported | None:
    if given is None or given == "":
        return None
    status = Reported.of(str(given))
    if status is None:
        names = "、".join(s.chinese for s in Reported if s is not Reported.WITHDRAWN)
        raise BadEntryError(
            "no such status", field="status", where=where, hint="statuses", given=str(given), names=names
        )
    if status is Reported.WITHDRAWN and not corrects:
        raise BadEntryError("withdraws nothing", field="status", where=where, hint="give corrects")
    return status


def _day(given: Day | None, field: str, where: str) -> datetime.date | None:
    if given is None or given == "":
        return None
    if isinstance(given, datetime.datetime):
        return given.date()
    if isinstance(given, datetime.date):
        return given
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise BadEntryError("no day", field=field, where=where, hint="day form", given=given) from None


def _effective(given: Fields, status: Reported | None, otherwise: datetime.date, where: str) -> datetime.date:
    own = _day(given.get("effective_on"), "effective_on", where)
    if own is not None:
        return own
    if status is Reported.DONE:
        raise UndatedDoneError("undated", field="effective_on", where=where, hint="day of completion")
    return otherwise


def _closed(given: Fields, status: Reported | None, where: str) -> datetime.date | None:
    """The day of closing. A closing has its day, its approver and its evidence, or is none."""
    day = _day(given.get("closed_on"), "closed_on", where)
    if day is None and not given.get("approver"):
        return None
    for name in ("closed_on", "approver", "evidence"):
        if not given.get(name):
            raise BadEntryError(
                "closed without", field=name, where=where, hint="closing", missing=Term(f"column.{name}")
            )
    if status not in (None, Reported.DONE):
        raise BadEntryError(
            "closed but not done", field="status", where=where, hint="closing", status=Term(f"progress.{status}")
        )
    return day


def _in_time(
    plan: Plan, field: str, effective: datetime.date, stated: datetime.date | None, today: datetime.date, where: str
) -> None:
    starts = plan.issued or (plan.period.begins if plan.period else None)
    if starts is not None and effective < starts:
        raise DateBeforePlanError(
            "before the plan", field=field, where=where, hint="check year", effective=effective, starts=starts
        )
    limit = stated or today
    if effective > limit:
        raise FutureDateError(
            "in the future", field=field, where=where, hint="no forecasts", effective=effective, limit=limit
        )


def _percent(given: float | None, status: Reported | None, where: str) -> float | None:
    if given is None:
        return None
    if not 0 <= given <= 100:
        raise PercentRangeError("not a percentage", field="percent", where=where, hint="percentage", given=given)
    if status is Reported.DONE and given < 100:
        raise PercentRangeError("done but less", field="percent", where=where, hint="100 or other", given=given)
    return float(given)


def _times(given: int | None, where: str) -> int | None:
    if given is not None and not 0 <= given <= _MOST_TIMES:
        raise BadEntryError("no count", field="times", where=where, hint="count", most_times=_MOST_TIMES)
    return given


def _duty(plan: Plan, statement: Statement, given: Fields, where: str) -> Duty | None:
    number = given.get("duty")
    if number is None and given.get("times") is None and not given.get("occurrence"):
        return None
    duties = schedule_of(plan).duties.get(statement.id, ())
    recurring = [d for d in duties if d.kind == "recurring"]
    if number is None:
        if given.get("times") is not None and len(recurring) > 1:
            raise OccurrenceError(
                "several rhythms", field="duty", where=where, hint="say which", listed=_listed(recurring)
            )
        return recurring[0] if given.get("occurrence") and len(recurring) == 1 else None
    for duty in duties:
        if duty.number == number:
            return duty
    raise OccurrenceError("no duty", field="duty", where=where, hint="say which", listed=_listed(duties), number=number)


def _listed(duties: Iterable[Duty]) -> str:
    return "; ".join(f"{d.number}: {d.due_text}" for d in duties)


def _occurrence(given: Fields, duty: Duty | None, plan: Plan, statement: Statement, where: str) -> datetime.date | None:
    day = _day(given.get("occurrence"), "occurrence", where)
    if day is None:
        return None
    duties = [duty] if duty else [d for d in schedule_of(plan).duties.get(statement.id, ()) if d.kind == "recurring"]
    known = sorted({o for d in duties for o in d.occurrences})
    if day in known:
        return day
    if not known:
        raise OccurrenceError("not recurring", field="occurrence", where=where, hint="no occurrence")
    near = min(known, key=lambda o: abs((o - day).days))
    raise OccurrenceError("not due then", field="occurrence", where=where, hint="nearest", day=day, near=near)


def _value(given: Fields, statement: Statement, where: str) -> tuple[int | None, Decimal | None, str]:
    raw = given.get("value")
    if raw is None or raw == "":
        return None, None, ""
    measure = choose(measures_of(statement), given.get("measure"), where=where)
    try:
        value = Decimal(str(raw).strip())
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            raise InvalidOperation
    except InvalidOperation:
        raise MeasureError("not a number", field="value", where=where, hint="plain number", raw=raw) from None
    unit = given.get("unit", "").strip()
    if unit and _plain(unit) != _plain(measure.unit):
        raise MeasureError(
            "other unit",
            field="unit",
            where=where,
            hint="convert",
            unit=unit,
            planned=measure.unit or told("said", "plain numbers"),
        )
    return measure.number, value, measure.unit


def _plain(unit: str) -> str:
    return unit.removeprefix("个").replace("％", "%")
