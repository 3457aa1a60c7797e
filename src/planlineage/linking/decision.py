"""The decision layer: from a pair's features to a calibrated confidence and a relation.

Trained by `tools/train_linking.py`; the parameters stand in `parameters.json`. Three small models: a logistic one for the first
look, boosted trees that may only rise with evidence (monotone) for the second look at tasks, a logistic one for headings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ..model.lineage import Relation
from .ngrams import Floats
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
        return cls(
            tuple(stored["names"]), feature, threshold, left, right, value, stored["base"], stored["depth"]
        )

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
    headings: Linear
    relation: Linear
    slope: float
    shift: float

    def first_look(self, features: Mapping[str, Floats]) -> Floats:
        """The first look's logits."""
        return self.first.logits(features)[:, 0]

    def second_look(self, features: Mapping[str, Floats]) -> Floats:
        """The second look's logits, calibrated."""
        raw = np.where(
            np.asarray(features["titles"]) > 0,
            self.headings.logits(features)[:, 0],
            self.second.logits(features),
        )
        result: Floats = self.slope * raw + self.shift
        return result

    def relations(self, features: Mapping[str, Floats]) -> list[Relation]:
        """The relation of each pair, should it be an edge."""
        return [RELATIONS[k] for k in self.relation.logits(relation_features(features)).argmax(axis=1)]


def relation_features(features: Mapping[str, Floats]) -> dict[str, Floats]:
    """What tells relations apart: how much is kept on either side, and how much weight is left over."""
    shared = np.expm1(features["amount"])
    local, upper = np.expm1(features["local weight"]), np.expm1(features["upper weight"])
    ours, theirs = features["local words kept"], features["upper words kept"]
    derived = {
        "concepts kept": shared / (local + 1e-9),
        "upper concepts kept": shared / (upper + 1e-9),
        "left over": np.log1p(np.maximum(0.0, local - shared)),
        "left out": np.log1p(np.maximum(0.0, upper - shared)),
        "local words kept squared": ours**2,
        "upper words kept squared": theirs**2,
        "words kept on both sides": np.minimum(ours, theirs),
    }
    return {**features, **derived}


@cache
def decision() -> Decision:
    """The trained decision layer."""
    stored = data("parameters.json")
    calibration = stored["calibration"]
    return Decision(
        Linear.read(stored["first"]),
        Trees.read(stored["second"]),
        Linear.read(stored["headings"]),
        Linear.read(stored["relation"]),
        calibration["slope"],
        calibration["shift"],
    )
