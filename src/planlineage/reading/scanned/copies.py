"""Cells that scanning printed twice: a copy has nearly all its shingles in common with its neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..tables.wording import key
from .atoms import Atom

_SHINGLE = 4
_LONG = 20
COPY = 0.85
"""From which share of known shingles on a text counts as a copy."""


def shingles(text: str) -> list[str]:
    """All runs of four letters of a text; a shorter text is its own shingle.

    >>> shingles("优化营商环境")
    ['优化营商', '化营商环', '营商环境']
    """
    letters = key(text)
    if len(letters) <= _SHINGLE:
        return [letters] if letters else []
    return [letters[at : at + _SHINGLE] for at in range(len(letters) - _SHINGLE + 1)]


def share(text: str, known: Collection[str]) -> float:
    """What share of a text's shingles is among the known ones, from 0 to 1.

    >>> share("优化营商环境", set(shingles("持续优化营商环境的措施")))
    1.0
    """
    own = shingles(text)
    return sum(shingle in known for shingle in own) / len(own) if own else 0.0


def is_copy(text: str, others: Iterable[str]) -> bool:
    """Whether a text is a copy of (a part of) the others.

    >>> is_copy("推进信用监管。", ["推进信用监管，实行联合惩戒。"])
    True
    """
    return share(text, {shingle for other in others for shingle in shingles(other)}) >= COPY


def copied_lines(lines: list[list[Atom]], numbered: set[int]) -> set[int]:
    """The lines without a row number that only repeat a neighbouring line, by place in `lines`.

    `numbered` are the places of the lines that do carry one. A line found to be a copy is no evidence for
    others, so that of two equal lines one stays.
    """
    copies: set[int] = set()
    for at, line in enumerate(lines):
        if at in numbered:
            continue
        texts = [atom.text for atom in line if atom.kind != "number"]
        near = [n for n in (at - 1, at + 1) if 0 <= n < len(lines) and n not in copies]
        others = [atom.text for n in near for atom in lines[n]]
        # A short line may well be a heading whose words the text beside it takes up.
        if max((len(key(text)) for text in texts), default=0) >= _LONG and is_copy("".join(texts), others):
            copies.add(at)
    return copies
