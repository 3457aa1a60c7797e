"""Periods: stretches of time named as such (2016—2020年, “十三五”时期), which set no term by themselves."""

from __future__ import annotations

import datetime
import re

from ...model.commitments import Deadline, Period
from ..numerals import whole
from .calendar import MONTH, YEAR, five_year_plan, month_end
from .lexicon import alternation
from .match import Reading

_YEARS = re.compile(
    rf"(?<![0-9])(?P<a>{YEAR})(?:年?—{{1,2}}|年(?:至|到))(?P<b>{YEAR})年(?!底|末|[0-9一二三四五六七八九十])"
)
_DAYS = re.compile(
    rf"(?<![0-9])(?P<y1>{YEAR})年(?P<m1>{MONTH})月(?:(?P<d1>[0-3]?[0-9])日)?"
    rf"(?:至|到|—{{1,2}})(?:(?P<y2>{YEAR})年)?(?:(?P<m2>{MONTH})月)?(?:(?P<d2>[0-3]?[0-9])日)?"
)
_FIVE_YEAR = re.compile(
    r"[“\"‘]?(?P<n>十[一二三四五六七八九]?)五[”\"’]?(?P<tail>规划)?(?P<what>期末|末期?|时期|期间|规划期末?)"
)
_PLAN_END = re.compile(r"(?:到|至|在)?(?:本)?规划期末|(?:到|至)(?:本)?期末|(?:到|至)(?:本)?届末")
_STARTS = ("由", "从", "比", "较", "与", "自")
_DUE = re.compile(rf"[^。；]{{0,24}}?(?:{alternation('time', 'accomplishing')}|验收|评估|检查)")


def periods(reading: Reading) -> None:
    """Ranges of years and of days (2016—2020年; 2019年1月1日至12月31日), and the ends of five-year plans."""
    for match in reading.folded.matches(_YEARS, "年"):
        first, last = whole(match["a"]), whole(match["b"])
        if first is None or last is None or not 1900 < first < last < 2200:
            continue
        begins, ends = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
        reading.add(Period, *match.span(), "period.years", begins=begins, ends=ends, edtf=f"{first:04d}/{last:04d}")
    for match in reading.folded.matches(_DAYS, "年"):
        if (match["m2"] or match["d2"]) and reading.claims.free(*match.span()):
            _day_range(reading, match)
    for match in reading.folded.matches(_FIVE_YEAR, "五[”规时期末]"):
        _five_years(reading, match)
    for match in reading.folded.matches(_PLAN_END, "期末|届末"):
        if reading.claims.free(*match.span()):
            _plan_end(reading, match.span(), reading.context.ends)


def _plan_end(reading: Reading, span: tuple[int, int], ends: datetime.date | None) -> None:
    since = reading.context.since
    reported = reading.folded.before(span[0], 2).endswith(_STARTS)
    if reported or (ends and since and ends < since):
        reading.claims.add(*span)
        return
    reading.add(
        Deadline,
        *span,
        "deadline.plan-end",
        latest=ends,
        edtf=ends.isoformat() if ends else None,
        reading="plan-end",
        anchor=None if ends else "plan-end",
    )


def _five_years(reading: Reading, match: re.Match[str]) -> None:
    begins, ends = five_year_plan(whole(match["n"]) or 10)
    if match["what"] in ("期末", "末", "末期", "规划期末"):
        _plan_end(reading, match.span(), ends)
    else:
        edtf = f"{begins.year}/{ends.year}"
        reading.add(Period, *match.span(), "period.five-year-plan", begins=begins, ends=ends, edtf=edtf)


def _day_range(reading: Reading, match: re.Match[str]) -> None:
    y1, m1 = whole(match["y1"]), whole(match["m1"])
    y2 = whole(match["y2"]) if match["y2"] else y1
    m2 = whole(match["m2"]) if match["m2"] else m1
    if not (y1 and m1 and y2 and m2):
        return
    try:
        begins = datetime.date(y1, m1, int(match["d1"] or 1))
        ends = datetime.date(y2, m2, int(match["d2"])) if match["d2"] else month_end(y2, m2)
    except ValueError:
        return
    if begins > ends:
        return
    months = y1 == y2 and not (match["d1"] or match["d2"])
    if months and reading.folded.before(match.start(), 1) not in ("从", "自") and _DUE.match(reading.text, match.end()):
        return  # 2025年7月—9月完成: a term, see `deadlines`
    edtf = f"{begins.isoformat()}/{ends.isoformat()}"
    reading.add(Period, *match.span(), "period.days", begins=begins, ends=ends, edtf=edtf)
