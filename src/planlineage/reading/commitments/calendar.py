"""Dates as written, from a year down to a day: the grammar, and first and last day of each."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from ..numerals import whole

YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零○0一二三四五六七八九]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"

PART_OF_MONTH = rf"(?:(?P<day>{DAY})[日号]|(?P<third>[上中下])旬|(?P<month_edge>[底末初])(?!步))"
PART_OF_YEAR = (
    r"(?:年?(?P<year_edge>岁末|[底末终]|(?<=年)中(?=[前，完])|初(?!步|级|始|期|中))"
    r"|(?P<half>[上下])半年"
    r"|第?(?P<quarter>[一二三四1-4])季度(?P<quarter_end>[底末])?"
    rf"|(?P<month>{MONTH})月份?{PART_OF_MONTH}?)"
)
POINT = re.compile(rf"(?<![0-9第])(?P<year>{YEAR})年{PART_OF_YEAR}?")
POINT_WITHOUT_YEAR = re.compile(
    rf"(?<![0-9年前后〇零○一二三四五六七八九十])(?P<month>{MONTH})月份?{PART_OF_MONTH}?"
)
MONTH_BEFORE = "月.{0,4}前"
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}
_SEASON = {1: 33, 2: 34, 3: 35, 4: 36}
_HALF = {"上": (1, 6, 40), "下": (7, 12, 41)}


@dataclass(frozen=True)
class Point:
    """A written date: its first and last day, how fine it is, and its EDTF form.

    `grain` is year, half, quarter, month, third or day; `edge` is "end" or "begin" where the words name an edge of it
    (年底, 月初).
    """

    first: datetime.date
    last: datetime.date
    grain: str
    edtf: str
    edge: str | None = None


def month_end(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _month_point(year: int, month: int, groups: dict[str, str | None]) -> Point | None:
    stem = f"{year:04d}-{month:02d}"
    if day_words := groups["day"]:
        day = whole(day_words)
        if not day or day > month_end(year, month).day:
            return None
        date = datetime.date(year, month, day)
        return Point(date, date, "day", date.isoformat())
    if third := groups["third"]:
        first, last = _THIRDS[third]
        end = datetime.date(year, month, last) if last else month_end(year, month)
        begin = datetime.date(year, month, first)
        return Point(begin, end, "third", f"{begin.isoformat()}/{end.isoformat()}")
    begin = datetime.date(year, month, 1)
    match groups["month_edge"]:
        case None:
            return Point(begin, month_end(year, month), "month", stem)
        case "初":
            return Point(begin, begin.replace(day=10), "month", stem, "begin")
        case _:
            return Point(begin, month_end(year, month), "month", month_end(year, month).isoformat(), "end")


def point(match: re.Match[str], year: int | None = None) -> Point | None:
    """The date that a match of `POINT` (or, with `year`, of `POINT_WITHOUT_YEAR`) stands for; None for 2021年2月30日.

    >>> point(POINT.match("2022年上半年")).last.isoformat()
    '2022-06-30'
    >>> point(POINT.match("2022年2月底")).edtf
    '2022-02-28'
    """
    groups = match.groupdict()
    if year is None:
        year = whole(groups["year"] or "")
    if year is None or not 1000 < year < 3000:
        return None
    if month_words := groups["month"]:
        month = whole(month_words)
        return _month_point(year, month, groups) if month else None
    if half := groups.get("half"):
        begin, end, code = _HALF[half]
        return Point(datetime.date(year, begin, 1), month_end(year, end), "half", f"{year:04d}-{code}")
    if quarter_words := groups.get("quarter"):
        quarter = whole(quarter_words) or 1
        edge = "end" if groups["quarter_end"] else None
        first = datetime.date(year, quarter * 3 - 2, 1)
        return Point(first, month_end(year, quarter * 3), "quarter", f"{year:04d}-{_SEASON[quarter]}", edge)
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    match groups.get("year_edge"):
        case None:
            return Point(first, last, "year", f"{year:04d}")
        case "初":
            return Point(first, datetime.date(year, 3, 31), "year", f"{year:04d}", "begin")
        case "中":
            return Point(first, datetime.date(year, 6, 30), "year", f"{year:04d}-40", "end")
        case _:
            return Point(first, last, "year", last.isoformat(), "end")


def day_before(date: datetime.date) -> datetime.date:
    """The day before."""
    return date - datetime.timedelta(days=1)


def five_year_plan(ordinal: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a five-year plan (from the third on they follow each other every five years).

    >>> [day.isoformat() for day in five_year_plan(14)]
    ['2021-01-01', '2025-12-31']
    """
    start = 1951 + 5 * ordinal
    return datetime.date(start, 1, 1), datetime.date(start + 4, 12, 31)


def add(date: datetime.date, count: int, unit: str) -> datetime.date | None:
    """A date `count` calendar units later (D, W, M, Y); the day of the month is capped at its end. None past year 9999."""
    try:
        match unit:
            case "D":
                return date + datetime.timedelta(days=count)
            case "W":
                return date + datetime.timedelta(weeks=count)
            case "M":
                months = date.year * 12 + date.month - 1 + count
                year, month = divmod(months, 12)
                return datetime.date(year, month + 1, min(date.day, month_end(year, month + 1).day))
            case _:
                year = date.year + count
                return datetime.date(year, date.month, min(date.day, month_end(year, date.month).day))
    except (OverflowError, ValueError):
        return None
