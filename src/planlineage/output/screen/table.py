"""Tables for the terminal: columns aligned by what the eye sees, made narrower until they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .paint import Paint
from .text import clip, cut, harmless, pad, width, wrap

_GUTTER = 2


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
    """A cell with a style. `text` may hold line breaks. `pieces` are stretches of several styles in place of it (a bar);
    they are never cut.
    """

    text: str = ""
    style: str = ""
    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The text as it would stand there uncut."""
        return "".join(text for text, _ in self.pieces) or self.text


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    columns_free: int,
    paint: Paint,
    *,
    header: bool = True,
) -> list[str]:
    """The lines of a table at most `columns_free` wide. Columns whose cells are all empty are left out."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    used = [i for i in range(len(columns)) if any(row[i].shown for row in cells)]
    kept = [columns[i] for i in used]
    cells = [[row[i] for i in used] for row in cells]
    widths = _widths(kept, cells, columns_free, header)
    lines = []
    if header:
        titles = [Cell(cut(c.title, w), "dim") for c, w in zip(kept, widths, strict=True)]
        lines += _row(titles, kept, widths, paint)
        lines.append(paint("─" * (sum(widths) + _GUTTER * (len(widths) - 1)), "dim"))
    for row in cells:
        lines += _row(row, kept, widths, paint)
    return lines


def _row(row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], paint: Paint) -> list[str]:
    blocks = [_block(cell, c, w) for cell, c, w in zip(row, columns, widths, strict=True)]
    lines = []
    for i in range(max(map(len, blocks), default=0)):
        parts = []
        for cell, block, column, columns_wide in zip(row, blocks, columns, widths, strict=True):
            text = block[i] if i < len(block) else ""
            filled = pad(text, columns_wide, column.align)
            if cell.pieces and text:
                blanks = filled[len(text) :] if column.align == "left" else ""
                parts.append("".join(paint(*piece) for piece in cell.pieces) + blanks)
            else:
                parts.append(paint(filled, cell.style) if text else filled)
        lines.append((" " * _GUTTER).join(parts).rstrip())
    return lines


def _block(cell: Cell, column: Column, columns_wide: int) -> list[str]:
    if cell.pieces:
        return [cell.shown]
    segments = [harmless(s) for s in cell.text.split("\n")]
    if column.lines == 1 and len(segments) == 1:
        return [cut(segments[0], columns_wide)]
    lines = [line for s in segments for line in wrap(s, columns_wide)]
    if column.lines and len(lines) > column.lines:
        lines = [*lines[: column.lines - 1], clip(lines[column.lines - 1], columns_wide)]
    return lines


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], free: int, header: bool) -> list[int]:
    """Content widths where there is room; else the columns with a share give way first, then the widest one."""
    natural = []
    for i, column in enumerate(columns):
        content = max((_natural(row[i]) for row in cells), default=0)
        content = min(content, column.most) if column.most else content
        natural.append(max(content, width(column.title) if header else 0))
    free -= _GUTTER * (len(columns) - 1)
    if sum(natural) <= free:
        return natural
    widths = [n if not c.share else min(n, c.least) for n, c in zip(natural, columns, strict=True)]
    room = free - sum(widths)
    while room > 0:
        wanting = [i for i, c in enumerate(columns) if c.share and widths[i] < natural[i]]
        if not wanting:
            break
        total = sum(columns[i].share for i in wanting)
        given = [min(max(1, room * columns[i].share // total), natural[i] - widths[i]) for i in wanting]
        for i, more in zip(wanting, given, strict=True):
            step = min(more, room)
            widths[i] += step
            room -= step
    while sum(widths) > free and max(widths) > 2:
        widths[widths.index(max(widths))] -= 1
    return widths


def _natural(cell: Cell) -> int:
    return max(width(harmless(s)) for s in cell.shown.split("\n"))
