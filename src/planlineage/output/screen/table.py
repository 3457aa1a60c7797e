"""What stands on a page: passages that wrap as Chinese is set, and tables that rich aligns and makes narrower until they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.box import Box
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from .text import clip, cut, harmless, wrap

_GUTTER = 2
_RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A line under the titles and nothing else."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `share` is its part of the room that is left (0: as wide as its content); `lines` how many lines a cell may
    take before it is cut (0: as many as it needs); `least` its smallest width; `most` the largest.
    """

    title: str
    align: Literal["left", "right"] = "left"
    share: int = 0
    lines: int = 1
    least: int = 6
    most: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a style. `text` may hold line breaks. `pieces` are stretches of several styles in place of it (a bar)."""

    text: str = ""
    style: str = ""
    pieces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Text from outside, made harmless and wrapped, at most so many `lines` of it (0: all).

    It hangs under its own beginning after a `lead` (a label, the line of a tree), in whose place `below` stands on later
    lines; these stand `hanging` columns further in.
    """

    text: str
    style: str = ""
    lead: str = ""
    lead_style: str = ""
    below: str = ""
    hanging: int = 0
    lines: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style, lead_style = console.get_style(self.style), console.get_style(self.lead_style)
        lead = harmless(self.lead)
        below = set_cell_size(harmless(self.below), cell_len(lead)) + " " * self.hanging
        room = options.max_width - cell_len(below)
        for i, line in enumerate(self._lines(room)):
            if options.justify == "right":
                yield Segment(" " * (room - cell_len(line)))
            yield Segment(below if i else lead, lead_style)
            yield Segment(line, style)
            yield Segment.line()

    @property
    def cell_len(self) -> int:
        """The columns that its longest line takes where nothing is wrapped."""
        return max(cell_len(harmless(part)) for part in self.text.split("\n"))

    def _lines(self, columns: int) -> list[str]:
        parts = [harmless(part) for part in self.text.split("\n")]
        if self.lines == 1 and len(parts) == 1:
            return [cut(parts[0], columns)]
        found = [line for part in parts for line in wrap(part, columns)]
        if self.lines and len(found) > self.lines:
            found = [*found[: self.lines - 1], clip(found[self.lines - 1], columns)]
        return found


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]], free: int, *, header: bool = True) -> Table:
    """A table at most `free` columns wide. Columns whose cells are all empty are left out."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    used = [i for i in range(len(columns)) if any(row[i].text or row[i].pieces for row in cells)]
    kept = [columns[i] for i in used]
    shown = [[_shown(row[i], columns[i].lines) for i in used] for row in cells]
    gutter = (
        0,
        _GUTTER - 1 if header else _GUTTER,
        0,
        0,
    )  # the box of a table with a header brings one of its own
    grid = Table(
        box=_RULED if header else None,
        show_header=header,
        show_edge=False,
        pad_edge=False,
        padding=gutter,
        header_style="",
        border_style="dim",
    )
    for column, width in zip(kept, _widths(kept, shown, free - _GUTTER * (len(kept) - 1), header), strict=True):
        grid.add_column(Passage(column.title, "dim", lines=1), justify=column.align, width=width)
    for row in shown:
        grid.add_row(*row)
    return grid


def _shown(cell: Cell, lines: int) -> Text | Passage:
    return Text.assemble(*cell.pieces, no_wrap=True) if cell.pieces else Passage(cell.text, cell.style, lines=lines)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text | Passage]], free: int, header: bool) -> list[int]:
    """Content widths where there is room; else the columns with a share give way first, then the widest one."""
    natural = []
    for i, column in enumerate(columns):
        content = max(row[i].cell_len for row in rows)
        content = min(content, column.most) if column.most else content
        natural.append(max(content, cell_len(column.title) if header else 0))
    widths = [min(n, c.least) if c.share else n for n, c in zip(natural, columns, strict=True)]
    while (room := free - sum(widths)) > 0:
        wanting = [i for i, c in enumerate(columns) if c.share and widths[i] < natural[i]]
        if not wanting:
            break
        total = sum(columns[i].share for i in wanting)
        for i in wanting:
            more = min(max(1, room * columns[i].share // total), free - sum(widths))
            widths[i] += min(more, natural[i] - widths[i])
    while sum(widths) > free and max(widths) > 2:
        widths[widths.index(max(widths))] -= 1
    return widths
