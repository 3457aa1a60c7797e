"""Lengths of time: limits inside a rule (不少于5个工作日), and terms counted from an anchor (印发之日起30日内)."""

from __future__ import annotations

import datetime
import re

from ...model.commitments import Comparison, Deadline, Duration
from ..numerals import CHINESE, number, plain, whole
from .calendar import add
from .comparison import bound
from .lexicon import alternation, load, words
from .match import Reading
from .text import CLAUSE_BREAK

_ISO = {word: entry["iso"] for entry in load("length")["units"] for word in entry["words"]}
_FIGURE = rf"[0-9]{{1,4}}(?:\.[0-9])?|[{CHINESE}]{{1,4}}"
_SMALL = rf"[0-9]{{1,3}}|[{CHINESE}]{{1,4}}"
_DAYS_AND_YEARS = r"工作日|小时|自然日|日历日|分钟|星期|季度|周(?![年岁期围边密全知转])|日|天|年"
_LENGTH = re.compile(
    rf"(?<![0-9.{CHINESE}第×])(?P<a>{_FIGURE})(?:个?(?:{_DAYS_AND_YEARS})|个月)?"
    rf"(?:(?:—{{1,2}}|至|到)(?P<b>{_FIGURE}))?(?:个?(?P<unit>{_DAYS_AND_YEARS})|个(?P<months>月))"
)
_HAS_LENGTH = rf"[0-9{CHINESE}](?:个?(?:{_DAYS_AND_YEARS})|个月)"
_HALF = re.compile(
    r"(?<![上下每前后一])半(?:(?P<year>年)|个(?P<month>月)|(?P<day>天|日)|个?(?P<hour>小时))(?![度轮])"
)
_OWN = alternation("time", "own_document")
_ISSUED = re.compile(
    rf"(?P<own>(?:自|从)?(?:本|该|此)(?:{_OWN})|(?:自|从)(?:{_OWN})?)?"
    rf"(?P<event>{alternation('time', 'anchor_issue')}|{alternation('time', 'anchor_effect')})"
    rf"(?:之日起?|之后|以后|后|起)(?:的|，)?(?P<n>{_SMALL})"
    r"(?P<unit>个?工作日|个?自然日|个月|日|天|周|年)(?:之|以)?内"
)
_GOAL = re.compile(
    rf"(?:{alternation('length', 'goal_prefixes')})(?P<a>{_SMALL})(?:年?(?:—{{1,2}}|至|到)(?P<b>{_SMALL}))?年"
    r"(?:左右)?的?(?:时间|努力)?(?:左右)?(?:之|以)?内?"
)
_CLOCK = re.compile(alternation("length", "round_the_clock"))
_HISTORY = re.compile(alternation("length", "history_after"))
_RESTATED = re.compile(
    rf"（(?:{_FIGURE})(?:个?(?:{_DAYS_AND_YEARS})|个月)）(?={alternation('quantity', 'suffixes')})"
)
_COMPOUND = ("级", "制", "生", "代", "龄")
_BEFORE_CUE = tuple(words("length", "bare_year_before"))
_AFTER_CUE = tuple(words("length", "bare_year_after"))


def iso(value: str, unit: str) -> str:
    """An ISO 8601 duration.

    >>> iso("24", "小时"), iso("5", "工作日"), iso("2", "季度")
    ('PT24H', 'P5BD', 'P6M')
    """
    code = _ISO[unit]
    if code == "Q":
        return f"P{int(value) * 3}M"
    return f"PT{value}{code[1]}" if code.startswith("T") else f"P{value}{code}"


def relative_deadlines(reading: Reading) -> None:
    """Terms counted from the issue of the document itself, written or understood."""
    for match in reading.folded.matches(_ISSUED, "[日天月周年](?:之|以)?内"):
        own = match["own"] or ""
        before = reading.folded.before(match.start(), 2, CLAUSE_BREAK)
        if not any(mark in own for mark in "本该此") and before not in (
            "",
            "在",
            "应",
            "应在",
            "于",
            "须",
            "要在",
        ):
            continue
        count = whole(match["n"])
        if count is None:
            continue
        unit = match["unit"].removeprefix("个")
        anchor = "issue-date" if match["event"] in words("time", "anchor_issue") else "effective-date"
        start = match.start() + (1 if own[:1] in ("自", "从") and own[:1] else 0)
        _anchored(reading, start, match.end(), anchor, count, unit, None)
    for match in reading.folded.matches(_GOAL, "年"):
        if not match.group().endswith(("时间", "努力", "内", "左右")) and not match.group().startswith(
            "经过"
        ):
            continue
        a, b = whole(match["a"]), whole(match["b"]) if match["b"] else None
        if a and reading.claims.free(*match.span()):
            _anchored(reading, *match.span(), "issue-date", b or a, "年", a if b else None)


def _anchored(
    reading: Reading, start: int, end: int, anchor: str, count: int, unit: str, minimum: int | None
) -> None:
    code = _ISO[unit]
    latest: datetime.date | None = None
    if anchor == "issue-date" and reading.context.issue_date and len(code) == 1:
        latest = add(reading.context.issue_date, count, code)
    reading.add(
        Deadline,
        start,
        end,
        "deadline.relative",
        relative=iso(str(count), unit),
        relative_minimum=iso(str(minimum), unit) if minimum else None,
        anchor=anchor,
        latest=latest,
        reading="relative",
        hedge="力争" if reading.text.startswith(("力争", "争取"), start) else None,
    )


def durations(reading: Reading) -> None:
    """Every other length of time that limits or measures something."""
    for match in reading.folded.matches(_LENGTH, _HAS_LENGTH):
        if reading.claims.free(*match.span()):
            _length(reading, match)
    for match in reading.folded.matches(_HALF, "半"):
        if reading.claims.free(*match.span()):
            _half(reading, match)


def _length(reading: Reading, match: re.Match[str]) -> None:
    start, end = match.span()
    unit = match["unit"] or match["months"]
    a, b = number(match["a"]), number(match["b"]) if match["b"] else None
    if a is None or (match["b"] and b is None) or (unit == "年" and max(a, b or a) >= 1000):
        return
    if unit == "年" and reading.text.startswith("半", end) and b is None:
        a, unit, end = a * 12 + 6, "月", end + 1
    restated = _RESTATED.match(reading.text, end)
    if restated:
        end = restated.end()
    before, after = reading.folded.before(start, 10, CLAUSE_BREAK), reading.folded.after(end, 8)
    ahead = before.endswith("提前")
    if (before.endswith(words("length", "lookback")) and not ahead) or after[:1] in _COMPOUND:
        return
    limit = bound(before, after, verb_between=ahead)
    if not limit and not ahead and not _bare(match["a"], unit, before, after):
        return
    if unit == "小时" and a == 24 and _CLOCK.match(after):
        return
    span = (start - limit.before, end + limit.after) if limit else (start, end)
    if b is not None:
        upper = iso(plain(b), unit)
        reading.add(
            Duration, *span, "duration.range", comparison=">=", iso=iso(plain(a), unit), upper_iso=upper
        )
        return
    comparison: Comparison = limit.comparison if limit else "="
    reading.add(Duration, *span, "duration", comparison=comparison, iso=iso(plain(a), unit))


def _bare(figure: str, unit: str, before: str, after: str) -> bool:
    """Whether a length without comparison is one at all: 6个月 is, 五年来 and 31日 are not."""
    if unit in ("日", "天", "自然日", "日历日"):
        return False
    if _HISTORY.match(after):
        return False
    if figure.isascii():
        return True
    if unit == "年":
        return before.endswith(_BEFORE_CUE) or after.startswith(_AFTER_CUE)
    return True


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
