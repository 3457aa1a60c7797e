"""Deadlines as an iCalendar file (RFC 5545) that calendar programs and their to-do lists take in.

An event stands for all that falls due on a day, with a short title and one alarm. Its UID follows from the plan and the day, so
that importing a newer file updates the entries. Recurring duties carry an RRULE that is checked against the due days; where no
rule gives just these days, they are listed (RDATE). Duties that only fall due with the plan as a whole are left out unless asked
for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from dateutil.rrule import rrulestr
from icalendar import Alarm, Calendar, Event, Todo, vRecur, vText

from ..model.disk import write_bytes
from ..model.wording import joined, one_of, title, words
from ..progress.duties import Duty
from ..progress.duty_status import DutyStatus
from ..progress.status import StatusReport
from ..progress.statuses import FINISHED

Components = Literal["todo", "event", "both"]
_TODO_STATUS = {
    "done": "COMPLETED",
    "stopped": "CANCELLED",
    "in_progress": "IN-PROCESS",
    "not_started": "NEEDS-ACTION",
}
_PRIORITY = {"red": 1, "yellow": 4, "blue": 5}
_DAY = datetime.timedelta(days=1)
_REMINDER = 7
"""Days before the due day on which the alarm rings."""

_SHORT = 20
"""Characters of a task in the title of an event."""

_CLOSED = (*FINISHED, "stopped")


def calendar_text(
    status: StatusReport, *, components: Components = "event", open_only: bool = False, all_tasks: bool = False
) -> str:
    """The iCalendar text of a status report's dated duties.

    `components`: "event" for calendars (one event a due day), "todo" for to-do lists (one entry a duty), or "both". `open_only`
    leaves out what is done or stopped; `all_tasks` takes in what falls due with the plan as a whole only. Where a date can be
    read two ways, the earlier one is given.
    """
    one_of("components", components, Components)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//planlineage//deadlines//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_clean("、".join(p.name for p in status.plans[:3]))))
    dated = [one for one in status.duties if _is_wanted(one, open_only=open_only, all_tasks=all_tasks)]
    if components in ("todo", "both"):
        for one in dated:
            calendar.add_component(_todo(one, status))
    if components in ("event", "both"):
        days: dict[tuple[str, tuple[datetime.date, ...]], list[DutyStatus]] = {}
        for one in dated:
            days.setdefault((one.plan.id, one.duty.occurrences or one.duty.days[:1]), []).append(one)
        for (_, due), together in days.items():
            calendar.add_component(_event(due, together, status))
    text: bytes = calendar.to_ical(sorted=False)
    return text.decode("utf-8")


def write_calendar(
    status: StatusReport,
    path: str | Path,
    *,
    components: Components = "event",
    open_only: bool = False,
    all_tasks: bool = False,
) -> Path:
    """Write a status report's dated duties as an iCalendar file, whole or not at all. Raises `OutputError`.

    `components` ("event", "todo" or "both"), `open_only` and `all_tasks` as for `calendar_text`.

    >>> import tempfile
    >>> from planlineage import status
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_calendar(status("shanting_2021", as_of="2024-06-30"), f"{folder}/tasks.ics")
    ...     path.read_text(encoding="utf-8").count("BEGIN:VEVENT") < 30
    True
    """
    text = calendar_text(status, components=components, open_only=open_only, all_tasks=all_tasks)
    return write_bytes(path, text.encode("utf-8"))


def _is_wanted(one: DutyStatus, *, open_only: bool, all_tasks: bool) -> bool:
    """Whether a duty goes into the calendar: it has a day, and as a rule one of its own or its clause's."""
    if open_only and one.verdict.status in _CLOSED:
        return False
    if one.duty.occurrences:
        return True
    effective = one.duty.effective
    return bool(one.duty.days) and (all_tasks or (effective is not None and effective.origin in ("own", "clause")))


def _about(one: DutyStatus, status: StatusReport) -> str:
    """Who must do what, and how it stands."""
    lang, verdict = status.lang, one.verdict
    state = words(
        "progress.why",
        lang,
        status=words(f"progress.{verdict.status}", lang),
        why=joined(verdict.reasons, lang),
    )
    facts = {
        "due": one.duty.due_text,
        "lead": "、".join(one.lead),
        "support": "、".join(one.support),
        "status": state,
    }
    about = [
        words("calendar.item", lang, item=one.item, clause=one.plan.label(one.statement.clause)),
        one.statement.text,
        *(words("calendar.fact", lang, name=title(k, lang), value=v) for k, v in facts.items() if v),
        f"{one.plan.name} · {one.duty.task}",
    ]
    return "\n".join(about)


def _describe(entry: Todo | Event, uid: str, summary: str, about: str, status: StatusReport) -> None:
    """What to-dos and events have in common."""
    entry.add("uid", f"{uid}@planlineage")
    entry.add("dtstamp", datetime.datetime.combine(status.day, datetime.time(), datetime.UTC))
    entry.add("summary", _clean(summary))
    entry.add("description", _clean(about))


def _short(text: str) -> str:
    """The first clause of a task, cut to what a calendar shows of a title."""
    head = re.split("[，；。：]", text, maxsplit=1)[0]
    return head if len(head) <= _SHORT else f"{head[: _SHORT - 1]}…"


def _todo(one: DutyStatus, status: StatusReport) -> Todo:
    duty, verdict, entry = one.duty, one.verdict, Todo()
    due = duty.days[0] if duty.days else duty.occurrences[0]
    named = "｜".join(part for part in ("、".join(one.lead), one.statement.text) if part)
    _describe(entry, f"{one.plan.id}.{duty.task}.{duty.number}.todo", named, _about(one, status), status)
    entry.add("categories", [_clean(one.item or one.plan.name)])
    if duty.occurrences:
        entry.add("dtstart", due - _DAY)
        _recur(entry, duty, [d - _DAY for d in duty.occurrences])
    entry.add("due", due)
    _set_state(entry, one)
    if verdict.light in _PRIORITY:
        entry.add("priority", _PRIORITY[verdict.light])
    if verdict.status not in _CLOSED:
        _remind(entry, status, related="END")
    return entry


def _set_state(entry: Todo, one: DutyStatus) -> None:
    verdict = one.verdict
    if one.duty.kind == "recurring":
        entry.add("status", "NEEDS-ACTION")
    elif verdict.done_on is not None:
        entry.add("status", "COMPLETED")
        entry.add("percent-complete", 100)
        entry.add("completed", datetime.datetime.combine(verdict.done_on, datetime.time(), datetime.UTC))
    else:
        percent = int(verdict.percent or 0)
        running = one.state is not None and percent < 100
        entry.add("status", _TODO_STATUS.get(verdict.status, "IN-PROCESS" if running else "NEEDS-ACTION"))
        entry.add("percent-complete", percent)


def _event(days: Sequence[datetime.date], together: Sequence[DutyStatus], status: StatusReport) -> Event:
    """All of a plan that falls due on the same day, or in the same rhythm."""
    entry, first, due = Event(), together[0], days[0]
    recurs = bool(first.duty.occurrences)
    uid = f"{first.duty.task}.{first.duty.number}" if recurs else f"{due:%Y%m%d}"
    key = "calendar.due" if len(together) == 1 else "calendar.due several"
    named = words(key, status.lang, name=_short(first.statement.text), count=len(together))
    about = "\n\n".join(_about(one, status) for one in together)
    _describe(entry, f"{first.plan.id}.{uid}.event", named, about, status)
    entry.add("dtstart", due)
    entry.add("dtend", due + _DAY)
    if recurs:
        _recur(entry, first.duty, days)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CONFIRMED")
    if recurs or any(one.verdict.done_on is None for one in together):
        _remind(entry, status, related="START")
    return entry


def _remind(entry: Todo | Event, status: StatusReport, *, related: Literal["START", "END"]) -> None:
    """The alarm, some days before the start or the end of an entry."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words("calendar.days left", status.lang, days=_REMINDER))
    alarm.add("trigger", -_REMINDER * _DAY, parameters={"RELATED": related})
    entry.add_component(alarm)


def _recur(entry: Todo | Event, duty: Duty, days: Sequence[datetime.date]) -> None:
    """Let an entry recur on just these days: by a rule, or by the list of them."""
    rule = recurrence(duty, days)
    if rule:
        entry.add("rrule", vRecur.from_ical(rule))
    elif len(days) > 1:
        entry.add("rdate", list(days[1:]))


def recurrence(duty: Duty, days: Sequence[datetime.date]) -> str:
    """The RRULE that gives just these days; empty where there is none, or a single day."""
    if len(days) < 2:
        return ""
    parts = dict(
        part.split("=") for part in ((duty.recurrence.rule or "") if duty.recurrence else "").split(";") if part
    )
    base = ";".join(f"{key}={parts[key]}" for key in ("FREQ", "INTERVAL") if parts.get(key, "1") != "1")
    until = f"UNTIL={days[-1]:%Y%m%d}"
    start = datetime.datetime.combine(days[0], datetime.time())
    from_end = days[0].day - _month_length(days[0]) - 1
    for by in ("", f"BYMONTHDAY={from_end}", f"BYMONTH={days[0].month};BYMONTHDAY={from_end}"):
        rule = ";".join(part for part in (base, by, until) if part)
        if [moment.date() for moment in rrulestr(rule, dtstart=start)] == list(days):
            return rule
    return ""


def _month_length(day: datetime.date) -> int:
    following = day.replace(day=28) + datetime.timedelta(days=4)
    return (following - datetime.timedelta(days=following.day)).day


def _clean(text: str) -> str:
    """Text without the control characters that no calendar may hold."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
