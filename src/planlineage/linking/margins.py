"""How each candidate stands against the best other one of its group."""

from __future__ import annotations

import numpy as np

from .ngrams import Floats, Ints


def margins(values: Floats, groups: Ints, count: int) -> Floats:
    """How far each value stands before the best other of its group; a lone one before 0.

    >>> margins(np.array([0.9, 0.5, 0.4]), np.array([0, 0, 1]), 2).round(1).tolist()
    [0.4, -0.4, 0.4]
    """
    return values - others(values, groups, count)


def others(values: Floats, groups: Ints, count: int) -> Floats:
    """The best other value of each one's group, 0 where there is none."""
    first, second = best_two(values, groups, count)
    padded = np.append(values, 0.0)
    winner = first[groups] == np.arange(len(values))
    result: Floats = np.where(winner, padded[second[groups]], padded[first[groups]])
    return result


def best_two(values: Floats, groups: Ints, count: int) -> tuple[Ints, Ints]:
    """The positions of each group's best and second best value, -1 where there is none; of equals the earlier."""
    first, second = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    if not len(values):
        return first, second
    order = np.argsort(groups, kind="stable")
    ranked, held = groups[order], values[order]
    opens = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    of = np.repeat(np.arange(len(opens)), np.diff(np.append(opens, len(ranked))))
    for result in (first, second):
        best = np.maximum.reduceat(held, opens)
        places = np.flatnonzero((held == best[of]) & (held > -np.inf))
        group, earliest = np.unique(of[places], return_index=True)
        places = places[earliest]
        result[ranked[opens[group]]] = order[places]
        held = held.copy()
        held[places] = -np.inf
    return first, second
