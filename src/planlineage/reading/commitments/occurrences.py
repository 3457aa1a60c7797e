"""The days on which a rhythm falls due."""

from __future__ import annotations

import datetime

from dateutil.rrule import rrulestr

from ...model.commitments import Recurrence


def occurrences(recurrence: Recurrence, start: datetime.date, end: datetime.date) -> list[datetime.date]:
    """The due days of a rhythm from `start` to `end`, both included.

    A rhythm with a due day falls on that day of its year, quarter, month or week; one without falls on the last day of each
    interval that begins with the calendar unit of `start` (每2年 from 2021: 2022-12-31, 2024-12-31). A vague rhythm, or one
    per term of office, has none.

    >>> from planlineage.reading.commitments import recognise
    >>> yearly = recognise("每年1月31日前公开年度数据。")[0]
    >>> [day.isoformat() for day in occurrences(yearly, datetime.date(2021, 3, 1), datetime.date(2023, 3, 1))]
    ['2022-01-31', '2023-01-31']
    """
    if recurrence.rule is None:
        return []
    days = _due_days(recurrence.rule, recurrence.due, start, end)
    return [day for day in days if start <= day <= end]


def _due_days(rule: str, due: str | None, start: datetime.date, end: datetime.date) -> list[datetime.date]:
    if due is None:
        return _interval_ends(rule, start, end)
    first = datetime.datetime(start.year, 1, 1)
    if due.isalpha():
        return _between(f"{rule};BYDAY={due}", first, end)
    *months, day = due.removeprefix("-").split("-")
    if due in ("-1", "02-28") or int(day) == 31:
        rule += ";BYMONTHDAY=-1"
    else:
        rule += f";BYMONTHDAY={','.join(str(d) for d in range(min(28, int(day)), int(day) + 1))};BYSETPOS=-1"
    if months and rule.startswith("FREQ=YEARLY"):
        rule = f"{rule};BYMONTH={int(months[0])}"
    elif months:
        first = datetime.datetime(start.year, int(months[0]), 1)
    return _between(rule, first, end)


def _between(rule: str, first: datetime.datetime, end: datetime.date) -> list[datetime.date]:
    return [moment.date() for moment in rrulestr(rule, dtstart=first).between(first, _until(end), inc=True)]


def _until(end: datetime.date) -> datetime.datetime:
    return datetime.datetime(end.year, end.month, end.day)


def _interval_ends(rule: str, start: datetime.date, end: datetime.date) -> list[datetime.date]:
    parts = dict(part.split("=") for part in rule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "YEARLY":
            first = datetime.datetime(start.year, 1, 1)
        case "MONTHLY":
            month = start.month - (start.month - 1) % interval if interval <= 12 else start.month
            first = datetime.datetime(start.year, month, 1)
        case "WEEKLY":
            monday = start - datetime.timedelta(days=start.weekday())
            first = datetime.datetime(monday.year, monday.month, monday.day)
        case _:
            first = datetime.datetime(start.year, start.month, start.day)
    last = _until(end) + datetime.timedelta(days=370 * interval)
    starts = rrulestr(rule, dtstart=first).between(first, last, inc=True)
    return [(moment - datetime.timedelta(days=1)).date() for moment in starts[1:]]
