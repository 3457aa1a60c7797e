"""Tables without ruled lines: where the words of a known header stand side by side, what stands below them stands in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...tables.headers import makes_table
from ..rows import joined
from .values import Box, Grid, Line, Page

_FEWEST = 3
"""Columns; two words side by side may be anything."""

_SAME = 0.5
_FARTHEST = 4.0
_PARTED = 1.2
_NEAR = 0.9

Printed = list[Line]


def take_aligned(page: Page) -> None:
    """Turn the tables of a page that no lines rule into grids; their lines are taken from the page."""
    rows = _printed(page.lines)
    at = 0
    taken: set[int] = set()
    while at < len(rows):
        header = rows[at]
        at += 1
        if len(header) < _FEWEST or not makes_table([line.text for line in header]):
            continue
        body = list(_below(header, rows[at:]))
        if not body:
            continue
        page.grids.append(_grid(header, body, page.index))
        taken.update(id(line) for row in (header, *body) for line in row)
        at += len(body)
    page.lines = [line for line in page.lines if id(line) not in taken]


def _printed(lines: Sequence[Line]) -> list[Printed]:
    """The lines of a page by their height, each row from left to right."""
    rows: list[Printed] = []
    for line in sorted(lines, key=lambda line: line.y):
        if rows and abs(rows[-1][0].y - line.y) < _SAME * _height(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def _height(line: Line) -> float:
    return line.em or line.box.bottom - line.box.top or 10.0


def _below(header: Printed, rows: Sequence[Printed]) -> Iterator[Printed]:
    """The rows that stand in the columns of a header: none far below the last, no line that runs across."""
    middles = [line.box.middle[0] for line in header]
    last = header
    for row in rows:
        em = _height(header[0])
        if row[0].y - last[0].y > _FARTHEST * em:
            return
        if any(sum(line.box.left < x < line.box.right for x in middles) > 1 for line in row) and len(row) < _FEWEST:
            return
        if any(abs(line.em - header[0].em) > 0.2 * em for line in row if line.em and header[0].em):
            return
        yield row
        last = row


def _grid(header: Printed, body: Sequence[Printed], page: int) -> Grid:
    lines = [line for row in body for line in row]
    borders = [_border(a, b, lines) for a, b in pairwise(header)]
    cells = [
        [joined(line.text for line in column) for column in _columns(row, borders)] for row in _rows(body, borders)
    ]
    box = header[0].box
    for line in (*header, *lines):
        box = box.around(line.box)
    lefts = [box.left, *borders]
    return Grid(Box(*box), lefts, [[line.text for line in header], *cells], page, [False] * len(lefts))


def _border(left: Line, right: Line, lines: Sequence[Line]) -> float:
    """Where two columns part: the middle of the widest strip between their headers that fewest lines cross."""
    low, high = left.box.middle[0], right.box.middle[0]
    edges = sorted({low, high, *(x for line in lines for x in (line.box.left, line.box.right) if low < x < high)})
    strips = [
        (sum(line.box.left < (a + b) / 2 < line.box.right for line in (*lines, left, right)), a - b, (a + b) / 2)
        for a, b in pairwise(edges)
    ]
    return min(strips)[2]


def _columns(lines: Sequence[Line], borders: Sequence[float]) -> list[list[Line]]:
    found: list[list[Line]] = [[] for _ in range(len(borders) + 1)]
    for line in lines:
        found[sum(border <= line.box.left + 1 for border in borders)].append(line)
    return found


def _rows(body: Sequence[Printed], borders: Sequence[float]) -> Iterator[Printed]:
    """The lines of each row of the table: rows stand farther apart than lines do, or each opens with its number."""
    gaps = [below[0].y - above[0].y for above, below in pairwise(body)]
    least = min(gaps, default=0.0)
    apart = max(gaps, default=0.0) > _PARTED * least and least < 1.6 * _height(body[0][0])
    counted = [bool(_columns(row, borders)[0]) for row in body]
    row = list(body[0])
    for gap, printed, counts in zip(gaps, body[1:], counted[1:], strict=True):
        if gap > _PARTED * least if apart else counts or not counted[0] or len(printed) > len(borders) / 2:
            yield row
            row = []
        row += printed
    yield row
