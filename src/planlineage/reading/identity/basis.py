"""What a document rests on: the documents that it implements, the one it follows in time, and others that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ...model.data import data
from ...model.levels import Level
from ...model.plan import Period
from ..citing import document_number, inner_titles, titles
from .layout import Layout
from .levels import level_of_body
from .period import period_of
from .places import places_at_start

_LOOKS_BACK = re.compile("以来|年多?来")
_PASSES_ON = re.compile(r"关于印发(?:[^〈〉]{0,6}〈[^〈〉]{2,80}〉)+的通知$")
_NUMBER_AFTER = re.compile(r"\s?[（(]([^（）()]{4,30}?号)(?:[，,；;、][^（）()]{0,60})?[）)]")
_LEAD_IN, _REACH = 16, 400
_CHAPTER = re.compile("第[一二三四五六七八九十百\\d]{1,4}[编章节篇](?!.{30})")
_FIRST_ARTICLE = re.compile("第[一1]条")
_GOVERNS = re.compile(r"根据|依据|依照|按照|遵照|贯彻|落实|执行|按|为了?(?:更好地?|全面|认真|深入)?实施|实施$")
_LIST = re.compile(
    r"[》〉）)](?:[^《》。；]{0,24}?(?:、|和|及|以及|与|，|及其|等|精神|要求|规定|部署|下发的|印发的|通过的)[^《》。；，]{0,24})$"
)
_LAYS_DOWN = re.compile(
    r"[^。；，]{0,60}?(?:对[^。；]{2,110}?(?:作出|作了|提出|明确)|明确(?:提出|要求|指出)|提出(?:，|：|要|了)|要求|强调)"
)
_MAKES = re.compile(r"(?:制定|制订|编制|起草|形成)(?:了|本)?$")
_OWN = re.compile(r"^(?:（[^（）]*）)?(?:\s?(?:已经|业经|经|已|现|予以))|^(?:（[^（）]*）)?(?:印发给|转发给)")
_ENDS = re.compile(r"^(?:（[^（）]*）)?[^，。；《》]{0,6}(?:同时)?(?:废止|停止执行|失效)")
_SHORT_NAME = re.compile(r"(?:以下|下)?简称[为：:]?[“\"]?$")


Role = Literal["implements", "follows", "names"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited plan with the clean offsets of its mention. `scope` says whether the whole plan rests on it or one clause only."""

    title: str
    number: str
    issuer: str
    level: Level | None
    role: Role
    start: int
    end: int
    scope: Literal["plan", "clause"] = "plan"


def lead_in(layout: Layout) -> list[tuple[int, int]]:
    """The stretches before the first numbered clause of a notice and of the plan itself, and the first article of a law."""
    found: list[tuple[int, int]] = []
    for begin in dict.fromkeys(after[-1] + 1 if after else 0 for after in (layout.notice, layout.title)):
        lines = [line for line in layout.lines[begin : begin + _REACH] if line.kind != "contents"]
        chapters = False
        for line in lines[:_LEAD_IN]:
            chapters = chapters or bool(_CHAPTER.match(line.text))
            first_article = bool(_FIRST_ARTICLE.match(line.text))
            if line.kind == "numbered" and not (first_article or _CHAPTER.match(line.text)):
                break
            if first_article or (line.kind in ("text", "title", "addressee") and not chapters):
                found.append((line.start, line.end))
            if first_article:
                break
    return found


@cache
def _kinds() -> re.Pattern[str]:
    words = [
        *data("planlineage.reading.lexicon", "outline")["document_types"]["words"],
        "法",
        "建议",
        "解释",
        "批复",
        "公告",
        "通告",
        "精神",
    ]
    return re.compile(rf"({'|'.join(words)})(（[^（）]{{1,20}}）){{0,2}}$")


@cache
def _generic() -> re.Pattern[str]:
    words = data("planlineage.reading.lexicon", "outline")["document_types"]["words"]
    return re.compile(rf"(?:实施|行动|工作|总体|指导|暂行|若干)?(?:{'|'.join(words)}|法|建议|解释)")


def citations(
    text: str, own_title: str, grounds: Sequence[tuple[int, int]], own_period: Period | None = None
) -> list[Citation]:
    """The plans cited in a clean text. `grounds` are the stretches of its lead-in, where the reasons stand.

    Short names (《意见》) are no documents of their own, and a document never rests on itself.
    """
    own_core, own_period = _core(own_title), own_period or period_of(own_title)
    own_whole = _bare(own_title)
    found: dict[tuple[str, str], Citation] = {}
    for start, end, title in titles(text):
        if not _kinds().search(title) or _generic().fullmatch(title):
            continue
        before, after = text[max(0, start - 60) : start], text[end : end + 80]
        if _SHORT_NAME.search(before) or _is_own(title, own_whole, before if _leads(start, grounds) else "", after):
            continue
        number_match = _NUMBER_AFTER.match(text, end)
        number = document_number(number_match[1]) if number_match else ""
        issuer = title.split("关于")[0] if "关于" in title else ""
        role, scope = _role(text, start, end, grounds)
        for name in _inner(title):
            named = period_of(name)
            first_year = own_period.begins.year if own_period else None
            its_role: Role = role
            if named is not None and _is_predecessor(name, named.ends.year, own_core, first_year, after[:20]):
                its_role = "follows"
            level = level_of_body(issuer) if issuer else level_of_body(name)
            if level is None and its_role == "implements" and _core(name) == own_core:
                level = Level.CENTRAL
            stop = number_match.end() if number_match else end
            citation = Citation(name, number, issuer.strip("、"), level, its_role, start, stop, scope)
            known = found.get((name, number)) or found.get((name, ""))
            if known is None or _rank(citation) < _rank(known):
                found.pop((name, ""), None)
                found[name, number] = citation
    return sorted(found.values(), key=lambda c: c.start)


def _rank(citation: Citation) -> tuple[bool, bool]:
    return citation.role == "names", citation.scope == "clause"


def _inner(title: str) -> list[str]:
    """The plans that a notice named in a title passes on, else the title itself."""
    inner = list(inner_titles(title)) if _PASSES_ON.search(title) else []
    return [n for n in inner if _kinds().search(n)] or [title]


def _is_own(title: str, own: str, before: str, after: str) -> bool:
    """Whether a title is the document's own: the same words, or said to be made, adopted or passed on here."""
    bare = _bare(title)
    if own and (bare == own or (len(bare) > 8 and own.endswith(bare) and not _GOVERNS.search(before[-12:]))):
        return True  # without its place, unless it is the grounds: 根据国务院《城市供水条例》, in a city's own
    return bool(_MAKES.search(before) or _OWN.match(after))


def _leads(start: int, grounds: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in grounds)


def _role(
    text: str, start: int, end: int, grounds: Sequence[tuple[int, int]]
) -> tuple[Role, Literal["plan", "clause"]]:
    """Whether the words before a title, or before the list that it stands in, make it the grounds of what is said."""
    leads = _leads(start, grounds)
    scope: Literal["plan", "clause"] = "plan" if leads else "clause"
    if _ENDS.match(text[end : end + 60]):
        return "names", scope
    sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start), text.rfind("；", 0, start)) + 1
    before = text[sentence:start]
    if leads and (_GOVERNS.search(before) or _LAYS_DOWN.match(text[end : end + 140])):
        return "implements", scope
    near = before
    while "《" in near and _LIST.search(near):
        near = near[: near.rfind("《")]
    if _GOVERNS.search(re.split("[，。；]", near[-40:])[-1]):
        return "implements", scope
    return "names", scope


def _bare(title: str) -> str:
    return re.sub(r"[《》〈〉“”\s—－–\-（）()]", "", title)


def _core(title: str) -> str:
    """A title without place and years, to recognise the same plan of another period."""
    for name, _ in places_at_start(title):
        title = title.removeprefix(name)
    return re.sub(r"（[^（）]*）", "", title)


def _is_predecessor(name: str, last_year: int, own_core: str, own_first_year: int | None, after: str) -> bool:
    """Whether a cited title is the same plan of an earlier period.

    A document without a title can't be compared; there the words after the citation must look back (实施五年多来).
    """
    if places_at_start(name) or (own_first_year is not None and last_year > own_first_year):
        return False
    return _core(name) == own_core if own_core else bool(_LOOKS_BACK.search(after))


def citation_places(found: Sequence[Citation]) -> list[str]:
    """The names, of issuers or in titles, from which the places above a local plan can be read."""
    return [part for c in found if c.role == "implements" and c.scope == "plan" for part in (c.issuer, c.title) if part]
