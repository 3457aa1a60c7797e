"""Cited documents by title and by number, and which number belongs to which title."""

from __future__ import annotations

import re

from ...model.commitments import DocumentNumber, Instrument
from ..citing import HAS_NUMBER, inner_titles, numbers, titles
from .match import Reading

_ALIAS = re.compile(r"(?:以下|下)?[简统]称$")


def instruments(reading: Reading) -> None:
    """Titles in 《》 with the number that stands right behind, then numbers.

    （以下简称《方案》） makes a name and cites nothing.
    """
    numbered = {start: (number, end) for start, end, number in _numbers(reading)}
    for start, end, title in titles(reading.text):
        if _ALIAS.search(reading.text, max(0, start - 4), start):
            continue
        beside = None
        for skip in (0, 1):
            if end + skip in numbered and (skip == 0 or reading.text[end] in "（，"):
                beside = numbered[end + skip][0]
        printed = reading.folded.surface(start + 1, end - 1).replace("\n", "")
        reading.add(
            Instrument,
            start,
            end,
            "instrument.title",
            title=title,
            printed=printed if printed != title else None,
            number=beside,
            nested=inner_titles(title),
        )
    for start, (number, end) in numbered.items():
        reading.add(DocumentNumber, start, end, "docnumber", number=number)


def _numbers(reading: Reading) -> list[tuple[int, int, str]]:
    return list(numbers(reading.text)) if re.search(HAS_NUMBER, reading.text) else []
