"""Gold units as the linker takes them, where no plan stands behind them: titles and depth told from their text.

Plans bring rank, title and depth with them; a unit of the gold files is a piece of text with the names of its part and article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from planlineage.linking import Unit
from planlineage.reading.folding import fold
from planlineage.reading.numbering import Label, label_of

_FRONT = re.compile(
    r"^.{2,40}(?:条例|纲要|方案|意见|规划|办法|规定|计划|通知|细则|体系)(?:（.{0,12}）)?$"
    r"|^（(?:征求意见稿|试行|草案|送审稿)）$"
    r"|^\d{4}年\d+月\d+日.{0,60}(?:通过|批准|公布|施行|发布|印发)$"
)
_FRONT_MATTER = 6
_LONGEST = 40


def bare_units(rows: Sequence[Mapping[str, str]]) -> list[Unit]:
    """The units of a gold file, in its order."""
    texts = [re.sub(r"\s", "", fold(row["text"])) for row in rows]
    labels = [label_of(text) for text in texts]
    titles = [_is_title(text, label) for text, label in zip(texts, labels, strict=True)]
    ranks = [label.rank if label else 0 for label in labels]
    seen = list(dict.fromkeys(rank for rank, title in zip(ranks, titles, strict=True) if title))
    return [
        Unit(
            row["id"],
            row["text"],
            row.get("part") or "",
            row.get("article") or "",
            rank,
            depth=seen.index(rank) + 1 if title else 0,
            title=title,
            front=at < _FRONT_MATTER and not rank and bool(_FRONT.match(text)),
        )
        for at, (row, text, rank, title) in enumerate(zip(rows, texts, ranks, titles, strict=True))
    ]


def _is_title(text: str, label: Label | None) -> bool:
    """A title is numbered, says one thing and fits on a line; an article of a regulation (第三条) has none."""
    if label is None or label.of_law or text.endswith("；"):
        return False
    body = text[label.length :].rstrip("。")
    return len(body) <= _LONGEST and not any(mark in body for mark in "。；：")
