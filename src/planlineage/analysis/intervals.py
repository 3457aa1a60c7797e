"""The range of a rate that follows from how sure each of its parts is, and from what the linker is known to miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..model.data import data

if TYPE_CHECKING:
    import numpy as np

CERTAINTY = 0.95
"""Probability that the interval of a rate is made for."""

NODES = 9
"""Points at which the common error of a document is tried (Gauss–Hermite quadrature)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt about coverage from families of documents that the linker had not seen (`tools/train_interval.py`).

    `missed` is how many upper tasks are carried though no edge says so, for each that an edge finds. `spread` is the standard
    deviation, in logits, of the error that all chances of one document share. `whole` is the share of the tasks of a status that
    are carried as a whole, of those that are carried at all.
    """

    missed: float
    spread: float
    whole: Mapping[str, float]

    def unseen(self, found: float, without: int) -> float:
        """The chance that a task without an edge is carried all the same, where `found` tasks are expected to be carried by
        edges and `without` have none.

        >>> Calibration(0.05, 0.5, {}).unseen(160, 40), Calibration(0.05, 0.5, {}).unseen(0, 40)
        (0.16666666666666666, 0.0)
        """
        lost = self.missed * found
        return lost / (without + lost) if lost else 0.0


@cache
def calibration() -> Calibration:
    """The shipped one."""
    found = data(__package__, "interval")
    return Calibration(found["missed"], found["spread"], found["whole"])


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share that is to be expected, 0 to 1, and the range in which it lies with 95 % probability."""

    expected: float
    interval: tuple[float, float]


def estimate(
    chances: Sequence[float], weights: Sequence[int], counted: float = 0.0, total: int | None = None
) -> Estimate:
    """The share of the weights that is to be expected to come true, and its range, widened to hold the share `counted`.

    It is a share of `total`: of all the weights, or of more where not all of a part can come true.

    >>> estimate([1.0] * 8 + [0.5] * 2, [1] * 10, 0.9)
    Estimate(expected=0.9, interval=(0.8, 1.0))
    >>> estimate([], [])
    Estimate(expected=0.0, interval=(0.0, 0.0))
    """
    total = sum(weights) if total is None else total
    if not total:
        return Estimate(0.0, (0.0, 0.0))
    low, high = weighted_range(chances, weights, spread=calibration().spread)
    expected = sum(c * w for c, w in zip(chances, weights, strict=True)) / total
    return Estimate(expected, (min(low / total, expected, counted), max(high / total, expected, counted)))


def weighted_range(
    chances: Sequence[float], weights: Sequence[int], *, spread: float = 0.0, certainty: float = CERTAINTY
) -> tuple[int, int]:
    """The central range of the sum of weights of what comes true, with at least `certainty` of the probability.

    Each part comes true with its own chance, independently of the others; with all weights 1 the sum follows a Poisson
    binomial distribution, which is worked out exactly (Le Cam 1960; the same recursion serves any whole weights). With a
    `spread` all chances err together: on the logit scale they share one error with this standard deviation, over which the
    distribution is averaged.

    >>> weighted_range([1.0, 1.0, 0.5], [1, 1, 1])
    (2, 3)
    >>> weighted_range([0.9] * 10, [1] * 10), weighted_range([0.9] * 10, [1] * 10, spread=1.0)
    ((7, 10), (5, 10))
    """
    import numpy as np

    given = np.asarray(chances, dtype=float)
    if spread and len(given):
        places, shares = np.polynomial.hermite_e.hermegauss(NODES)
        odds = given / np.maximum(1 - given, 1e-300)
        mass = sum(
            share * _mass(odds * factor / (1 + odds * factor), weights)
            for share, factor in zip(shares / shares.sum(), np.exp(spread * places), strict=True)
        )
    else:
        mass = _mass(given, weights)
    tail = (1 - certainty) / 2
    below, above = np.cumsum(mass), np.cumsum(mass[::-1])
    low = int(np.searchsorted(below, tail, side="right"))
    high = len(mass) - 1 - int(np.searchsorted(above, tail, side="right"))
    return min(low, high), max(low, high)


def _mass(chances: Sequence[float] | np.ndarray, weights: Sequence[int]) -> np.ndarray:
    """The probability of each sum of weights, from 0 to that of all."""
    import numpy as np

    mass = np.zeros(int(sum(weights)) + 1)
    mass[0] = 1.0
    reach = 0
    for chance, weight in zip(chances, weights, strict=True):
        if chance <= 0 or weight <= 0:
            continue
        reach += weight
        moved = mass[: reach + 1 - weight] * chance
        mass[: reach + 1] *= 1 - chance
        mass[weight : reach + 1] += moved
    return mass
