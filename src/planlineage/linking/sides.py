"""A plan made ready for comparing: its units read, encoded and outlined once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .ngrams import Encoded, Ints, encode
from .normalise import concepts, plain, worded
from .outline import Outline, outline
from .units import Unit
from .words import Tokens, tokens


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans.

    `wording` is what each statement is compared by; `concepts` holds the n-grams of the statements in lead words, `words`
    those of their own words; `title` is 2 for the heading of a part or article, 1 for a measure's title, 0 for the rest;
    `chapter` numbers the outermost clauses.
    """

    units: Sequence[Unit]
    wording: Sequence[str]
    concepts: Encoded
    words: Encoded
    tokens: Tokens
    outline: Outline
    title: Ints
    chapter: Ints

    @property
    def size(self) -> int:
        """How many units."""
        return len(self.units)


def side(units: Sequence[Unit]) -> Side:
    """A plan's units made ready."""
    lines = [plain(unit.text) for unit in units]
    found = outline(units, lines)
    words = [worded(line) for line in lines]
    encoded = encode(words)
    return Side(
        units,
        words,
        encode([concepts(text) for text in words]),
        encoded,
        tokens(encoded),
        found,
        found.title,
        np.cumsum(found.depth == 1),
    )


@lru_cache(maxsize=8)
def known_side(units: tuple[Unit, ...]) -> Side:
    """An upper plan's units made ready; many local plans are linked to the same few."""
    return side(units)


def members(groups: Ints, count: int) -> csr_matrix:
    """Groups by units: one where a unit belongs to a group."""
    return csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(count, len(groups)))


def occurrences(one: Side, other: Side) -> NDArray[np.int64]:
    """For each unit the unit of the other side that has the very same wording, -1 for none.

    Where a wording stands several times, the first answers to the first, the second to the second.
    """
    where: dict[str, list[int]] = {}
    for k, text in enumerate(other.wording):
        where.setdefault(text, []).append(k)
    seen: dict[str, int] = {}
    result = np.full(one.size, -1, dtype=np.int64)
    for k, text in enumerate(one.wording):
        if text and text in where:
            nth = seen.get(text, 0)
            seen[text] = nth + 1
            result[k] = where[text][min(nth, len(where[text]) - 1)]
    return result
