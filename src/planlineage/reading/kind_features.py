"""What is seen of a statement when its kind is decided: its words, where it stands, and what stands before it.

`seen` turns the statements of a document into `Seen` records; `names` lists the features of one by name, which is what the
training script counts and the model weighs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import add

from .drafts import Draft
from .lexicon import lexicon

BOUNDARIES = ("sentence", "paragraph", "new paragraph", "heading", "section", "start")
"""What lies between a statement and the one before it: a semicolon, a full stop, a line end, a heading, a new top section."""

_NUMBERS = re.compile(r"[0-9〇]+(?:[.,，]?[0-9]+)*")
_BLANKS = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT = 65, 35
"""Characters at the start and the end of a statement; what lies between says little about its kind."""

_LENGTHS = 6, 10, 15, 20, 30, 45, 70, 120, 250
_LABEL = 45  # a paragraph's first sentence no longer than this says what the rest is about
_LINE = 40
_FRONT = 12
_NOT_A_TITLE = frozenset("。；！？：:;，")


@dataclass(frozen=True, slots=True)
class Seen:
    """One statement: its words (blanks out, numbers as 0), flags, headings by the way they govern it, and its boundary.

    `standing` says that a heading above it is that of a part on how things stand.
    """

    words: str
    flags: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    boundary: int
    standing: bool = False


def seen(text: str, drafts: Sequence[Draft], settled: Sequence[bool]) -> Iterator[Seen | None]:
    """For each statement of a document what is seen of it; None for what is settled already."""
    if not drafts:
        return
    first, length = drafts[0].start, max(drafts[-1].end - drafts[0].start, 1)
    year = _document_year(text, drafts)
    kind = _document_type(text, drafts)
    previous: Draft | None = None
    own_title = lone = opener = ""
    gap, front = "", 0
    for draft, done in zip(drafts, settled, strict=True):
        place, words = draft.place, text[draft.start : draft.end]
        if done:
            if place.role == "heading":
                gap, opener = gap or "heading", ""
            yield None
            continue
        opens = (
            draft.start == 0
            or text[draft.start - 1] in "\n\u3000"
            or (previous is None or previous.clause != draft.clause)
        )
        alone = opens and text[draft.end : draft.end + 1] in ("", "\n")
        if alone and place.role == "text" and len(words) <= _LINE and words[-1] not in _NOT_A_TITLE:
            lone, gap = words, "section"
        if opens:
            opener, own_title = "", words if len(words) <= _LABEL and not alone else ""
        boundary = _boundary(previous, draft, text, gap, opens)
        flags = [
            f"length {bisect_left(_LENGTHS, len(words))}",
            f"opens {opens:d} alone {alone:d}",
            f"type {kind}",
            f"section {place.section}",
            f"role {place.role}",
            f"depth {min(len(place.headings), 3)}",
            f"eighth {8 * (draft.start - first) // length}",
        ]
        flags += [
            name
            for name, holds in (
                ("law", place.law),
                ("closing", place.closing),
                ("preamble", place.preamble),
                ("lead-in", place.lead_in),
                ("unnumbered", place.numbered and "/" in draft.clause),
            )
            if holds
        ]
        if front < _FRONT and (not place.headings or place.section != "plan"):
            flags.append(f"front {front}")
        flags += {f"year {max(-2, min(2, int(found) - year)):+d}" for found in _YEAR.findall(words)}
        headings: list[tuple[str, str]] = []
        if place.headings:
            headings += [("H", place.headings[0]), ("h", place.headings[-1])]
            headings += [("m", heading) for heading in place.headings[1:-1]]
        if place.colon_label:
            headings.append(("h", place.colon_label))
        if lone and lone != words:
            headings.append(("q", lone))
        if opener and not opens:
            headings.append(("l", opener))
        yield Seen(_plain(words), tuple(flags), tuple(headings), boundary, _stands(place.headings))
        previous, gap, front = draft, "", front + 1
        if opens:
            opener = own_title


def names(statement: Seen) -> set[str]:
    """All features of a statement by name."""
    found = {*statement.flags, *pieces(statement.words)}
    for way, heading in statement.headings:
        found |= heading_names(way, heading)
    return found


def pieces(words: str) -> Iterator[str]:
    """The pairs of neighbouring characters of a statement, and how it begins and ends.

    >>> list(pieces("增长0%"))
    ['^增', '增长', '长0', '0%', '%$', '<增长0%', '增长0%>']
    """
    s = f"^{words}$"
    return chain(map(add, s, s[1:]), (f"<{words[:4]}", f"{words[-4:]}>"))


@lru_cache(maxsize=4096)
def heading_names(way: str, heading: str) -> frozenset[str]:
    """The features that a heading gives to what stands under it; `way` says how it governs it."""
    s = f"^{_plain(heading)[:_LINE].rstrip('。：:')}$"
    found = {way + s[i : i + k] for k in (2, 3) for i in range(len(s) - k + 1)}
    found.update(f"{subject} {way if way in 'hl' else 'H'}" for subject in _subjects(heading))
    return frozenset(found)


def _subjects(heading: str) -> list[str]:
    return [name for name, pattern in _subject_patterns() if pattern.search(heading)]


@cache
def _subject_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(entry["pattern"])) for name, entry in lexicon("kinds")["headings"].items()]


@lru_cache(maxsize=4096)
def _stands(headings: tuple[str, ...]) -> bool:
    return any(map(_standing_pattern().search, headings))


@cache
def _standing_pattern() -> re.Pattern[str]:
    return re.compile(lexicon("kinds")["standing"]["pattern"])


def _plain(words: str) -> str:
    words = _NUMBERS.sub("0", _BLANKS.sub("", words)).replace("％", "%")
    head, tail = _KEPT
    return words if len(words) <= head + tail else f"{words[:head]}…{words[-tail:]}"


def _boundary(previous: Draft | None, draft: Draft, text: str, gap: str, opens: bool) -> int:
    if previous is None:
        return BOUNDARIES.index("start")
    before, here = previous.place, draft.place
    if gap == "section" or before.headings[:1] != here.headings[:1] or before.section != here.section:
        return BOUNDARIES.index("section")
    if gap:
        return BOUNDARIES.index("heading")
    if opens:
        return BOUNDARIES.index("new paragraph")
    return BOUNDARIES.index("sentence" if text[previous.end - 1] in "；;" else "paragraph")


def _document_year(text: str, drafts: Sequence[Draft]) -> int:
    """The first year that the head of the document names; 0 where it names none."""
    found = _YEAR.search(text, drafts[0].start, drafts[min(_FRONT, len(drafts) - 1)].end)
    return int(found.group()) if found else 0


def _document_type(text: str, drafts: Sequence[Draft]) -> str:
    """The word for what kind of document it is that ends one of its title lines; empty where none does."""
    for draft in drafts[:_FRONT]:
        if draft.place.role in ("title", "heading", "frame"):
            found = _type_words().search(text[draft.start : draft.end])
            if found:
                return found[1]
    return ""


@cache
def _type_words() -> re.Pattern[str]:
    words = "|".join(lexicon("outline")["document_types"]["words"])
    return re.compile(rf"({words})(?:的通知)?(?:（[^（）]{{1,20}}）){{0,2}}$")
