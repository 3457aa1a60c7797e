"""The characters of a PDF page and their places, asked of PDFium as seldom as can be.

PDFium gives the whole text in one call, with a line break wherever it saw one. Only the first and last character of each of
its lines are measured; the others where the line is wider than its characters (columns, cells) or lies in a table.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from .values import Box, Line

_LINES = re.compile(r"[^\r\n]+")
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    r"\U00020000-\U0003ffff〇“”‘’…—①-⑳]"
)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BLANK = " \t\xa0\u3000\u200b\ufeff"
_GAP = 1.2
_STRAIGHT = 0.0125
"""Of a quarter turn: 1.1 degrees."""
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNKNOWN = re.compile("[\ufffd\x00\ue000-\uf8ff]")
_TELLS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_OBJECT = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
SLANTED, UNTOLD = -1, -2
UNKNOWN = "\ufffd"
"""Stands for a letter of which the file does not say what character it is."""
Place = Callable[[float, float, float, float], Box]
_HYPHENS = {"\x02": "-", "\ufffe": "-"}


@dataclass(slots=True)
class Glyph:
    """A character and its rectangle."""

    char: str
    box: Box


def bare(function: Any, prototype: Any) -> Any:
    """The same function of PDFium taking and giving plain addresses: three times as fast, and a page has many letters."""
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)


def is_ideograph(char: str) -> bool:
    """Whether a character is Chinese; punctuation is narrower in some fonts and measures nothing."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def is_wide(char: str) -> bool:
    """Whether a character takes a whole em, as Chinese ones do."""
    return is_ideograph(char) or bool(_WIDE.match(char))


class TextLayer:
    """The text of one page. `raw` is PDFium's binding, `handle` its text page, `place` turns its coordinates around."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self._raw, self._handle = raw, handle
        self._rect = raw.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._address = ctypes.cast(handle, ctypes.c_void_p).value
        self.place: Place = Box
        self.text = self._read()

    def _read(self) -> str:
        raw, handle = self._raw, self._handle
        count = raw.FPDFText_CountChars(handle)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(handle, 0, count, buffer)
        # One place in the string for each character of the page, so that both are counted alike.
        text = ""
        if written == count + 1:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="surrogatepass")
        if len(text) != count:
            codes = (raw.FPDFText_GetUnicode(handle, i) for i in range(count))
            text = "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else UNKNOWN for c in codes)
        unmapped = bare(raw.FPDFText_HasUnicodeMapError, _TELLS)
        # Where a font does not say which character a letter is, PDFium gives its number in the font.
        wrong = [i for i in range(count) if unmapped(self._address, i) == 1]
        if wrong:
            letters = list(text)
            for i in wrong:
                letters[i] = UNKNOWN
            text = "".join(letters)
        return text

    @property
    def unknown(self) -> int:
        """How many characters stand for nothing: not mapped, or in the private use of one font."""
        return len(_UNKNOWN.findall(self.text))

    def without(self, things: Container[int]) -> int:
        """Take out the characters of some text objects, told by their addresses; gives how many were taken."""
        owner = bare(self._raw.FPDFText_GetTextObject, _OBJECT)
        gone = [i for i in range(len(self.text)) if owner(self._address, i) in things]
        letters = list(self.text)
        for i in gone:
            letters[i] = "\n"
        self.text = "".join(letters)
        return len(gone)

    def box(self, index: int) -> Box:
        """The rectangle of a character."""
        if not self._raw.FPDFText_GetLooseCharBox(self._handle, index, self._pointer):
            return Box(0, 0, 0, 0)
        rect = self._rect
        return self.place(rect.left, rect.top, rect.right, rect.bottom)

    def turned(self, index: int) -> int:
        """By how many quarters clockwise a character is turned on the page before the page itself is; SLANTED, or UNTOLD."""
        angle = self._raw.FPDFText_GetCharAngle(self._handle, index)
        if angle < 0:
            return UNTOLD
        quarters = -angle / (math.pi / 2)
        nearest = round(quarters)
        return nearest % 4 if abs(quarters - nearest) < _STRAIGHT else SLANTED

    def runs(self) -> Iterator[tuple[int, int]]:
        """First and last character (exclusive) of each of PDFium's lines, blank edges left out."""
        for match in _LINES.finditer(self.text):
            start, end = match.span()
            while start < end and self.text[start] in _BLANK:
                start += 1
            while end > start and self.text[end - 1] in _BLANK:
                end -= 1
            if start < end:
                yield start, end

    def extent(self, start: int, end: int) -> tuple[Box, float]:
        """The rectangle of a line and its em, from its first and last character."""
        first, last = self.box(start), self.box(end - 1)
        if is_ideograph(self.text[start]):
            em = first.right - first.left
        elif is_ideograph(self.text[end - 1]):
            em = last.right - last.left
        else:
            found = _IDEOGRAPH.search(self.text, start, end)
            box = self.box(found.start()) if found else Box(0, 0, 0, 0)
            em = box.right - box.left
        return first.around(last), em

    def glyphs(self, start: int, end: int) -> list[Glyph]:
        """Every character of a stretch with its rectangle."""
        return [Glyph(self.text[i], self.box(i)) for i in range(start, end)]

    def lines(self, start: int, end: int, page: int, extent: tuple[Box, float]) -> list[Line]:
        """A line of PDFium's as one line, or as several where wide gaps part it. Its extent is known."""
        box, em = extent
        words = self.text[start:end]
        wide = len(words) - len(words.encode("ascii", "ignore"))
        size = em or self._raw.FPDFText_GetFontSize(self._handle, start) or 10.0
        expected = size * (wide + 0.5 * (len(words) - wide))
        one_line = box.bottom - box.top < 2.2 * size
        if one_line and 0 <= box.right - box.left <= 1.08 * expected + size:
            return [Line(printable(words), box, em, page)]
        return split_at_gaps(self.glyphs(start, end), size, page)


def split_at_gaps(glyphs: list[Glyph], size: float, page: int) -> list[Line]:
    """Characters as lines, cut where the next one stands far off."""
    found: list[Line] = []
    run: list[Glyph] = []

    def close() -> None:
        while run and run[-1].char in _BLANK:
            run.pop()
        if run:
            box = run[0].box
            for glyph in run[1:]:
                if glyph.char not in _BLANK:
                    box = box.around(glyph.box)
            em = next((g.box.right - g.box.left for g in run if is_ideograph(g.char)), 0.0)
            found.append(Line(printable("".join(g.char for g in run)), box, em, page))
        run.clear()

    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.char in _BLANK:
            if run:
                run.append(glyph)
            continue
        if last is not None:
            gap = glyph.box.left - last.box.right
            same_line = abs(glyph.box.middle[1] - last.box.middle[1]) < 0.6 * size
            if gap > _GAP * size or gap < -1.5 * size or not same_line:
                close()
        run.append(glyph)
        last = glyph
    close()
    return found


def printable(text: str) -> str:
    """The text without control characters; surrogate pairs become one character, soft hyphens a hyphen.

    >>> printable("互联\\x01网")
    '互联网'
    """
    if _UNPRINTED.search(text):
        for mark, hyphen in _HYPHENS.items():
            text = text.replace(mark, hyphen)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _UNPRINTED.sub("", text)
    return text.strip()
