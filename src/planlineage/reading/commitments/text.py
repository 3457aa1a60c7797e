"""A folded copy of the text for matching, and the way back to the offsets of the original.

On top of the one table of characters the many dashes become one, and stray blanks inside words go
(5 个工作日), so that each rule is written once. Offsets found in the folded text are mapped back before anything leaves
the package.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property

from ...model.base import Span
from ..folding import characters, pairs
from ..numerals import THOUSANDS_MARK

BOUNDARY = "。！？；\n|"
"""Characters that end a sentence; `|` and the tabulator separate the cells of a table."""

CLAUSE_BREAK = BOUNDARY + "，：、（）"
"""Characters that end a clause inside a sentence."""

_BOUNDARIES = re.compile(f"[{BOUNDARY}]")
_FOLDS = tuple(pairs("narrow", "punctuation").items()) + tuple((mark, "—") for mark in "-~–―‒﹣〜") + (("\t", "|"),)
_BLANKS = [
    blank for blank in characters()["blanks"]["characters"] + characters()["invisible"]["characters"] if blank != "\t"
]
_BLANK = re.compile(f"[{''.join(_BLANKS)}]+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _one_of(breaks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(breaks)}]")


def _folded(text: str) -> str:
    """One replacement after the other: several times as fast as `str.translate`, as most characters do not occur."""
    for character, replacement in _FOLDS:
        if character in text:
            text = text.replace(character, replacement)
    return text


class Folded:
    """The folded text, with the map back.

    >>> folded = Folded("于 ２０２５ 年前 ( 试行 )")
    >>> folded.text
    '于2025年前（试行）'
    >>> folded.span(1, 7)
    Span(start=2, end=9)
    """

    def __init__(self, original: str) -> None:
        self.original = original
        marked = _THOUSANDS.sub(THOUSANDS_MARK, original) if "," in original else original
        text = _folded(marked)
        self._starts: list[int] = []
        self._shifts: list[int] = []
        if any(blank in text for blank in _BLANKS):
            text = self._without_blanks(text)
        self.text = text
        self._with: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _BOUNDARIES.finditer(self.text)]

    def _without_blanks(self, text: str) -> str:
        pieces: list[str] = []
        kept_until = length = dropped = 0
        for match in _BLANK.finditer(text):
            begin, end = match.span()
            before = text[begin - 1] if begin else ""
            after = text[end] if end < len(text) else ""
            if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
                continue
            pieces.append(text[kept_until:begin])
            length += begin - kept_until
            kept_until = end
            dropped += end - begin
            self._starts.append(length)
            self._shifts.append(dropped)
        pieces.append(text[kept_until:])
        return "".join(pieces)

    def _origin(self, offset: int) -> int:
        if not self._starts:
            return offset
        index = bisect_right(self._starts, offset)
        return offset + (self._shifts[index - 1] if index else 0)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that the folded stretch stands for."""
        return Span(start=self._origin(start), end=self._origin(end - 1) + 1)

    def surface(self, start: int, end: int) -> str:
        """The original words of a folded stretch."""
        span = self.span(start, end)
        return self.original[span.start : span.end]

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._ends, offset - 1)

    def matches(self, pattern: re.Pattern[str], needs: str) -> Iterator[re.Match[str]]:
        """All matches of a pattern, looked for only in sentences where `needs`, a cheap pattern, occurs at all.

        No pattern that is used here reaches across the end of a sentence.
        """
        for start, end in self._sentences_with(needs):
            yield from pattern.finditer(self.text, start, end)

    def _sentences_with(self, needs: str) -> list[tuple[int, int]]:
        if needs not in self._with:
            ends, length = self._ends, len(self.text)
            found: list[tuple[int, int]] = []
            done = 0
            for match in _compiled(needs).finditer(self.text):
                if match.start() < done:
                    continue
                index = bisect_right(ends, match.start())
                done = ends[index] if index < len(ends) else length
                found.append((ends[index - 1] + 1 if index else 0, done))
            self._with[needs] = found
        return self._with[needs]

    def before(self, offset: int, width: int = 24, breaks: str = BOUNDARY) -> str:
        """Up to `width` characters before an offset, never reaching across one of `breaks`."""
        window = self.text[max(0, offset - width) : offset]
        cut = _one_of(breaks).search(window[::-1])
        return window[len(window) - cut.start() :] if cut else window

    def after(self, offset: int, width: int = 24, breaks: str = BOUNDARY) -> str:
        """Up to `width` characters from an offset on, never reaching across one of `breaks`."""
        window = self.text[offset : offset + width]
        cut = _one_of(breaks).search(window)
        return window[: cut.start()] if cut else window


class Claims:
    """Which characters are taken, so that two recognisers do not read the same words twice.

    >>> claims = Claims(10)
    >>> claims.add(2, 5)
    >>> claims.free(4, 6), claims.free(5, 6)
    (False, True)
    """

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Take a stretch."""
        self._taken[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether no character of the stretch is taken."""
        return 1 not in self._taken[start:end]
