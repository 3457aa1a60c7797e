"""Dates as written, from a year down to a day: the grammar, and first and last day of each."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace

from ..numerals import whole

YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零○0一二三四五六七八九]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"

PART_OF_MONTH = rf"(?:(?P<day>{DAY})[日号]|(?P<third>[上中下])旬|(?P<month_edge>[底末初])(?!步))"
_MONTHS = rf"(?:(?P<first_month>{MONTH})(?:月份?)?(?:—{{1,2}}|至|到))?(?P<month>{MONTH})月份?{PART_OF_MONTH}?"
PART_OF_YEAR = (
    r"(?:年?(?P<year_edge>岁末|[底末终]|(?<=年)中(?=[前，完])|初(?!步|级|始|期|中))"
    r"|(?P<half>[上下])半年(?P<half_edge>[底末])?"
    r"|(?:第?(?P<quarter>[一二三四1-4])|前(?P<quarters>[一二两三1-3])个?)季度(?P<quarter_edge>[底末])?"
    rf"|{_MONTHS})"
)
POINT = re.compile(rf"(?<![0-9第])(?P<year>{YEAR})年{PART_OF_YEAR}?")
SHORT_YEAR = re.compile(rf"(?<![0-9〇零○一二三四五六七八九十第.])(?P<short>[2-4][0-9])年(?:{PART_OF_YEAR})")
"""A year of two digits, only with a part of it: 26年底, 27年6月."""
DOTTED = re.compile(
    r"(?<![0-9.])(?P<year>20[0-9]{2})(?P<sign>[./—])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=sign)(?P<day>3[01]|[12][0-9]|0?[1-9]))?(?![0-9./—])"
)
RELATIVE = re.compile(
    rf"(?P<which>[今本明次翌后]|下一|当(?=年(?:年?[底末]|内)))年(?:度(?=内|[底末]))?(?:年?(?P<inside>内)(?![部容涵外])|(?:{PART_OF_YEAR}))"
)
"""A part of a year that is named from here: 今年三季度末, 明年6月底, 本年度内."""
UNNAMED = re.compile(
    r"(?<![0-9每历全去上前同昨年月几多数一二两三四五六七八九十半后今本当明次个])(?:年(?:内(?![部容涵外])|年?(?P<edge>[底末]))|岁末)"
    rf"|(?<![0-9每历去同年第一二三四、])(?=第?[一二三四1-4]季度|前[一二两三1-3]个?季度|[上下]半年){PART_OF_YEAR}(?![一二三四])"
)
"""A part of a year that nobody names: 年底, 年内, 上半年, 三季度末."""
POINT_WITHOUT_YEAR = re.compile(rf"(?<![0-9年前后〇零○一二三四五六七八九十])(?P<month>{MONTH})月份?{PART_OF_MONTH}?")
MONTH_BEFORE = "月.{0,4}前"
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}
_SEASON = {1: 33, 2: 34, 3: 35, 4: 36}
_HALF = {"上": (1, 6, 40), "下": (7, 12, 41)}


@dataclass(frozen=True)
class Point:
    """A written date: its first and last day, how fine it is, and its EDTF form.

    `grain` is year, half, quarter, month, months, third or day; `edge` is "end" or "begin" where the words name an edge of
    it (年底, 月初).
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
    if third := groups.get("third"):
        first, last = _THIRDS[third]
        end = datetime.date(year, month, last) if last else month_end(year, month)
        begin = datetime.date(year, month, first)
        return Point(begin, end, "third", f"{begin.isoformat()}/{end.isoformat()}")
    begin, last_day = datetime.date(year, month, 1), month_end(year, month)
    match groups.get("month_edge"):
        case None:
            return Point(begin, last_day, "month", stem)
        case "初":
            return Point(begin, begin.replace(day=10), "month", stem, "begin")
        case _:
            return Point(begin, last_day, "month", last_day.isoformat(), "end")


def point(match: re.Match[str], year: int | None = None) -> Point | None:
    """The date that a match of `POINT` (or, with `year`, of a part of a year) stands for; None for 2021年2月30日.

    >>> point(POINT.match("2022年上半年")).last.isoformat(), point(POINT.match("2025年7—9月")).last.isoformat()
    ('2022-06-30', '2025-09-30')
    >>> point(POINT.match("2022年2月底")).edtf
    '2022-02-28'
    """
    groups = match.groupdict()
    if year is None:
        year = whole(groups["year"] or "")
    if year is None or not 1000 < year < 3000:
        return None
    if month_words := groups["month"]:
        month, first_words = whole(month_words), groups.get("first_month")
        found = _month_point(year, month, groups) if month else None
        first = whole(first_words) if first_words else None
        if found is None or first is None or not month or first > month:
            return found
        begin = datetime.date(year, first, 1)
        return replace(found, first=begin, grain="months", edtf=f"{begin:%Y-%m}/{found.last:%Y-%m}")
    if half := groups.get("half"):
        begin_month, end_month, code = _HALF[half]
        edge = "end" if groups["half_edge"] else None
        first_day = datetime.date(year, begin_month, 1)
        return Point(first_day, month_end(year, end_month), "half", f"{year:04d}-{code}", edge)
    if quarters := groups.get("quarters"):
        last = whole(quarters) or 1
        end = month_end(year, last * 3)
        return Point(datetime.date(year, 1, 1), end, "quarters", f"{year:04d}-01/{end:%Y-%m}", "end")
    if quarter_words := groups.get("quarter"):
        quarter = whole(quarter_words) or 1
        edge = "end" if groups["quarter_edge"] else None
        first_day = datetime.date(year, quarter * 3 - 2, 1)
        return Point(first_day, month_end(year, quarter * 3), "quarter", f"{year:04d}-{_SEASON[quarter]}", edge)
    return year_point(year, groups.get("year_edge"))


def year_point(year: int, edge: str | None) -> Point:
    """A year, or an edge of it (底, 末, 中, 初)."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    match edge:
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
