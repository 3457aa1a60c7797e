"""Who a document is: title, number, issuer, level, place, day of issue, period, status. Facts supplied by the user win."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ..model.levels import Level
from ..model.plan import Period
from .lexicon import lexicon

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(]\s?(\d{4})\s?[〕\]）)]\s?(\d{1,5})\s?号")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEARS = re.compile(r"(\d{4})\s?年?\s?[—－–-]{1,2}\s?(\d{4})\s?年")
_DECREE = re.compile(r"((?:(?![年月日])[\u4e00-\u9fff]){2,20}令第\s?\d{1,5}\s?号)")
_YEAR_PLAN = re.compile(r"(20\d\d)\s?年度?[^，。]{0,30}(要点|计划|安排|任务清单)")
_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿")
_ISSUER_IN_TITLE = re.compile(r"^(.{2,40}?)关于")
_ADOPTER = re.compile(
    r"(?:\d{4}年\d{1,2}月\d{1,2}日)?\s*([\u4e00-\u9fff]{2,12}?)(?:第[一二三四五六七八九十百零]{1,5}届)?"
    r"(人民代表大会常务委员会|人民代表大会|国务院)?第[一二三四五六七八九十百零\d]{1,6}次(?:常务|全体)?会议.{0,10}通过"
)
_ADOPTED = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日).{0,60}?(公布|通过|批准|印发|发布)")


@dataclass(frozen=True)
class Identity:
    """What is known of a document beside its content; empty or None where it does not say."""

    title: str = ""
    level: Level | None = None
    place: str = ""
    issuer: str = ""
    number: str = ""
    issued: datetime.date | None = None
    period: Period | None = None
    status: str = "unknown"
    doubts: Sequence[str] = field(default_factory=tuple)


def day_in(text: str) -> datetime.date | None:
    """The first calendar day written out in a text.

    >>> day_in("2021年8月2日印发")
    datetime.date(2021, 8, 2)
    """
    match = _DAY.search(text)
    if match is None:
        return None
    try:
        return datetime.date(*(int(n) for n in match.groups()))
    except ValueError:
        return None


def period_of(title: str) -> Period | None:
    """The years that a title names: a range, or the one year of a yearly plan (2023年工作要点).

    >>> period_of("法治政府建设实施方案（2021—2025年）").ends
    datetime.date(2025, 12, 31)
    """
    match = _YEARS.search(title)
    yearly = None if match else _YEAR_PLAN.search(title)
    if yearly is not None:
        return Period(begins=datetime.date(int(yearly[1]), 1, 1), ends=datetime.date(int(yearly[1]), 12, 31))
    if match is None or not 1949 <= int(match[1]) <= int(match[2]) <= 2100:
        return None
    return Period(begins=datetime.date(int(match[1]), 1, 1), ends=datetime.date(int(match[2]), 12, 31))


def document_number(text: str) -> str:
    """The first document number in a text, in its standard form with 〔〕; empty where there is none.

    >>> document_number("国办发[2018]118号")
    '国办发〔2018〕118号'
    """
    match = _NUMBER.search(text)
    if match is None:
        return ""
    head = re.match(r"[\u4e00-\u9fff]+", match.group())
    return f"{head.group() if head else ''}〔{match[1]}〕{match[2]}号"


@cache
def _suffixes() -> list[tuple[re.Pattern[str], Level]]:
    return [(re.compile(e["pattern"]), Level(e["level"])) for e in lexicon("places")["suffixes"]]


@cache
def _place_pattern() -> re.Pattern[str]:
    ends = "|".join(entry["pattern"] for entry in lexicon("places")["suffixes"])
    return re.compile(
        rf"(?!各|国务院|中央|全国)(?:(?!关于|国务院)[\u4e00-\u9fff]){{1,8}}?(?:(?:{ends})(?<![乡镇旗])|[乡镇旗](?![市县区]))"
    )


def places_at_start(text: str) -> list[tuple[str, Level]]:
    """The place names that a title or body name begins with, from the highest down.

    >>> [name for name, level in places_at_start("河南省新乡市卫滨区人民政府")]
    ['河南省', '新乡市', '卫滨区']
    """
    found: list[tuple[str, Level]] = []
    rest = re.sub(r"^(中共|中国共产党)", "", text)
    while match := _place_pattern().match(rest):
        name = match.group()
        if re.search(lexicon("places")["common_nouns"]["pattern"], name):
            break
        level = level_of_place(name)
        if level is None or (found and not found[-1][1].is_above(level)) or len(name) > 9:
            break
        found.append((name, level))
        rest = rest[match.end() :]
    return found


def level_of_place(name: str) -> Level | None:
    """The level that a place name shows by its last word.

    >>> level_of_place("山亭区").value, level_of_place("重庆市").value
    ('district', 'provincial')
    """
    if name in lexicon("places")["municipalities"]["names"]:
        return Level.PROVINCIAL
    best: tuple[int, Level] | None = None
    for pattern, level in _suffixes():
        for match in pattern.finditer(name):
            if match.end() == len(name) and (best is None or match.end() - match.start() > best[0]):
                best = (match.end() - match.start(), level)
    return best[1] if best else None


def level_of_body(name: str) -> Level | None:
    """The level of an issuing body or of the start of a title.

    >>> level_of_body("中共河南省委、河南省人民政府").value, level_of_body("国务院办公厅").value
    ('provincial', 'central')
    """
    places = places_at_start(name)
    if places:
        return places[-1][1]
    if re.search(lexicon("places")["central_issuers"]["pattern"], name[:30]):
        return Level.CENTRAL
    return None


def identify(
    title: str, frame: Sequence[str], body: str, around: str, cited_places: Sequence[str]
) -> Identity:
    """Find out what the document says of itself.

    `frame` are its outer lines (number, signature, dates), `body` its clean text, `around` the other documents in the same
    file (an announcement says who issued the plan), `cited_places` the places of the upper plans it cites.
    """
    doubts: list[str] = []
    number = next((n for line in frame if len(line) < 40 and (n := document_number(line))), "")
    number = number or next((m[1] for line in frame if (m := _DECREE.search(line))), "")
    issuer = _issuer(title, frame, around)
    level = level_of_body(title) or level_of_body(issuer) or _level_by_adoption(frame)
    if level is None:
        level = _level_by_self_reference(body)
        if level is not None:
            doubts.append(
                f"the level ({level.chinese}) is inferred from words such as 全区 in the text; give `level` to be sure"
            )
    place = _place(title, issuer, frame, cited_places)
    issued = _issued(title, frame, around)
    status = "unknown"
    if _DRAFT.search(title + "".join(frame)[:400]):
        status = "draft for comments"
    elif number or issued:
        status = "in force"
    return Identity(title, level, place, issuer, number, issued, period_of(title), status, tuple(doubts))


def _level_by_adoption(frame: Sequence[str]) -> Level | None:
    """A regulation without a place in its title says in its frame who adopted or published it."""
    levels = [
        level
        for line in frame
        if _ADOPTED.search(line) and (level := level_of_body(_DAY.sub("", line).strip()))
    ]
    return levels[0] if levels else None


def _issuer(title: str, frame: Sequence[str], around: str) -> str:
    if around and title:
        match = re.search(rf"[，。近日\s]([^，。\s]{{2,40}}?)印发了?《{re.escape(title)[:200]}", around)
        if match:
            return re.sub(r"^(近日|日前)", "", match[1])
    for first, second in pairwise(frame):
        if re.fullmatch(r"[\u4e00-\u9fff、\s]{2,40}", first) and re.fullmatch(
            r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*", second
        ):
            return first
    for line in (title, *frame):
        match = _ISSUER_IN_TITLE.match(line)
        if match and (level_of_body(match[1]) is not None):
            return match[1]
    adopters = (m[1] + (m[2] or "") for line in frame if (m := _ADOPTER.match(line)))
    return next((body for body in adopters if level_of_body(body) is not None), "")


def _issued(title: str, frame: Sequence[str], around: str) -> datetime.date | None:
    for line in frame:
        if re.fullmatch(r"\s*\d{4}年\d{1,2}月\d{1,2}日(印发)?\s*", line):
            return day_in(line)
    adopted = [m[1] for line in frame if (m := _ADOPTED.search(line))]
    if adopted:
        return day_in(adopted[-1])
    match = re.search(r"于(\d{4}年\d{1,2}月\d{1,2}日)(正式)?印发", around) if title else None
    return day_in(match[1]) if match else None


def _place(title: str, issuer: str, frame: Sequence[str], cited_places: Sequence[str]) -> str:
    own = places_at_start(title) or places_at_start(issuer)
    if not own:
        return ""
    top = own[0][1]
    above: Mapping[Level, str] = {
        level: name
        for source in (*frame, *cited_places)
        for match in re.finditer(r"[\u4e00-\u9fff]{2,30}", source)
        for name, level in places_at_start(re.sub(r"^[年月日]+", "", match.group()))
        if level.is_above(top)
    }
    return "".join(above[level] for level in sorted(above, key=lambda lv: lv.rank)) + "".join(
        name for name, _ in own
    )


def _level_by_self_reference(body: str) -> Level | None:
    counts = {
        level: len(re.findall(pattern, body))
        for level, pattern in lexicon("places")["self_reference"]["levels"].items()
    }
    best = max(counts, key=lambda level: counts[level])
    return Level(best) if counts[best] >= 2 else None
