"""Lengths of time inside a rule: limits (不少于5个工作日, 24小时内) and lengths kept or granted (有效期为三年)."""

from __future__ import annotations

import re
from itertools import pairwise

from ...model.commitments import Duration, Operator
from ..numerals import CHINESE, number, plain
from .lexicon import alternation, load, words
from .match import Reading
from .operators import bound
from .text import CLAUSE_BREAK

_ISO = {word: entry["iso"] for entry in load("length")["units"] for word in entry["words"]}
_FIGURE = rf"[0-9]{{1,4}}(?:\.[0-9])?|[{CHINESE}]{{1,4}}"
_DAYS_AND_YEARS = r"工作日|小时|自然日|日历日|分钟|星期|周(?![年岁期围边密全知转])|日|天|年"
_LENGTH = re.compile(
    rf"(?<![0-9.{CHINESE}第×月A-Za-z])(?P<a>{_FIGURE})(?:个?(?:{_DAYS_AND_YEARS})|个月|个季度)?"
    rf"(?:(?:—{{1,2}}|至|到)(?P<b>{_FIGURE}))?(?:个?(?P<unit>{_DAYS_AND_YEARS})|个(?P<long>月|季度))"
)
_HAS_LENGTH = rf"[0-9{CHINESE}](?:个?(?:{_DAYS_AND_YEARS})|个月|个季度)"
_HALF = re.compile(r"(?<![上下每前后一])半(?:(?P<year>年)|个(?P<month>月)|(?P<day>天|日)|个?(?P<hour>小时))(?![度轮])")
_CLOCK = re.compile(alternation("length", "round_the_clock"))
_HISTORY = re.compile(alternation("length", "history_after"))
_NAMED = re.compile(
    rf"[^，。；、0-9{CHINESE}][^，。；、]{{0,11}}?(?:{alternation('length', 'names')})|(?:{alternation('length', 'names')})"
)
_CIRCLE = re.compile(rf"[^，。；]{{0,10}}圈|(?:{alternation('length', 'circles')})")
_NUMBERED = re.compile("[0-9百千万]")
_STREAK = re.compile(alternation("length", "streaks"))
_RESTATED = re.compile(rf"（(?:{_FIGURE})(?:个?(?:{_DAYS_AND_YEARS})|个月)）(?={alternation('quantity', 'suffixes')})")
_UP_TO = re.compile(
    r"[^，。；、0-9]{0,6}(?:压缩|压减|缩短|缩减|减少|降低|降|减|延长|放宽|提高|增加|调整)(?:到|至|为)(?:[^，。；、]{0,6}?)"
)
_FROM = re.compile(r"(?:由|从)[^，。；、0-9]{0,8}$")
_COUNTED = re.compile(r"(?:天数|日数|教育年限|预期寿命)[^，。；、0-9]{0,4}$")
_NOTICE = re.compile(r"提前$")
_COMPOUND = ("级", "制", "生", "代", "龄")
_BEFORE_CUE = words("length", "bare_year_before")
_AFTER_CUE = words("length", "bare_year_after")


def unit_code(unit: str) -> str:
    """The code of a unit of time: BD, D, TH, M, …"""
    return str(_ISO[unit])


def iso(value: str, unit: str) -> str:
    """An ISO 8601 duration.

    >>> iso("24", "小时"), iso("5", "工作日"), iso("2", "季度")
    ('PT24H', 'P5BD', 'P6M')
    """
    code = unit_code(unit)
    if code == "Q":
        return f"P{int(value) * 3}M"
    return f"PT{value}{code[1]}" if code.startswith("T") else f"P{value}{code}"


def durations(reading: Reading) -> None:
    """Every length of time that limits or measures something; one that another starts from (由20日压缩至5日) goes with that."""
    matches = [m for m in reading.folded.matches(_LENGTH, _HAS_LENGTH) if reading.claims.free(*m.span())]
    origins = {
        second.start(): first
        for first, second in pairwise(matches)
        if _UP_TO.fullmatch(reading.text, first.end(), second.start())
        and _FROM.search(reading.folded.before(first.start(), 12))
    }
    started = {first.start() for first in origins.values()}
    for match in matches:
        if match.start() not in started and reading.claims.free(*match.span()):
            _length(reading, match, origins.get(match.start()))
    for match in reading.folded.matches(_HALF, "半"):
        if reading.claims.free(*match.span()):
            _half(reading, match)


def _unit(match: re.Match[str]) -> str:
    return match["unit"] or match["long"]


def _length(reading: Reading, match: re.Match[str], origin: re.Match[str] | None) -> None:
    start, end = match.span()
    unit = _unit(match)
    a, b = number(match["a"]), number(match["b"]) if match["b"] else None
    if a is None or (match["b"] and b is None) or (unit == "年" and max(a, b or a) >= 1000):
        return
    if unit == "年" and reading.text.startswith("半", end) and b is None:
        a, unit, end = a * 12 + 6, "月", end + 1
    if restated := _RESTATED.match(reading.text, end):
        end = restated.end()
    before, after = reading.folded.before(start, 12, CLAUSE_BREAK), reading.folded.after(end, 16)
    ahead = bool(_NOTICE.search(before)) and unit != "年"
    if (
        (before.endswith(words("length", "lookback")) and not ahead)
        or after[:1] in _COMPOUND
        or _COUNTED.search(before)
    ):
        return
    limit = bound(before, after, verb_between=ahead)
    if _is_name(unit, after) or (not limit and not ahead and not _bare(match["a"], unit, before, after)):
        return
    span = (start - limit.before, end + limit.after) if limit else (start, end)
    origin_value = number(origin["a"]) if origin else None
    baseline = iso(plain(origin_value), _unit(origin)) if origin and origin_value is not None else None
    if b is not None:
        upper = iso(plain(b), unit)
        reading.add(
            Duration,
            *span,
            "duration.range",
            comparison=">=",
            iso=iso(plain(a), unit),
            upper_iso=upper,
            baseline=baseline,
        )
        return
    comparison: Operator = limit.comparison if limit else "="
    reading.add(Duration, *span, "duration", comparison=comparison, iso=iso(plain(a), unit), baseline=baseline)


def _is_name(unit: str, after: str) -> bool:
    """Whether a length is part of a name: 三年行动计划, 15分钟生活圈, 九年义务教育, 24小时自助服务."""
    if unit in ("小时", "分钟"):
        return bool(_CIRCLE.match(after) or _CLOCK.match(after))
    return unit == "年" and (bool(_NAMED.match(after)) or after.startswith((*words("length", "schooling"), "一遇")))


def _bare(figure: str, unit: str, before: str, after: str) -> bool:
    """Whether a length without comparison is one at all: 6个月 is, 五年来 and 31日 are not."""
    if _HISTORY.match(after) or before.endswith("提前"):
        return False
    if before.endswith("连续") and not _STREAK.match(after):
        return False
    if unit in ("日", "天", "自然日", "日历日"):
        return before.endswith(words("length", "bare_day_before"))
    if figure.isascii() or unit != "年":
        return True
    return before.endswith(_BEFORE_CUE) or after.startswith(_AFTER_CUE) or bool(_NUMBERED.match(after))


def _half(reading: Reading, match: re.Match[str]) -> None:
    value = {"year": "P6M", "month": "P15D", "day": "PT12H", "hour": "PT30M"}[match.lastgroup or "year"]
    before, after = (
        reading.folded.before(match.start(), 10, CLAUSE_BREAK),
        reading.folded.after(match.end(), 4),
    )
    limit = bound(before, after)
    if limit:
        start, end = match.start() - limit.before, match.end() + limit.after
        reading.add(Duration, start, end, "duration.half", comparison=limit.comparison, iso=value)
