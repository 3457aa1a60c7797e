"""The upper task that a lower statement without an edge speaks of, where one stands out."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from functools import cached_property

from ..model.parts import Statement
from .answer import Stated
from .clauses import bigrams
from .setting import COMMITTING, Setting

LEAST = 0.1
"""Likeness under which no upper task is near. In five pairs of plans, 0.1 with the lead below places ten statements: four beside
the task that readers named, three beside another one, three beside one where readers named none. Both were
set on these pairs."""

LEAD = 1.5
"""How many times as like as the second the nearest must be."""


class Nearest:
    """Likeness of whole statements by their pairs of characters, rare ones counting more."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def of(self, lower: Statement, goals: bool = False) -> Stated | None:
        """The upper task that stands out as the one a lower statement speaks of, or with `goals` the task or goal."""
        words = sorted(w for w in bigrams(lower.text) if w in self._weight)
        kinds = COMMITTING if goals else COMMITTING - {"goal"}
        shared: dict[int, float] = defaultdict(float)
        for word in words:
            for place in self._holding.get(word, ()):
                shared[place] += self._weight[word]
        own = sum(self._weight[w] for w in words)
        likeness = (
            (weight / math.sqrt(own * self._whole[place]), place)
            for place, weight in shared.items()
            if weight and self._uppers[place].statement.kind in kinds
        )
        found = heapq.nlargest(2, likeness)
        if not found or found[0][0] < LEAST or (len(found) > 1 and found[0][0] < LEAD * found[1][0]):
            return None
        return self._uppers[found[0][1]]

    @cached_property
    def _uppers(self) -> list[Stated]:
        return [Stated(u, s) for u in self._setting.links.uppers for s in u.statements if s.kind in COMMITTING]

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [bigrams(stated.statement.text) for stated in self._uppers]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """The upper tasks that hold each pair of characters."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                found[word].append(place)
        return found

    @cached_property
    def _whole(self) -> list[float]:
        """The weight of all that stands in each upper task."""
        return [math.fsum(self._weight[w] for w in words) for words in self._words]

    @cached_property
    def _weight(self) -> dict[str, float]:
        """What each pair of characters counts: the rarer it is in these plans, the more."""
        statements = [s for p in (*self._setting.links.locals, *self._setting.links.uppers) for s in p.statements]
        frequency = Counter(w for s in statements for w in bigrams(s.text))
        return {word: math.log(len(statements) / count) for word, count in frequency.items()}
