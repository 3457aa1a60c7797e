"""The upper task that a lower statement without an edge speaks of, where one stands out."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property

from ..model.parts import Statement
from .answer import Stated
from .clauses import bigrams
from .setting import Setting

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

    def of(self, lower: Statement) -> Stated | None:
        """The upper task that stands out as the one a lower statement speaks of; None where none does."""
        words = bigrams(lower.text)
        found = sorted(((self._likeness(words, other), n) for n, (_, other) in enumerate(self._uppers)), reverse=True)[
            :2
        ]
        if not found or found[0][0] < LEAST or (len(found) > 1 and found[0][0] < LEAD * found[1][0]):
            return None
        return self._uppers[found[0][1]][0]

    def _likeness(self, one: set[str], two: set[str]) -> float:
        whole = math.sqrt(self._weight(one) * self._weight(two))
        return self._weight(one & two) / whole if whole else 0.0

    def _weight(self, words: set[str]) -> float:
        frequency, plans = self._frequency
        return sum(math.log(plans / frequency[w]) for w in words if w in frequency)

    @cached_property
    def _uppers(self) -> list[tuple[Stated, set[str]]]:
        kinds = ("task", "procedure")
        stated = [Stated(u, s) for u in self._setting.links.uppers for s in u.statements if s.kind in kinds]
        return [(s, bigrams(s.statement.text)) for s in stated]

    @cached_property
    def _frequency(self) -> tuple[Counter[str], int]:
        statements = [s for p in (*self._setting.links.locals, *self._setting.links.uppers) for s in p.statements]
        return Counter(w for s in statements for w in bigrams(s.text)), len(statements)
