"""Statements and their clauses as sparse vectors of character n-grams, in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .normalise import BREAK, SEAM

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

CODE_POINTS = 0x110000
"""How many characters there may be."""

STEP = np.int64(2097169)
LEANING = 20.0
"""How many statements of a plan weigh as much as what is usual in official documents."""

SELDOM = 3e-5
"""Share of sentences that hold an n-gram too rare to be counted."""


SMALL_PRODUCT = 200_000
"""Multiplications up to which a matrix product stays on one thread."""


def product(one: Floats, other: Floats) -> Floats:
    """A matrix product in pieces that stay on one thread: many threads wait busily, and slow what runs beside them.

    >>> product(np.eye(2), np.ones((2, 3))).shape
    (2, 3)
    """
    rows = max(1, SMALL_PRODUCT // max(1, one.shape[1] * other.shape[1]))
    result = np.empty((len(one), other.shape[1]), dtype=np.result_type(one, other))
    for start in range(0, len(one), rows):
        np.matmul(one[start : start + rows], other, out=result[start : start + rows])
    return result


def highest(values: Floats, begins: Ints) -> Floats:
    """The highest of each column for each group of rows, `begins` being where the groups begin; several times as fast as
    `np.maximum.reduceat`, which goes down each column by itself.

    >>> highest(np.array([[1, 5], [2, 4], [0, 0]]), np.array([0, 2])).tolist()
    [[2, 5], [0, 0]]
    """
    bounds = [*begins.tolist(), len(values)]
    found: Floats = np.empty((len(begins), values.shape[1]), dtype=values.dtype)
    for row, (start, stop) in enumerate(pairwise(bounds)):
        np.maximum.reduce(values[start:stop], axis=0, out=found[row])
    return found


def codes_of(texts: Sequence[str]) -> tuple[Ints, NDArray[np.bool_]]:
    """The code points of all texts in one row with a seam between two of them, and where the seams are.

    >>> codes, seams = codes_of(["甲乙", "丙"])
    >>> len(codes), np.flatnonzero(seams).tolist()
    (4, [2])
    """
    codes = np.frombuffer(SEAM.join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return codes, codes == ord(SEAM)


@dataclass(frozen=True, slots=True)
class Grams:
    """All n-grams of a plan as parallel arrays: which, in which statement, in which clause, at which place; in reading order."""

    keys: Ints
    units: Ints
    clauses: Ints
    places: Ints


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
            return Grams(empty, empty, empty, empty)
        # a polynomial hash in 64 bits: exact up to three characters, and no collision worth naming beyond; the length
        # is its first digit, so that n-grams of several lengths can share a vocabulary
        keys = np.full(count, length, dtype=np.int64)
        inside = np.ones(count, dtype=bool)
        for step in range(length):
            part = self.codes[step : step + count]
            keys = keys * STEP + part
            inside &= part != ord(BREAK)
        places = np.flatnonzero(inside)
        return Grams(keys[places], self.units[places], self.clauses[places], places)


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

    Rarity is counted where the source is looked for, and leans on what is usual in official documents the more, the shorter the
    plan is; n-grams that the upper plan has not are weighed by the local plan. Other plans do not enter: an edge never
    depends on what else is linked.
    """
    ours = [local.grams(length) for length in shares]
    theirs = [upper.grams(length) for length in shares]
    keys = np.concatenate([g.keys for g in ours] + [g.keys for g in theirs])
    vocabulary, first, ids = np.unique(keys, return_index=True, return_inverse=True)
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
        lengths = np.concatenate(
            [np.full(len(g.keys), n) for g, n in zip([*ours, *theirs], [*shares, *shares], strict=True)]
        )
        places = np.concatenate([g.places for g in ours] + [g.places + len(local.codes) for g in theirs])
        usual = usual_shares(np.append(local.codes, upper.codes), places[first], lengths[first])
        in_upper, in_local = (np.bincount(found.indices, minlength=size) for found in (upper_units, local_units))
        weights = weights * rarity_of(in_upper, upper.size, in_local, local.size, usual)
    return Vectors(
        local_units,
        _ones(np.concatenate([g.clauses for g in ours]), ids[:split], (len(local.clause_units), size)),
        upper_units,
        _ones(np.concatenate([g.clauses for g in theirs]), ids[split:], (len(upper.clause_units), size)),
        weights.astype(np.float32),
    )


def rarity_of(in_upper: Ints, uppers: int, in_local: Ints, locals_: int, usual: Floats) -> Floats:
    """What n-grams weigh that stand in so many of so many statements of either plan."""
    upper_share = (in_upper + LEANING * usual) / (uppers + LEANING)
    local_share = (in_local + LEANING * usual) / (locals_ + LEANING)
    result: Floats = np.log1p(1.0 / np.where(in_upper > 0, upper_share, local_share))
    return result


@cache
def _usual() -> tuple[Ints, Floats]:
    with files(__package__).joinpath("usual.npz").open("rb") as handle, np.load(handle) as stored:
        return stored["keys"], np.exp(stored["shares"] / -20.0)


def usual_shares(codes: Ints, places: Ints, lengths: Ints) -> Floats:
    """In which share of the sentences of official documents the n-grams stand that begin at these places.

    Characters and pairs of them are counted; a longer one is taken to be half as usual as the rarest pair in it.
    """
    padded = np.append(codes, np.zeros(8, dtype=np.int64))
    result = usual_share(STEP + padded[places])
    for step in range(int(lengths.max(initial=1)) - 1):
        longer = lengths > step + 1
        at = places[longer] + step
        pair = usual_share((2 * STEP + padded[at]) * STEP + padded[at + 1])
        result[longer] = np.minimum(result[longer], pair * (0.5 if step else 1.0))
    return result


def usual_share(keys: Ints) -> Floats:
    """The same for single characters and pairs, by their keys."""
    known, shares = _usual()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    result: Floats = np.where(known[at] == keys, shares[at], SELDOM)
    return result


def _ones(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    """A sparse matrix of ones; what occurs twice counts once."""
    found = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found
