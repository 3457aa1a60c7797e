"""Where the pieces of an edge that differ stand in the clean texts of its two statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model.lineage import AlignedPiece, Difference


class Placed(NamedTuple):
    """A piece by its places in the two clean texts; a side without words has (-1, -1)."""

    difference: Difference
    local: tuple[int, int]
    upper: tuple[int, int]


def placed(pieces: Sequence[AlignedPiece], local: str, upper: str) -> list[Placed]:
    """Where the aligned pieces of an edge stand in the clean texts of its two statements.

    A piece whose words are not found where they should be is left out: a wrong mark is worse than none.
    """
    ours = _starts([(p.local_span.start, p.local) for p in pieces if p.local_span and p.local], local)
    theirs = _starts([(p.upper_span.start, p.upper) for p in pieces if p.upper_span and p.upper], upper)
    found = []
    for piece in pieces:
        a = ours.get((piece.local_span.start, piece.local), -1) if piece.local_span and piece.local else -1
        b = theirs.get((piece.upper_span.start, piece.upper), -1) if piece.upper_span and piece.upper else -1
        if a >= 0 or b >= 0:
            found.append(Placed(piece.difference, _stretch(a, piece.local), _stretch(b, piece.upper)))
    return found


def _starts(wanted: Iterable[tuple[int, str]], text: str) -> dict[tuple[int, str], int]:
    """Where words that follow one another in the source stand in the clean text."""
    found: dict[tuple[int, str], int] = {}
    at = 0
    for key in sorted(set(wanted)):
        place = text.find(key[1], at)
        found[key] = place
        if place >= 0:
            at = place + len(key[1])
    return found


def _stretch(start: int, words: str) -> tuple[int, int]:
    return (start, start + len(words)) if start >= 0 else (-1, -1)
