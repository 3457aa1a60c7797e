"""What the linker makes of a plan's outline: how deep each heading stands, what lies under it, what a list hangs from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ngrams import Ints
from .units import Unit

_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十百零〇\d]+编",
        r"第[一二三四五六七八九十百零〇\d]+章",
        r"第[一二三四五六七八九十百零〇\d]+节",
        r"[一二三四五六七八九十]+、",
        r"[（(][一二三四五六七八九十]+[)）]",
        r"\d+[.．、](?!\d)",
        r"[（(]\d+[)）]",
    )
)
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]|\d+[.．、](?!\d)|[（(]\d+[)）]|[①-⑳]")
_TITLE = re.compile(
    r"^.{2,40}(?:条例|纲要|方案|意见|规划|办法|规定|计划|通知|细则|体系)(?:[（(].{0,12}[)）])?$"
    r"|^[（(](?:征求意见稿|试行|草案|送审稿)[)）]$"
    r"|^\d{4}年\d+月\d+日.{0,60}(?:通过|批准|公布|施行|发布|印发)$"
)
_FRONT_MATTER = 6
"""How many statements from the start a title or a line of adoption may stand."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One entry for each statement.

    `title` is 2 for the heading of a part or article, 1 for a measure's title, 0 for the rest. `depth` is 1 and up for
    titles, as their styles of numbering first appear; `end` the first statement no longer under it; `article` a number for
    the clause it stands in; `head` its heading and `lead` the sentence its list hangs from (-1 for none); `front` whether it
    is the document's title or line of adoption.
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


def outline(units: Sequence[Unit], ranks: Sequence[int]) -> Outline:
    """The outline of a plan's units; `ranks` say how each looks as a title."""
    texts = [unit.text.strip() for unit in units]
    numbers: dict[tuple[str, str], int] = {}
    article = [numbers.setdefault((unit.part, unit.article), len(numbers)) for unit in units]
    leads = _leads(texts, article)
    title = [rank if lead < 0 else 0 for rank, lead in zip(ranks, leads, strict=True)]
    styles = [_style(text) if level else -1 for text, level in zip(texts, title, strict=True)]
    seen = list(dict.fromkeys(style for style in styles if style >= 0))
    depth = [seen.index(style) + 1 if style >= 0 else 0 for style in styles]
    return Outline(
        np.array(title, dtype=np.int64),
        np.array(depth, dtype=np.int64),
        np.array(_ends(depth), dtype=np.int64),
        np.array(article, dtype=np.int64),
        np.array(_heads(depth), dtype=np.int64),
        np.array(leads, dtype=np.int64),
        np.array(
            [i < _FRONT_MATTER and _is_front_matter(text) for i, text in enumerate(texts)], dtype=np.bool_
        ),
    )


def _is_front_matter(text: str) -> bool:
    return _style(text) < 0 and bool(_TITLE.match(text))


def _style(text: str) -> int:
    return next((k for k, style in enumerate(_STYLES) if style.match(text)), -1)


def _ends(depth: Sequence[int]) -> list[int]:
    ends = [i + 1 for i in range(len(depth))]
    open_headings: list[int] = []
    for i, deep in enumerate(depth):
        while deep and open_headings and depth[open_headings[-1]] >= deep:
            ends[open_headings.pop()] = i
        if deep:
            open_headings.append(i)
    for i in open_headings:
        ends[i] = len(depth)
    return ends


def _heads(depth: Sequence[int]) -> list[int]:
    heads: list[int] = []
    open_headings: list[int] = []
    for i, deep in enumerate(depth):
        while deep and open_headings and depth[open_headings[-1]] >= deep:
            open_headings.pop()
        heads.append(open_headings[-1] if open_headings else -1)
        if deep:
            open_headings.append(i)
    return heads


def _leads(texts: Sequence[str], article: Sequence[int]) -> list[int]:
    leads: list[int] = []
    current = -1
    for i, text in enumerate(texts):
        if current >= 0 and article[i] != article[current]:
            current = -1
        leads.append(current if current >= 0 and _ITEM.match(text) else -1)
        if text.endswith(("：", ":")):
            current = i
    return leads
