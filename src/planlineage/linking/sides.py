"""A plan made ready for comparing: its units read, encoded and outlined once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .ngrams import Encoded, Ints, encode
from .normalise import concepts, wording
from .outline import Outline, outline
from .units import Unit


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
    outline: Outline
    title: Ints
    chapter: Ints

    @property
    def size(self) -> int:
        """How many units."""
        return len(self.units)


def side(units: Sequence[Unit]) -> Side:
    """A plan's units made ready."""
    found = outline(units)
    words = [wording(unit.text) for unit in units]
    return Side(
        units,
        words,
        encode([concepts(text) for text in words]),
        encode(words),
        found,
        found.title,
        np.cumsum(found.depth == 1),
    )


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
