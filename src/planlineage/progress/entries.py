"""From what a reporter says to an event: each entry is checked against its plan before it is taken in.

An entry is refused, with the field that is wrong, where it can't be true: a task that the plan doesn't have, a day before
the plan or after the report, a percentage over 100, done without a day.
"""

from __future__ import annotations

import datetime
import difflib
import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from ..linking.links import find_statements
from ..model.errors import UnknownTaskError
from ..model.parts import Statement
from ..model.plan import Plan
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
from .events import Event, Reported, event_id
from .measures import choose, measures_of

Day = datetime.date | str

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: neither a database nor a workbook can hold all of them."""
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
    effective = _effective(given, status, effective_on or reported, where)
    _in_time(plan, effective, stated, today, where)
    duty = _duty(plan, statement, given, where)
    occurrence = _occurrence(given, duty, plan, statement, where)
    measure, value, unit = _value(given, statement, where)
    event = Event(
        plan=plan.id,
        task=statement.id,
        effective_on=effective,
        reported_on=max(reported, effective),
        status=status,
        percent=_percent(given.get("percent"), status, where),
        duty=duty.number if duty else None,
        occurrence=occurrence,
        times=_times(given.get("times"), where),
        measure=measure,
        value=value,
        unit=unit,
        evidence=_words(given.get("evidence", ""), "evidence", where),
        note=_words(given.get("note", ""), "note", where),
        reporter=_words(given.get("reporter", ""), "reporter", where),
        place=_words(given.get("place", ""), "place", where) or plan.place,
        corrects=given.get("corrects", ""),
        source=entry.source,
        source_row=entry.source_row,
        fingerprint=statement.fingerprint,
    )
    if event.status is None and event.percent is None and event.value is None and event.times is None:
        raise BadEntryError("says nothing: no status, percentage, count or value", field="status", where=where)
    return replace(event, id=event_id(event, stated))


def find_task(plan: Plan, wanted: str) -> Statement:
    """The statement of an id, or the only task that a clause number or phrase points to. Raises `UnknownTaskError`."""
    wanted = wanted.strip()
    found = find_statements(plan, wanted) if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(s.id for s in found[:5])
        raise UnknownTaskError(f"{len(found)} tasks answer to {wanted!r}", where=plan.id, hint=f"give one id: {some}")
    near = difflib.get_close_matches(wanted, [s.id for s in plan.tasks], n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`planlineage progress template` lists all ids"
    raise UnknownTaskError(f"no task {wanted!r}", where=plan.id, hint=hint)


def _words(given: str, field: str, where: str) -> str:
    if broken := _NO_TEXT.search(given):
        what = f"holds the character U+{ord(broken.group()):04X}, which no text has a use for"
        raise BadEntryError(what, field=field, where=where, hint="type the words again")
    return given.strip()


def _status(given: Reported | str | None, corrects: str, where: str) -> Reported | None:
    if given is None or given == "":
        return None
    status = Reported.of(str(given))
    if status is None:
        names = "、".join(s.chinese for s in Reported if s is not Reported.WITHDRAWN)
        raise BadEntryError(f"no status {str(given)!r}", field="status", where=where, hint=f"give one of {names}")
    if status is Reported.WITHDRAWN and not corrects:
        raise BadEntryError(
            "withdrawn needs the event that it withdraws", field="status", where=where, hint="give `corrects`"
        )
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
        raise BadEntryError(f"no day {given!r}", field=field, where=where, hint="write it as 2024-06-30") from None


def _effective(given: Fields, status: Reported | None, otherwise: datetime.date, where: str) -> datetime.date:
    own = _day(given.get("effective_on"), "effective_on", where)
    if own is not None:
        return own
    if status is Reported.DONE:
        raise UndatedDoneError(
            "done, but no day is given",
            field="effective_on",
            where=where,
            hint="give the day on which it was done",
        )
    return otherwise


def _in_time(
    plan: Plan, effective: datetime.date, stated: datetime.date | None, today: datetime.date, where: str
) -> None:
    starts = plan.issued or (plan.period.begins if plan.period else None)
    if starts is not None and effective < starts:
        raise DateBeforePlanError(
            f"{effective} lies before the plan, which begins on {starts}",
            field="effective_on",
            where=where,
            hint="check the year",
        )
    limit = stated or today
    if effective > limit:
        raise FutureDateError(
            f"{effective} lies after the day of the report, {limit}",
            field="effective_on",
            where=where,
            hint="an entry says how things stood, not how they will",
        )


def _percent(given: float | None, status: Reported | None, where: str) -> float | None:
    if given is None:
        return None
    if not 0 <= given <= 100:
        raise PercentRangeError(
            f"{given:g} is not a percentage", field="percent", where=where, hint="give a number from 0 to 100"
        )
    if status is Reported.DONE and given < 100:
        raise PercentRangeError(
            f"done, but only {given:g} percent",
            field="percent",
            where=where,
            hint="give 100, or another status",
        )
    return float(given)


def _times(given: int | None, where: str) -> int | None:
    if given is not None and not 0 <= given <= _MOST_TIMES:
        raise BadEntryError(
            "the number of times is not a count", field="times", where=where, hint=f"give 0 to {_MOST_TIMES:,}"
        )
    return given


def _duty(plan: Plan, statement: Statement, given: Fields, where: str) -> Duty | None:
    number = given.get("duty")
    if number is None and given.get("times") is None and not given.get("occurrence"):
        return None
    duties = schedule_of(plan).duties.get(statement.id, ())
    recurring = [d for d in duties if d.kind == "recurring"]
    if number is None:
        if given.get("times") is not None and len(recurring) > 1:
            raise OccurrenceError("the task has several rhythms", field="duty", where=where, hint=_listed(recurring))
        return recurring[0] if given.get("occurrence") and len(recurring) == 1 else None
    for duty in duties:
        if duty.number == number:
            return duty
    raise OccurrenceError(f"the task has no duty {number}", field="duty", where=where, hint=_listed(list(duties)))


def _listed(duties: list[Duty]) -> str:
    return "say which: " + "; ".join(f"{d.number}: {d.due_text}" for d in duties)


def _occurrence(given: Fields, duty: Duty | None, plan: Plan, statement: Statement, where: str) -> datetime.date | None:
    day = _day(given.get("occurrence"), "occurrence", where)
    if day is None:
        return None
    duties = [duty] if duty else [d for d in schedule_of(plan).duties.get(statement.id, ()) if d.kind == "recurring"]
    known = sorted({o for d in duties for o in d.occurrences})
    if day in known:
        return day
    if not known:
        raise OccurrenceError(
            "the task does not recur", field="occurrence", where=where, hint="leave the occurrence out"
        )
    near = min(known, key=lambda o: abs((o - day).days))
    raise OccurrenceError(
        f"the task does not fall due on {day}",
        field="occurrence",
        where=where,
        hint=f"the nearest occurrence is {near}",
    )


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
        raise MeasureError(f"{raw!r} is not a number", field="value", where=where, hint="give a plain number") from None
    unit = given.get("unit", "").strip()
    if unit and _plain(unit) != _plain(measure.unit):
        raise MeasureError(
            f"measured in {unit}, but the plan counts in {measure.unit or 'plain numbers'}",
            field="unit",
            where=where,
            hint="convert the value",
        )
    return measure.number, value, measure.unit


def _plain(unit: str) -> str:
    return unit.removeprefix("个").replace("％", "%")
