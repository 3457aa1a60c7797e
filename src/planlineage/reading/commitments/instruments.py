"""Cited documents by title and by number, and which number belongs to which title."""

from __future__ import annotations

import re

from ...model.commitments import DocumentNumber, Instrument
from .lexicon import words
from .match import Reading

_TITLE = re.compile(r"《(?P<title>[^《》\n。]{1,200}(?:\n[^《》\n。]{1,60})?)》")
_NUMBER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{1,10})[〔\[［【（﹝](?P<year>(?:19|20)[0-9]{2})[〕\]］】）﹞]"
    r"第?(?P<serial>[0-9]{1,5})号"
)
_HAS_NUMBER = r"[〔\[［【（﹝](?:19|20)[0-9]{2}[〕\]］】）﹞]"
_ALIAS = re.compile(r"(?:以下|下)?[简统]称$")
_INNER = re.compile(r"〈([^〈〉]{1,120})〉")


def _number(match: re.Match[str]) -> tuple[int, str]:
    """Where the number starts, and its standard form, without the words that lead up to it (根据国办发〔2018〕82号)."""
    organ = match["organ"]
    cut = max(
        (organ.rfind(word) + len(word) for word in words("documents", "lead_in") if word in organ), default=0
    )
    organ = organ[cut:] or organ
    start = match.start() + len(match["organ"]) - len(organ)
    return start, f"{organ}〔{match['year']}〕{int(match['serial'])}号"


def instruments(reading: Reading) -> None:
    """Titles in 《》 with the number that stands right behind, then numbers.

    （以下简称《方案》） makes a name and cites nothing.
    """
    titles = [
        match
        for match in _TITLE.finditer(reading.text)
        if not _ALIAS.search(reading.text, max(0, match.start() - 4), match.start())
    ]
    numbers: dict[int, tuple[str, int]] = {}
    for match in reading.folded.matches(_NUMBER, _HAS_NUMBER):
        start, number = _number(match)
        numbers[start] = (number, match.end())
    for match in titles:
        beside = None
        follow = match.end()
        for skip in (0, 1):
            if follow + skip in numbers and (skip == 0 or reading.text[follow] in "（，"):
                beside = numbers[follow + skip][0]
        printed = reading.folded.surface(match.start("title"), match.end("title")).replace("\n", "")
        title = match["title"].replace("\n", "")
        reading.add(
            Instrument,
            *match.span(),
            "instrument.title",
            title=title,
            printed=printed if printed != title else None,
            number=beside,
            nested=tuple(_INNER.findall(title)),
        )
    for start, (number, end) in numbers.items():
        reading.add(DocumentNumber, start, end, "docnumber", number=number)
