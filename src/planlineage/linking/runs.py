"""Stretches that stand word for word in both statements, found for many pairs at once."""

from __future__ import annotations

import numpy as np

from .ngrams import Floats, Ints, rarity_of, usual_share
from .sides import Side

SMALL = 15.0
"""Weight added below the share, so that a few characters never look like much."""


class Runs:
    """The bigrams of both plans in reading order, laid out so that candidate pairs can be looked up together."""

    def __init__(self, ours: Side, theirs: Side) -> None:
        local, upper = ours.concepts.grams(2), theirs.concepts.grams(2)
        known, ids = np.unique(np.concatenate([upper.keys, local.keys]), return_inverse=True)
        upper_ids, self.ids = ids[: len(upper.keys)], ids[len(upper.keys) :]
        self.size = len(known)
        self.table = np.unique(upper.units * self.size + upper_ids)
        mine = np.unique(local.units * self.size + self.ids)
        in_upper = np.bincount(self.table % max(1, self.size), minlength=self.size)
        in_local = np.bincount(mine % max(1, self.size), minlength=self.size)
        self.weights = rarity_of(in_upper, theirs.size, in_local, ours.size, usual_share(known))
        self.clauses = local.clauses
        self.starts = np.searchsorted(local.units, np.arange(ours.size + 1))

    def features(self, i: Ints, j: Ints) -> dict[str, Floats]:
        """For each pair the longest run in bigrams, its weight, and the share of the local text in runs of three or more."""
        lengths = (self.starts[1:] - self.starts[:-1])[i]
        pair = np.repeat(np.arange(len(i)), lengths)
        zero = np.zeros(len(i))
        if not len(pair) or not len(self.table):
            return {"longest run": zero, "longest run weight": zero.copy(), "run share": zero.copy()}
        at = np.arange(len(pair)) - (np.cumsum(lengths) - lengths)[pair] + self.starts[i][pair]
        wanted = j[pair] * self.size + self.ids[at]
        place = np.minimum(np.searchsorted(self.table, wanted), len(self.table) - 1)
        hit = self.table[place] == wanted
        weight = self.weights[self.ids[at]]
        clause = self.clauses[at]
        new = np.ones(len(pair), dtype=bool)
        new[1:] = (pair[1:] != pair[:-1]) | (clause[1:] != clause[:-1]) | (hit[1:] != hit[:-1])
        opens = np.flatnonzero(new)
        run_weight = np.add.reduceat(weight * hit, opens)
        run_length = np.add.reduceat(hit.astype(np.float64), opens)
        owner = pair[opens]
        longest, heaviest = zero.copy(), zero.copy()
        np.maximum.at(longest, owner, run_length)
        np.maximum.at(heaviest, owner, run_weight)
        long = np.bincount(owner, run_weight * (run_length >= 3), len(i))
        return {
            "longest run": np.log1p(longest),
            "longest run weight": np.log1p(heaviest),
            "run share": long / (np.bincount(pair, weight, len(i)) + SMALL),
        }
