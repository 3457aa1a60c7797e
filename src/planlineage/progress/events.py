"""What the ledger holds: events. Each says how a task stood from a day on, who reported it when, and where that stands.

An event is never changed. A correction is a new event that names the one it replaces.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from ..model.wording import Lang, because, title, words


class Reported(StrEnum):
    """What a report may say of a task.

    `occurred` and `not_occurred` answer check items, such as a ground for withdrawal; `withdrawn` only stands in
    corrections, and says that the corrected event should never have been entered.

    >>> Reported.of("已完成"), Reported("done").chinese, Reported.of("finished")
    (<Reported.DONE: 'done'>, '已完成', None)
    """

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    STOPPED = "stopped"
    OCCURRED = "occurred"
    NOT_OCCURRED = "not_occurred"
    WITHDRAWN = "withdrawn"

    @property
    def chinese(self) -> str:
        """The word in Chinese ledgers."""
        return words(f"progress.{self}", "zh")

    @classmethod
    def of(cls, text: str) -> Reported | None:
        """The status that a cell names, in Chinese or English; None where it names none."""
        return _named().get("_".join(text.lower().split()))


_ALSO = {
    Reported.NOT_STARTED: ("未开始", "尚未启动"),
    Reported.IN_PROGRESS: ("推进中", "正在推进", "正在进行"),
    Reported.DONE: ("完成", "已办结", "办结"),
    Reported.STOPPED: ("终止", "已取消"),
}


@cache
def _named() -> Mapping[str, Reported]:
    return {name: s for s in Reported for name in (s.value, s.chinese, *_ALSO.get(s, ()))}


REMARKS = ("note", "problems", "next_step", "contact", "phone")
"""What a unit says in its own words beside how a task stands; each alone makes an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One report of one task.

    From `effective_on` on the task stands so; `reported_on` is the day on which that was reported, `recorded_at` the
    moment (UTC) at which the store took it in. `duty` and `occurrence` say which duty of the task, and which occurrence of
    a recurring one (its due day), is meant; without them the event speaks of all. `times` counts what was done so far
    within an occurrence; `value` is what was measured for the task's number `measure`. `place` is the place reported on
    where the plan itself is not a place's own. `closed_on` is the day on which `approver` closed a task that is done (销号), on
    the strength of `evidence`. `problems`, `next_step`, `contact` and `phone` are what a unit says beside how the task stands.
    Fields left None say nothing: what was reported before goes on to hold.
    """

    plan: str
    task: str
    effective_on: datetime.date
    reported_on: datetime.date
    status: Reported | None = None
    percent: float | None = None
    duty: int | None = None
    occurrence: datetime.date | None = None
    times: int | None = None
    measure: int | None = None
    value: Decimal | None = None
    unit: str = ""
    evidence: str = ""
    note: str = ""
    reporter: str = ""
    closed_on: datetime.date | None = None
    approver: str = ""
    problems: str = ""
    next_step: str = ""
    contact: str = ""
    phone: str = ""
    place: str = ""
    corrects: str = ""
    source: str = ""
    source_row: str = ""
    fingerprint: str = ""
    id: str = ""
    seq: int = 0
    recorded_at: str = ""
    digest: str = ""

    def said(self, lang: Lang) -> list[str]:
        """What it says, in a few words each: status, percentage, count, value and closing, as far as they are given."""
        found = []
        if self.status is not None:
            found.append(words(f"progress.{self.status}", lang))
        if self.percent is not None:
            found.append(f"{self.percent:g}%")
        if self.times is not None:
            found.append(words("ledger.times", lang, times=self.times))
        if self.value is not None:
            found.append(f"{self.value} {self.unit}".strip())
        if self.closed_on is not None:
            found.append(because("closed", day=self.closed_on, approver=self.approver).text(lang))
        return found

    def remarks(self, lang: Lang) -> str:
        """What was remarked beside it: the note, then problems, next step, contact and phone, each under its title."""
        titled = [(name, getattr(self, name)) for name in REMARKS if name != "note"]
        told = [words("ledger.remark", lang, title=title(name, lang), said=said) for name, said in titled if said]
        return "\n".join([*([self.note] if self.note else []), *told])


COLUMNS = tuple(f.name for f in fields(Event))
"""All fields, in the order in which they are stored."""

LATER = ("closed_on", "approver", *(name for name in REMARKS if name != "note"))
"""The fields that events have had since version 2 of the store. Where none of them says anything, seals and ids are as before."""

_SEALED = tuple(name for name in COLUMNS if name not in ("seq", "digest", *LATER))
_IDENTITY = (
    "plan",
    "place",
    "task",
    "duty",
    "occurrence",
    "status",
    "percent",
    "times",
    "measure",
    "value",
    "unit",
    "effective_on",
    "evidence",
    "note",
    "reporter",
    "corrects",
)


def stored(value: Any) -> Any:
    """A field as SQLite and JSON hold it: days and decimals as text, statuses with blanks (so their digests stay).

    >>> stored(datetime.date(2024, 6, 30)), stored(Decimal("0.50")), stored(3)
    ('2024-06-30', '0.50', 3)
    """
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.replace("_", " ") if isinstance(value, Reported) else value


def event_id(event: Event, stated_report_day: datetime.date | None) -> str:
    """The id of an event: a digest of what was stated, so that the same report entered twice is one event.

    `stated_report_day` is the day of the report where the reporter gave one; a day that was filled in is left out, or
    importing a file again on another day would make new events of it.
    """
    content = [stored(getattr(event, name)) for name in _IDENTITY]
    return _digest([*content, stored(stated_report_day), *_later(event)])[:20]


def sealed(event: Event, before: str) -> str:
    """The digest of an event and of all events before it, `before` being the digest of the last of these."""
    return _digest([before, *(stored(getattr(event, name)) for name in _SEALED), *_later(event)])


def _later(event: Event) -> list[Any]:
    said = [stored(getattr(event, name)) for name in LATER]
    return said if any(said) else []


def seal_row(row: tuple[Any, ...], before: str) -> str:
    """`sealed`, for a row as stored, in the order of `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    later = [values[name] for name in LATER]
    return _digest([before, *(values[name] for name in _SEALED), *(later if any(later) else ())])


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


_DAY = datetime.date.fromisoformat


def from_row(row: tuple[Any, ...]) -> Event:
    """An event from a row as stored, in the order of `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    values["effective_on"] = _DAY(values["effective_on"])
    values["reported_on"] = _DAY(values["reported_on"])
    for name in ("occurrence", "closed_on"):
        if values[name] is not None:
            values[name] = _DAY(values[name])
    if values["status"] is not None:
        values["status"] = Reported.of(values["status"])
    if values["value"] is not None:
        values["value"] = Decimal(values["value"])
    return Event(**values)
