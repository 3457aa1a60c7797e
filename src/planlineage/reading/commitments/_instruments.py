"""Cited documents by title and by number, and which number belongs to which title."""

from __future__ import annotations

import re

from planlineage.model.commitments import DocumentNumber, Instrument

from ._match import Reading

_TITLE = re.compile(r"《(?P<title>[^《》\n。]{1,200}(?:\n[^《》\n。]{1,60})?)》")
_NUMBER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{1,12})[〔\[［【（﹝](?P<year>(?:19|20)[0-9]{2})[〕\]］】）﹞]"
    r"第?(?P<serial>[0-9]{1,5})号"
)
_ALIAS = re.compile(r"(?:以下|下)?[简统]称$")
_INNER = re.compile(r"〈([^〈〉]{1,120})〉")


def _number(match: re.Match[str]) -> str:
    return f"{match['organ']}〔{match['year']}〕{int(match['serial'])}号"


def instruments(reading: Reading) -> None:
    """Titles in 《》 with the number that stands right behind, then numbers.

    （以下简称《方案》） makes a name and cites nothing.
    """
    titles = [
        match
        for match in _TITLE.finditer(reading.text)
        if not _ALIAS.search(reading.text, max(0, match.start() - 4), match.start())
    ]
    numbers: dict[int, tuple[str, re.Match[str]]] = {}
    for match in _NUMBER.finditer(reading.text):
        numbers[match.start()] = (_number(match), match)
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
    for number, match in numbers.values():
        reading.add(DocumentNumber, *match.span(), "docnumber", number=number)
