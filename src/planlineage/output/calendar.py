"""Deadlines as an iCalendar file (RFC 5545) that calendar programs and their to-do lists take in.

Each duty keeps its UID for good, so that importing a newer file updates the entries. Recurring duties carry an RRULE that is
checked against the due days; where no rule gives just these days, they are listed (RDATE).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from dateutil.rrule import rrulestr
from icalendar import Alarm, Calendar, Event, Todo, vRecur, vText

from ..model.disk import write_bytes
from ..model.wording import joined, title, words
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
_REMINDERS = (30, 7)
_CLOSED = (*FINISHED, "stopped")


def calendar_text(status: StatusReport, *, components: Components = "both", open_only: bool = False) -> str:
    """The iCalendar text of a status report's dated duties.

    `components`: "todo" for to-do lists, "event" for calendars that know no to-dos, or "both" (each with a UID of its own).
    `open_only` leaves out what is done or stopped. Where a date can be read two ways, the earlier one is given.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//planlineage//deadlines//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_clean("、".join(p.name for p in status.plans[:3]))))
    for one in status.duties:
        if open_only and one.verdict.status in _CLOSED:
            continue
        if one.duty.days or one.duty.occurrences:
            if components in ("todo", "both"):
                calendar.add_component(_todo(one, status))
            if components in ("event", "both"):
                calendar.add_component(_event(one, status))
    text: bytes = calendar.to_ical(sorted=False)
    return text.decode("utf-8")


def write_calendar(
    status: StatusReport, path: str | Path, *, components: Components = "both", open_only: bool = False
) -> Path:
    """Write a status report's dated duties as an iCalendar file, whole or not at all. Raises `OutputError`.

    `components` and `open_only` as for `calendar_text`.

    >>> import tempfile
    >>> from planlineage import status
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_calendar(status("shanting_2021", as_of="2024-06-30"), f"{folder}/tasks.ics", components="todo")
    ...     path.read_text(encoding="utf-8").count("BEGIN:VTODO")
    246
    """
    text = calendar_text(status, components=components, open_only=open_only)
    return write_bytes(path, text.encode("utf-8"))


def _describe(entry: Todo | Event, one: DutyStatus, status: StatusReport, kind: str) -> None:
    """What to-dos and events have in common: who must do what, and how it stands."""
    lang, verdict = status.lang, one.verdict
    named = "｜".join(part for part in ("、".join(one.lead), one.statement.text) if part)
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
    entry.add("uid", f"{one.plan.id}.{one.duty.task}.{one.duty.number}.{kind}@planlineage")
    entry.add("dtstamp", datetime.datetime.combine(status.day, datetime.time(), datetime.UTC))
    entry.add("summary", _clean(named))
    entry.add("description", _clean("\n".join(about)))
    entry.add("categories", [_clean(one.item or one.plan.name)])


def _todo(one: DutyStatus, status: StatusReport) -> Todo:
    duty, verdict, entry = one.duty, one.verdict, Todo()
    due = duty.days[0] if duty.days else duty.occurrences[0]
    _describe(entry, one, status, "todo")
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


def _event(one: DutyStatus, status: StatusReport) -> Event:
    duty, entry = one.duty, Event()
    due = duty.days[0] if duty.days else duty.occurrences[0]
    _describe(entry, one, status, "event")
    entry.add("dtstart", due)
    entry.add("dtend", due + _DAY)
    if duty.occurrences:
        _recur(entry, duty, duty.occurrences)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CONFIRMED")
    if one.verdict.done_on is None or duty.occurrences:
        _remind(entry, status, related="START")
    return entry


def _remind(entry: Todo | Event, status: StatusReport, *, related: Literal["START", "END"]) -> None:
    """Alarms some days before the start or the end of an entry."""
    for days in _REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words("calendar.days left", status.lang, days=days))
        alarm.add("trigger", -days * _DAY, parameters={"RELATED": related})
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
