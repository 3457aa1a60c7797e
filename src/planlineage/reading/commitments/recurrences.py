"""Rhythms: every year, at least twice a year, by the end of February each year, once per term of office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.commitments import Operator, Recurrence
from ..numerals import CHINESE, NUMBER, whole
from .calendar import MONTH_BEFORE, POINT_WITHOUT_YEAR
from .due_days import FOLLOWING, due_after, following, month_and_day
from .lexicon import alternation, load, words
from .match import Reading
from .operators import bound
from .text import CLAUSE_BREAK

_FREQUENCY = {
    word: (entry["freq"], entry["interval"]) for entry in load("rhythm")["intervals"] for word in entry["words"]
}
_INTERVAL = alternation("rhythm", "intervals")
_UNITS = alternation("rhythm", "count_units")
_EACH = re.compile(
    rf"每(?:人每)?隔?(?:[0-9]{{1,2}}[-—~～至])?(?P<n>[0-9]{{1,2}}|[{CHINESE}]{{1,3}})?个?(?P<unit>{_INTERVAL})(?![级间代薪假常复]|(?<=周)末)"
)
_CYCLE = re.compile(
    rf"(?<![0-9{CHINESE}第每—～~-])(?P<n>[0-9]{{1,2}}|[{CHINESE}]{{1,3}})个?(?P<unit>年|月|周|季度)"
    rf"(?:[一1](?:{alternation('rhythm', 'cycle_nouns')})|(?P<count>[0-9]{{1,2}}|[{CHINESE}]{{1,2}})次)"
)
_HAS_CYCLE = rf"[0-9{CHINESE}](?:次|{alternation('rhythm', 'cycle_nouns')})"
_TERM = re.compile(r"(?:每届任期|任期|每届|每个任期)(?:之|以)?内?")
_COUNT = re.compile(rf"(?<!第)(?P<n>[0-9]{{1,4}}|[{CHINESE}]{{1,4}})(?P<unit>{_UNITS})(?![性])")
_BEFORE = re.compile(r"(?:之|以)?前")
_CARRIED = re.compile(rf"(?:至少|不少于)[\u4e00-\u9fff]{{0,6}}?(?P<n>{NUMBER})(?:{_UNITS})")
_HALVES = re.compile(
    rf"每年(?:上、?下半年|上半年[、和]下半年)各(?:[^，。；]{{0,6}}?)(?P<n>[0-9]|[{CHINESE}])(?:{_UNITS})"
)
_VAGUE = re.compile(rf"定期(?!{alternation('rhythm', 'not_vague_after')})")
_ANNUAL = re.compile(r"(?:半年度|年度|季度|月度)(?!末)")
_BY_UNIT = re.compile(r"(?:按|逐)(?P<unit>季度?|月|周|日)(?![人均期度常照])")
_ACCOUNTING = re.compile(alternation("rhythm", "accounting"))


@dataclass
class _Rhythm:
    """What a sentence's latest 每… said, for the clauses that go on counting without repeating it."""

    rule: str
    end: int


def _rule(frequency: str, interval: int) -> str:
    return f"FREQ={frequency};INTERVAL={interval}"


def recurrences(reading: Reading) -> None:
    """All rhythms; those with 每 first, then what leans on them, then cycles, terms and adjectives."""
    latest: dict[int, _Rhythm] = {}
    for match in reading.folded.matches(_HALVES, "每年上"):
        _add(reading, match.span(), "halves", _rule("MONTHLY", 6), (None, whole(match["n"])))
    for match in reading.folded.matches(_EACH, "每"):
        if not reading.claims.free(*match.span()):
            continue
        _each(reading, match, latest)
    _carried(reading, latest)
    for match in reading.folded.matches(_CYCLE, _HAS_CYCLE):
        frequency, interval = _FREQUENCY[match["unit"]]
        count = whole(match["count"]) if match["count"] else None
        number = whole(match["n"]) or 1
        if reading.claims.free(*match.span()) and number <= 50:
            _add(reading, match.span(), "cycle", _rule(frequency, interval * number), (None, count))
    for match in reading.folded.matches(_TERM, "任期|每届"):
        _per_term(reading, match)
    _adjectives(reading)


def _add(
    reading: Reading,
    span: tuple[int, int],
    name: str,
    rule: str | None,
    count: tuple[Operator | None, int | None] = (None, None),
    *,
    due: str | None = None,
    per: str | None = None,
    year_after: bool = False,
) -> None:
    comparison, number = count
    if number == 1 and comparison is None:
        number = None
    reading.add(
        Recurrence,
        *span,
        f"recurrence.{name}",
        rule=rule,
        count_comparison=comparison if number is not None else None,
        count=number,
        due=due,
        per=per,
        year_after=year_after,
    )


def _counted(window: str) -> tuple[int, int, Operator | None, int] | None:
    """The count in a clause: where it starts (its comparison included) and ends, how it is bound, how many."""
    match = _COUNT.search(window)
    number = whole(match["n"]) if match else None
    if match is None or number is None:
        return None
    limit = bound(window[: match.start()], window[match.end() :], verb_between=True)
    if limit is None:
        wider = re.search(r"(至少|不少于|最多|不超过|只|仅)", window[: match.start()])
        if wider:
            limit = bound(wider.group(), "")
            return wider.start(), match.end(), (limit.comparison if limit else None), number
        return match.start(), match.end(), None, number
    comparison: Operator = "<=" if limit.word in ("只", "仅") else limit.comparison
    return match.start() - limit.before, match.end() + limit.after, comparison, number


def _each(reading: Reading, match: re.Match[str], latest: dict[int, _Rhythm]) -> None:
    start, end = match.span()
    frequency, interval = _FREQUENCY[match["unit"]]
    number = whole(match["n"]) if match["n"] else 1
    if not number:
        return
    rule = _rule(frequency, interval * number)
    latest[reading.folded.sentence(start)] = _Rhythm(rule, end)
    if not match["n"] and (due := due_after(reading.text, end, match["unit"])):
        _add(reading, (start, due.end), "due", rule, due=due.day, year_after=due.following)
        return
    window = reading.folded.after(end, 26, CLAUSE_BREAK)
    if counted := _counted(window):
        _, stop, comparison, count = counted
        _add(reading, (start, end + stop), "count", rule, (comparison, count))
        return
    _add(reading, (start, end), "each", rule)


def _carried(reading: Reading, latest: dict[int, _Rhythm]) -> None:
    """每年…至少安排4次…，至少组织开展1次: the second count and a second due date keep the rhythm of the sentence."""
    if not latest:
        return
    for match in reading.folded.matches(_CARRIED, "每"):
        rhythm = latest.get(reading.folded.sentence(match.start()))
        number = whole(match["n"])
        if rhythm and number and match.start() > rhythm.end and reading.claims.free(*match.span()):
            _add(reading, match.span(), "carried-count", rhythm.rule, (">=", number))
    for match in reading.folded.matches(FOLLOWING, "[次翌下二](?:一|个)?[年月]"):
        rhythm = latest.get(reading.folded.sentence(match.start()))
        due = following(match)
        if rhythm and due and match.start() >= rhythm.end and reading.claims.free(*match.span()):
            _add(reading, match.span(), "following-due", rhythm.rule, due=due, year_after=True)
    for match in reading.folded.matches(POINT_WITHOUT_YEAR, MONTH_BEFORE):
        rhythm = latest.get(reading.folded.sentence(match.start()))
        tail = _BEFORE.match(reading.text, match.end())
        due = month_and_day(match)
        if rhythm and tail and due and match.start() > rhythm.end and reading.claims.free(match.start(), tail.end()):
            _add(reading, (match.start(), tail.end()), "carried-due", rhythm.rule, due=due)


def _per_term(reading: Reading, match: re.Match[str]) -> None:
    window = reading.folded.after(match.end(), 20, CLAUSE_BREAK)
    counted = _counted(window)
    if counted and reading.claims.free(*match.span()):
        _, stop, comparison, number = counted
        if number == 1 and comparison is None:
            comparison = "="
        _add(
            reading,
            (match.start(), match.end() + stop),
            "per-term",
            None,
            (comparison, number),
            per="term-of-office",
        )


def _adjectives(reading: Reading) -> None:
    """定期, and 年度 as an adjective (年度报告) where no accounting year is meant."""
    for match in _VAGUE.finditer(reading.text):
        before = reading.folded.before(match.start(), 1)
        if before not in words("rhythm", "not_vague") and reading.claims.free(*match.span()):
            _add(reading, match.span(), "vague", None)
    for match in reading.folded.matches(_ANNUAL, "[年季月]度"):
        _annual(reading, *match.span())
    for match in reading.folded.matches(_BY_UNIT, "按[季月周日]|逐[季月周日]"):
        if reading.claims.free(*match.span()):
            frequency, interval = _FREQUENCY[match["unit"]]
            _add(reading, match.span(), "by-unit", _rule(frequency, interval))


def _annual(reading: Reading, start: int, end: int) -> None:
    unit = reading.text[start:end]
    before = reading.folded.before(start, 2)
    by = next((word for word in ("按照", "按", "分") if before.endswith(word)), "")
    if before.endswith(words("rhythm", "other_year")) or not reading.claims.free(start - len(by), end):
        return
    phrase = reading.folded.after(end, 12, CLAUSE_BREAK)
    if (unit == "季度" and not by) or _ACCOUNTING.search(phrase):
        return
    frequency, interval = _FREQUENCY[unit if unit == "季度" else unit.removesuffix("度")]
    _add(reading, (start - len(by), end), "adjective", _rule(frequency, interval))
