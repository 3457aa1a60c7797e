"""What two statements are about, told from their words' vectors: each by itself, and with its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, identity

from .ngrams import Floats, product
from .outline import Outline
from .words import Tokens, lexicon

USUAL = (0.12, 0.17, 30.0)
"""Mean and spread of the cosine of two statements taken at random, and how many statements of a plan outweigh them."""

LEAD, HEAD, BESIDE = 0.7, 0.5, 0.3
"""What the lead of its list, its heading and its neighbours add to what a statement is about."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the statements of both plans are about, in vectors of length one, and how each one's cosines with the other plan's
    statements lie (mean and spread), for the local and for the upper statements.
    """

    local: Floats
    upper: Floats
    by_row: tuple[Floats, Floats]
    by_column: tuple[Floats, Floats]

    @classmethod
    def of(cls, local: Floats, upper: Floats) -> Vectors:
        """Vectors of any length."""
        one, other = _length_one(local), _length_one(upper)
        return cls(one, other, _spread(one, other), _spread(other, one))

    def cosines(self, rows: slice) -> Floats:
        """Of some local statements with all upper ones."""
        return product(self.local[rows], self.upper.T)

    def apart(self, cosines: Floats, rows: slice) -> Floats:
        """How far each upper statement stands out for a local one, in standard deviations."""
        result: Floats = (cosines - self.by_row[0][rows, None]) / self.by_row[1][rows, None]
        return result


@dataclass(frozen=True, slots=True)
class Senses:
    """What the statements of both plans are about: `alone` by their own words, `settled` with their surroundings; `bags` hold
    the words themselves, by rarity, surroundings included, and `listed` says which local statements hang from a list's lead.
    """

    alone: Vectors
    settled: Vectors
    bags: tuple[csr_matrix, csr_matrix]
    listed: NDArray[np.bool_]

    def measures(self, rows: slice) -> tuple[dict[str, Floats], list[Floats]]:
        """Features of some local statements with all upper ones, and the measures that bring candidates."""
        cosines = self.alone.cosines(rows)
        apart = self.alone.apart(cosines, rows)
        features = {
            "sense": cosines,
            "sense by row": apart,
            "sense by column": (cosines - self.alone.by_column[0]) / self.alone.by_column[1],
        }
        settled = self.settled.apart(self.settled.cosines(rows), rows)
        # an item of a list says little by itself: its lead's words bring candidates too
        listed = np.flatnonzero(self.listed[rows])
        bags = np.zeros_like(cosines)
        if len(listed):
            bags[listed] = (self.bags[0][rows][listed] @ self.bags[1]).toarray()
        return features, [apart, settled, bags]


def senses(local: Tokens, upper: Tokens, ours: Outline, theirs: Outline) -> Senses:
    """Both plans' words made ready."""
    one, other = _sums(local), _sums(upper)
    around = _settings(ours), _settings(theirs)
    return Senses(
        Vectors.of(one, other),
        Vectors.of(around[0] @ _length_one(one), around[1] @ _length_one(other)),
        (_bags(local, around[0]), _bags(upper, around[1]).T.tocsr()),
        ours.lead >= 0,
    )


def _bags(found: Tokens, around: csr_matrix) -> csr_matrix:
    """The words of each statement and its surroundings by rarity, of length one."""
    rarity = lexicon().rarity
    bags = around @ csr_matrix((rarity[found.words], (found.units, found.words)), shape=(found.size, len(rarity)))
    length = np.sqrt(np.asarray(bags.multiply(bags).sum(axis=1)).ravel())
    return (diags(1.0 / np.maximum(length, 1e-9)) @ bags).tocsr().astype(np.float32)


def _sums(found: Tokens) -> Floats:
    vectors = lexicon().vectors
    ones = np.ones(len(found.words), dtype=np.float32)
    result: Floats = csr_matrix((ones, (found.units, found.words)), shape=(found.size, len(vectors))) @ vectors
    return result


def _settings(outline: Outline) -> csr_matrix:
    """Each statement with what it hangs from and what stands beside it in its article."""
    size = len(outline.title)
    found = identity(size, format="csr", dtype=np.float32)
    for over, share in ((outline.lead, LEAD), (outline.head, HEAD)):
        has = np.flatnonzero(over >= 0)
        found = found + csr_matrix((np.full(len(has), share, dtype=np.float32), (has, over[has])), shape=(size, size))
    body = outline.title == 0
    next_to = np.flatnonzero((outline.article[1:] == outline.article[:-1]) & body[1:] & body[:-1])
    places = np.concatenate([next_to, next_to + 1]), np.concatenate([next_to + 1, next_to])
    beside = np.full(2 * len(next_to), BESIDE, dtype=np.float32)
    return found + csr_matrix((beside, places), shape=(size, size))


def _length_one(values: Floats) -> Floats:
    result: Floats = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    return result


def _spread(ours: Floats, theirs: Floats) -> tuple[Floats, Floats]:
    """Mean and spread of each of our statements' cosines with all of theirs; a plan of few statements leans on the usual."""
    mean, spread, weight = USUAL
    count = len(theirs)
    first = product(ours, theirs.sum(axis=0)[:, None])[:, 0]
    second = (product(ours, product(np.ascontiguousarray(theirs.T), theirs)) * ours).sum(axis=1)
    centre = (first + weight * mean) / (count + weight)
    square = (second + weight * (mean**2 + spread**2)) / (count + weight)
    return centre, np.sqrt(np.maximum(square - centre**2, 1e-4))
