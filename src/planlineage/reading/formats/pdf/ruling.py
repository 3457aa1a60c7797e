"""Tables in a PDF are ruled lines: here the lines that a page draws (`drawings`) are made into grids of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..rows import in_cell, joined
from .drawings import Rule
from .text import Glyph, is_wide, printable
from .values import Box, Grid

_MOST_TESTS = 5_000_000
_NEAR = 2.5
_PADDING = 12.0
"""Points that a cell may keep free at its right border."""
_ROOM = 3.0
"""A line of a cell after which this many characters would have had room ends its paragraph."""


@dataclass(slots=True)
class Table:
    """A grid under construction: its borders and the characters of its cells."""

    xs: list[float]
    ys: list[float]
    home: dict[tuple[int, int], tuple[int, int]]
    open_top: bool = False
    open_bottom: bool = False
    glyphs: dict[tuple[int, int], list[Glyph]] = field(default_factory=dict)
    reach: dict[tuple[int, int], int] = field(init=False, default_factory=dict)
    """The last column that a cell spans."""

    def __post_init__(self) -> None:
        for (_, column), home in self.home.items():
            self.reach[home] = max(column, self.reach.get(home, 0))

    @property
    def box(self) -> Box:
        """The rectangle of the whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def touches(self, line: Box) -> bool:
        """Whether a line of text lies in the table, at least in part."""
        box = self.box
        return (
            line.left < box.right and line.right > box.left and box.top - 1 <= line.middle[1] <= box.bottom + 1
        ) or (line.bottom - line.top > 30 and line.top < box.bottom and line.bottom > box.top)

    def add(self, glyph: Glyph) -> None:
        """Put a character into the cell that it stands in."""
        x, y = glyph.box.middle
        cell = (_slot(self.ys, y), _slot(self.xs, x))
        self.glyphs.setdefault(self.home.get(cell, cell), []).append(glyph)

    def grid(self, page: int) -> Grid:
        """The words of all cells; a cell that spans several stands in the first of them. Empty where nothing was in it."""
        columns = range(len(self.xs) - 1)
        lines = {cell: _cell_lines(glyphs) for cell, glyphs in self.glyphs.items()}
        rows = [
            [
                self._words((r, c), lines.get((r, c), [])) if self.home.get((r, c), (r, c)) == (r, c) else ""
                for c in columns
            ]
            for r in range(len(self.ys) - 1)
        ]
        full = [self._is_full(c, lines) for c in columns]
        kept = [row for row in rows if any(row)]
        return Grid(self.box, self.xs[:-1], kept, page, full, self.open_top, self.open_bottom)

    def _is_full(self, column: int, lines: dict[tuple[int, int], list[list[Glyph]]]) -> bool:
        """Whether the lowest words of a column fill their last line, but for a word with its punctuation."""
        lowest = max((cell for cell, its in lines.items() if cell[1] == column and its), default=None)
        if lowest is None:
            return False
        last = [glyph for glyph in lines[lowest][-1] if glyph.char.strip()]
        size = max(glyph.box.right - glyph.box.left for glyph in last)
        return max(glyph.box.right for glyph in last) > self._right(lowest) - 8.0 - 3.0 * size

    def _right(self, cell: tuple[int, int]) -> float:
        """The right border of a cell with all that it spans."""
        return self.xs[self.reach.get(cell, cell[1]) + 1]

    def _words(self, cell: tuple[int, int], lines: list[list[Glyph]]) -> str:
        """The text of a cell: its lines put together, paragraphs kept apart (see `in_cell`)."""
        if len(lines) < 2:
            return joined(_shown(line) for line in lines)
        ends = [max((g.box.right for g in line if g.char.strip()), default=0.0) for line in lines]
        edge = max(ends) if max(ends) > self._right(cell) - _PADDING else self._right(cell) - _PADDING
        paragraphs: list[list[str]] = [[]]
        for line, end, below in zip(lines, ends, [*lines[1:], []], strict=True):
            paragraphs[-1].append(_shown(line))
            first = next((g for g in below if g.char.strip()), None)
            if first is not None and end + _ROOM * (first.box.right - first.box.left) < edge and is_wide(first.char):
                paragraphs.append([])
        return in_cell(joined(lines) for lines in paragraphs)


def _slot(borders: Sequence[float], at: float) -> int:
    return max(0, min(len(borders) - 2, bisect_right(borders, at) - 1))


def _cell_lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The characters of a cell in lines, from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        height = max(glyph.box.bottom - glyph.box.top, 4.0)
        if not glyph.char.strip():
            if lines:
                lines[-1].append(glyph)
            continue
        line = next(
            (ln for ln in reversed(lines) if abs(ln[0].box.middle[1] - glyph.box.middle[1]) < 0.5 * height),
            None,
        )
        if line is None:
            lines.append([glyph])
        else:
            line.append(glyph)
    lines.sort(key=lambda ln: ln[0].box.middle[1])
    return lines


def _shown(line: list[Glyph]) -> str:
    return printable("".join(g.char for g in line))


def grids_of(rules: Sequence[Rule]) -> list[Table]:
    """The tables that the ruled lines of a page make: at least two cells that touch."""
    down = _merged([r for r in rules if r.down])
    across = _merged([r for r in rules if not r.down])
    found = []
    for group_down, group_across in _connected(down, across):
        xs = _distinct([r.at for r in group_down] + _open_edges(group_down, group_across))
        ruled = _distinct([r.at for r in group_across])
        top, bottom = _open_ends(group_down, ruled)
        ys = _distinct([*ruled, *top, *bottom])
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2 or len(group_down) < 1:
            continue
        found.append(Table(xs, ys, _homes(xs, ys, group_down, group_across), bool(top), bool(bottom)))
    return found


def _open_edges(down: Sequence[Rule], across: Sequence[Rule]) -> list[float]:
    """The ends of the lines across, where no line down closes the table there."""
    if not across or not down:
        return []
    edges = (min(r.start for r in across), max(r.end for r in across))
    return [e for e in edges if all(abs(e - r.at) > _NEAR * 2 for r in down)]


def _open_ends(down: Sequence[Rule], ruled: Sequence[float]) -> tuple[list[float], list[float]]:
    """Where at least two lines down go on beyond the first or last line across: the row is torn by the page."""
    starts, ends = sorted(r.start for r in down), sorted((r.end for r in down), reverse=True)
    top = starts[:1] if len(starts) > 1 and starts[1] - starts[0] < _NEAR and ruled[0] - starts[0] > _NEAR * 2 else []
    bottom = ends[:1] if len(ends) > 1 and ends[0] - ends[1] < _NEAR and ends[0] - ruled[-1] > _NEAR * 2 else []
    return top, bottom


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of the same ruled line put together."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _NEAR), r.start)):
        last = found[-1] if found else None
        if last is not None and abs(last.at - rule.at) <= _NEAR and rule.start <= last.end + _NEAR:
            found[-1] = Rule(rule.down, last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _connected(down: Sequence[Rule], across: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of ruled lines that cross or touch."""
    left_down, left_across = list(down), list(across)
    while left_across:
        group_across, group_down = [left_across.pop()], list[Rule]()
        fresh: list[Rule] = list(group_across)
        while fresh:
            rule = fresh.pop()
            pool, group = (left_across, group_across) if rule.down else (left_down, group_down)
            touching = [o for o in pool if _touch(rule, o)]
            for other in touching:
                pool.remove(other)
            group += touching
            fresh += touching
        yield group_down, group_across


def _touch(a: Rule, b: Rule) -> bool:
    return a.start - _NEAR * 2 <= b.at <= a.end + _NEAR * 2 and b.start - _NEAR * 2 <= a.at <= b.end + _NEAR * 2


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR * 1.6:
            found.append(value)
    return found


def _homes(
    xs: Sequence[float], ys: Sequence[float], down: Sequence[Rule], across: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the one that its words belong to: the upper left one of all that no ruled line parts."""
    rows, columns = len(ys) - 1, len(xs) - 1
    home: dict[tuple[int, int], tuple[int, int]] = {}
    if rows * columns * (len(down) + len(across)) > _MOST_TESTS:
        return home
    middles_y = [(a + b) / 2 for a, b in pairwise(ys)]
    middles_x = [(a + b) / 2 for a, b in pairwise(xs)]
    for r in range(rows):
        for c in range(columns):
            here = (r, c)
            if c and not _barred(down, xs[c], middles_y[r]):
                here = home[r, c - 1]
            elif r and not _barred(across, ys[r], middles_x[c]):
                here = home[r - 1, c]
            home[r, c] = here
    return home


def _barred(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= _NEAR * 2 and r.start - 1 <= along <= r.end + 1 for r in rules)
