"""Statements and their clauses as sparse vectors of character n-grams, in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .normalise_first import BREAK

LENGTHS = (1, 2, 3, 5)
"""The lengths of the n-grams; none runs over the end of a clause."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """All n-grams of one length in one plan, as parallel arrays: which, in which statement, in which clause.

    `clause_of[k]` is the statement that clause `k` stands in.
    """

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
        """All n-grams of this length."""
        count = len(self.codes) - length + 1
        if count <= 0:
            empty = np.zeros(0, dtype=np.int64)
            return Grams(empty, empty, empty)
        keys = np.zeros(count, dtype=np.int64)
        inside = np.ones(count, dtype=bool)
        for step in range(length):
            part = self.codes[step : step + count]
            # a polynomial hash in 64 bits: exact up to three characters, and no collision worth naming beyond
            keys = keys * np.int64(2097169) + part
            inside &= part != ord(BREAK)
        return Grams(keys[inside], self.units[:count][inside], self.clauses[:count][inside])


def encode(texts: Sequence[str]) -> Encoded:
    """Compared texts as arrays."""
    line = BREAK.join(texts) + BREAK
    codes = np.frombuffer(line.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    units = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    clauses = np.zeros(len(codes), dtype=np.int64)
    clauses[1:] = np.cumsum(codes[:-1] == ord(BREAK))
    if not texts:
        units, clauses = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        return Encoded(codes, units, clauses, np.zeros(0, dtype=np.int64), 0)
    last = np.flatnonzero(codes == ord(BREAK))
    return Encoded(codes, units, clauses, units[last], len(texts))


def matrix(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    """A sparse matrix of ones; what occurs twice counts once."""
    found = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class Vectors:
    """Two plans over one vocabulary: which statement and which clause holds which n-gram, and what it weighs."""

    local_units: csr_matrix
    local_clauses: csr_matrix
    upper_units: csr_matrix
    upper_clauses: csr_matrix
    weights: Floats


def vectors(local: Encoded, upper: Encoded, length: int) -> Vectors:
    """Both plans' n-grams of one length, weighed by how rare they are in either plan.

    The share of statements that hold an n-gram is averaged over the two plans, so that a plan's length does not matter,
    and other plans do not enter: an edge never depends on what else is linked.
    """
    ours, theirs = local.grams(length), upper.grams(length)
    vocabulary, ids = np.unique(np.concatenate([ours.keys, theirs.keys]), return_inverse=True)
    size = len(vocabulary)
    our_ids, their_ids = ids[: len(ours.keys)], ids[len(ours.keys) :]
    local_units = matrix(ours.units, our_ids, (local.size, size))
    upper_units = matrix(theirs.units, their_ids, (upper.size, size))
    share = local_units.sum(axis=0) / max(1, local.size) + upper_units.sum(axis=0) / max(1, upper.size)
    weights = np.log1p(1.0 / np.maximum(np.asarray(share).ravel() / 2, 1e-9))
    return Vectors(
        local_units,
        matrix(ours.clauses, our_ids, (len(local.clause_units), size)),
        upper_units,
        matrix(theirs.clauses, their_ids, (len(upper.clause_units), size)),
        weights,
    )
