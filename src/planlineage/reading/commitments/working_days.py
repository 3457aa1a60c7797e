"""Working days by the official calendar: holidays and make-up days included, years outside it refused.

The calendar is the one the State Council's General Office announces each autumn for the next year; the package
`chinese_calendar` carries it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from importlib import import_module
from typing import Any

from ...model.errors import CalendarRangeError

_DAY = datetime.timedelta(days=1)


def _calendar() -> Any:
    """The calendar package, imported only when a working day is asked for."""
    return import_module("chinese_calendar")


def _is_working_day() -> Callable[[datetime.date], bool]:
    calendar = _calendar()

    def check(day: datetime.date) -> bool:
        try:
            return bool(calendar.is_workday(day))
        except NotImplementedError as error:
            first, last = known_years()
            raise CalendarRangeError(
                "calendar range", where=day.isoformat(), hint="calendar", first=first, last=last
            ) from error

    return check


def known_years() -> tuple[int, int]:
    """First and last year that the installed calendar knows.

    >>> known_years()[0]
    2004
    """
    years = {day.year for day in _calendar().constants.holidays}
    return min(years), max(years)


def add_working_days(start: datetime.date, n: int) -> datetime.date:
    """The n-th working day after `start`; the start day is not counted (民法典, article 201). Negative `n` counts back.

    Raises:
        CalendarRangeError: a day on the way lies outside the years that the official calendar covers.

    >>> add_working_days(datetime.date(2021, 9, 29), 3).isoformat()  # 1–7 October are holidays, 9 October is made up
    '2021-10-09'
    """
    working = _is_working_day()
    step = _DAY if n >= 0 else -_DAY
    day, left = start, abs(n)
    working(day)
    while left:
        day += step
        left -= working(day)
    return day


def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many working days lie after `start` up to and including `end`; negative where `end` is earlier.

    The inverse of `add_working_days`: adding the result to `start` reaches `end` where that is a working day.

    Raises:
        CalendarRangeError: a day in between lies outside the years that the official calendar covers.

    >>> working_days_between(datetime.date(2021, 9, 29), datetime.date(2021, 10, 9))
    3
    """
    if end < start:
        return -working_days_between(end - _DAY, start - _DAY)
    working = _is_working_day()
    return sum(working(start + _DAY * offset) for offset in range(1, (end - start).days + 1))
