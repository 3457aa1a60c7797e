"""Find the numbers of a text with their units and bounds; what each is for is decided in `targets`.

Particular forms come first (fractions, multiples, 只设一个, 数以万计), then plain quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...model.commitments import Base, Operator
from ..numerals import CHINESE, NUMBER, number, plain
from .lexicon import alternation, load, words
from .match import Reading
from .operators import COMPARISONS, Bound, bound, turned
from .text import CLAUSE_BREAK

MEASURES = alternation("quantity", "measures")
_CLASSIFIERS = alternation("quantity", "classifiers")
_EVENTS = alternation("quantity", "event_classifiers")
_UNIT = rf"%|{MEASURES}|{_CLASSIFIERS}|{_EVENTS}"
_MORE = alternation("quantity", "more")
_QUANTITY = re.compile(
    rf"(?<![0-9.{CHINESE}第×*/＝=])(?P<a>{NUMBER})(?:(?P<more>{_MORE})(?P<scale>[万亿]{{0,2}}))?"
    rf"(?:(?P<ua>%|{MEASURES})?(?:—{{1,2}}|至|到)(?P<b>{NUMBER}))?"
    rf"(?P<unit>(?:{_UNIT})(?!月|工作日|小时|星期|季度|自然日))(?P<slash>/[\u4e00-\u9fff]{{1,3}}(?![\u4e00-\u9fff/]))?"
)
_HAS_QUANTITY = rf"[0-9{CHINESE}万亿{''.join(words('quantity', 'more'))}](?:{_UNIT})"
_FRACTION = re.compile(
    rf"(?P<half>一半|半数|过半数?)|(?<![0-9{CHINESE}])(?P<whole>[0-9]{{1,3}}|[{CHINESE}]{{1,4}})分之(?P<part>[0-9]{{1,3}}(?:\.[0-9])?|[{CHINESE}]{{1,4}})"
    r"|(?<![0-9./])(?P<above>[1-9][0-9]?)/(?P<below>[1-9][0-9]?)(?![0-9./年月])"
    rf"|(?<![0-9{CHINESE}第])(?P<tenths>[1-9](?:\.[0-9])?|[一二三四五六七八九两])成(?=[，。；、）以左上的多]|$)"
)
_MULTIPLE = re.compile(
    rf"翻(?P<doubled>[一两二三四]?)番|翻一?倍|(?P<grown>提高|增长|增加|扩大|提升|增)(?P<times>{NUMBER})倍|倍增(?=[，。；、）]|$)"
)
_MAGNITUDE = re.compile(r"数以(?P<n>[十百千]?[万亿]|[十百千])计(?:的(?P<what>[\u4e00-\u9fff]{2,20}))?")
_RATIO = re.compile(r"(?P<what>[\u4e00-\u9fff]{2}比)(?:例)?(?:大体|基本|大致)(?:相当|持平)")
_ONLY = re.compile(
    rf"(?:只|仅)(?P<verb>[\u4e00-\u9fff]{{1,3}}?)(?P<n>[0-9]{{1,3}}|[{CHINESE}]{{1,3}})个"
    r"(?P<what>[\u4e00-\u9fffA-Za-z]{2,12})(?=[，。；、）\n]|$)"
)
_REFERENCE = re.compile(
    rf"(?:{alternation('quantity', 'reference_degrees')})?(?P<word>不高于|不低于|不超过|不少于|高于|低于|优于|超过)"
    r"(?P<reference>[^0-9，。；、：（）“”\n|]{2,30})(?=[，。；\n]|$)"
)
_CUE = re.compile(alternation("quantity", "reference_cues"))
_PROGRAMME = re.compile(alternation("quantity", "programme_nouns"))
_MILLIONS = re.compile(
    rf"(?<![0-9.{CHINESE}以亿])(?P<n>[一二三四五六七八九十两]?[百千十]万)(?P<what>[\u4e00-\u9fff]{{2}})"
)
_BASE = re.compile(rf"(?P<word>{COMPARISONS})(?P<base>[^0-9，。；、：（）\n|]{{1,20}})$")
_BARE = re.compile(
    rf"(?P<word>{COMPARISONS})(?P<a>[0-9]{{1,5}}(?:\.[0-9]{{1,3}})?)(?=左右|以内|以上|以下|之间|[，。；、）]|$)"
)
_COUNTED = re.compile(rf"(?:天数|日数|教育年限)[^，。；、0-9]{{0,8}}?(?P<number>(?P<a>{NUMBER})(?P<unit>[天日年]))")
_CLASS = re.compile(r"(?P<class>[ⅠⅡⅢⅣⅤ])类")
_VALUES: dict[str, Operator] = {
    word: entry["value"] for entry in load("quantity")["comparisons"] for word in entry["words"]
}


@dataclass(slots=True)
class Amount:
    """A number in the text: its words (bounds included), where the number itself stands, how it is bound, how much it is.

    `comparison` is None where nothing binds it. `written` is the number as it stands, `name` the rule that found it.
    """

    start: int
    end: int
    at: tuple[int, int]
    name: str
    comparison: Operator | None
    value: str | None = None
    unit: str | None = None
    upper: str | None = None
    reference: str | None = None
    base: Base | None = None
    written: str = ""
    whole: bool = False

    @property
    def bound_before(self) -> bool:
        """Whether its comparison stands in front of it (达到…)."""
        return self.start < self.at[0]


def amounts(reading: Reading) -> list[Amount]:
    """All numbers with a unit, in the order of the text, none twice."""
    found: list[Amount] = []
    taken = bytearray(len(reading.text) + 1)
    for rule in (
        _references,
        _only,
        _magnitudes,
        _ratios,
        _programmes,
        _fractions,
        _multiples,
        _quantities,
        _bare,
        _lengths,
        _classes,
    ):
        for amount in rule(reading):
            start, end = amount.at
            if reading.claims.free(start, end) and 1 not in taken[start:end]:
                taken[start:end] = b"\x01" * (end - start)
                found.append(amount)
    return sorted(found, key=lambda amount: amount.at)


def _references(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_REFERENCE, "[高低优]于|超过|不少于"):
        reference = match["reference"]
        if _CUE.search(reference):
            if not reference.endswith(words("quantity", "measure_nouns")) and re.search("的|分之", reference):
                continue
            limit = turned(Bound(_VALUES[match["word"]], match["word"]), reading.folded.before(match.start(), 20))
            yield Amount(*match.span(), match.span(), "relative", limit.comparison, reference=reference, whole=True)


def _only(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_ONLY, "只|仅"):
        value = number(match["n"])
        if value is not None:
            yield Amount(*match.span(), match.span(), "only", "=", plain(value), match["what"], whole=True)


def _magnitudes(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_MAGNITUDE, "数以"):
        value = number("一" + match["n"]) or Decimal(1)
        end = match.start() + match.group().index("计") + 1
        unit = (match["what"] or "")[-2:] or None
        yield Amount(match.start(), end, (match.start(), end), "magnitude", ">=", plain(value), unit)


def _ratios(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_RATIO, "大体|基本|大致"):
        yield Amount(*match.span(), match.span(), "ratio", "~", "1:1", match["what"], whole=True)


def _programmes(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_MILLIONS, "[百千十]万"):
        value = number(match["n"] if match["n"][0] not in "百千" else "一" + match["n"])
        if value and _PROGRAMME.search(reading.folded.after(match.end(), 8, CLAUSE_BREAK)):
            yield Amount(*match.span(), match.span(), "programme", "=", plain(value), match["what"], whole=True)


_ROUND = re.compile("[十百千]?[万亿]")


def _around(reading: Reading, start: int, end: int, *, verb_between: bool = False) -> Bound | None:
    before, after = reading.folded.before(start, 26, CLAUSE_BREAK), reading.folded.after(end, 12)
    return bound(before, after, verb_between=verb_between)


def _fractions(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_FRACTION, "半|分之|成|[0-9]/[0-9]"):
        start, end = match.span()
        limit = _around(reading, start, end) or _with_base(reading.folded.before(start, 26, CLAUSE_BREAK), "")
        value, unit = _fraction(match)
        if match["half"] in ("过半", "过半数"):
            limit = limit or Bound(">")
        if value is None or (limit is None and not (match["part"] or match["tenths"])):
            continue
        limit = limit or Bound("=")
        yield Amount(
            start - limit.before,
            end + limit.after,
            (start, end),
            "share",
            limit.comparison,
            value,
            unit,
            written=match.group(),
        )


def _fraction(match: re.Match[str]) -> tuple[str | None, str | None]:
    """一半 and 三成 in per cent, 百分之五 likewise; 三分之二 and 2/3 as they are."""
    if match["half"]:
        return "50", "%"
    if tenths := match["tenths"]:
        value = number(tenths)
        return (plain(value * 10), "%") if value else (None, None)
    if match["above"]:
        above, below = int(match["above"]), int(match["below"])
        return (f"{above}/{below}", None) if above < below else (None, None)
    whole, part = number(match["whole"]), number(match["part"])
    if not whole or part is None:
        return None, None
    if whole in (100, 1000):
        return plain(part), "%" if whole == 100 else "‰"
    return f"{plain(part)}/{plain(whole)}", None


def _multiples(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_MULTIPLE, "翻|倍"):
        if match["grown"]:
            times = number(match["times"])
            factor = times + 1 if times is not None else None
        else:
            factor = Decimal(2) ** int(number(match["doubled"] or "一") or 1)
        if factor is None:
            continue
        limit = bound("", reading.folded.after(match.end(), 6))
        end = match.end() + (limit.after if limit else 0)
        comparison: Operator = limit.comparison if limit else "="
        yield Amount(
            match.start(),
            end,
            match.span(),
            "multiple",
            comparison,
            plain(factor),
            base="multiple",
            whole=True,
        )


def _quantities(reading: Reading) -> Iterator[Amount]:
    for match in reading.folded.matches(_QUANTITY, _HAS_QUANTITY):
        amount = _quantity(reading, match)
        if amount is not None:
            yield amount


def _quantity(reading: Reading, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    unit = match["unit"]
    if reading.text.startswith(words("quantity", "classifier_words"), match.start("unit")):
        return None
    if unit != "%" and reading.text[start - 1 : start].isascii() and reading.text[start - 1 : start].isalpha():
        return None  # PM2.5, G20
    if unit != "%" and _ROUND.fullmatch(match["a"] + (match["scale"] or "")) and reading.text.startswith("目", end):
        return None  # 百亿项目, 亿元项目: a size, not how many
    if reading.text.startswith("每", start - 1):
        return None  # 每千人口, 每30公里: what another number is counted by
    a, b = number(match["a"] + (match["scale"] or "")), number(match["b"]) if match["b"] else None
    if a is None or (match["b"] and b is None):
        return None
    before, after = reading.folded.before(start, 26, CLAUSE_BREAK), reading.folded.after(end, 12)
    limit = bound(before, after, verb_between=unit != "%")
    if limit is None or not limit.before:
        limit = _with_base(before, unit, after) or limit
    if limit is None and match["more"]:
        limit = Bound(">=")
    comparison = limit.comparison if limit else None
    limit = limit or Bound("=")
    if unit == "%" and a == 100 and comparison == ">=":
        comparison = "="
    start -= limit.before
    end += limit.after
    if reading.text[start - 1 : start] == "“" and reading.text[end : end + 1] == "”":
        return None
    return Amount(
        start,
        end,
        match.span(),
        "percent" if unit == "%" else "quantity",
        ">=" if b is not None else comparison,
        plain(a * _common_scale(match["a"], match["b"])),
        ("百分点" if unit.endswith("百分点") else unit) + (match["slash"] or ""),
        plain(b) if b is not None else None,
        written=match["a"],
    )


def _with_base(before: str, unit: str, after: str = "") -> Bound | None:
    """不低于采购金额的30%, 不低于县道每年每公里1万元: between comparison and number only what it is a part of or counted by."""
    base = _BASE.search(before)
    if base is None or any(stop in base["base"] for stop in words("quantity", "gap_stops")):
        return None
    if unit not in ("%", "", "倍") and "每" not in base["base"]:
        return None
    limit = bound(before[: base.end("word")], after)
    if limit is None:
        return None
    return Bound(limit.comparison, limit.word, len(before) - base.start(), limit.after)


def _common_scale(a: str, b: str | None) -> int:
    """In 3—5万元 the first number shares the scale of the second."""
    if b and b[-1] in "万亿" and a[-1] not in "万亿":
        return {"万": 10**4, "亿": 10**8}[b[-1]]
    return 1


def _bare(reading: Reading) -> Iterator[Amount]:
    """A number without unit behind a comparison, where an index or a ratio is measured: 指数控制在103.5左右."""
    for match in reading.folded.matches(_BARE, "指数|系数|比|得分|评分|总和生育率"):
        before = reading.folded.before(match.start(), 12, CLAUSE_BREAK)
        if not re.search(r"(?:指数|系数|[^占]比|得分|评分|生育率|弹性)(?:分别|均|要|可)?$", before):
            continue
        limit = _around(reading, *match.span("a")) or Bound("=")
        start, end = match.start("a") - limit.before, match.end("a") + limit.after
        yield Amount(
            start,
            end,
            match.span("a"),
            "index",
            limit.comparison,
            plain(Decimal(match["a"])),
            written=match["a"],
        )


def _lengths(reading: Reading) -> Iterator[Amount]:
    """Lengths of time that an indicator counts: 优良天数达到315天, 受教育年限12年."""
    for match in reading.folded.matches(_COUNTED, "天数|日数|教育年限"):
        start, end = match.span("number")
        limit = _around(reading, start, end)
        value = number(match["a"])
        if value is not None:
            bounded = limit or Bound("=")
            at = (start - bounded.before, end + bounded.after)
            yield Amount(
                *at,
                (start, end),
                "length",
                limit.comparison if limit else None,
                plain(value),
                match["unit"],
                written=match["a"],
            )


def _classes(reading: Reading) -> Iterator[Amount]:
    """Classes of water: 稳定在Ⅱ类以上."""
    for match in reading.folded.matches(_CLASS, "[ⅠⅡⅢⅣⅤ]类"):
        limit = _around(reading, *match.span())
        if limit is not None:
            start, end = match.start() - limit.before, match.end() + limit.after
            yield Amount(
                start,
                end,
                match.span(),
                "class",
                limit.comparison,
                match["class"],
                "类",
                written=match["class"],
            )
