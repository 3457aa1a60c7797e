"""The upper task that a lower statement without an edge speaks of, where one stands out."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from ..linking.ngrams import Floats
from ..model.parts import Statement
from .answer import Stated
from .clauses import bigram_table
from .setting import COMMITTING, Setting

LEAST = 0.1
"""Likeness under which no upper task is near. In five pairs of plans, 0.1 with the lead below placed ten statements beside tasks:
four beside the one that readers named, three beside another one, three where readers named none. Both were set on these pairs."""

LEAD = 1.5
"""How many times as like as the second the nearest must be."""


class Nearest:
    """Likeness of whole statements by their pairs of characters, rare ones counting more."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def of(self, lower: Statement, goals: bool = False) -> Stated | None:
        """The upper task that stands out as the one a lower statement speaks of, or with `goals` the task or goal."""
        words, weights = self._words
        own = words[self._place[lower.text]]
        shared = self._upper_words @ (own.toarray()[0] * weights)
        alike = shared / np.sqrt(np.maximum(1e-9, (own @ weights) * self._whole))
        if not goals:
            alike[self._are_goals] = 0.0
        if not len(alike) or alike.max() < LEAST:
            return None
        best = int(alike.argmax())
        second = np.delete(alike, best).max(initial=0.0)
        return None if alike[best] < LEAD * second else self._uppers[best]

    @cached_property
    def _statements(self) -> list[Statement]:
        return [s for p in (*self._setting.links.locals, *self._setting.links.uppers) for s in p.statements]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {s.text: place for place, s in enumerate(self._statements)}

    @cached_property
    def _uppers(self) -> list[Stated]:
        return [Stated(u, s) for u in self._setting.links.uppers for s in u.statements if s.kind in COMMITTING]

    @cached_property
    def _are_goals(self) -> npt.NDArray[np.bool_]:
        return np.array([stated.statement.kind == "goal" for stated in self._uppers], dtype=bool)

    @cached_property
    def _words(self) -> tuple[csr_matrix, Floats]:
        """Which pairs of characters each statement has, and what each pair counts: the rarer it is in these plans, the more."""
        words = bigram_table([s.text for s in self._statements])
        return words, np.log(len(self._statements) / words.getnnz(axis=0))

    @cached_property
    def _upper_words(self) -> csr_matrix:
        return self._words[0][[self._place[stated.statement.text] for stated in self._uppers]]

    @cached_property
    def _whole(self) -> Floats:
        """The weight of all that stands in each upper task."""
        whole: Floats = self._upper_words @ self._words[1]
        return whole
