"""The range of a rate that follows from how sure each of its parts is."""

from __future__ import annotations

from collections.abc import Sequence

CERTAINTY = 0.95
"""Probability that the interval of a rate is made for."""


def weighted_range(chances: Sequence[float], weights: Sequence[int], certainty: float = CERTAINTY) -> tuple[int, int]:
    """The central range of the sum of weights of what comes true, with at least `certainty` of the probability.

    Each part comes true with its own chance, independently of the others; with all weights 1 the sum follows a Poisson
    binomial distribution, which is worked out exactly (Le Cam 1960; the same recursion serves any whole weights).

    >>> weighted_range([1.0, 1.0, 0.5], [1, 1, 1])
    (2, 3)
    >>> weighted_range([0.9] * 10, [1] * 10)
    (7, 10)
    """
    import numpy as np

    total = int(sum(weights))
    mass = np.zeros(total + 1)
    mass[0] = 1.0
    reach = 0
    for chance, weight in zip(chances, weights, strict=True):
        if chance <= 0 or weight <= 0:
            continue
        reach += weight
        moved = mass[: reach + 1 - weight] * chance
        mass[: reach + 1] *= 1 - chance
        mass[weight : reach + 1] += moved
    tail = (1 - certainty) / 2
    below, above = np.cumsum(mass), np.cumsum(mass[::-1])
    low = int(np.searchsorted(below, tail, side="right"))
    high = total - int(np.searchsorted(above, tail, side="right"))
    return min(low, high), max(low, high)
