"""How like a promise and a stretch of a report are: shares of the rarer words of one that the other has too.

Everything is worked out for all promises and all pieces at once, as tables with one line for a promise and one column for a
piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...linking.ngrams import CODE_POINTS, Floats, codes_of, encode, highest
from ...linking.words import lexicon, tokens
from .lexicon import weight

Table = npt.NDArray[np.float64]
Features = Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Cut:
    """Texts to be cut into runs of so many characters; a text of one character is its own pair."""

    texts: Sequence[str]
    length: int


class Words:
    """The runs of characters of some texts, numbered together so that texts can be compared by matrix products."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.weights: list[float] = []

    def bags(self, cut: Cut) -> sparse.csr_matrix:
        """One line for each text with 1 for each of its grams, in the order of the text."""
        codes, seams = codes_of(cut.texts)
        texts = np.cumsum(seams)
        count = max(0, len(codes) - cut.length + 1)
        keys, inside = np.zeros(count, dtype=np.int64), np.ones(count, dtype=bool)
        for step in range(cut.length):
            keys = keys * CODE_POINTS + codes[step : step + count]
            inside &= ~seams[step : step + count]
        starts = np.flatnonzero(inside)
        keys, rows = keys[starts], texts[starts]
        if cut.length == 2:
            alone = np.flatnonzero(~seams & (np.bincount(texts[~seams], minlength=len(cut.texts))[texts] == 1))
            rows = np.append(rows, texts[alone])
            order = np.argsort(rows, kind="stable")
            keys, rows = np.append(keys, codes[alone])[order], rows[order]
        known, own = np.unique(keys, return_inverse=True)
        once = np.sort(np.unique(rows * len(known) + own, return_index=True)[1])
        numbers = np.array([self._number(key) for key in known.tolist()], dtype=np.int64)
        ends = np.searchsorted(rows[once], np.arange(len(cut.texts) + 1))
        shape = len(cut.texts), len(self.weights)
        return sparse.csr_matrix((np.ones(len(once)), numbers[own[once]], ends), shape=shape)

    def _number(self, key: int) -> int:
        found = self._numbers.setdefault(key, len(self.weights))
        if found == len(self.weights):
            self.weights.append(1.0 if key < CODE_POINTS else weight(_gram(key)))
        return found

    def shared(self, these: sparse.csr_matrix, those: sparse.csr_matrix) -> Table:
        """The weight of the grams that each of these has in common with each of those."""
        size = len(self.weights)
        weighed = np.array(self.weights)[those.indices]
        one = sparse.csr_matrix((these.data, these.indices, these.indptr), shape=(these.shape[0], size))
        other = sparse.csr_matrix((weighed, those.indices, those.indptr), shape=(those.shape[0], size))
        table: Table = (one @ other.T).toarray()
        return table

    def total(self, bags: sparse.csr_matrix) -> Table:
        """The weight of each text."""
        table: Table = np.asarray(bags @ np.array(self.weights[: bags.shape[1]]), dtype=np.float64)
        return table


def _gram(key: int) -> str:
    """The characters of a key."""
    return (_gram(key // CODE_POINTS) if key >= CODE_POINTS else "") + chr(key % CODE_POINTS)


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


def characters(names: Sequence[str]) -> Cut:
    """Each name as its single characters."""
    return Cut(names, 1)


def pairs(names: Sequence[str]) -> Cut:
    """Each name as its pairs of characters."""
    return Cut(names, 2)


def triads(names: Sequence[str]) -> Cut:
    """Each name as its runs of three characters."""
    return Cut(names, 3)


def score(weights: Mapping[str, float], features: Features) -> Table:
    """The weighted sum of features; `""` is the weight that stands alone."""
    total: Table = np.full(next(iter(features.values())).shape, weights[""])
    for name, table in features.items():
        total += weights[name] * table
    return total
