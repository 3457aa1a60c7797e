"""Statements and their clauses as sparse vectors of character n-grams, in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .normalise import BREAK

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

STEP = np.int64(2097169)


@dataclass(frozen=True, slots=True)
class Grams:
    """All n-grams of a plan as parallel arrays: which, in which statement, in which clause; in reading order."""

    keys: Ints
    units: Ints
    clauses: Ints


@dataclass(frozen=True, slots=True)
class Encoded:
    """A plan's statements as arrays.

    `codes` are the compared characters of all statements, a `BREAK` after each; `clause_units[c]` is the statement that
    clause `c` belongs to.
    """

    codes: Ints
    units: Ints
    clauses: Ints
    clause_units: Ints
    size: int

    def grams(self, length: int) -> Grams:
        """All n-grams of this length that do not run over the end of a clause."""
        count = len(self.codes) - length + 1
        if count <= 0:
            empty = np.zeros(0, dtype=np.int64)
            return Grams(empty, empty, empty)
        # a polynomial hash in 64 bits: exact up to three characters, and no collision worth naming beyond; the length
        # is its first digit, so that n-grams of several lengths can share a vocabulary
        keys = np.full(count, length, dtype=np.int64)
        inside = np.ones(count, dtype=bool)
        for step in range(length):
            part = self.codes[step : step + count]
            keys = keys * STEP + part
            inside &= part != ord(BREAK)
        return Grams(keys[inside], self.units[:count][inside], self.clauses[:count][inside])


def encode(texts: Sequence[str]) -> Encoded:
    """Compared texts as arrays."""
    line = "".join(text + BREAK for text in texts)
    codes = np.frombuffer(line.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    units = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    ends = codes == ord(BREAK)
    clauses = np.cumsum(ends) - ends
    return Encoded(codes, units, clauses, units[ends], len(texts))


@dataclass(frozen=True, slots=True)
class Vectors:
    """Two plans over one vocabulary: which statement and which clause holds which n-gram, and what each n-gram weighs."""

    local_units: csr_matrix
    local_clauses: csr_matrix
    upper_units: csr_matrix
    upper_clauses: csr_matrix
    weights: Floats


def vectors(local: Encoded, upper: Encoded, shares: Mapping[int, float], *, rarity: bool = True) -> Vectors:
    """Both plans' n-grams of several lengths, `shares` giving each length's weight, times their rarity in the upper plan.

    Rarity is counted where the source is looked for; n-grams that the upper plan has not are weighed by the local plan.
    Other plans do not enter: an edge never depends on what else is linked.
    """
    ours = [local.grams(length) for length in shares]
    theirs = [upper.grams(length) for length in shares]
    keys = np.concatenate([g.keys for g in ours] + [g.keys for g in theirs])
    vocabulary, ids = np.unique(keys, return_inverse=True)
    split = sum(len(g.keys) for g in ours)
    size = len(vocabulary)
    local_units = _ones(np.concatenate([g.units for g in ours]), ids[:split], (local.size, size))
    upper_units = _ones(np.concatenate([g.units for g in theirs]), ids[split:], (upper.size, size))
    weights = np.zeros(size)
    at = 0
    for grams, share in zip([*ours, *theirs], [*shares.values(), *shares.values()], strict=True):
        weights[ids[at : at + len(grams.keys)]] = share
        at += len(grams.keys)
    if rarity:
        in_upper = np.bincount(upper_units.indices, minlength=size) / max(1, upper.size)
        in_local = np.bincount(local_units.indices, minlength=size) / max(1, local.size)
        share_of = np.where(in_upper > 0, in_upper, in_local)
        weights = weights * np.log1p(1.0 / np.maximum(share_of, 1e-9))
    return Vectors(
        local_units,
        _ones(np.concatenate([g.clauses for g in ours]), ids[:split], (len(local.clause_units), size)),
        upper_units,
        _ones(np.concatenate([g.clauses for g in theirs]), ids[split:], (len(upper.clause_units), size)),
        weights.astype(np.float32),
    )


def _ones(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    """A sparse matrix of ones; what occurs twice counts once."""
    found = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found
