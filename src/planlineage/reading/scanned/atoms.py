"""What a piece of a damaged table is made of: a group's title, the mark of a heading, a number, words.

Scanning glues numbers to words (`14 制经济…`), headings to numbers (`6. 创新社会治理。19 应当…`) and rows
to each other (`…制度。 89 在网站…`). Every place where a number may begin is taken as a candidate here; the
sequence of numbers, later, tells which of them are right, and the others are put back into their text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ...model.base import Span
from ..numerals import whole
from ..tables.grid import Grid, Piece
from ..tables.wording import clean, is_torn, key

AtomKind = Literal["group", "mark", "number", "text"]

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_WORD = r"\u3400-\u4dbf\u4e00-\u9fff“‘《〈（【"
_GROUP = re.compile(rf"({_NUMERAL})、\s*(?=[{_WORD}])")
_MARK = re.compile(r"(\d{1,2})\s?[.．、](?!\d)\s*")
_CHINESE_MARK = re.compile(rf"[（(]\s?({_NUMERAL})\s?[）)]\s*")
_ALONE = re.compile(r"\d{1,3}\s*$")
_LEADING = re.compile(rf"(\d{{1,3}})(\s*)(?=[{_WORD}]|\d{{1,2}}[.．、]\D)")
_INNER = re.compile(rf"[。；！？;]\s*()\d{{1,3}}\s*(?=[{_WORD}]|\d{{1,2}}[.．、]\D)")
_LONGEST_GROUP = 40

ALONE, LED, WEAK = 4, 3, 1
"""How much a number's look weighs: alone in its cell, led by it, glued to words or inside them."""


@dataclass(slots=True, eq=False)
class Atom:
    """The smallest part of a cell: a group's title, a heading's mark, a number, or words."""

    kind: AtomKind
    start: int
    end: int
    line: int
    column: int
    cell: int
    text: str
    value: int = 0
    weight: int = 0
    inner: bool = False
    torn: bool = False
    style: Literal["", "arabic", "chinese"] = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.start, end=self.end)

    @property
    def size(self) -> int:
        """How many letters and digits it has."""
        return len(key(self.text))


def atoms_of(grid: Grid) -> list[Atom]:
    r"""The atoms of a grid, in source order.

    >>> from planlineage.reading.tables.grid import cut
    >>> text = "6. 创新社会治理。19 应当由社会组织提供。\t20 公开目录。"
    >>> [(atom.kind, atom.text) for atom in atoms_of(cut(text, Span(start=0, end=len(text)), "tab"))][:4]
    [('mark', '6.'), ('text', '创新社会治理。'), ('number', '19'), ('text', '应当由社会组织提供。')]
    """
    return [atom for line in grid.lines for piece in line.pieces for atom in _atoms(grid.text, piece)]


def _atoms(text: str, piece: Piece) -> list[Atom]:
    cuts = [piece.start]
    cuts += [match.end(1) for match in _INNER.finditer(text, piece.start, piece.end)]
    cuts.append(piece.end)
    found: list[Atom] = []
    for start, stop in pairwise(cuts):
        found += _read(text, piece, start, stop, inner=start > piece.start)
    return found


def _read(text: str, piece: Piece, start: int, stop: int, inner: bool) -> list[Atom]:
    found: list[Atom] = []
    at = start

    def add(
        kind: AtomKind,
        end: int,
        value: int = 0,
        weight: int = 0,
        style: Literal["", "arabic", "chinese"] = "",
    ) -> None:
        nonlocal at
        raw = text[at:end]
        body = raw.strip()
        if body:
            begin = at + len(raw) - len(raw.lstrip())
            found.append(
                Atom(
                    kind,
                    begin,
                    begin + len(body),
                    piece.line,
                    piece.column,
                    piece.cell,
                    clean(body),
                    value,
                    weight,
                )
            )
            found[-1].inner = inner and kind == "number"
            found[-1].torn = kind != "number" and is_torn(body)
            found[-1].style = style
        at = end

    group = None if inner else _GROUP.match(text, at, stop)
    if group and len(key(text[at : min(stop, at + 2 * _LONGEST_GROUP)])) <= _LONGEST_GROUP:
        add("group", stop, whole(group[1]) or 0)
        return found
    if not inner and _ALONE.match(text, at, stop):
        add("number", stop, int(text[at:stop]), ALONE)
        return found
    led = _LEADING.match(text, at, stop)
    if led:
        add("number", led.end(), int(led[1]), LED if led[2] and not inner else WEAK)
    mark, style = _MARK.match(text, at, stop), "arabic"
    if mark is None and not inner:
        mark, style = _CHINESE_MARK.match(text, at, stop), "chinese"
    if mark:
        add("mark", mark.end(), whole(mark[1]) or 0, LED, "arabic" if style == "arabic" else "chinese")
    add("text", stop)
    return found
