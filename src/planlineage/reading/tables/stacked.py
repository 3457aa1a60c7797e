"""Task tables copied from a page with one cell a line: the header's words below each other, then the cells row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from ...model.base import Span
from ..commitments.responsibility import are_bodies
from .grid import Grid, Line, Piece
from .task_columns import WHO, TaskColumn, task_column, task_columns
from .values import TableRegion
from .wording import clean

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_DATE = re.compile(r"\s*(?:\d{4}年|每[年季月]|长期|持续)[^。\n]{0,20}$", re.MULTILINE)
_COUNT = re.compile(r"\s*(\d{1,3})[.．、]?\s*")
_FEWEST, _MOST = 3, 12
"""Columns of such a table; two words below each other may be anything."""

_Stretch = tuple[int, int]
_Row = list[tuple[int, _Stretch]]


def find_stacked(text: str, start: int, end: int) -> Iterator[TableRegion]:
    r"""The tables of a stretch that stand one cell a line.

    >>> text = "分工表\n序号\n任务\n责任单位\n1\n公开清单\n区司法局\n2\n清理证明\n区民政局\n此件公开发布"
    >>> [text[r.span.start : r.span.end].count("\n") for r in find_stacked(text, 0, len(text))]
    [8]
    """
    lines = _cells(text, start, end)
    at = 0
    while at < len(lines):
        columns = _header(text, lines[at : at + _MOST])
        width = len(columns)
        rows = list(_rows(text, lines[at + width :], width, columns)) if width else []
        if not rows:
            at += max(width, 1)
            continue
        last = rows[-1][-1][1]
        yield TableRegion(Span(start=lines[at][0], end=last[1]), "line")
        at = next((i for i in range(at, len(lines)) if lines[i][0] >= last[1]), len(lines))


def cut_stacked(text: str, region: Span) -> Grid:
    """The lines of such a table as a grid, a row a line."""
    lines = _cells(text, region.start, region.end)
    columns = _header(text, lines)
    width = len(columns)
    grid = Grid(text, [], [])
    count = 0
    for row in (list(enumerate(lines[:width])), *_rows(text, lines[width:], width, columns)):
        pieces = []
        for column, (start, end) in row:
            raw = text[start:end]
            begin = start + len(raw) - len(raw.lstrip())
            piece = Piece(begin, start + len(raw.rstrip()), len(grid.lines), column, count, clean(raw))
            pieces.append(piece)
            count += 1
        grid.lines.append(Line(pieces, width))
    return grid


def _header(text: str, lines: Sequence[_Stretch]) -> dict[int, TaskColumn]:
    """The columns of a task table that counts its rows, where the lines begin with its header; else none."""
    labels = list(takewhile(task_column, (text[a:b].strip() for a, b in lines[:_MOST])))
    columns = task_columns(enumerate(labels))
    return columns if len(labels) >= _FEWEST and columns.get(0) == "number" else {}


def _rows(text: str, lines: Sequence[_Stretch], width: int, columns: Mapping[int, TaskColumn]) -> Iterator[_Row]:
    """Rows, each opened by the next number; of fewer cells than columns where merged cells of the row above reach over it."""
    at, number = 0, 1
    while at < len(lines) and _count(text, lines[at]) == number:
        within = range(at + 2, min(at + width + 1, len(lines)))
        following = next((i for i in within if _count(text, lines[i]) == number + 1), None)
        stop = following or _end(text, lines, at, width, columns)
        yield _placed(text, lines[at:stop], width, columns)
        at, number = stop, number + 1


def _placed(text: str, cells: Sequence[_Stretch], width: int, columns: Mapping[int, TaskColumn]) -> _Row:
    """The cells of a row with their columns.

    Where the content of a task has a column of its own beside its name, the cell before the first that names bodies is the
    content, so that the name or a body may be missing, or a list of bodies run over two cells. Else the name is what a merged
    cell leaves out; without such a column what is missing is missing at the end.
    """
    place = {kind: column for column, kind in columns.items()}
    if "content" not in place or not {"task", "group"} & place.keys():
        return list(enumerate(cells))
    dated = [cells[-1]] if "when" in place and _DATE.fullmatch(text, *cells[-1]) else []
    inner = list(cells[1 : len(cells) - len(dated)])
    first = next((i for i, cell in enumerate(inner) if i and are_bodies(text[slice(*cell)])), None)
    who = sorted(column for column, kind in columns.items() if kind in WHO)
    if first is None or not who or place["content"] + 1 != who[0]:
        skip = width - len(cells)
        return [(column + (skip if column else 0), cell) for column, cell in enumerate(cells)]
    told, bearing = inner[:first], inner[first:]
    who += who[-1:] * (len(bearing) - len(who))
    start = place["content"] - len(told) + 1
    return [
        (0, cells[0]),
        *enumerate(told, max(start, 1)),
        *zip(who, bearing, strict=False),
        *((place["when"], cell) for cell in dated),
    ]


def _cells(text: str, start: int, end: int) -> list[_Stretch]:
    """The lines of a stretch that hold words; one that ends in a comma goes on in the next."""
    cells: list[_Stretch] = []
    for match in _LINE.finditer(text, start, end):
        if cells and text[cells[-1][0] : cells[-1][1]].rstrip().endswith("、"):
            cells[-1] = (cells[-1][0], match.end())
        else:
            cells.append(match.span())
    return cells


def _count(text: str, line: _Stretch) -> int | None:
    count = _COUNT.fullmatch(text, *line)
    return int(count[1]) if count else None


def _end(text: str, lines: Sequence[_Stretch], at: int, width: int, columns: Mapping[int, TaskColumn]) -> int:
    """Where the last row ends: behind its date, else after as many cells as there are columns."""
    full = min(at + width, len(lines))
    if columns.get(width - 1) != "when":
        return full
    return next((i + 1 for i in range(at + 2, full) if _DATE.match(text, *lines[i])), full)
