"""The part of a text around the words that are marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..comparing.telling import Place


def excerpt(text: str, places: Sequence[Place], longest: int) -> tuple[str, tuple[Place, ...]]:
    """At most `longest` characters of a text with the first marked place in them, and where the marks stand there.

    >>> excerpt("坚持依法行政，2025年前完成清理，并向社会公开。", [(7, 13)], 12)
    ('…，2025年前完成清…', ((2, 8),))
    """
    if len(text) <= longest:
        return text, tuple(places)
    first, last = places[0] if places else (0, 0)
    room = max(1, longest - 2)
    start = max(0, min(first - max(0, room - (last - first)) // 3, len(text) - room))
    end = min(len(text), start + room)
    head = "…" if start else ""
    moved = (
        (max(a, start) - start + len(head), min(b, end) - start + len(head)) for a, b in places if a < end and start < b
    )
    return head + text[start:end] + ("…" if end < len(text) else ""), tuple(moved)


def pieces(text: str, places: Sequence[Place]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is marked.

    >>> list(pieces("2025年前完成清理", [(0, 6)]))
    [('2025年前', True), ('完成清理', False)]
    """
    bounds = sorted({0, len(text), *(at for place in places for at in place)})
    for start, end in pairwise(bounds):
        yield text[start:end], any(a <= start and end <= b for a, b in places)
