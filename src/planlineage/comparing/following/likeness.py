"""How like a promise and a stretch of a report are: shares of the rarer words of one that the other has too.

Everything is worked out for all promises and all pieces at once, as tables with one line for a promise and one column for a
piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...linking.ngrams import encode
from ...linking.words import lexicon, tokens
from .lexicon import grams, weight

Table = npt.NDArray[np.float64]
Features = Mapping[str, Table]


class Words:
    """The pairs of characters of some texts, numbered together so that texts can be compared by matrix products."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.weights: list[float] = []

    def bags(self, texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """One line for each text with 1 for each of its grams."""
        columns: list[int] = []
        ends = [0]
        for text in texts:
            for gram in dict.fromkeys(text):
                if gram not in self._numbers:
                    self._numbers[gram] = len(self._numbers)
                    self.weights.append(weight(gram) if len(gram) > 1 else 1.0)
                columns.append(self._numbers[gram])
            ends.append(len(columns))
        return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(self._numbers)))

    def shared(self, these: sparse.csr_matrix, those: sparse.csr_matrix) -> Table:
        """The weight of the grams that each of these has in common with each of those."""
        size = len(self.weights)
        these, those = these.copy(), those.copy()
        these.resize(these.shape[0], size)
        those.resize(those.shape[0], size)
        table: Table = (these @ sparse.diags(self.weights) @ those.T).toarray()
        return table

    def total(self, bags: sparse.csr_matrix) -> Table:
        """The weight of each text."""
        table: Table = np.asarray(bags @ np.array(self.weights[: bags.shape[1]]), dtype=np.float64)
        return table


def coverage(words: Words, these: sparse.csr_matrix, those: sparse.csr_matrix) -> Table:
    """The share of each of these that stands in each of those, 0 to 1."""
    table: Table = words.shared(these, those) / np.maximum(words.total(these), 1e-9)[:, None]
    return table


def missing(words: Words, these: sparse.csr_matrix, those: sparse.csr_matrix) -> Table:
    """The weight of the rarest gram of each of these that each of those lacks."""
    found = np.zeros((these.shape[0], those.shape[0]))
    columns = those.tocsc()
    columns.resize(those.shape[0], len(words.weights))
    weights = np.array(words.weights)
    for i in range(these.shape[0]):
        own = these.indices[these.indptr[i] : these.indptr[i + 1]]
        if len(own):
            found[i] = ((1 - columns[:, own].toarray()) * weights[own]).max(axis=1)
    return found / 8


class Meanings:
    """The words of some texts with their vectors; see `linking.words`."""

    def __init__(self, texts: Sequence[str]) -> None:
        told = tokens(encode(list(texts)))
        self.size, self.units, self.words = told.size, told.units, told.words
        vectors = lexicon().vectors[told.words]
        self.vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.rarity = lexicon().rarity[told.words]

    def against(self, other: Meanings) -> dict[str, Table]:
        """How far the words of each text have one of their kind in each other text, and the other way round, 0 to 1."""
        forth, back = np.zeros((self.size, other.size)), np.zeros((self.size, other.size))
        if not len(self.words) or not len(other.words):
            return {"meaning": forth, "meaning_back": back}
        starts = np.flatnonzero(np.r_[True, np.diff(other.units) > 0])
        there = other.units[starts]
        total = np.add.reduceat(other.rarity, starts)
        _, first, mine = np.unique(self.words, return_index=True, return_inverse=True)
        _, their_first, theirs = np.unique(other.words, return_index=True, return_inverse=True)
        near = np.maximum(self.vectors[first] @ other.vectors[their_first].T, 0) ** 2
        likest = np.maximum.reduceat(near[:, theirs], starts, axis=1)
        for i in range(self.size):
            own = np.flatnonzero(self.units == i)
            if len(own):
                rarity = self.rarity[own]
                forth[i, there] = rarity @ likest[mine[own]] / rarity.sum()
                back[i, there] = np.add.reduceat(near[mine[own]].max(axis=0)[theirs] * other.rarity, starts) / total
        return {"meaning": forth, "meaning_back": back}


def characters(names: Sequence[str]) -> list[list[str]]:
    """Each name as its single characters."""
    return [list(name) for name in names]


def pairs(names: Sequence[str]) -> list[list[str]]:
    """Each name as its pairs of characters."""
    return [grams(name) for name in names]


def triads(names: Sequence[str]) -> list[list[str]]:
    """Each name as its runs of three characters."""
    return [[name[i : i + 3] for i in range(len(name) - 2)] for name in names]


def score(weights: Mapping[str, float], features: Features) -> Table:
    """The weighted sum of features; `""` is the weight that stands alone."""
    total: Table = np.full(next(iter(features.values())).shape, weights[""])
    for name, table in features.items():
        total += weights[name] * table
    return total
