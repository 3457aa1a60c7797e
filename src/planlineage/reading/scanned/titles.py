"""The words of groups and headings: pieces joined over page gaps, columns put back into order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..tables.wording import clean
from .drafts import HEADING_JOINED, HEADING_UNTANGLED, Reading, Sign
from .headings import Group, Heading
from .untangle import known_pairs, untangle

_NUMERALS = "零一二三四五六七八九"
_MOST_REPAIRS = 200
_ENDS = "。、，,；; "


def chinese_numeral(value: int) -> str:
    """A number below one hundred in Chinese.

    >>> [chinese_numeral(n) for n in (5, 10, 12, 20, 35)]
    ['五', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def join_torn(groups: Sequence[Group], reading: Reading) -> None:
    """Give torn pieces to the heading that they continue; the rest go to the reading's asides."""
    headings = [(h.sign.position, h) for group in groups for h in group.headings if h.sign is not None]
    headings.sort(key=lambda pair: pair[0])
    positions = [position for position, _ in headings]
    columns = {h.sign.mark.column for _, h in headings if h.sign is not None and not h.sign.glued}
    for atom in reading.torn:
        at = bisect_left(positions, atom.start) - 1
        heading = headings[at][1] if at >= 0 else None
        reason = "torn piece of a heading or note"
        if heading is not None and heading.sign is not None and atom.column in columns and _first(atom.start, heading):
            reason = _continue(heading.sign, atom.text) or ""
            if not reason:
                heading.sign.titles.append(atom)
                for row in heading.rows:
                    row.note(HEADING_JOINED)
                continue
        reading.asides.append((atom, reason))


def _first(start: int, heading: Heading) -> bool:
    """Whether a piece stands within its heading's rows, not behind them."""
    return bool(heading.rows) and start <= heading.rows[-1].position


def _continue(sign: Sign, piece: str) -> str | None:
    """None where a piece goes on with a heading's title; else why it does not."""
    if not sign.titles:
        return None
    title = sign.titles[-1].text
    bare = title.rstrip(_ENDS)
    if bare == title:
        return None
    if bare.endswith(piece.rstrip(_ENDS)):
        return "repeats the end of its heading"
    return None if _overlap(bare, piece) else "torn piece of a heading or note"


def _overlap(left: str, right: str) -> int:
    """How many letters at the end of one text the other begins with."""
    return next((n for n in range(min(len(left), len(right) - 1, 12), 0, -1) if left.endswith(right[:n])), 0)


class TitleReader:
    """Reads the titles of a table's headings with the letter pairs known from its rows."""

    def __init__(self, reading: Reading) -> None:
        self._pairs: set[str] | None = None
        self._reading = reading
        self._repairs = 0

    def group(self, group: Group) -> str | None:
        """A group's title, or its number alone where the title is lost."""
        if group.sign is not None:
            return group.sign.mark.text.rstrip(_ENDS)
        return f"{chinese_numeral(group.value)}、" if group.value else None

    def heading(self, heading: Heading) -> str | None:
        """A heading with its number, as well as it can be read."""
        if heading.value is None:
            return None
        sign = heading.sign
        chinese = sign is not None and sign.mark.style == "chinese"
        mark = f"（{chinese_numeral(heading.value)}）" if chinese else f"{heading.value}."
        if sign is None or not sign.titles:
            return mark
        return f"{mark}{'' if chinese else ' '}{self._title(sign, heading)}"

    def _title(self, sign: Sign, heading: Heading) -> str:
        title = ""
        for atom in sign.titles:
            piece = atom.text
            if atom.torn and (not title or not title.endswith(tuple(_ENDS))):
                piece = self._ordered(piece, heading)
            bare = title.rstrip(_ENDS)
            overlap = _overlap(bare, piece) if title else 0
            title = bare + piece[overlap:] if overlap else title + piece
        title = clean(title).rstrip(_ENDS)
        return title if sign.whole else f"…{title}"

    def _ordered(self, piece: str, heading: Heading) -> str:
        if self._repairs >= _MOST_REPAIRS:
            return piece
        self._repairs += 1
        if self._pairs is None:
            texts = [draft.text for draft in self._reading.drafts]
            self._pairs = known_pairs(texts)
        bare = piece.rstrip(_ENDS)
        ordered = untangle(bare, [row.text for row in heading.rows[:3]], self._pairs)
        if ordered == bare:
            return piece
        for row in heading.rows:
            row.note(HEADING_UNTANGLED)
        return ordered + piece[len(bare) :]
