"""Table rows as lines of text: tabs between cells, nothing else that could be taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..folding import CJK
from .values import LIMITS, too_much

PARAGRAPH = "\u3000\u3000"
"""Stands between two paragraphs of one cell, as it does in plans whose paragraphs were all put on one line."""

_BREAKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_ENDS = re.compile(rf"[{CJK}]{{3}}[{CJK}）”》]$")
_BEGINS = re.compile(rf"(?:[（(]?\d{{1,2}}[.．、）)] ?|[“《])?[{CJK}]{{4}}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9(]|[A-Za-z0-9),.;:?!][A-Za-z]")


def joined(pieces: Iterable[str]) -> str:
    """Lines of one cell or paragraph put together: a blank between Latin words, nothing between Chinese ones or digits.

    >>> joined(["加强“互联网", "+监管”达到8", "0%，", "using", "AI"])
    '加强“互联网+监管”达到80%，using AI'
    """
    out = ""
    for piece in pieces:
        words = _BREAKS.sub(" ", piece).strip(" ")
        if out and words and _LATIN.match(out[-1] + words[0]):
            out += " "
        out += words
    return out


def in_cell(paragraphs: Iterable[str]) -> str:
    """The paragraphs of a cell put together. Where one ends without a sign and another begins, two wide blanks part them.

    A break after or before a few characters only fits words into a narrow cell, and parts nothing.

    >>> in_cell(["完善工作机制", "健全责任体系"]), in_cell(["牵头", "单位"]), in_cell(["2022年12月", "31日前"])
    ('完善工作机制\u3000\u3000健全责任体系', '牵头单位', '2022年12月31日前')
    """
    out = ""
    last = ""
    for paragraph in paragraphs:
        words = joined([paragraph])
        if _ENDS.search(last) and _BEGINS.match(words):
            out += f"{PARAGRAPH}{words}"
        else:
            out = joined([out, words])
        last = words or last
    return out


class RowCounter:
    """Counts the cells of a document's tables and stops at the limit."""

    def __init__(self, name: str) -> None:
        self.name, self.cells = name, 0

    def line(self, cells: Sequence[str]) -> str:
        """The line of one row; empty for a row without words."""
        self.add(len(cells))
        return "\t".join(cells) if any(cells) else ""

    def add(self, cells: int) -> None:
        """Count cells; raises `HostileSourceError` beyond the limits."""
        self.cells += cells
        if cells > LIMITS.columns:
            raise too_much(self.name, "columns", size=cells)
        if self.cells > LIMITS.cells:
            raise too_much(self.name, "cells", most=LIMITS.cells)
