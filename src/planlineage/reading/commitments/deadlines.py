"""Deadlines: dates that bind, told from starts, conditions, terms of validity and history.

The rules of meaning are those of design.md, section 3 (Dates). Periods and anchored terms stand in `periods` and `terms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.commitments import Deadline
from .calendar import (
    DOTTED,
    MONTH_BEFORE,
    POINT,
    POINT_WITHOUT_YEAR,
    RELATIVE,
    SHORT_YEAR,
    UNNAMED,
    YEAR,
    Point,
    day_before,
    point,
    year_point,
)
from .lexicon import alternation, load, words
from .match import Reading

_BEFORE = re.compile(r"(?:之|以)?前(?![往后列景提瞻进沿置款言述台端])")
_WITHIN = re.compile(r"(?:以|之)?内(?![部容涵外在设])")
_UNTIL = re.compile(r"(?:为?止)")
_START_SUFFIX = re.compile(alternation("time", "start_suffixes"))
_PAST_VERB = re.compile(f"(?:{alternation('time', 'past_verbs')})")
_REPORTED = re.compile(rf"[^。；]{{0,24}}?(?:{alternation('time', 'reporting_verbs')})[的了]")
_ALREADY = re.compile(r"已|[\u4e00-\u9fff]{2,6}以来")
_ATTRIBUTIVE = re.compile(f"，?是|(?:{alternation('time', 'attributive')})")
_DESCRIBES = re.compile(r"[^，。；]{1,10}的")
_ACCOMPLISHING = re.compile(alternation("time", "accomplishing"))
_CONDITION = re.compile(rf"(?:{alternation('time', 'conditions_after')})(?:(?<=的)|[^，。；]{{0,16}}?(?:的|（|$))")
_LEAD = re.compile(rf"(?:^|[，、：（）“”])$|(?:{alternation('time', 'leads')})$")
_VALIDITY = re.compile(rf"(?:{alternation('time', 'validity')})[^，。；]{{0,6}}$")
_HEDGE = re.compile(alternation("time", "hedges"))
_EACH = re.compile(r"每[^，]{0,3}$")
_FIELDS = tuple(
    f"{word}："
    for entry in load("responsibility")["labels"]
    if entry["role"] == "when"
    for word in entry["words"]
    if len(word) > 2
)
_FIELD_ENDS = re.compile(r"(?:完成)?(?:$|[，；。、）】\n ])")
_SHARED = re.compile(rf"(?:[、和与及]{YEAR}年(?:年?[底末])?)+(?:前)?分别")
_SHIFT = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "下一": 1, "后": 2}
_PIECE = "。！？；\n|，：、（）"


def _ends_with(text: str, section: str) -> str | None:
    return next((word for word in words("time", section) if text.endswith(word)), None)


def hedge(reading: Reading, start: int, end: int) -> str | None:
    """The softening word within reach of an expression: before it in its clause, or right after it."""
    before = reading.folded.before(start, 8, _PIECE)
    after = reading.folded.after(end, 8)
    found = [*_HEDGE.finditer(before)]
    if found:
        return found[-1].group()
    if match := _HEDGE.search(after.lstrip("，")[:6]):
        return match.group()
    return None


def deadlines(reading: Reading) -> None:
    """Dates with a year, then dates that borrow or leave out their year."""
    year_of_sentence: dict[int, int] = {}
    for start, end, date in _dated(reading):
        year_of_sentence[reading.folded.sentence(start)] = date.last.year
        _judge(reading, start, end, date)
    _borrowed_years(reading, year_of_sentence)
    _relative_years(reading, year_of_sentence)
    _unnamed_years(reading, year_of_sentence)


def _dated(reading: Reading) -> Iterator[tuple[int, int, Point]]:
    """Dates that name their year, in four digits, Chinese numerals, two digits or with dots."""
    for match in reading.folded.matches(POINT, "年"):
        if reading.claims.free(*match.span()) and (date := point(match)):
            yield *match.span(), date
    for match in reading.folded.matches(SHORT_YEAR, "[2-4][0-9]年"):
        year = 2000 + int(match["short"])
        if reading.claims.free(*match.span()) and _near(reading, year) and (date := point(match, year)):
            yield *match.span(), date
    for match in reading.folded.matches(DOTTED, r"20[0-9]{2}[./—]"):
        start, end = match.span()
        before, after = reading.folded.before(start, 6), reading.folded.after(end, 4)
        binds = _BEFORE.match(after) or re.match("[底末]", after) or _ends_with(before, "by_prefixes")
        if binds and reading.claims.free(start, end) and (date := point(match)):
            yield start, end, date


def _near(reading: Reading, year: int) -> bool:
    """Whether a year of two digits can be one of the document's time."""
    own = reading.context.this_year
    return own is None or abs(year - own) <= 15


def _judge(reading: Reading, start: int, end: int, date: Point) -> None:
    """Decide what a written date does: it binds, opens a stretch, or reports the past."""
    before = reading.folded.before(start)
    after = reading.folded.after(end)
    since = reading.context.since
    past = since is not None and date.last < since
    if match := _BEFORE.match(after):
        if _CONDITION.match(after, match.end()) or (past and _DESCRIBES.match(after, match.end())):
            reading.claims.add(start, end + match.end())
            return
        lead = _ends_with(before, "by_prefixes") or ""
        _before(reading, start - len(lead), end + match.end(), date)
        return
    reading.claims.add(start, end)
    if past or _START_SUFFIX.match(after) or _ends_with(before, "past_markers"):
        return
    if _ends_with(before, "as_of_prefixes") and not since:
        return
    prefix = _ends_with(before, "as_of_prefixes") or _ends_with(before, "by_prefixes")
    within = _WITHIN.match(after)
    if prefix:
        head = before[: -len(prefix)]
        if _VALIDITY.search(head):
            return
        if (until := _UNTIL.match(after)) or not _is_range_end(head, prefix):
            stop = end + (until.end() if until else 0)
            _by(reading, start - len(prefix), stop, date)
        return
    if _ends_with(before, "start_prefixes"):
        return
    if within:
        _by(reading, start, end + within.end(), date, "within")
    elif _binds_bare(before, after, date):
        _by(reading, start, end, date, "within")


def _is_range_end(head: str, prefix: str) -> bool:
    return bool(head) and prefix in ("至", "到") and head[-1] in "年月日底末旬度"


def _binds_bare(before: str, after: str, date: Point) -> bool:
    """A date without preposition binds at the head of a clause, where something is to be done by it, and as all of a field of
    dates (完成时限：2026年6月)."""
    if before.endswith(_FIELDS):
        return _FIELD_ENDS.match(after) is not None
    if not _LEAD.search(before):
        return False
    if _SHARED.match(after):
        return True
    if date.edge == "begin" and date.grain != "year":
        return False
    if _ALREADY.match(after) or _PAST_VERB.match(after) or _REPORTED.match(after) or _ATTRIBUTIVE.match(after):
        return False
    return bool(_ACCOMPLISHING.search(after))


def _add(reading: Reading, start: int, end: int, date: Point, name: str, edtf: str, meaning: str) -> None:
    reading.add(
        Deadline,
        start,
        end,
        f"deadline.{name}",
        latest=date.last,
        edtf=edtf,
        reading=meaning,
        hedge=hedge(reading, start, end),
        vague=date.edge == "begin",
    )


def _before(reading: Reading, start: int, end: int, date: Point) -> None:
    """X前: inclusive where an edge or a day is named, ambiguous for a whole year, half, quarter or month."""
    if date.edge in ("end", "begin") or date.grain in ("day", "third", "months"):
        grains = {"year": "year-end", "month": "month-end", "quarter": "quarter-end", "half": "half-end"}
        name = f"before-{grains.get(date.grain, date.grain)}"
        _add(reading, start, end, date, name, f"../{date.last.isoformat()}", name)
        return
    strict = day_before(date.first)
    edtf = {"year": f"../{strict.year:04d}", "month": f"../{strict:%Y-%m}"}.get(date.grain, f"../{strict.isoformat()}")
    reading.add(
        Deadline,
        start,
        end,
        f"deadline.before-{date.grain}",
        confidence=0.5,
        latest=strict,
        alternate=date.last,
        edtf=edtf,
        reading="strict",
        hedge=hedge(reading, start, end),
    )


def _by(reading: Reading, start: int, end: int, date: Point, how: str = "by") -> None:
    """到X (by its end) and bare X (within it)."""
    if how == "by":
        name, edtf = "by-end", f"../{date.edtf}"
    elif date.edge == "end":
        name, edtf = f"at-{date.grain}-end", date.edtf
    else:
        name, edtf = f"within-{date.grain}", date.edtf
    if date.grain in ("third", "months", "quarters") and how == "by":
        edtf = f"../{date.last.isoformat()}"
    _add(reading, start, end, date, name, edtf, name)


def _borrowed_years(reading: Reading, years: dict[int, int]) -> None:
    """3月底前 after an earlier date of the sentence, or next after the issue date."""
    for match in reading.folded.matches(POINT_WITHOUT_YEAR, MONTH_BEFORE):
        start, end = match.span()
        before_word = _BEFORE.match(reading.folded.after(end))
        if not before_word or not reading.claims.free(start, end):
            continue
        if re.search(r"每(?:一|个|隔)?年", reading.folded.before(start, 60)):
            continue
        year = years.get(reading.folded.sentence(start))
        issued = reading.context.issue_date
        date = point(match, year or reading.context.this_year or 2000)
        if date and not year and issued and date.last < issued:
            date = point(match, issued.year + 1)
        if date is None:
            continue
        if year or reading.context.this_year:
            _before(reading, start, end + before_word.end(), date)
        else:
            edtf = f"../XXXX-{date.last:%m-%d}"
            reading.add(Deadline, start, end + before_word.end(), "deadline.no-year", edtf=edtf, reading="no-year")


def _relative_years(reading: Reading, years: dict[int, int]) -> None:
    """今年三季度末前, 明年6月底前, 本年度内: counted from the year that the document speaks of."""
    for match in reading.folded.matches(RELATIVE, "[今本当明次翌后一]年"):
        start, end = match.span()
        if not reading.claims.free(start, end) or "每" in reading.folded.before(start, 40):
            continue
        own = years.get(reading.folded.sentence(start)) if match["which"] in "次翌当下一" else None
        year = own or reading.context.this_year
        _unnamed(reading, match, year and year + _SHIFT[match["which"]], inside=bool(match["inside"]))


def _unnamed_years(reading: Reading, years: dict[int, int]) -> None:
    """年底前, 年内, 上半年, 三季度末: of the year that the sentence or the document speaks of."""
    for match in reading.folded.matches(UNNAMED, "年[底末内初]|岁末|季度|半年"):
        start = match.start()
        if reading.claims.free(*match.span()) and not _EACH.search(reading.folded.before(start, 6)):
            year = years.get(reading.folded.sentence(start)) or reading.context.this_year
            _unnamed(reading, match, year, inside=match.group().endswith("内"))


def _unnamed(reading: Reading, match: re.Match[str], year: int | None, *, inside: bool) -> None:
    """A date whose year follows from the document; where that is not known, only its anchor."""
    start, end = match.span()
    edge = match.groupdict().get("edge") or ("底" if match.group() == "岁末" else None)
    known = year or 2000
    date = year_point(known, "底" if inside else edge) if inside or edge else point(match, known)
    if date is None:
        return
    before, after = reading.folded.before(start), reading.folded.after(end)
    before_word = _BEFORE.match(after)
    prefix = _ends_with(before, "by_prefixes")
    if not (before_word or inside or prefix or _binds_bare(before, after, date)):
        return
    if _ends_with(before, "past_markers") or (before_word and _CONDITION.match(after, before_word.end())):
        return
    start -= len(prefix or "")
    if year is not None:
        if before_word:
            _before(reading, start, end + before_word.end(), date)
        else:
            _by(reading, start, end, date, "by" if prefix else "within")
        return
    end += before_word.end() if before_word else 0
    name = "before-year-end" if date.grain == "year" else f"within-{date.grain}"
    reading.add(
        Deadline, start, end, f"deadline.{name}", reading=name, anchor="issue-year", hedge=hedge(reading, start, end)
    )
