"""Deadlines as an iCalendar file (RFC 5545) that calendar programs and their to-do lists take in.

Each duty keeps its UID for good, so that importing a newer file updates the entries. Lines are folded after 75 octets, never
inside a character. Recurring duties carry an RRULE that is checked against the due days; where no rule gives just these
days, they are listed (RDATE).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from dateutil.rrule import rrulestr

from ..model.disk import write_bytes
from ..progress.duties import Duty
from ..progress.status import Standing, StatusReport
from ..progress.wording import Lang, joined, status_name

Components = Literal["todo", "event", "both"]
_LINE = 75
_TODO_STATUS = {
    "done": "COMPLETED",
    "stopped": "CANCELLED",
    "in progress": "IN-PROCESS",
    "not started": "NEEDS-ACTION",
}
_PRIORITY = {"red": 1, "yellow": 4, "blue": 5}
_DAY = datetime.timedelta(days=1)
_REMINDERS = (30, 7)


def calendar_text(status: StatusReport, *, components: Components = "both", open_only: bool = False) -> str:
    """The iCalendar text of a status report's dated duties.

    `components`: "todo" for to-do lists, "event" for calendars that know no to-dos, or "both" (each with a UID of its own).
    `open_only` leaves out what is done or stopped. Where a date can be read two ways, the earlier one is given.
    """
    name = "、".join(p.name for p in status.plans[:3])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planlineage//deadlines//ZH", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]  # fmt: skip
    for standing in status.standings:
        if open_only and standing.verdict.status in ("done", "done late", "done perhaps late", "stopped"):
            continue
        if standing.duty.days or standing.duty.occurrences:
            if components in ("todo", "both"):
                lines += _todo(standing, status)
            if components in ("event", "both"):
                lines += _event(standing, status)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def write_calendar(
    status: StatusReport, path: str | Path, *, components: Components = "both", open_only: bool = False
) -> Path:
    """Write the iCalendar file, whole or not at all. Raises `OutputError`."""
    return write_bytes(
        path, calendar_text(status, components=components, open_only=open_only).encode("utf-8")
    )


def _common(standing: Standing, status: StatusReport, kind: str) -> Iterator[str]:
    lang, verdict = status.lang, standing.verdict
    lead, support = standing.schedule.units[standing.duty.task]
    item = standing.schedule.items[standing.duty.task]
    clause = standing.plan.label(standing.statement.clause)
    named = "｜".join(part for part in ("、".join(lead), standing.statement.text) if part)
    about = [
        f"{item}（{clause}）" if lang == "zh" else f"{item} ({clause})",
        standing.statement.text,
        _labelled(lang, "完成时限", "Due", standing.duty.due_text),
        _labelled(lang, "牵头单位", "Lead", "、".join(lead)),
        _labelled(lang, "配合单位", "Support", "、".join(support)),
        _labelled(
            lang, "状态", "Status", f"{status_name(verdict.status, lang)}：{joined(verdict.reasons, lang)}"
        ),
        f"{standing.plan.name} · {standing.duty.task}",
    ]
    yield f"UID:{standing.plan.id}.{standing.duty.task}.{standing.duty.number}.{kind}@planlineage"
    yield f"DTSTAMP:{status.day:%Y%m%d}T000000Z"
    yield f"SUMMARY:{escaped(named)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(line for line in about if line))}"
    yield f"CATEGORIES:{escaped(item)}" if item else f"CATEGORIES:{escaped(standing.plan.name)}"


def _labelled(lang: Lang, chinese: str, english: str, value: str) -> str:
    return (f"{chinese}：{value}" if lang == "zh" else f"{english}: {value}") if value else ""


def _todo(standing: Standing, status: StatusReport) -> list[str]:
    duty, verdict = standing.duty, standing.verdict
    due = duty.days[0] if duty.days else duty.occurrences[0]
    lines = ["BEGIN:VTODO", *_common(standing, status, "todo")]
    if duty.occurrences:
        lines += [
            f"DTSTART;VALUE=DATE:{due - _DAY:%Y%m%d}",
            *recurrence(duty, [d - _DAY for d in duty.occurrences]),
        ]
    lines.append(f"DUE;VALUE=DATE:{due:%Y%m%d}")
    lines += _todo_state(standing)
    if verdict.light in _PRIORITY:
        lines.append(f"PRIORITY:{_PRIORITY[verdict.light]}")
    if verdict.status not in ("done", "done late", "done perhaps late", "stopped"):
        for days in _REMINDERS:
            lines += _alarm(f"TRIGGER;RELATED=END:-P{days}D", days, status.lang)
    return [*lines, "END:VTODO"]


def _todo_state(standing: Standing) -> list[str]:
    verdict = standing.verdict
    if standing.duty.kind == "recurring":
        return ["STATUS:NEEDS-ACTION"]
    if verdict.done_on is not None:
        return ["STATUS:COMPLETED", "PERCENT-COMPLETE:100", f"COMPLETED:{verdict.done_on:%Y%m%d}T000000Z"]
    percent = int(verdict.percent or 0)
    running = standing.state is not None and percent < 100
    value = _TODO_STATUS.get(verdict.status, "IN-PROCESS" if running else "NEEDS-ACTION")
    return [f"STATUS:{value}", f"PERCENT-COMPLETE:{percent}"]


def _event(standing: Standing, status: StatusReport) -> list[str]:
    duty = standing.duty
    due = duty.days[0] if duty.days else duty.occurrences[0]
    lines = ["BEGIN:VEVENT", *_common(standing, status, "event")]
    lines += [f"DTSTART;VALUE=DATE:{due:%Y%m%d}", f"DTEND;VALUE=DATE:{due + _DAY:%Y%m%d}"]
    lines += recurrence(duty, duty.occurrences) if duty.occurrences else []
    lines += ["TRANSP:TRANSPARENT", "STATUS:CONFIRMED"]
    if standing.verdict.done_on is None or duty.occurrences:
        for days in _REMINDERS:
            lines += _alarm(f"TRIGGER:-P{days}D", days, status.lang)
    return [*lines, "END:VEVENT"]


def _alarm(trigger: str, days: int, lang: Lang) -> list[str]:
    text = f"距时限{days}天" if lang == "zh" else f"{days} days left"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(text)}", trigger, "END:VALARM"]


def recurrence(duty: Duty, days: Sequence[datetime.date]) -> list[str]:
    """The RRULE line that gives just these days, or the RDATE line that lists them; nothing for a single day."""
    if len(days) < 2:
        return []
    parts = dict(
        part.split("=")
        for part in ((duty.recurrence.rule or "") if duty.recurrence else "").split(";")
        if part
    )
    base = ";".join(f"{key}={parts[key]}" for key in ("FREQ", "INTERVAL") if parts.get(key, "1") != "1")
    until = f"UNTIL={days[-1]:%Y%m%d}"
    start = datetime.datetime.combine(days[0], datetime.time())
    from_end = days[0].day - _month_length(days[0]) - 1
    for by in ("", f"BYMONTHDAY={from_end}", f"BYMONTH={days[0].month};BYMONTHDAY={from_end}"):
        rule = ";".join(part for part in (base, by, until) if part)
        if [moment.date() for moment in rrulestr(rule, dtstart=start)] == list(days):
            return [f"RRULE:{rule}"]
    return [f"RDATE;VALUE=DATE:{','.join(f'{d:%Y%m%d}' for d in days[1:])}"]


def _month_length(day: datetime.date) -> int:
    following = day.replace(day=28) + datetime.timedelta(days=4)
    return (following - datetime.timedelta(days=following.day)).day


def escaped(text: str) -> str:
    """A text value with its marks escaped.

    >>> escaped("甲;乙,丙")
    '甲\\\\;乙\\\\,丙'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line folded after at most 75 octets, never inside a character.

    >>> [len(part.encode()) for part in folded("SUMMARY:" + "法" * 60).split(chr(13) + chr(10))]
    [74, 73, 43]
    """
    parts, current, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LINE:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])
