"""Deadlines and periods: dates that bind, told from starts, spans of time and history.

The rules of meaning are those of design.md, section 3 (Dates).
"""

from __future__ import annotations

import datetime
import re

from ...model.commitments import Deadline, Period
from ..numerals import whole
from .calendar import (
    MONTH,
    MONTH_BEFORE,
    POINT,
    POINT_WITHOUT_YEAR,
    YEAR,
    Point,
    day_before,
    five_year_plan,
    month_end,
    point,
)
from .lexicon import alternation, words
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
_NO_DATE_YEAR = re.compile(r"(?P<which>今|本|当|明|次|下一?)?年(?P<edge>年?[底末]|岁末)(?:之|以)?前")
_BEFORE = re.compile(r"(?:之|以)?前(?![往后列景提瞻进沿置款言述台端])")
_WITHIN = re.compile(r"(?:以|之)?内(?![部容涵外在设])")
_UNTIL = re.compile(r"(?:为?止)")
_START_SUFFIX = re.compile(alternation("time", "start_suffixes"))
_PAST_VERB = re.compile(f"(?:{alternation('time', 'past_verbs')})")
_REPORTED = re.compile(rf"[^。；]{{0,24}}?(?:{alternation('time', 'reporting_verbs')})[的了]")
_ATTRIBUTIVE = re.compile(f"(?:{alternation('time', 'attributive')})")
_ACCOMPLISHING = re.compile(alternation("time", "accomplishing"))
_HEDGE = re.compile(alternation("time", "hedges"))


def _ends_with(text: str, section: str) -> str | None:
    return next((word for word in words("time", section) if text.endswith(word)), None)


def hedge(reading: Reading, start: int, end: int) -> str | None:
    """The softening word within reach of an expression: before it in its clause, or right after it."""
    before = reading.folded.before(start, 8, "。！？；\n|，：、（）")
    after = reading.folded.after(end, 8)
    found = [*_HEDGE.finditer(before)]
    if found:
        return found[-1].group()
    if match := _HEDGE.search(after.lstrip("，")[:6]):
        return match.group()
    return None


def periods(reading: Reading) -> None:
    """Ranges of years and of days (2016—2020年; 2019年1月1日至12月31日)."""
    for match in reading.folded.matches(_YEARS, "年"):
        first, last = whole(match["a"]), whole(match["b"])
        if first is None or last is None or not 1900 < first < last < 2200:
            continue
        reading.add(
            Period,
            *match.span(),
            "period.years",
            begins=datetime.date(first, 1, 1),
            ends=datetime.date(last, 12, 31),
            edtf=f"{first:04d}/{last:04d}",
        )
    for match in reading.folded.matches(_DAYS, "年"):
        if (match["m2"] or match["d2"]) and reading.claims.free(*match.span()):
            _day_range(reading, match)
    for match in reading.folded.matches(_FIVE_YEAR, "五[”规时期末]"):
        begins, ends = five_year_plan(whole(match["n"]) or 10)
        edtf = f"{begins.year}/{ends.year}"
        if match["what"] in ("期末", "末", "末期", "规划期末"):
            reading.add(
                Deadline,
                *match.span(),
                "deadline.five-year-plan",
                latest=ends,
                edtf=ends.isoformat(),
                reading="plan-end",
            )
        else:
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
    edtf = f"{begins.isoformat()}/{ends.isoformat()}"
    reading.add(Period, *match.span(), "period.days", begins=begins, ends=ends, edtf=edtf)


def deadlines(reading: Reading) -> None:
    """Dates with a year, then dates that borrow their year."""
    year_of_sentence: dict[int, int] = {}
    for match in reading.folded.matches(POINT, "年"):
        start, end = match.span()
        if not reading.claims.free(start, end):
            continue
        date = point(match)
        if date is None:
            continue
        year_of_sentence[reading.folded.sentence(start)] = date.last.year
        _judge(reading, start, end, date)
    _borrowed_years(reading, year_of_sentence)
    _unnamed_years(reading)


def _judge(reading: Reading, start: int, end: int, date: Point) -> None:
    """Decide what a written date does: it binds, opens a stretch, or reports the past."""
    before = reading.folded.before(start)
    after = reading.folded.after(end)
    issued = reading.context.issue_date
    if match := _BEFORE.match(after):
        lead = _ends_with(before, "by_prefixes") or ""
        _before(reading, start - len(lead), end + match.end(), date)
        return
    reading.claims.add(start, end)
    if issued and date.last < issued:
        return
    if _START_SUFFIX.match(after) or _ends_with(before, "past_markers"):
        return
    if _ends_with(before, "as_of_prefixes") and not issued:
        return
    prefix = _ends_with(before, "as_of_prefixes") or _ends_with(before, "by_prefixes")
    within = _WITHIN.match(after)
    if prefix:
        if (until := _UNTIL.match(after)) or not _is_range_end(before, prefix):
            stop = end + (until.end() if until else 0)
            _by(reading, start - len(prefix), stop, date)
        return
    if _ends_with(before, "start_prefixes"):
        return
    if within:
        _by(reading, start, end + within.end(), date, "within")
    elif _binds_bare(before, after, date):
        _by(reading, start, end, date, "within")


def _is_range_end(before: str, prefix: str) -> bool:
    head = before[: -len(prefix)]
    return bool(head) and prefix in ("至", "到") and head[-1] in "年月日底末旬度"


def _binds_bare(before: str, after: str, date: Point) -> bool:
    """A date without preposition binds at the head of a clause, where something is to be done by it."""
    if date.edge == "begin":
        return False
    if before and before[-1] not in "，、：（在于将要应须并且到和及“":
        return False
    if _PAST_VERB.match(after) or _REPORTED.match(after) or _ATTRIBUTIVE.match(after):
        return False
    return bool(_ACCOMPLISHING.search(after))


def _before(reading: Reading, start: int, end: int, date: Point) -> None:
    """X前: inclusive where an edge or a day is named, ambiguous for a whole year, half, quarter or month."""
    if date.edge == "end" or date.grain in ("day", "third"):
        name = {"year": "year-end", "month": "month-end", "quarter": "quarter-end"}.get(
            date.grain, date.grain
        )
        reading.add(
            Deadline,
            start,
            end,
            f"deadline.before-{name}",
            latest=date.last,
            edtf=f"../{date.last.isoformat()}",
            reading=f"before-{name}",
            hedge=hedge(reading, start, end),
        )
        return
    strict = day_before(date.first)
    edtf = {"year": f"../{strict.year:04d}", "month": f"../{strict:%Y-%m}"}.get(
        date.grain, f"../{strict.isoformat()}"
    )
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
    if date.grain == "third" and how == "by":
        edtf = f"../{date.last.isoformat()}"
    reading.add(
        Deadline,
        start,
        end,
        f"deadline.{name}",
        latest=date.last,
        edtf=edtf,
        reading=name,
        hedge=hedge(reading, start, end),
    )


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
        date = point(match, year or (issued.year if issued else 2000))
        if date and not year and issued and date.last < issued:
            date = point(match, issued.year + 1)
        if date is None:
            continue
        if year or issued:
            _before(reading, start, end + before_word.end(), date)
        else:
            edtf = f"../XXXX-{date.last:%m-%d}"
            reading.add(
                Deadline, start, end + before_word.end(), "deadline.no-year", edtf=edtf, reading="no-year"
            )


def _unnamed_years(reading: Reading) -> None:
    """今年年底前, 年底前: the year is that of the issue date."""
    shift = {"明": 1, "次": 1, "下": 1, "下一": 1}
    for match in reading.folded.matches(_NO_DATE_YEAR, "[底末](?:之|以)?前"):
        start, end = match.span()
        if not reading.claims.free(start, end) or re.search(
            r"每[^，]{0,3}$", reading.folded.before(start, 6)
        ):
            continue
        issued = reading.context.issue_date
        latest = None
        if issued:
            latest = datetime.date(issued.year + shift.get(match["which"] or "", 0), 12, 31)
        reading.add(
            Deadline,
            start,
            end,
            "deadline.before-year-end",
            latest=latest,
            edtf=f"../{latest.isoformat()}" if latest else None,
            reading="before-year-end",
            anchor=None if latest else "issue-year",
            hedge=hedge(reading, start, end),
        )
