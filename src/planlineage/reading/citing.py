"""Cited documents: titles in 《》 and document numbers, read one way wherever a document is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..model.data import data

MOST = 200
"""No title seen is longer."""

_MARKS = re.compile("[《》]")
_INNER = re.compile(r"〈([^〈〉]{1,120})〉")
_NUMBER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{1,14})[〔\[［【（(﹝]\s?(?P<year>(?:19|20)[0-9]{2})\s?[〕\]］】）)﹞]\s?第?(?P<serial>[0-9]{1,5})\s?号"
)
HAS_NUMBER = r"[〔\[［【（(﹝]\s?(?:19|20)[0-9]{2}\s?[〕\]］】）)﹞]"
"""What every document number holds, to look for first."""


def titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Outermost 《》 titles with their offsets, lines joined; marks inside a title do not end it, a full stop does.

    >>> [t for _, _, t in titles("印发《关于贯彻〈纲要〉的通知》和《条例》")]
    ['关于贯彻〈纲要〉的通知', '条例']
    """
    depth, start = 0, 0
    for mark in _MARKS.finditer(text):
        at = mark.start()
        if mark.group() == "《":
            if depth == 0 or at - start > MOST or "。" in text[start:at]:
                depth, start = 0, at
            depth += 1
        elif depth:
            depth -= 1
            inside = text[start + 1 : at]
            if depth == 0 and 0 < len(inside) <= MOST and "。" not in inside:
                yield start, at + 1, re.sub(r"(?<!\s)\s*\n\s*", "", inside)


def inner_titles(title: str) -> tuple[str, ...]:
    """The titles that stand in 〈〉 inside a title: the plans that a notice of issue carries.

    >>> inner_titles("关于印发〈“十四五”规划〉的通知")
    ('“十四五”规划',)
    """
    return tuple(_INNER.findall(title))


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Document numbers with their offsets, in the standard form with 〔〕 and without the words that lead up to them.

    >>> list(numbers("根据国办发[2018]82号和鲁政发(2020)5号"))
    [(2, 14, '国办发〔2018〕82号'), (15, 26, '鲁政发〔2020〕5号')]
    """
    for match in _NUMBER.finditer(text):
        organ = match["organ"]
        cut = max((organ.rfind(word) + len(word) for word in _lead_in() if word in organ), default=0)
        while organ[cut : cut + 1] in _LETTERS and len(organ) - cut > 2:
            cut += 1
        organ = organ[cut:] or organ
        start = match.start() + len(match["organ"]) - len(organ)
        yield start, match.end(), f"{organ}〔{match['year']}〕{int(match['serial'])}号"


def document_number(text: str) -> str:
    """The first document number in a text, in its standard form; empty where there is none.

    >>> document_number("国办发[2018]118号")
    '国办发〔2018〕118号'
    """
    return next((number for _, _, number in numbers(text)), "")


@cache
def _lead_in() -> tuple[str, ...]:
    """Words of two characters or more that lead up to a number (根据, 印发)."""
    entries = data("planlineage.reading.lexicon.commitments", "documents")["lead_in"]
    return tuple(word for entry in entries for word in entry["words"] if len(word) > 1)


_LETTERS = frozenset("见以由和及与即原对在经将")
"""Single characters that lead up to a number (和鲁政发…), only at the beginning of what stands before it."""
