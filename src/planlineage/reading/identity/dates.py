"""Days as official documents print them (2021年8月2日, 二〇〇五年六月十一日) and the years of a five-year plan."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ..numerals import whole

_LOOKALIKES = re.compile("[OoＯ０0]")
_ZERO = "〇○零OoＯ０0"
_DIGITS = "一二三四五六七八九"
YEAR = rf"(?:\d{{4}}|[{_ZERO}{_DIGITS}]{{4}})"
SMALL = rf"(?:\d{{1,2}}|[{_DIGITS}十]{{1,3}})"
DAY = rf"{YEAR}\s?年\s?{SMALL}\s?月\s?{SMALL}\s?日"
"""A regular expression for a day, in Arabic or Chinese numerals; ○, O and 0 may stand for 〇."""

_DAY = re.compile(rf"({YEAR})\s?年\s?({SMALL})\s?月\s?({SMALL})\s?日")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIRST_PLANS = {1: (1953, 1957), 2: (1958, 1962), 3: (1966, 1970)}
_FIVE_YEARS = re.compile(
    rf"第([{_DIGITS}十\d]{{1,3}})个五年(?:规划|计划|时期)?|[“”\"「]?([{_DIGITS}十]{{1,2}})五[“”\"」]?(?=规划|计划|时期|期间|发展|末|[”\"」])"
    rf"|(?<![{_DIGITS}十])(十[一二三四五六七八九])五(?![{_DIGITS}十])"
)


def days_in(text: str) -> Iterator[tuple[int, int, datetime.date]]:
    """The days written out in a text, with their offsets; what is not a day of the calendar is left out.

    >>> [d.isoformat() for _, _, d in days_in("二○○六年二月三日印发，一九九七年四月八日修订，2021年2月30日")]
    ['2006-02-03', '1997-04-08']
    """
    for match in _DAY.finditer(text):
        year, month, day = (_number(part) for part in match.groups())
        try:
            yield match.start(), match.end(), datetime.date(year, month, day)
        except ValueError:
            continue


def day_in(text: str) -> datetime.date | None:
    """The first calendar day written out in a text.

    >>> day_in("2021年8月2日印发"), day_in("二〇一九年一月九日")
    (datetime.date(2021, 8, 2), datetime.date(2019, 1, 9))
    """
    return next((day for _, _, day in days_in(text)), None)


def iso_day(text: str) -> datetime.date | None:
    """The first day written with digits alone (2021-08-02, 2021/8/2), as pages give it."""
    match = _ISO_DAY.search(text)
    try:
        return datetime.date(*(int(n) for n in match.groups())) if match else None
    except ValueError:
        return None


def _number(text: str) -> int:
    return whole(_LOOKALIKES.sub("〇", text) if not text.isascii() else text) or 0


def five_year_plan(text: str) -> tuple[int, int] | None:
    """The first and last year of the five-year plan that a text names first.

    >>> five_year_plan("东海省“十五五”绿道发展规划"), five_year_plan("国民经济和社会发展第八个五年计划")
    ((2026, 2030), (1991, 1995))
    >>> five_year_plan("“十五”计划纲要"), five_year_plan("十四五规划"), five_year_plan("十五项措施")
    ((2001, 2005), (2021, 2025), None)
    """
    match = _FIVE_YEARS.search(text)
    if match is None:
        return None
    number = _number(next(g for g in match.groups() if g))
    return years_of_five_year_plan(number)


def years_of_five_year_plan(number: int) -> tuple[int, int]:
    """The first and last year of the five-year plan of this number; three years lay between the second and the third.

    >>> years_of_five_year_plan(15)
    (2026, 2030)
    """
    return _FIRST_PLANS.get(number) or (1971 + 5 * (number - 4), 1975 + 5 * (number - 4))
