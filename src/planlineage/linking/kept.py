"""What a local wording keeps of an upper one, clause by clause: what tells the relations of an edge apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .align import Tile
from .normalise import BREAK, pattern

LOST = 0.4
"""A clause less of which is found on the other side is lost, or new."""

NAMES = (
    "local kept",
    "upper kept",
    "local content left",
    "upper content left",
    "least local clause",
    "least upper clause",
    "new clauses",
    "lost clauses",
    "new share",
    "lost share",
    "biggest insertion",
    "biggest deletion",
    "pieces",
    "out of order",
    "local clauses",
    "upper clauses",
    "local length",
    "upper length",
    "longer",
)

COUNTED = (
    "local content left",
    "upper content left",
    "biggest insertion",
    "biggest deletion",
    "pieces",
    "local length",
    "upper length",
    "local clauses",
    "upper clauses",
)
"""Those that are counts of characters or pieces, without bound."""


def kept(local: str, upper: str, found: Sequence[Tile]) -> tuple[float, ...]:
    """The measures of `NAMES` for two compared texts with their tiles.

    >>> measures = dict(zip(NAMES, kept("加强执法，公开结果", "加强执法", [(0, 0, 4)]), strict=True))
    >>> measures["upper kept"], measures["new clauses"], measures["lost clauses"]
    (1.0, 1.0, 0.0)
    """
    one = _Side(local, [(a, a + size) for a, _, size in found])
    other = _Side(upper, sorted((b, b + size) for _, b, size in found))
    order = sum(a[1] > b[1] for a, b in pairwise(found))
    return (
        one.kept,
        other.kept,
        one.content,
        other.content,
        one.least,
        other.least,
        one.lost,
        other.lost,
        one.share,
        other.share,
        one.gap,
        other.gap,
        float(len(found)),
        float(order),
        one.clauses,
        other.clauses,
        one.length,
        other.length,
        (one.length + 4) / (other.length + 4),
    )


class _Side:
    """One text with the stretches of it that the other side has."""

    def __init__(self, text: str, same: Sequence[tuple[int, int]]) -> None:
        marks, gaps, at = bytearray(len(text)), [], 0
        for start, end in same:
            marks[start:end] = b"\x01" * (end - start)
            gaps.append(text[at:start])
            at = end
        gaps.append(text[at:])
        clauses, at = [], 0
        for clause in text.split(BREAK):
            size = len(clause)
            if size:
                clauses.append((marks.count(1, at, at + size), size))
            at += size + 1
        self.length = float(sum(size for _, size in clauses))
        self.kept = sum(found for found, _ in clauses) / max(1.0, self.length)
        left = pattern("empty").sub("", BREAK.join(gaps)).split(BREAK)
        self.content = float(sum(map(len, left)))
        self.gap = float(max(map(len, left)))
        shares = [found / size for found, size in clauses if size > 2] or [self.kept]
        self.least = min(shares)
        lost = [size for found, size in clauses if size > 2 and found < LOST * size]
        self.lost = float(len(lost))
        self.share = sum(lost) / max(1.0, self.length)
        self.clauses = float(len(clauses))
