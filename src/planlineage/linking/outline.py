"""A plan's outline as the linker needs it: what lies under each title, which sentence a list hangs from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ngrams import Ints
from .normalise import pattern
from .units import Unit

PLAN = 3
"""Rank of a plan's own title."""

ARTICLE = 65
"""Titles of clauses numbered up to this rank (parts, articles) answer to titles only; those of deeper ones may be tasks."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One entry for each statement.

    `title` is 3 for the title of a plan, 2 for the heading of a part or article, 1 for a measure's title, 0 for the rest.
    `depth` is 1 and up for titles; `end` the first statement no longer under it; `article` a number for the clause it stands
    in; `head` its heading and `lead` the sentence its list hangs from (-1 for none); `silent` whether it can carry nothing (a
    document's number, names of bodies, a cell of dates); `liability` is 1 where it says what breaking the rules brings, 0
    where it does not, -1 where it may stand beside either.
    """

    title: Ints
    depth: Ints
    end: Ints
    article: Ints
    head: Ints
    lead: Ints
    silent: NDArray[np.bool_]
    liability: Ints

    @property
    def articles(self) -> int:
        """How many clauses there are."""
        return int(self.article.max()) + 1 if len(self.article) else 0


def outline(units: Sequence[Unit], texts: Sequence[str]) -> Outline:
    """The outline of a plan's units; `texts` are their plain texts."""
    numbers: dict[tuple[str, str], int] = {}
    article = [numbers.setdefault((unit.part, unit.article), len(numbers)) for unit in units]
    leads = _leads(units, article)
    titles = [unit.title and lead < 0 for unit, lead in zip(units, leads, strict=True)]
    plans = [not unit.rank and bool(pattern("title").fullmatch(text)) for unit, text in zip(units, texts, strict=True)]
    depth = [unit.depth if title else 0 for unit, title in zip(units, titles, strict=True)]
    heads, ends = _nested(depth)
    return Outline(
        np.array(
            [PLAN if p else (1 + (u.rank <= ARTICLE)) * t for u, t, p in zip(units, titles, plans, strict=True)],
            dtype=np.int64,
        ),
        np.array(depth, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(article, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.array(leads, dtype=np.int64),
        np.array(
            [
                not p and (u.front or (not u.rank and bool(pattern("silent").fullmatch(text))))
                for u, text, p in zip(units, texts, plans, strict=True)
            ],
            dtype=np.bool_,
        ),
        np.array(_liability(texts, depth, leads), dtype=np.int64),
    )


def _liability(texts: Sequence[str], depth: Sequence[int], leads: Sequence[int]) -> list[int]:
    chapter, sanction, exempt = (pattern(name) for name in ("liability", "sanction", "exempt"))
    lists = set(leads)
    result: list[int] = []
    under = False
    for i, text in enumerate(texts):
        if depth[i]:
            under = bool(chapter.search(text))
        if exempt.search(text) or (leads[i] >= 0 and result[leads[i]] < 0):
            result.append(-1)
        elif under or (leads[i] >= 0 and result[leads[i]] == 1) or (i in lists and sanction.search(text)):
            result.append(1)
        else:
            result.append(-1 if sanction.search(text) else 0)
    return result


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
