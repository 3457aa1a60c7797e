"""The years that a plan covers: in its title, by the name of a five-year plan, or the one year of a yearly plan."""

from __future__ import annotations

import datetime
import re

from ...model.plan import Period
from .dates import five_year_plan

_YEARS = re.compile(r"(\d{4})\s?年?\s?(?:[—－–~～-]{1,2}|至|到)\s?(\d{4})\s?年")
_BARE_YEARS = re.compile(r"[（(](\d{4})\s?(?:[—－–~～-]{1,2}|至)\s?(\d{4})[）)]")
_YEAR_PLAN = re.compile(
    r"((?:19|20)\d\d)\s?年度?[^，。]{0,40}?(?:要点|计划|安排|任务|清单|方案|工作|报告|项目|实事|规划|行动|目标|分工|重点)"
)
_EDITION = re.compile(r"[（(]\d{4}年?(?:修[订正]|版|本|试行|第.{1,3}次).{0,6}[）)]")


def period_of(title: str) -> Period | None:
    """The years that a title names: a range, a five-year plan, or the one year of a yearly plan (2023年工作要点).

    >>> period_of("法治政府建设实施方案（2021—2025年）").ends
    datetime.date(2025, 12, 31)
    >>> period_of("东海省“十五五”绿道发展规划").begins, period_of("某市2026年绿道工作要点").ends
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    >>> period_of("某市绿道管理办法（2023年修订）") is None
    True
    """
    title = (
        _EDITION.sub("", re.sub(r"《[^》]{0,80}》(?!的?通知)", "", title))
        if "贯彻" in title
        else _EDITION.sub("", title)
    )
    five = five_year_plan(title)
    match = _YEARS.search(title) or _BARE_YEARS.search(title)
    if match and 1949 <= int(match[1]) <= int(match[2]) <= 2100:
        return years(int(match[1]), int(match[2]))
    if five is not None:
        return years(*five)
    yearly = _YEAR_PLAN.search(title)
    return years(int(yearly[1]), int(yearly[1])) if yearly else None


def years(first: int, last: int) -> Period:
    """The period from the first day of one year to the last day of another."""
    return Period(begins=datetime.date(first, 1, 1), ends=datetime.date(last, 12, 31))
