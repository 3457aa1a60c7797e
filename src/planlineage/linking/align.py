"""Two wordings side by side: which stretches are the same, which changed, which came or went.

Greedy string tiling (Wise 1993): the longest stretches that both share are laid out first, so that a sentence whose clauses
were put in another order still aligns. What lies between the same two stretches on both sides was changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from ..model.lineage import Difference
from .normalise import BREAK, Compared
from .units import Offsets, Piece

SHORTEST = 2
"""Single characters in common show nothing."""

MOST_PAIRS = 500_000
"""Pairs of equal stretches looked at; texts of more than some thousand characters are laid side by side by longer stretches."""

Tile = tuple[int, int, int]
"""Start in the local text, start in the upper text, length."""


@lru_cache(maxsize=8192)
def tiles(local: str, upper: str) -> tuple[Tile, ...]:
    """The stretches that both texts share, longest first choice, none overlapping another; in local order.

    >>> tiles("严格执行并公开", "公开并严格执行")
    ((0, 3, 4), (5, 0, 2))
    """
    if local == upper:
        return ((0, 0, len(local)),) if local else ()
    head = _common(local, 0, upper, 0)
    tail = _common_tail(local[head:], upper[head:])
    if head + tail >= SHORTEST * 4:
        middle = _tiles(local[head : len(local) - tail], upper[head : len(upper) - tail])
        ends = [(0, 0, head), (len(local) - tail, len(upper) - tail, tail)]
        return (*ends[: head > 0], *((a + head, b + head, size) for a, b, size in middle), *ends[2 - (tail > 0) :])
    return tuple(_tiles(local, upper))


def _tiles(local: str, upper: str) -> list[Tile]:
    size, where = _places(local, upper)
    runs: list[Tile] = []
    for a in range(len(local) - size + 1):
        for b in where.get(local[a : a + size], ()):
            if not a or not b or local[a - 1] != upper[b - 1]:
                runs.append((a, b, size + _common(local, a + size, upper, b + size)))
    # of equal lengths the pair that stands at about the same place in both texts
    scale = len(upper) / max(1, len(local))
    runs.sort(key=lambda run: (-run[2], abs(run[0] * scale - run[1]), run))
    taken_local, taken_upper = bytearray(len(local)), bytearray(len(upper))
    chosen: list[Tile] = []
    for a, b, length in runs:
        for start, size in _free(taken_local, a, taken_upper, b, length):
            taken_local[a + start : a + start + size] = b"\x01" * size
            taken_upper[b + start : b + start + size] = b"\x01" * size
            chosen.append((a + start, b + start, size))
    return sorted(chosen)


def _places(local: str, upper: str) -> tuple[int, dict[str, list[int]]]:
    """Where stretches of some size stand in the upper text: the shortest size of which not too many pairs stand in both."""
    size = SHORTEST
    while True:
        where: dict[str, list[int]] = {}
        for at in range(len(upper) - size + 1):
            where.setdefault(upper[at : at + size], []).append(at)
        met = Counter(local[a : a + size] for a in range(len(local) - size + 1))
        if sum(count * len(where.get(words, ())) for words, count in met.items()) <= MOST_PAIRS:
            return size, where
        size *= 2


def _common(local: str, a: int, upper: str, b: int) -> int:
    """How long the two texts go on alike from here."""
    length, step = 0, 8
    while step:
        if local[a + length : a + length + step] == upper[b + length : b + length + step]:
            step = min(step, len(local) - a - length, len(upper) - b - length)
            length += step
        else:
            step //= 2
    return length


def _common_tail(local: str, upper: str) -> int:
    """How long the two texts are alike at their ends."""
    return _common(local[::-1], 0, upper[::-1], 0)


def _free(taken_local: bytearray, a: int, taken_upper: bytearray, b: int, length: int) -> list[tuple[int, int]]:
    """The stretches of a run that no longer run has taken yet on either side: offset and size."""
    if taken_local.find(1, a, a + length) < 0 and taken_upper.find(1, b, b + length) < 0:
        return [(0, length)]
    found = []
    start = -1
    for k in range(length + 1):
        free = k < length and not taken_local[a + k] and not taken_upper[b + k]
        if free and start < 0:
            start = k
        elif not free and start >= 0:
            if k - start >= SHORTEST:
                found.append((start, k - start))
            start = -1
    return found


def pieces(local: Compared, upper: Compared, found: Sequence[Tile] | None = None) -> tuple[Piece, ...]:
    """The aligned pieces of two compared texts, as places in the statements' own texts, in local order.

    Their tiles may be given.
    """
    found = tiles(local.text, upper.text) if found is None else found
    ordered = [(-1, -1, 1), *found, (len(local.text), len(upper.text), 0)]
    by_upper = sorted(range(len(ordered)), key=lambda k: (ordered[k][1], k))
    follows = dict(pairwise(by_upper))
    result: list[Piece] = []
    for k, (a, b, length) in enumerate(ordered[:-1]):
        if k:
            result.append(Piece(Difference.SAME, _place(local, a, a + length), _place(upper, b, b + length)))
        ours = _place(local, a + length, ordered[k + 1][0])
        after = ordered[follows[k]][1] if k in follows else len(upper.text)
        theirs = _place(upper, b + length, after)
        if ours and theirs and follows.get(k) == k + 1:
            result.append(Piece(Difference.CHANGED, ours, theirs))
            continue
        if theirs:
            result.append(Piece(Difference.DROPPED, None, theirs))
        if ours:
            result.append(Piece(Difference.ADDED, ours, None))
    return tuple(result)


KEPT = 0.4
"""Share of a clause that must stand above in the same words before it counts as carried; it moves the evidence, no edge."""


def carried(local: Compared, found: tuple[Piece, ...]) -> tuple[Offsets, ...]:
    """The clauses of the local statement that the upper one explains: those that are `KEPT`, or the best."""
    same = sorted(piece.local for piece in found if piece.difference is Difference.SAME and piece.local)
    start_of, end_of = itemgetter(0), itemgetter(1)
    clauses: list[tuple[float, Offsets]] = []
    at = 0
    for clause in local.text.split(BREAK):
        place = _place(local, at, at + len(clause))
        at += len(clause) + 1
        if place:
            near = same[bisect_left(same, place[0], key=end_of) : bisect_left(same, place[1], key=start_of)]
            covered = sum(max(0, min(end, place[1]) - max(start, place[0])) for start, end in near)
            clauses.append((covered / (place[1] - place[0]), place))
    if not clauses:
        return ()
    best = max(share for share, _ in clauses)
    return tuple(place for share, place in clauses if share >= min(KEPT, best) and share > 0)


def _place(side: Compared, start: int, end: int) -> Offsets | None:
    """A stretch of the compared text in the statement's own text, without clause ends at its edges."""
    while start < end and side.text[start] == BREAK:
        start += 1
    while end > start and side.text[end - 1] == BREAK:
        end -= 1
    return (side.starts[start], side.ends[end - 1]) if end > start else None
