"""Quantities to reach or keep: percentages, amounts, counts, shares, and relative targets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ...model.commitments import Comparison, Target
from ..numerals import CHINESE, NUMBER, number, plain
from .comparison import Bound, bound
from .deadlines import hedge
from .lexicon import alternation, words
from .match import Reading
from .text import CLAUSE_BREAK

_MEASURES = alternation("quantity", "measures")
_CLASSIFIERS = alternation("quantity", "classifiers")
_EVENTS = alternation("quantity", "event_classifiers")
_UNIT = rf"%|{_MEASURES}|{_CLASSIFIERS}|{_EVENTS}"
_QUANTITY = re.compile(
    rf"(?<![0-9.{CHINESE}第×*/＝=])(?P<a>{NUMBER})(?:(?P<ua>%|{_MEASURES})?(?:—{{1,2}}|至|到)(?P<b>{NUMBER}))?(?P<unit>{_UNIT})"
    r"(?!月|工作日|小时|星期|季度|自然日)"
)
_HAS_QUANTITY = rf"[0-9{CHINESE}万亿](?:{_UNIT})"
_SHARE = re.compile(
    rf"(?P<half>一半|半数|过半数?)|(?P<whole>[0-9]{{1,3}}|[{CHINESE}]{{1,4}})分之(?P<part>[0-9]{{1,3}}|[{CHINESE}]{{1,4}})"
)
_MAGNITUDE = re.compile(r"数以(?P<n>[十百千]?[万亿]|[十百千])计(?:的(?P<what>[\u4e00-\u9fff]{2,20}))?")
_RATIO = re.compile(r"(?P<what>[\u4e00-\u9fff]{2}比)(?:例)?(?:大体|基本|大致)(?:相当|持平)")
_ONLY = re.compile(
    rf"(?:只|仅)(?P<verb>[\u4e00-\u9fff]{{1,3}}?)(?P<n>[0-9]{{1,3}}|[{CHINESE}]{{1,3}})个(?P<what>[\u4e00-\u9fffA-Za-z]{{2,20}})(?=[，。；、）\n]|$)"
)
_REFERENCE = re.compile(
    rf"(?:{alternation('quantity', 'reference_degrees')})?(?P<word>不高于|不低于|不超过|不少于|高于|低于|优于|超过)"
    r"(?P<reference>[^0-9，。；、：（）“”\n|]{2,30})(?=[，。；\n]|$)"
)
_REFERENCE_VALUE: dict[str, Comparison] = {
    "不高于": "<=",
    "不超过": "<=",
    "不低于": ">=",
    "不少于": ">=",
    "高于": ">",
    "超过": ">",
    "优于": ">",
    "低于": "<",
}
_CUE = re.compile(alternation("quantity", "reference_cues"))
_PROGRAMME = re.compile(alternation("quantity", "programme_nouns"))
_SUMMARY_HEAD = re.compile(alternation("quantity", "summary_heads"))
_MILLIONS = re.compile(
    rf"(?<![0-9.{CHINESE}以亿])(?P<n>[一二三四五六七八九十两]?[百千十]万)(?P<what>[\u4e00-\u9fff]{{2}})"
)
_MEASURED = re.compile(
    rf"(?P<measure>(?:(?:{alternation('quantity', 'measure_heads')})[\u4e00-\u9fff]{{0,10}}"
    rf"|[\u4e00-\u9fff]{{1,8}}?)(?:{alternation('quantity', 'measure_nouns')}))"
)
_BASE = re.compile(
    r"(?P<word>达到|不低于|不少于|不超过|不高于|超过|高于|低于)(?P<base>[^0-9，。；、：（）\n|]{1,20})$"
)


_REACHED = re.compile(r"已(?:经)?[\u4e00-\u9fff]{0,6}$")
_COORDINATE = re.compile(r"，|[^，：。！？；\n|]{0,20}[和、及或与]")


@dataclass
class _Latest:
    """The target just read, from which a coordinate one may take its comparison (65%和55%)."""

    end: int = -1
    unit: str = ""
    comparison: Comparison = "="


def targets(reading: Reading) -> None:
    """All targets; the particular forms first, then plain quantities."""
    _relative(reading)
    for match in reading.folded.matches(_ONLY, "只|仅"):
        value = number(match["n"])
        if value is not None and reading.claims.free(*match.span()):
            _add(reading, match.span(), "only", "=", _Amount(plain(value), match["what"]))
    for match in reading.folded.matches(_MAGNITUDE, "数以"):
        value = number("一" + match["n"])
        end = match.start() + match.group().index("计") + 1
        unit = (match["what"] or "")[-2:] or None
        _add(reading, (match.start(), end), "magnitude", ">=", _Amount(plain(value or Decimal(1)), unit))
    for match in reading.folded.matches(_RATIO, "大体|基本|大致"):
        if reading.claims.free(*match.span()):
            _add(reading, match.span(), "ratio", "~", _Amount("1:1", match["what"]))
    for match in reading.folded.matches(_MILLIONS, "[百千十]万"):
        value = number(match["n"] if match["n"][0] not in "百千" else "一" + match["n"])
        if value and _PROGRAMME.search(reading.folded.after(match.end(), 8, CLAUSE_BREAK)):
            _add(reading, match.span(), "programme", "=", _Amount(plain(value), match["what"]))
    _shares(reading)
    latest = _Latest()
    for match in reading.folded.matches(_QUANTITY, _HAS_QUANTITY):
        if reading.claims.free(*match.span()):
            latest = _quantity(reading, match, latest) or latest


@dataclass(frozen=True)
class _Amount:
    """How much: a number with its unit, the upper end of a range, or what it is measured against."""

    value: str | None = None
    unit: str | None = None
    upper: str | None = None
    reference: str | None = None


def _add(reading: Reading, span: tuple[int, int], name: str, comparison: Comparison, amount: _Amount) -> None:
    start, end = span
    reading.add(
        Target,
        start,
        end,
        f"target.{name}",
        comparison=comparison,
        value=amount.value,
        upper_value=amount.upper,
        unit=amount.unit,
        reference=amount.reference,
        measure=measure(reading, start),
        hedge=hedge(reading, start, end),
    )


def measure(reading: Reading, start: int) -> str | None:
    """What is measured, as far as the words right before the quantity say it (网上可办率)."""
    before = reading.folded.before(start, 24, CLAUSE_BREAK)
    for degree in sorted(words("quantity", "reference_degrees"), key=len, reverse=True):
        before = before.removesuffix(degree)
    before = before.removesuffix("可").removesuffix("分别").removesuffix("均").removesuffix("总")
    found = [*_MEASURED.finditer(before)]
    return before if found and found[-1].end() == len(before) and before else None


def _relative(reading: Reading) -> None:
    for match in reading.folded.matches(_REFERENCE, "[高低优]于|超过|不少于"):
        reference = match["reference"]
        if not _CUE.search(reference) or not reading.claims.free(match.start("word"), match.end("word")):
            continue
        if not reference.endswith(words("quantity", "measure_nouns")):
            if "的" in reference:
                continue
            reference += _measured_quantity(reading, match.start())
        comparison = _REFERENCE_VALUE[match["word"]]
        _add(reading, match.span(), "relative", comparison, _Amount(reference=reference))


def _measured_quantity(reading: Reading, start: int) -> str:
    """The quantity that the sentence compares, without whose it is: 各地学校生均拨款水平 gives 生均拨款水平."""
    subject = measure(reading, start) or ""
    heads = [subject.rfind(head) for head in words("quantity", "measure_heads")]
    return subject[max(heads) :] if max(heads, default=-1) >= 0 else ""


def _shares(reading: Reading) -> None:
    for match in reading.folded.matches(_SHARE, "半|分之"):
        start, end = match.span()
        before, after = reading.folded.before(start, 10, CLAUSE_BREAK), reading.folded.after(end, 4)
        if match["half"]:
            value = Decimal(50)
        else:
            whole, part = number(match["whole"]), number(match["part"])
            if not whole or part is None:
                continue
            value = part / whole * 100
        limit = bound(before, after)
        if match["half"] in ("过半", "过半数"):
            limit = limit or Bound(">")
        if limit is None and not match["part"]:
            continue
        limit = limit or Bound("=")
        span = (start - limit.before, end + limit.after)
        _add(reading, span, "share", limit.comparison, _Amount(plain(round(value, 2)), "%"))


def _quantity(reading: Reading, match: re.Match[str], latest: _Latest) -> _Latest | None:
    start, end = match.span()
    a, b = number(match["a"]), number(match["b"]) if match["b"] else None
    if a is None or (match["b"] and b is None):
        return None
    unit = match["unit"]
    before, after = reading.folded.before(start, 26, CLAUSE_BREAK), reading.folded.after(end, 12)
    limit = _limit(before, after, unit)
    if _REACHED.search(before):
        return None
    coordinate = (
        limit is None
        and unit == latest.unit
        and start > latest.end >= 0
        and _COORDINATE.fullmatch(reading.text[latest.end : start] if start - latest.end <= 24 else "。")
    )
    if limit is None and not coordinate and not b and not _stands_alone(reading, match, before, after):
        return None
    if coordinate:
        limit = Bound(latest.comparison)
    limit = limit or Bound("=")
    comparison = limit.comparison
    if unit == "%" and a == 100 and comparison == ">=":
        comparison = "="
    name = "percent" if unit == "%" else "quantity"
    scale = _common_scale(match["a"], match["b"])
    upper = plain(b) if b is not None else None
    if upper:
        comparison = ">="
    start -= limit.before
    end += limit.after
    if reading.text[start - 1 : start] == "“" and reading.text[end : end + 1] == "”":
        return None
    amount = _Amount(plain(a * scale), "百分点" if unit.endswith("百分点") else unit, upper)
    _add(reading, (start, end), name, comparison, amount)
    return _Latest(match.end() + limit.after, unit, comparison)


def _common_scale(a: str, b: str | None) -> int:
    """In 3—5万元 the first number shares the scale of the second."""
    if b and b[-1] in "万亿" and a[-1] not in "万亿":
        return {"万": 10**4, "亿": 10**8}[b[-1]]
    return 1


def _limit(before: str, after: str, unit: str) -> Bound | None:
    limit = bound(before, after, verb_between=unit != "%")
    if limit is not None and limit.before:
        return limit
    if unit == "%" and (base := _BASE.search(before)):
        stops = words("quantity", "gap_stops")
        if not any(stop in base["base"] for stop in stops):
            inner = bound(base["word"], after)
            if inner is not None:
                return Bound(inner.comparison, inner.word, len(before) - base.start(), inner.after)
    return limit


def _stands_alone(reading: Reading, match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number without comparison is a target: 建设50所 is, 4个方面, 两个关口 and 一次告知 are not."""
    unit = match["unit"]
    if unit == "%":
        return not before.endswith(("×", "x", "X", "*"))
    if not match["a"][0].isascii() or unit in words("quantity", "event_classifiers"):
        return False
    if unit in words("quantity", "measures") or before.endswith(words("quantity", "goal_verbs")):
        return True
    if not before and any(blank in reading.folded.surface(*match.span()) for blank in " \u3000\xa0"):
        return False  # 73 支持…: a row number that lost its cell
    return not _sums_up(reading, match.end(), unit, before, after)


def _sums_up(reading: Reading, end: int, unit: str, before: str, after: str) -> bool:
    """Whether a count only says how long a list is: 4个方面, 共23项, 30项督查激励措施."""
    if after.startswith(("：", *words("quantity", "summary_nouns"))):
        return True
    if before.endswith(words("quantity", "summary_before")):
        return True
    return unit == "项" and bool(_SUMMARY_HEAD.search(reading.folded.after(end, 10, CLAUSE_BREAK)))
