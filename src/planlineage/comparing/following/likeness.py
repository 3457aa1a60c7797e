"""How like a promise and a stretch of a report are: shares of the rarer words of one that the other has too.

Everything is worked out for all promises and all pieces at once, as tables with one line for a promise and one column for a
piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...linking.ngrams import Floats, encode, highest
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
    bounds = columns.indptr.tolist()
    weights = np.array(words.weights)
    has = np.zeros(those.shape[0], dtype=bool)
    for i in range(these.shape[0]):
        own = these.indices[these.indptr[i] : these.indptr[i + 1]]
        # few of those hold the rarest gram, fewer the next one too
        left: Any = slice(None)
        for gram in own[np.argsort(-weights[own])].tolist():
            found[i, left] = weights[gram]
            holding = columns.indices[bounds[gram] : bounds[gram + 1]]
            if isinstance(left, slice):
                left = holding
            else:
                has[holding] = True
                left = left[has[left]]
                has[holding] = False
            if not len(left):
                break
        else:
            found[i, left] = 0.0
    return found / 8


class Meanings:
    """The words of some texts with their vectors; see `linking.words`."""

    def __init__(self, texts: Sequence[str]) -> None:
        told = tokens(encode(list(texts)))
        self.size = told.size
        self.words, columns = np.unique(told.words, return_inverse=True)
        vectors = lexicon().vectors[self.words]
        self.vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.columns = columns
        self.starts = np.flatnonzero(np.r_[True, np.diff(told.units) > 0]) if len(columns) else columns
        self.some = told.units[self.starts]
        """The texts that have words."""
        ends = np.append(self.starts, len(columns))
        rarity = lexicon().rarity[told.words]
        self.rarity = sparse.csr_matrix((rarity, columns, ends), shape=(len(self.some), len(self.words)))
        """How rare the words of each of these texts are."""
        self.total = np.add.reduceat(rarity, self.starts) if len(columns) else rarity

    def against(self, other: Meanings) -> dict[str, Table]:
        """How far the words of each text have one of their kind in each other text, and the other way round, 0 to 1."""
        forth, back = np.zeros((self.size, other.size)), np.zeros((self.size, other.size))
        if len(self.words) and len(other.words):
            near = np.maximum(self.vectors @ other.vectors.T, 0) ** 2
            both = np.ix_(self.some, other.some)
            forth[both] = self._mean(other._likest(np.ascontiguousarray(near.T)))
            back[both] = other._mean(self._likest(near)).T
        return {"meaning": forth, "meaning_back": back}

    def _likest(self, near: Floats) -> Floats:
        """How near the nearest word of each of these texts is to each word of others."""
        likest: Floats = highest(near[self.columns], self.starts)
        return likest

    def _mean(self, likest: Floats) -> Table:
        """What holds for the words of each of these texts, for each other text, as a mean by how rare they are."""
        mean: Table = self.rarity @ likest.T / self.total[:, None]
        return mean


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
