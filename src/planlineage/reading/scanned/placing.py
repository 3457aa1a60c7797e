"""Where one heading's rows end and the next one's begin, when the layout no longer says: the content does."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from ..tables.wording import key

_MAX_PAIRS = 200_000
_CLAUSE = re.compile("[，,；;。]")


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring letters of a text.

    >>> sorted(bigrams("清单制度"))
    ['制度', '单制', '清单']
    """
    letters = key(text)
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def rarity(texts: Sequence[str]) -> dict[str, float]:
    """How much each pair of letters says: the logarithm of how few of the texts have it."""
    counts = Counter(pair for text in texts for pair in bigrams(text))
    return {pair: math.log((len(texts) + 1) / count) for pair, count in counts.items()}


def place_headings(headings: Sequence[str], earliest: Sequence[int], rows: Sequence[str]) -> list[int]:
    """The first row of each heading, by likeness of words, when scanning pushed the headings up their column.

    Headings keep their order and get a row each at least; none starts before its printed place `earliest`,
    as columns are pushed together towards the top. The first one starts at row 0. Only the first clause of
    a heading counts: it names the topic, what follows the comma tells how it is dealt with.

    >>> rows = ["公布权责清单", "执行负面清单", "调整机构编制", "开展联合监管"]
    >>> place_headings(["落实清单制度", "优化组织机构", "加强监管"], [0, 1, 2], rows)
    [0, 2, 3]
    """
    if len(headings) * len(rows) > _MAX_PAIRS or len(headings) > len(rows):
        return list(earliest)
    topics = [_CLAUSE.split(heading, maxsplit=1)[0] for heading in headings]
    weights = rarity([*rows, *topics])
    pairs = [bigrams(row) for row in rows]
    like = [[sum(weights[p] for p in sorted(bigrams(topic) & row)) for row in pairs] for topic in topics]
    # best[h][r]: the best likeness of rows 0..r with row r under heading h.
    best = [[-math.inf] * len(rows) for _ in headings]
    opened = [[False] * len(rows) for _ in headings]
    for h in range(len(headings)):
        for r in range(len(rows)):
            if h == 0:
                best[h][r] = like[h][r] + (best[h][r - 1] if r else 0.0)
                continue
            stay = best[h][r - 1] if r else -math.inf
            start = best[h - 1][r - 1] if r and r >= earliest[h] else -math.inf
            opened[h][r] = start >= stay
            best[h][r] = like[h][r] + max(start, stay)
    starts = []
    h = len(headings) - 1
    for r in range(len(rows) - 1, -1, -1):
        if h and opened[h][r]:
            starts.append(r)
            h -= 1
    return [0, *starts[::-1]] if len(starts) == len(headings) - 1 else list(earliest)


def split_place(rows: Sequence[str]) -> int:
    """Where a run of rows falls most clearly into two topics: the first row of the second one.

    Each row is a unit vector of rarity-weighted letter pairs; the split makes the two sums as long as can be.

    >>> split_place(["公开征求公众意见", "听取公众意见", "规范性文件合法性审核", "规范性文件备案审核"])
    2
    """
    weights = rarity(rows)
    vectors = []
    for row in rows:
        present = sorted(bigrams(row))  # sums must not hang on the order of a set
        norm = math.sqrt(sum(weights[p] ** 2 for p in present)) or 1.0
        vectors.append({p: weights[p] / norm for p in present})
    left = _lengths(vectors)
    right = _lengths(vectors[::-1])[::-1]
    return max(range(1, len(rows)), key=lambda at: left[at - 1] + right[at])


def _lengths(vectors: list[dict[str, float]]) -> list[float]:
    total: dict[str, float] = {}
    square = 0.0
    lengths = []
    for vector in vectors:
        for pair, weight in vector.items():
            old = total.get(pair, 0.0)
            square += weight * (2 * old + weight)
            total[pair] = old + weight
        lengths.append(math.sqrt(square))
    return lengths
