"""Words that promises and outcomes are compared by; all of them stand in `words.json`."""

from __future__ import annotations

import re
from functools import cache

from ...model.data import data


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
    for name, alias in _aliases():
        text = text.replace(name, alias)
    return re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", pattern("filler").sub("", text))


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
