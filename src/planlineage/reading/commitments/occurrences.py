"""The days on which a rhythm falls due."""

from __future__ import annotations

import datetime

from dateutil.rrule import rrulestr

from ...model.commitments import Recurrence


def occurrences(recurrence: Recurrence, start: datetime.date, end: datetime.date) -> list[datetime.date]:
    """The due days of a rhythm from `start` to `end`, both included.

    A yearly rhythm with a due date falls on that day; one without falls on the last day of each interval that begins with
    the calendar unit of `start` (每2年 from 2021: 2022-12-31, 2024-12-31). A vague rhythm, or one per term of office, has
    none.

    >>> from planlineage.reading.commitments import recognise
    >>> yearly = recognise("每年1月31日前公开年度数据。")[0]
    >>> [day.isoformat() for day in occurrences(yearly, datetime.date(2021, 3, 1), datetime.date(2023, 3, 1))]
    ['2022-01-31', '2023-01-31']
    """
    if recurrence.rule is None:
        return []
    rule = recurrence.rule
    if recurrence.due:
        month, day = (int(part) for part in recurrence.due.split("-"))
        if (month, day) == (2, 28):
            rule += ";BYMONTH=2;BYMONTHDAY=-1"
        else:
            rule += f";BYMONTH={month};BYMONTHDAY={day}"
        first = datetime.datetime(start.year, 1, 1)
        days = [
            moment.date() for moment in rrulestr(rule, dtstart=first).between(first, _until(end), inc=True)
        ]
    else:
        days = _interval_ends(rule, start, end)
    return [day for day in days if start <= day <= end]


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
