"""Words that promises and outcomes are compared by; all of them stand in `words.json`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ...linking.normalise import SEAM, all_at_once
from ...model.data import data

_NO_NAME = re.compile(f"[^\u4e00-\u9fffA-Za-z{SEAM}]")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of a section of the words."""
    return re.compile(data(__package__, "words")[name]["pattern"])


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    return tuple((name, alias) for name, alias in data(__package__, "words")["aliases"]["pairs"])


def plain_name(text: str) -> str:
    """What a stretch of text is about: aliases as one name, no words of degree, no numbers, no marks.

    >>> plain_name("规模以上工业增加值增长6%左右"), plain_name("规上工业增加值增长5.8%")
    ('规上工业增加值增长', '规上工业增加值增长')
    """
    return plain_names([text])[0]


def plain_names(texts: Iterable[str]) -> list[str]:
    """The same for many texts at once, which is much faster."""
    return all_at_once(_plain, texts)


def _plain(text: str) -> str:
    for name, alias in _aliases():
        text = text.replace(name, alias)
    return _NO_NAME.sub("", pattern("filler").sub("", text))


def holding(texts: Sequence[str], names: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Which texts hold which names: one line for a text, one column for a name.

    >>> holding(["省级集群", "省级和国家集群"], ["国家", "省级"]).tolist()
    [[False, True], [True, True]]
    """
    joined = SEAM.join(text.replace(SEAM, " ") for text in texts)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    listed = list(names)
    found = np.zeros((len(texts), len(listed)), dtype=bool)
    for column, name in enumerate(listed):
        at, places = joined.find(name), []
        while at >= 0:
            places.append(at)
            at = joined.find(name, at + 1)
        found[np.searchsorted(starts, places, side="right") - 1, column] = True
    return found


@cache
def exclusive() -> tuple[frozenset[str], ...]:
    """Sets of names of which a number is of one or of another."""
    return tuple(frozenset(names) for names in data(__package__, "words")["exclusive"]["sets"])


def conflict(promise: str, piece: str) -> bool:
    """Whether a piece names another member of a set than the promise does, and not the promise's own.

    >>> conflict("省级先进制造业集群", "国家先进制造业集群"), conflict("省级集群", "省级和国家集群")
    (True, False)
    """
    for names in exclusive():
        own = [n for n in names if n in promise]
        if own and not any(n in piece for n in own) and any(n in piece for n in names):
            return True
    return False


@cache
def _rarity() -> tuple[dict[str, float], float]:
    told = data(__package__, "rarity")
    weights = {
        joined[i : i + 2]: float(weight) for weight, joined in told["grams"].items() for i in range(0, len(joined), 2)
    }
    return weights, float(told["unseen"])


def weight(gram: str) -> float:
    """How rare a pair of characters is in work reports: the logarithm of the clauses for one that holds it.

    >>> weight("发展") < weight("钢琴")
    True
    """
    weights, unseen = _rarity()
    return weights.get(gram, unseen)


def grams(name: str) -> list[str]:
    """The pairs of neighbouring characters of a plain name.

    >>> grams("就业率")
    ['就业', '业率']
    """
    return [name[i : i + 2] for i in range(len(name) - 1)] or ([name] if name else [])
