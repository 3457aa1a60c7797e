"""Cutting running text: paragraphs, sentences, and the pieces of a sentence between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "「": "」"}
_CLOSE = frozenset(_OPEN.values())
_ENDS = frozenset("。！？!?")
_STOPS = re.compile("[。！？!?；;”]")
_PAIRED = re.compile("[“”‘’（）《》〈〉【】「」]")
_MAX_NESTED = 400
_MAX_DEPTH = 8
_TRAILING_NOTE = re.compile(r"（[^（）]{1,300}(?:（[^（）]{0,80}）[^（）]{0,200}){0,6}）")
_RESPONSIBILITY = re.compile("负责|牵头|分工|配合|参与|组织实施|下同|适用范围")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` up to `end` of a text."""

    start: int
    end: int


def paragraphs(text: str) -> Iterator[Stretch]:
    """The paragraphs of a text: lines, and what double ideographic blanks set apart; blank edges are left out.

    >>> [(p.start, p.end) for p in paragraphs("一、总则\\n\\n  本条例。")]
    [(0, 4), (8, 12)]
    """
    at = 0
    for line in text.split("\n"):
        for chunk in line.split("\u3000\u3000") if "\u3000\u3000" in line else (line,):
            words = chunk.strip()
            if words:
                left = at + len(chunk) - len(chunk.lstrip())
                yield Stretch(left, left + len(words))
            at += len(chunk) + 2
        at -= 1


def is_table_line(line: str) -> bool:
    """Whether a line is a table row in plain text: cells set apart by tabs or ` | `."""
    return "\t" in line or " | " in line


def sentences(text: str, start: int = 0, end: int | None = None, *, pieces: bool = True) -> list[Stretch]:
    """Cut a paragraph into sentences and, with `pieces`, at semicolons; nothing between the cuts is left out.

    Quotes, brackets and titles stay whole, and a note of responsibility in brackets goes with the sentence before it.

    >>> t = "推行清单制度；做到“应公开；尽公开”。（司法部负责）完善机制。"
    >>> [t[s.start:s.end] for s in sentences(t)]
    ['推行清单制度；', '做到“应公开；尽公开”。（司法部负责）', '完善机制。']
    """
    end = len(text) if end is None else end
    inside = enclosed(text, start, end)
    cuts: list[int] = []
    stop = start
    for match in _STOPS.finditer(text, start, end):
        at, char = match.start(), match[0]
        if at < stop or inside[at - start]:
            continue
        if char == "”":
            if at > start and text[at - 1] in _ENDS and not _goes_on(text, at + 1, end):
                cuts.append(at + 1)
        elif pieces or char in _ENDS:
            stop = at + 1
            while stop < end and (text[stop] in _ENDS or text[stop] in _CLOSE):
                stop += 1
            cuts.append(stop)
    if not cuts or cuts[-1] != end:
        cuts.append(end)
    return _with_notes(text, _tidy(text, start, cuts))


def enclosed(text: str, start: int, end: int) -> bytearray:
    """For each character of a stretch, 1 where it stands inside a matched pair of quotes or brackets, else 0.

    The marks themselves count as outside. A mark without its partner within reach encloses nothing, so that one forgotten
    bracket does not glue the rest of the text together.
    """
    inside = bytearray(end - start)
    waiting: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(text, start, end):
        at, char = match.start(), match[0]
        if char in _OPEN:
            waiting = [*waiting[-_MAX_DEPTH:], (_OPEN[char], at)]
            continue
        depth = next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i][0] == char), None)
        if depth is None:
            continue
        opened = waiting[depth][1]
        del waiting[depth:]
        if at - opened <= _MAX_NESTED:
            begin = opened + 1
            inside[begin - start : at - start] = b"\1" * (at - begin)
    return inside


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether a sentence continues after a quotation that itself ends with a full stop."""
    return at >= end or text[at] in "，、；的等，。）"


def _tidy(text: str, start: int, cuts: list[int]) -> list[Stretch]:
    found: list[Stretch] = []
    for cut in cuts:
        left = start
        while left < cut and text[left].isspace():
            left += 1
        right = cut
        while right > left and text[right - 1].isspace():
            right -= 1
        if right > left:
            found.append(Stretch(left, right))
        start = cut
    return found


def _with_notes(text: str, found: list[Stretch]) -> list[Stretch]:
    """Give a bracketed note of responsibility that opens a sentence to the sentence before it."""
    merged: list[Stretch] = []
    for whole in found:
        stretch = whole
        note = _TRAILING_NOTE.match(text, stretch.start, stretch.end)
        if merged and note and _RESPONSIBILITY.search(note.group()):
            stop = note.end()
            while stop < stretch.end and text[stop] in "。；;":
                stop += 1
            merged[-1] = Stretch(merged[-1].start, stop)
            while stop < stretch.end and text[stop].isspace():
                stop += 1
            if stop >= stretch.end:
                continue
            stretch = Stretch(stop, stretch.end)
        merged.append(stretch)
    return merged
