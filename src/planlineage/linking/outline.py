"""A plan's outline as the linker needs it: what lies under each title, which sentence a list hangs from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ngrams import Ints
from .units import Unit

ARTICLE = 65
"""Titles of clauses numbered up to this rank (parts, articles) answer to titles only; those of deeper ones may be tasks."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One entry for each statement.

    `title` is 2 for the heading of a part or article, 1 for a measure's title, 0 for the rest. `depth` is 1 and up for
    titles; `end` the first statement no longer under it; `article` a number for the clause it stands in; `head` its heading
    and `lead` the sentence its list hangs from (-1 for none); `front` whether it is the document's title or line of adoption.
    """

    title: Ints
    depth: Ints
    end: Ints
    article: Ints
    head: Ints
    lead: Ints
    front: NDArray[np.bool_]

    @property
    def articles(self) -> int:
        """How many clauses there are."""
        return int(self.article.max()) + 1 if len(self.article) else 0


def outline(units: Sequence[Unit]) -> Outline:
    """The outline of a plan's units."""
    numbers: dict[tuple[str, str], int] = {}
    article = [numbers.setdefault((unit.part, unit.article), len(numbers)) for unit in units]
    leads = _leads(units, article)
    titles = [unit.title and lead < 0 for unit, lead in zip(units, leads, strict=True)]
    depth = [unit.depth if title else 0 for unit, title in zip(units, titles, strict=True)]
    heads, ends = _nested(depth)
    return Outline(
        np.array([(1 + (u.rank <= ARTICLE)) * t for u, t in zip(units, titles, strict=True)], dtype=np.int64),
        np.array(depth, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(article, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.array(leads, dtype=np.int64),
        np.array([unit.front for unit in units], dtype=np.bool_),
    )


def _nested(depth: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each statement the heading above it, -1 for none, and the first statement no longer under it."""
    heads: list[int] = []
    ends = [i + 1 for i in range(len(depth))]
    open_headings: list[int] = []
    for i, deep in enumerate(depth):
        while deep and open_headings and depth[open_headings[-1]] >= deep:
            ends[open_headings.pop()] = i
        heads.append(open_headings[-1] if open_headings else -1)
        if deep:
            open_headings.append(i)
    for i in open_headings:
        ends[i] = len(depth)
    return heads, ends


def _leads(units: Sequence[Unit], article: Sequence[int]) -> list[int]:
    leads: list[int] = []
    current = -1
    for i, unit in enumerate(units):
        if current >= 0 and article[i] != article[current]:
            current = -1
        leads.append(current if current >= 0 and unit.rank >= 60 else -1)
        if unit.text.rstrip().endswith(("：", ":")):
            current = i
    return leads
