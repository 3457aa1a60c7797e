"""Quantities to reach or keep: which of the numbers of a text are targets, how each is bound, and what it measures.

`amounts` finds the numbers. Here those that only report, count up a list or start from something are set aside, what a list
shares (分别增长8%、10%左右) is given to each, and `indicators` says what each is a number of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ...model.commitments import ASPIRED, Deadline, Operator, Period, Target
from ..numerals import number
from .amounts import Amount, amounts
from .goals import goals
from .indicators import Indicator, indicator_of, shared
from .lexicon import alternation, words
from .match import Reading
from .text import CLAUSE_BREAK

_SUMMARY_HEAD = re.compile(alternation("quantity", "summary_heads"))
_FACT = re.compile(rf"(?:{alternation('quantity', 'facts')})[^，；]{{0,12}}$")
_AS_OF = re.compile(r"^(?:\s|[（(][^）)]{1,6}[）)])*(?:[^，。]{0,8})?截[至止](?!时间|日期|到20[3-9])")
_FACT_BESIDE = re.compile(rf"(?:{alternation('quantity', 'facts_beside')})$")
_ACTING = re.compile(rf"^(?:{alternation('quantity', 'acts')})")
_ACT_BEFORE = re.compile(rf"(?:{alternation('quantity', 'acts')})$")
_PLACES = re.compile(r"[省市县区](?=[，。；、（的和与]|$)")
_HEDGE = re.compile(alternation("quantity", "hedges"))
_HELD = re.compile("(?:组织|开展|举办|举行|召开)$")
_LISTED = re.compile(r"[，、][\u4e00-\u9fff]{1,8}?(?P<per>每[\u4e00-\u9fff]{1,8})")
_COORDINATE = re.compile(r"，|[^，：。！？；\n|]{0,20}[和、及或与]")
_FROM = re.compile(r"(?:由|从)(?:[^，。；、]{0,12}的)?$")
_UP_TO = re.compile(
    r"(?:（[^（）]{1,12}）|[^，。；、0-9]{0,6})(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压缩|压减|缩短|缩减|调整|延长|放宽|降|升|增|减)"
    r"(?:到|至|为)(?:[^，。；、]{0,10}的)?$"
)
_VAGUE = re.compile(alternation("quantity", "vague"))
_FEW = 100
"""Below it a number in Chinese numerals is a target only with a comparison (两个关口, 三十六条)."""
_TOGETHER = re.compile(r"[、和与及，]+")


@dataclass(slots=True)
class _Found:
    """A number on its way to becoming a target."""

    amount: Amount
    comparison: Operator
    indicator: Indicator = field(default_factory=Indicator)
    origin: Amount | None = None
    stretch: str | None = None
    hedge: str | None = None
    condition: bool = False


def targets(reading: Reading) -> None:
    """All targets of the text."""
    every = amounts(reading)
    kept: list[_Found] = []
    for place, amount in enumerate(every):
        before = every[place - 1] if place else None
        if (found := _judged(reading, amount, before, kept)) is not None:
            kept.append(found)
    for place, found in enumerate(kept):
        _measured(reading, kept, place, found)
    shared(reading, [(found.amount, found.indicator) for found in kept])
    years = _years(reading)
    for place, found in enumerate(kept):
        _stretched(kept, place, found)
    for found in kept:
        _add(reading, found, years)
    goals(reading)


def _judged(reading: Reading, amount: Amount, before: Amount | None, kept: list[_Found]) -> _Found | None:
    """The number as a target; None where it reports, counts up a list, or is not a number of anything."""
    latest = kept[-1] if kept else None
    if _VAGUE.match(reading.text, amount.at[0]):
        return None
    if not reading.context.figures and _reports(reading, amount):
        return None
    if before is not None and latest is not None and latest.amount is before and _starts_from(reading, before, amount):
        kept.pop()
        return _Found(
            amount,
            amount.comparison or _direction(reading, before, amount),
            origin=before,
        )
    if amount.comparison is None and latest is not None and _coordinate(reading, latest, amount):
        return _Found(amount, latest.comparison)
    if amount.comparison is None and not _stands_alone(reading, amount):
        return None
    if amount.comparison and latest is not None and not amount.bound_before:
        _reach_back(reading, kept, amount)
    return _Found(amount, amount.comparison or "=")


def _amount(amount: Amount | None) -> str | None:
    return f"{amount.value} {amount.unit}" if amount and amount.unit else amount.value if amount else None


def _reports(reading: Reading, amount: Amount) -> bool:
    """Whether a number says what is: 截至2020年底，…427公里, 现有5座, 去年新增10家, 完成了3个."""
    if amount.whole:
        return False
    clause = reading.folded.before(amount.start, 26, CLAUSE_BREAK)
    if _FACT.search(clause) or _FACT_BESIDE.search(clause):
        return True
    sentence = reading.folded.before(amount.start, 120, "。！？\n")
    return "截" in sentence and bool(_AS_OF.match(sentence))


def _starts_from(reading: Reading, first: Amount, second: Amount) -> bool:
    """由75%提高到85%: the first number is where the second starts from."""
    between = reading.text[first.at[1] : second.at[0]]
    if len(between) > 24 or not _UP_TO.fullmatch(between):
        return False
    return bool(_FROM.search(reading.folded.before(first.start, 20)))


def _direction(reading: Reading, first: Amount, second: Amount) -> Operator:
    between = reading.text[first.at[1] : second.at[0]]
    return "<=" if re.search("降|减|压|缩", between) else ">="


def _coordinate(reading: Reading, latest: _Found, amount: Amount) -> bool:
    """65%和55%, 不低于县道每公里1万元、乡道每公里5000元: the second shares the comparison of the first."""
    gap = reading.text[latest.amount.end : amount.start]
    same = latest.amount.unit == amount.unit and latest.amount.end <= amount.start
    if same and (item := _LISTED.fullmatch(gap)) and latest.comparison != "=":
        return reading.folded.before(latest.amount.at[0], 16).endswith(item["per"])
    return same and len(gap) <= 24 and bool(_COORDINATE.fullmatch(gap)) and not latest.amount.whole


def _reach_back(reading: Reading, kept: list[_Found], amount: Amount) -> None:
    """分别增长8%、10%左右: a bound behind the last number of a list holds for all of it."""
    later = amount
    for found in reversed(kept):
        gap = reading.text[found.amount.end : later.start]
        if found.amount.comparison is not None or found.amount.unit != amount.unit or not _TOGETHER.fullmatch(gap):
            return
        if amount.comparison is not None:
            found.comparison = amount.comparison
        later = found.amount


def _stands_alone(reading: Reading, amount: Amount) -> bool:
    """Whether a number without comparison is a target: 建设50所 is, 4个方面, 两个关口 and 一次告知 are not."""
    start, end = amount.at
    before, after = reading.folded.before(start, 26, CLAUSE_BREAK), reading.folded.after(end, 12)
    unit = (amount.unit or "").split("/")[0]
    if unit == "%" or not unit:
        return not before.endswith(("×", "x", "X", "*"))
    held = amount.written[:1].isdigit() and _HELD.search(before)
    if (unit in words("quantity", "event_classifiers") and not held) or after.startswith(
        ("：", *words("quantity", "summary_nouns"))
    ):
        return False
    act = _ACT_BEFORE.search(before)
    if not amount.written[:1].isascii() and (number(amount.written) or 0) < _FEW:
        return False
    if unit in words("quantity", "measures") or act:
        return True
    if not before and _numbers_a_row(reading, start, end, unit):
        return False
    return not _sums_up(reading, start, end, unit, before, after)


def _numbers_a_row(reading: Reading, start: int, end: int, unit: str) -> bool:
    """Whether a number at the head of a line is that of a row that lost its cell: 73 支持…, 3项目建设提速."""
    if any(blank in reading.folded.surface(start, end) for blank in " \u3000\xa0"):
        return True
    return reading.text.startswith(words("quantity", "row_words"), end - len(unit))


def _sums_up(reading: Reading, start: int, end: int, unit: str, before: str, after: str) -> bool:
    """Whether a count only says how long a list is: 4个方面, 共23项, 30项督查激励措施."""
    if after.startswith(words("quantity", "summary_things")) or _PLACES.match(after):
        return True
    if before.endswith(words("quantity", "summary_before")):
        return True
    if before.endswith("等") and not _ACTING.search(reading.folded.before(start, 40, "。！？；\n|，：")):
        return True
    return unit == "项" and bool(_SUMMARY_HEAD.search(reading.folded.after(end, 10, CLAUSE_BREAK)))


def _measured(reading: Reading, kept: list[_Found], place: int, found: _Found) -> None:
    """What the number is a number of, and its hedge."""
    amount = found.amount
    left = next((other.amount.end for other in reversed(kept[:place]) if not other.condition), 0)
    right = kept[place + 1].amount.start if place + 1 < len(kept) else len(reading.text)
    start = amount.start
    if found.origin is not None and (source := _FROM.search(reading.folded.before(found.origin.start, 20))):
        start = found.origin.start - len(source.group())
    found.indicator = indicator_of(reading, amount, start, (left, right))
    found.condition = found.indicator.attribute
    found.hedge = _hedge(reading, amount)
    if place and found.indicator.base == "level" and reading.text.startswith("、", kept[place - 1].amount.end):
        found.indicator.base = "added" if kept[place - 1].indicator.base == "added" else "level"


def _hedge(reading: Reading, amount: Amount) -> str | None:
    """The word that softens or insists, before the number in its clause or list, or as the first of its own words."""
    before = reading.folded.before(amount.at[0], 48, "。！？；\n|，：")
    return next((match.group() for match in reversed(list(_HEDGE.finditer(before)))), None)


def _stretched(kept: list[_Found], place: int, found: _Found) -> None:
    """增长5.5%、力争6%: the second is the stretch of the first, and has its indicator."""
    before = kept[place - 1] if place else None
    if before is None or found.indicator.name or found.hedge not in ASPIRED or before.amount.unit != found.amount.unit:
        return
    if found.amount.start - before.amount.end <= 8:
        before.stretch = found.amount.value
        found.indicator = before.indicator


def _years(reading: Reading) -> tuple[list[int], list[tuple[int, int]]]:
    """Where the dates of the text stand, with the number of their sentence and their year."""
    dated = sorted(
        (
            start,
            e.latest.year if isinstance(e, Deadline) and e.latest else e.ends.year if isinstance(e, Period) else 0,
        )
        for start, e in zip(reading.starts, reading.found, strict=True)
        if isinstance(e, Deadline | Period)
    )
    return [start for start, _ in dated], [(reading.folded.sentence(start), year) for start, year in dated]


def _year(reading: Reading, start: int, years: tuple[list[int], list[tuple[int, int]]]) -> int | None:
    """The year of the date that stands before a number in its sentence, else that of the document."""
    starts, dated = years
    at = bisect_right(starts, start) - 1
    if at >= 0 and dated[at][0] == reading.folded.sentence(start) and dated[at][1]:
        return dated[at][1]
    return reading.context.this_year


def _add(reading: Reading, found: _Found, years: tuple[list[int], list[tuple[int, int]]]) -> None:
    amount, indicator = found.amount, found.indicator
    reading.add(
        Target,
        amount.start,
        amount.end,
        f"target.{amount.name}",
        comparison=found.comparison,
        value=amount.value,
        upper_value=amount.upper,
        unit=amount.unit,
        reference=amount.reference and indicator.completed(amount.reference),
        indicator=indicator.name or None,
        indicator_span=reading.folded.span(*indicator.at) if indicator.name and indicator.at else None,
        base=amount.base or indicator.base,
        hedge=found.hedge,
        stretch=found.stretch,
        baseline=_amount(found.origin),
        per=indicator.per,
        year=indicator.year or _year(reading, amount.start, years),
        condition=found.condition,
    )
