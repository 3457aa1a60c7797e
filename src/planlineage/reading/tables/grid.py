"""A region cut into lines, cells and pieces, each with its place; bars, rulings and tags apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ...model.base import Span
from .wording import clean

_BARS = re.compile(r"(?:^|(?<=\s))\|(?:\s*\|)*(?=\s|$)", re.MULTILINE)
_RULING = re.compile(r"[\s|:+]*+[\-—－–─═=_][\s|:+\-—－–─═=_]*+")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n\t]{0,200})?/?>")
_WORDS = re.compile(r"[^\t\n]+")


@dataclass(slots=True)
class Piece:
    """A stretch of one cell between separators, with its clean words. `cell` counts through the region."""

    start: int
    end: int
    line: int
    column: int
    cell: int
    words: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(start=self.start, end=self.end)


@dataclass(slots=True)
class Line:
    """A line of the region: its pieces and how many cells, empty ones included, it has."""

    pieces: list[Piece]
    width: int


@dataclass(slots=True)
class Grid:
    """The lines of a region that hold words, the spans of its separators, and how many lines stand above its first ruling."""

    text: str
    lines: list[Line]
    separators: list[Span]
    ruled: int = 0


def cut(text: str, region: Span, delimiter: Literal["tab", "bar"]) -> Grid:
    r"""Cut a region into lines and pieces.

    >>> grid = cut("一级指标\t二级指标\n--\t--\n\t<p>公开清单</p>", Span(start=0, end=29), "tab")
    >>> [[(piece.words, piece.column) for piece in line.pieces] for line in grid.lines]
    [[('一级指标', 0), ('二级指标', 1)], [('公开清单', 1)]]
    >>> [grid.text[span.start : span.end] for span in grid.separators]
    ['--\t--', '<p>', '</p>']
    """
    grid = Grid(text, [], [])
    framed = delimiter == "bar" and text[region.start : region.end].lstrip().startswith("|")
    cell, start = 0, region.start
    while start < region.end:
        stop = text.find("\n", start, region.end)
        stop = region.end if stop < 0 else stop
        raw = text[start:stop]
        if _RULING.fullmatch(raw):
            _separate(grid, text, start, stop)
            grid.ruled = grid.ruled or len(grid.lines)
        elif raw.strip():
            line = _cut_line(grid, start, stop, delimiter, cell, framed)
            cell += len(line.pieces)
            if line.pieces:
                grid.lines.append(line)
        start = stop + 1
    grid.separators.sort(key=lambda span: span.start)
    return grid


def _separate(grid: Grid, text: str, start: int, stop: int) -> None:
    raw = text[start:stop]
    begin = start + len(raw) - len(raw.lstrip())
    end = start + len(raw.rstrip())
    if begin < end:
        grid.separators.append(Span(start=begin, end=end))


def _cut_line(grid: Grid, start: int, stop: int, delimiter: Literal["tab", "bar"], cell: int, framed: bool) -> Line:
    """Cut one line. Where the table is framed by bars, the first one of a line parts no cells."""
    text = grid.text
    line = Line([], 1)
    row = len(grid.lines)
    at, column = start, 0
    if delimiter == "tab":
        for words in _WORDS.finditer(text, start, stop):
            column += text.count("\t", at, words.start())
            at = words.start()
            cell += _add_cell(grid, line, words.start(), words.end(), row, column, cell)
        line.width = text.count("\t", start, stop) + 1
        return line
    raw = text[start:stop]
    if framed and raw.lstrip().startswith("|"):
        column = -1
    for bars in _BARS.finditer(raw):
        grid.separators.append(Span(start=start + bars.start(), end=start + bars.end()))
        cell += _add_cell(grid, line, at, start + bars.start(), row, column, cell)
        column += bars.group().count("|")
        at = start + bars.end()
    cell += _add_cell(grid, line, at, stop, row, column, cell)
    line.width = column + 1
    return line


def _add_cell(grid: Grid, line: Line, start: int, stop: int, row: int, column: int, cell: int) -> int:
    """Add the pieces of one cell; returns 1 where it holds any words, else 0."""
    before = len(line.pieces)
    at = start
    for tag in _TAG.finditer(grid.text, start, stop):
        _add_piece(grid, line, at, tag.start(), row, column, cell)
        grid.separators.append(Span(start=tag.start(), end=tag.end()))
        at = tag.end()
    _add_piece(grid, line, at, stop, row, column, cell)
    return int(len(line.pieces) > before)


def _add_piece(grid: Grid, line: Line, start: int, stop: int, row: int, column: int, cell: int) -> None:
    raw = grid.text[start:stop]
    stripped = raw.strip()
    if not stripped:
        return
    begin = start + len(raw) - len(raw.lstrip())
    if _RULING.fullmatch(stripped) and len(stripped) > 1:
        grid.separators.append(Span(start=begin, end=begin + len(stripped)))
        return
    line.pieces.append(Piece(begin, begin + len(stripped), row, column, cell, clean(stripped)))
