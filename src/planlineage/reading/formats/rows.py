"""Table rows as lines of text: tabs between cells, nothing else that could be taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .values import LIMITS, too_much

_BREAKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
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
            raise too_much(self.name, f"has a table with {cells:,} columns")
        if self.cells > LIMITS.cells:
            raise too_much(self.name, f"has tables of more than {LIMITS.cells:,} cells")
