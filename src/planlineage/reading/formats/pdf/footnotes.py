"""Footnotes of a PDF: small lines at the foot of a page, the first of which begins with a mark. They go behind the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..rows import joined
from .columns import in_order
from .values import Line, Page

_MARK = re.compile(r"[①-⑳]|[\[［〔(（]?[0-9]{1,2}[\]］〕)）](?![0-9])|\[?注[0-9]{1,2}[\]：:]?")
_SMALL = 0.92
_DEEP = 0.5
"""Footnotes begin in the lower part of a page, from this share of its height on."""


def take_footnotes(pages: Sequence[Page]) -> list[str]:
    """Take the footnotes from the pages; gives them as lines that begin with ［注1］ and so on, in order."""
    sizes = Counter(round(line.em, 1) for page in pages for line in page.lines if line.em)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    notes: list[list[str]] = []
    for page in pages:
        foot = _foot(page, usual)
        for line in foot:
            if mark := _MARK.match(line.text):
                notes.append([line.text[mark.end() :].strip()])
            elif notes:
                notes[-1].append(line.text)
        if foot:
            kept = {id(piece) for line in foot for piece in page.lines if line.box.holds(*piece.box.middle)}
            page.lines = [line for line in page.lines if id(line) not in kept]
    return [f"［注{n}］{joined(note)}" for n, note in enumerate(notes, 1)]


def _foot(page: Page, usual: float) -> list[Line]:
    """The small lines at the end of a page from the first that a mark begins; none where other lines stand between."""
    lines = [line for block in in_order(page) for line in block]
    at = len(lines)
    while at and 0 < lines[at - 1].em < _SMALL * usual and lines[at - 1].y > _DEEP * page.height:
        at -= 1
    while at < len(lines) and not _MARK.match(lines[at].text):
        at += 1
    return lines[at:]
