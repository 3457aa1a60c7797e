"""The sections of a document: a notice, the plan it passes on, annexes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .lexicon import lexicon
from .lines import Line
from .numbering import label_of

TERMINALS = "。！？；;：:…"
_ANNEX_TITLED = re.compile(
    r"附(?:件|录|表|图)?\s?[\d一二三四五六七八九十]{0,3}\s?(?:[：:]\s?|\s+|(?<=[\d一二三四五六七八九十]))(?P<title>[^（(].{3,60})"
)
TERM = re.compile(
    r"[^。；，：:]{1,40}(?:，[^。；，：:]{1,20}){0,2}[：:]|[^。；，：:]{2,24}?(?=(?:是|主要|，)?指(?![导标挥数向]))"
)
"""A term that a list of terms explains, with its colon where it has one."""
_FEWEST_TERMS = 5
ANNEX_MARK = re.compile(r"附件\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?")
_ANNEX_LIST = re.compile(r"附件[\d一二三]?[：:].+")


@cache
def outline_pattern(name: str) -> re.Pattern[str]:
    """A pattern of the outline lexicon, compiled."""
    return re.compile(lexicon("outline")[name]["pattern"])


@dataclass(frozen=True, slots=True)
class Section:
    """Lines `first` up to `last`: a notice before the plan it issues, the plan itself, or an annex with its title."""

    first: int
    last: int
    role: Literal["notice", "plan", "annex"]
    title: str = ""
    terms: bool = False
    """Whether it is a list of explained terms."""


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Cut a document into its sections."""
    listed = listed_annexes([line.text for line in lines])
    glossary = _glossary(lines)
    enclosed = False  # whether a notice or decree stands before the title
    cuts: list[tuple[int, Literal["notice", "plan", "annex"], str]] = [(0, "plan", "")]
    for i, line in enumerate(lines):
        title = _annex_title(lines, i, listed) if i > 0 else None
        if title is None and i == glossary and cuts[-1][1] != "annex":
            title = ""
        if title is not None:
            cuts.append((i, "annex", title))
        elif line.titled == "title" and enclosed and len(cuts) == 1:
            cuts[-1] = (cuts[-1][0], "notice", "")
            cuts.append((i, "plan", ""))
        enclosed = enclosed or line.titled == "notice" or line.outer == "text"
    ends = [start for start, _, _ in cuts[1:]] + [len(lines)]
    return [
        Section(start, end, role, title, role == "annex" and _explains(lines[start:end]))
        for (start, role, title), end in zip(cuts, ends, strict=True)
        if end > start
    ]


def _annex_title(lines: Sequence[Line], i: int, listed: Collection[int]) -> str | None:
    """The title of the annex that begins at a line, empty where it follows below; None where none begins.

    A line such as 附件：方案 begins an annex where its text stands behind it, else it only lists it.
    """
    text = lines[i].text
    if ANNEX_MARK.fullmatch(text) or (lines[i].note and not lines[i - 1].note):
        return ""
    if outline_pattern("notes_heading").fullmatch(text):
        return text
    match = _ANNEX_TITLED.fullmatch(text)
    if match is None or text[-1] in TERMINALS or i + 1 in listed or i in listed or label_of(match["title"]) is not None:
        return None
    if lines[i].table:
        return match["title"]
    following = lines[i + 1 : i + 3]
    signed = any(line.is_frame for line in following) or (following and _ANNEX_TITLED.fullmatch(following[0].text))
    if not following or signed or any(ANNEX_MARK.fullmatch(line.text) for line in lines[i + 1 :]):
        return None
    return match["title"]


def _glossary(lines: Sequence[Line]) -> int | None:
    """Where a list of explained terms (1．“六稳”：…) begins that stands behind a document without a heading of its own."""
    found: int | None = None
    entries = others = 0
    for i in range(len(lines) - 1, 0, -1):
        label = label_of(lines[i].text)
        if label is not None and label.rank in (70, 80) and TERM.match(lines[i].text, label.length):
            entries, others = entries + 1, 0
            if label.value <= 2 and entries >= _FEWEST_TERMS:
                found = i
        elif (label is not None and label.rank < 70) or (others := others + 1) > 2:
            break
    return found


def _explains(lines: Sequence[Line]) -> bool:
    """Whether most of the numbered lines of an annex explain a term."""
    numbered = [(line.text, label) for line in lines if (label := label_of(line.text)) is not None]
    return 2 * sum(bool(TERM.match(text, label.length)) for text, label in numbered) > len(numbered)


def listed_annexes(lines: Sequence[str]) -> set[int]:
    """The lines of a list of annexes after its first (附件：1．方案, then 2．分工表): numbered, but no clauses.

    >>> listed_annexes(["请认真贯彻执行。", "附件：1．实施方案", "2．任务分工表", "某区人民政府"])
    {2}
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else ""
        if not (i - 1 in found or _ANNEX_LIST.fullmatch(before)):
            continue
        label, above = label_of(line), label_of(re.sub(r"^附件\s?[：:]\s?", "", before))
        counts_on = (
            label is not None and above is not None and label.style == above.style and label.value == above.value + 1
        )
        if counts_on and len(line) < 60 and line[-1] not in TERMINALS:
            found.add(i)
    return found
