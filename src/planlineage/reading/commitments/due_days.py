"""The day within an interval on which a rhythm falls due: 每月5日前, 每季度首月10日前, 每周五前, 每年…次年3月底前.

A due day is written MM-DD within a year, a half-year or a quarter (its first month is 01), DD within a month (-1 for its last
day), and as the code of the weekday within a week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..numerals import whole
from .calendar import DAY, PART_OF_YEAR, point

_TAIL = re.compile(r"(?:之|以)?前|(?:之|以)?内")
_OF_YEAR = re.compile(rf"(?:的|于|在)?{PART_OF_YEAR}")
_OF_MONTH = re.compile(
    rf"(?:的|于|在)?(?P<next>次月|下月)?(?:月?(?P<edge>[底末])|(?P<third>[上中下])旬|(?P<day>{DAY})[日号])(?=(?:之|以)?前|内|[，。；、）]|[^0-9至—到起]|$)"
)
_OF_QUARTER = re.compile(
    r"(?:的|于|在)?(?:(?P<end>[底末])|(?P<first>首月|第一个月|头月|第1个月)|(?P<last>末月|最后一个月|尾月|第三个月|第3个月)|(?P<next>次月|结束后|终了后|后))"
    rf"(?:(?P<edge>[底末])|(?P<day>{DAY})(?:日|号|个?工作日|天))?"
)
_OF_WEEK = re.compile(r"(?P<day>[一二三四五六日天])(?=(?:之|以)?前|[上下]午|报|召开|下班)")
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_OPENS = re.compile(r"[起至到—]")
_NEXT_YEAR = rf"(?:次年|翌年|下一?年度?|第二年)(?:的)?{PART_OF_YEAR}"
_NEXT_MONTH = rf"(?:次月|下月|下个月)(?P<next_day>{DAY})[日号]"
FOLLOWING = re.compile(rf"(?P<year>{_NEXT_YEAR})(?:之|以)?[前内]|{_NEXT_MONTH}(?:之|以)?前")
_THIRDS = {"上": "10", "中": "20", "下": "-1"}
_MONTHS = {"月": 1, "季度": 3, "季": 3, "半年": 6}


@dataclass(frozen=True, slots=True)
class Due:
    """The due day, where its words end in the text, and whether it lies in the interval after."""

    day: str
    end: int
    following: bool = False


def due_after(text: str, end: int, unit: str) -> Due | None:
    """The due day that stands right behind 每年, 每季度, 每月 or 每周; None where none does."""
    match unit:
        case "年":
            return _yearly(text, end)
        case "周" | "星期":
            found = _OF_WEEK.match(text, end)
            return _closed(text, found.end(), _WEEKDAYS[found["day"]]) if found else None
        case "月":
            return _monthly(text, end)
        case _ if unit in _MONTHS:
            return _quarterly(text, end, _MONTHS[unit])
        case _:
            return None


def _closed(text: str, end: int, day: str, *, following: bool = False) -> Due | None:
    if _OPENS.match(text, end):
        return None
    tail = _TAIL.match(text, end)
    return Due(day, tail.end() if tail else end, following)


def _yearly(text: str, end: int) -> Due | None:
    found = _OF_YEAR.match(text, end)
    day = month_and_day(found) if found else None
    return _closed(text, found.end(), day) if found and day else None


def _monthly(text: str, end: int) -> Due | None:
    found = _OF_MONTH.match(text, end)
    if found is None:
        return None
    number = whole(found["day"]) if found["day"] else None
    day = "-1" if found["edge"] else _THIRDS[found["third"]] if found["third"] else f"{number:02d}"
    return _closed(text, found.end(), day, following=bool(found["next"]))


def _quarterly(text: str, end: int, months: int) -> Due | None:
    found = _OF_QUARTER.match(text, end)
    if found is None or not (found["end"] or found["day"] or found["edge"]):
        return None
    if found["end"] or found["edge"]:
        month = 1 if found["first"] else months
        return _closed(text, found.end(), f"{month:02d}-31", following=bool(found["next"]))
    month = months if found["last"] else 1
    return _closed(text, found.end(), f"{month:02d}-{whole(found['day']):02d}", following=bool(found["next"]))


def month_and_day(match: re.Match[str]) -> str | None:
    """MM-DD of a part of a year."""
    date = point(match, 2001)
    return f"{date.last:%m-%d}" if date else None


def following(match: re.Match[str]) -> str | None:
    """The due day of a match of `FOLLOWING`: MM-DD of the next year, DD of the next month."""
    if match["year"]:
        return month_and_day(match)
    number = whole(match["next_day"])
    return f"{number:02d}" if number else None
