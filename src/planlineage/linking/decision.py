"""The decision layer: from a pair's features to a calibrated confidence and a relation.

Trained by `tools/train_linking.py`; the parameters stand in `parameters.json`. A logistic model for the first look; for the
second look at tasks boosted trees that may only rise with evidence (monotone) and small nets, averaged; a logistic one for
titles; another for the relation, which rests on the two wordings alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ..model.lineage import Relation
from .kept import COUNTED, NAMES
from .ngrams import Floats, product
from .normalise import data

RELATIONS = (Relation.VERBATIM, Relation.ADAPTED, Relation.PARTIAL)


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model over standardised features; several rows of weights for several classes."""

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Linear:
        """The model as stored."""
        return cls(
            tuple(stored["names"]),
            *(np.array(stored[key], dtype=np.float64) for key in ("mean", "scale", "weights", "bias")),
        )

    def logits(self, features: Mapping[str, Floats]) -> Floats:
        """One row a pair, one column a class."""
        slopes = self.weights / self.scale
        result = np.tile(self.bias - slopes @ self.mean, (len(features[self.names[0]]), 1))
        for name, slope in zip(self.names, slopes.T, strict=True):
            result += np.asarray(features[name])[:, None] * slope
        return result


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees laid side by side; a leaf's children are itself."""

    names: tuple[str, ...]
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    base: float
    depth: int

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Trees:
        """The trees as stored: one list of [feature, threshold, left, right, value] nodes a tree."""
        grown = stored["trees"]
        size = max(len(tree) for tree in grown)
        shape = (len(grown), size)
        feature, left, right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        threshold, value = np.zeros(shape), np.zeros(shape)
        for t, tree in enumerate(grown):
            for n, (which, at, below, above, worth) in enumerate(tree):
                feature[t, n], threshold[t, n], left[t, n], right[t, n], value[t, n] = (
                    which,
                    at,
                    below,
                    above,
                    worth,
                )
        return cls(tuple(stored["names"]), feature, threshold, left, right, value, stored["base"], stored["depth"])

    def logits(self, features: Mapping[str, Floats]) -> Floats:
        """One number a pair."""
        values = stacked(features, self.names)
        rows = np.arange(len(values))
        result = np.full(len(values), self.base)
        for feature, threshold, left, right, value in zip(
            self.feature, self.threshold, self.left, self.right, self.value, strict=True
        ):
            at = np.zeros(len(values), dtype=np.int64)
            for _ in range(self.depth):
                at = np.where(values[rows, feature[at]] <= threshold[at], left[at], right[at])
            result += value[at]
        return result


@dataclass(frozen=True, slots=True)
class Net:
    """A net of one hidden layer over standardised features."""

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    hidden: Floats
    shift: Floats
    weights: Floats
    bias: float

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Net:
        """The net as stored: several nets side by side are one."""
        values = {
            key: np.array(stored[key], dtype=np.float64) for key in ("mean", "scale", "hidden", "shift", "weights")
        }
        return cls(tuple(stored["names"]), bias=float(stored["bias"]), **values)

    def logits(self, features: Mapping[str, Floats]) -> Floats:
        """One number a pair."""
        values = np.clip((stacked(features, self.names) - self.mean) / self.scale, -FAR, FAR)
        hidden = np.maximum(product(values, self.hidden) + self.shift, 0.0)
        result: Floats = product(hidden, self.weights[:, None])[:, 0] + self.bias
        return result


FAR = 4.0
"""Standard deviations beyond which a feature says no more to a net."""


def stacked(features: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """The named features side by side, one row a pair."""
    return np.stack([np.asarray(features[name], dtype=np.float64) for name in names], axis=1)


def sigmoid(logits: Floats) -> Floats:
    """Logits as probabilities."""
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return result


@dataclass(frozen=True, slots=True)
class Decision:
    """All that was trained."""

    first: Linear
    second: Trees
    nets: Net
    titles: Linear
    relation: Linear
    slope: float
    shift: float

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Decision:
        """The models as stored."""
        return cls(
            Linear.read(stored["first"]),
            Trees.read(stored["second"]),
            Net.read(stored["nets"]),
            Linear.read(stored["titles"]),
            Linear.read(stored["relation"]),
            stored["calibration"]["slope"],
            stored["calibration"]["shift"],
        )

    def first_look(self, features: Mapping[str, Floats]) -> Floats:
        """The first look's logits."""
        return self.first.logits(features)[:, 0]

    def second_look(self, features: Mapping[str, Floats]) -> Floats:
        """The second look's logits, calibrated."""
        tasks = (self.second.logits(features) + self.nets.logits(features)) / 2.0
        raw = np.where(np.asarray(features["local title"]) > 0, self.titles.logits(features)[:, 0], tasks)
        result: Floats = self.slope * raw + self.shift
        return result

    def relations(self, measures: Sequence[tuple[float, ...]]) -> list[Relation]:
        """The relation of each pair, should it be an edge, from what is kept (`kept.NAMES`)."""
        if not measures:
            return []
        return [RELATIONS[k] for k in self.relation.logits(relation_features(measures)).argmax(axis=1)]


def relation_features(measures: Sequence[tuple[float, ...]]) -> dict[str, Floats]:
    """What tells relations apart: how much is kept, clause by clause, and what is left over on either side."""
    found = dict(zip(NAMES, np.array(measures, dtype=np.float64).T, strict=True))
    ours, theirs = found["local kept"], found["upper kept"]
    nothing, nothing_above = found["local content left"] == 0, found["upper content left"] == 0
    flags = {
        "nothing left": nothing,
        "nothing left above": nothing_above,
        "nothing left at all": nothing & nothing_above,
        "new clause": found["new clauses"] > 0,
        "lost clause": found["lost clauses"] > 0,
        "new or lost clause": found["new clauses"] + found["lost clauses"] > 0,
    }
    derived = {
        "local kept squared": ours**2,
        "upper kept squared": theirs**2,
        "kept on both sides": np.minimum(ours, theirs),
        **{f"log {name}": np.log1p(found.pop(name)) for name in COUNTED},
        **{name: flag.astype(np.float64) for name, flag in flags.items()},
    }
    return {**found, **derived}


@cache
def decision() -> Decision:
    """The trained decision layer."""
    return Decision.read(data("parameters.json"))
