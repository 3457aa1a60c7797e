"""The order of reading on a page: lines of the same height put together, two columns read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .values import Box, Line, Page

_FEWEST = 6
_WIDE, _MOST_WIDE = 0.6, 0.35
_NARROWEST = 0.8
_FULLNESS = 0.55


def in_order(page: Page) -> list[list[Line]]:
    """The lines of a page in the order in which they are read, one list for each column or stretch without columns."""
    lines = sorted(page.lines, key=lambda line: (line.y, line.box.left))
    if not lines:
        return []
    gutter = _gutter(lines)
    if gutter is None:
        return [_rows(lines)]
    bands: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    wide: list[Line] = []
    for line in lines:
        crosses = line.box.left < gutter < line.box.right
        if crosses or _is_centred(line, gutter):
            bands += [left, right] if left or right else []
            left, right = [], []
            wide.append(line)
            continue
        if wide:
            bands.append(wide)
            wide = []
        (left if line.box.middle[0] < gutter else right).append(line)
    bands += [left, right, wide]
    return [_rows(band) for band in bands if band]


def _is_centred(line: Line, gutter: float) -> bool:
    return abs(line.box.middle[0] - gutter) < (line.em or 10.0) / 2


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a blank strip parts the page into two columns of running text; None where none does."""
    low, high = min(line.box.left for line in lines), max(line.box.right for line in lines)
    if sum(line.box.right - line.box.left > _WIDE * (high - low) for line in lines) > _MOST_WIDE * len(lines):
        return None
    em = _middle([line.em for line in lines if line.em]) or 10.0
    best: tuple[int, float] | None = None
    for tenth in range(35, 66, 2):
        at = low + (high - low) * tenth / 100
        crossing = [line for line in lines if line.box.left - em * 0.2 < at < line.box.right + em * 0.2]
        if best is None or len(crossing) < best[0]:
            best = (len(crossing), at)
    if best is None or best[0] > 0.25 * len(lines):
        return None
    at = best[1]
    left = [line for line in lines if line.box.right <= at]
    right = [line for line in lines if line.box.left >= at]
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return None
    edge_left, edge_right = max(line.box.right for line in left), min(line.box.left for line in right)
    if edge_right - edge_left < _NARROWEST * em:
        return None
    full = _share_full(left, edge_left - low) > _FULLNESS and _share_full(right, high - edge_right) > _FULLNESS
    return (edge_left + edge_right) / 2 if full else None


def _share_full(lines: Sequence[Line], width: float) -> float:
    """The share of lines that fill most of their column: running text does, a list of names does not."""
    return sum(line.box.right - line.box.left > 0.75 * width for line in lines) / len(lines)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column from top to bottom; pieces of the same height become one line."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda ln: ln.y):
        last = found[-1] if found else None
        if last is not None and _same_height(last[-1], line):
            last.append(line)
        else:
            found.append([line])
    return [_put_together(sorted(row, key=lambda ln: ln.box.left)) for row in found]


def _same_height(a: Line, b: Line) -> bool:
    if b.box.top >= a.box.bottom or a.box.top >= b.box.bottom:
        return False
    sizes = [x for x in (a.em, b.em, a.box.bottom - a.box.top, b.box.bottom - b.box.top) if x > 0]
    size = min(sizes, default=10.0)
    return abs(a.y - b.y) < 0.5 * size and (a.box.right <= b.box.left + size or b.box.right <= a.box.left + size)


def _put_together(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    box: Box = row[0].box
    words = [row[0].text]
    for before, line in pairwise(row):
        gap = line.box.left - before.box.right
        words.append((" " if gap > 0.6 * (line.em or before.em or 10.0) else "") + line.text)
        box = box.around(line.box)
    em = max(line.em for line in row)
    return Line("".join(words), box, em, row[0].page)
