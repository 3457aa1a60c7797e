"""The plans that a plan cites: those it implements, the one it follows, and others that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.levels import Level
from .identity import document_number, level_of_body, period_of, places_at_start
from .lexicon import lexicon

_LOOKS_BACK = re.compile("以来|年多?来")
_INNER = re.compile(r"〈([^〈〉]{2,80})〉")
_GROUNDS = re.compile(r"贯彻|落实|根据|按照|依据")
_MADE = re.compile(r"制定本|特制定|制订本|提出(如下|以下)|结合.{2,20}实际")
_NUMBER_AFTER = re.compile(r"\s?[（(]([^（）()]{4,30}号)[）)]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited plan with the clean offsets of its mention."""

    title: str
    number: str
    issuer: str
    level: Level | None
    role: Literal["implements", "follows", "names"]
    start: int
    end: int


def titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Outermost 《》 titles with their offsets; marks inside a title do not end it.

    >>> [t for _, _, t in titles("印发《关于贯彻〈纲要〉的通知》和《条例》")]
    ['关于贯彻〈纲要〉的通知', '条例']
    """
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char == "《":
            if depth == 0 or at - start > 200:
                depth, start = 0, at
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0 and at - start <= 200:
                yield start, at + 1, text[start + 1 : at]


def citations(text: str, own_title: str, grounds: Sequence[tuple[int, int]]) -> list[Citation]:
    """The plans cited in a clean text. `grounds` are the stretches of its opening sentences, where the reasons stand."""
    kinds = re.compile(
        rf"({'|'.join(lexicon('outline')['document_types']['words'])})(（[^（）]{{1,20}}）){{0,2}}$"
    )
    own_core, own_period = _core(own_title), period_of(own_title)
    found: dict[tuple[str, str], Citation] = {}
    for start, end, title in titles(text):
        number_match = _NUMBER_AFTER.match(text, end)
        number = document_number(number_match[1]) if number_match else ""
        inner = [m[1] for m in _INNER.finditer(title)] if "关于印发" in title else []
        issuer = title.split("关于")[0] if "关于" in title else ""
        for name in inner or [title]:
            if not kinds.search(name):
                continue
            sentence = next((text[a:b] for a, b in grounds if a <= start < b), "")
            role: Literal["implements", "follows", "names"] = "names"
            period = period_of(name)
            first_year = own_period.begins.year if own_period else None
            if period is not None and _is_predecessor(
                name, period.ends.year, own_core, first_year, text[end : end + 20]
            ):
                role = "follows"
            elif sentence and _GROUNDS.search(sentence) and _MADE.search(sentence):
                role = "implements"
            level = level_of_body(issuer) if issuer else level_of_body(name)
            if level is None and role == "implements" and _core(name) == own_core:
                level = Level.CENTRAL
            stop = number_match.end() if number_match else end
            citation = Citation(name, number, issuer.strip("、"), level, role, start, stop)
            known = found.get((name, number)) or found.get((name, ""))
            if known is None or (known.role == "names" and role != "names"):
                found.pop((name, ""), None)
                found[name, number] = citation
    return sorted(found.values(), key=lambda c: c.start)


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
    return [part for c in found if c.role == "implements" for part in (c.issuer, c.title) if part]
