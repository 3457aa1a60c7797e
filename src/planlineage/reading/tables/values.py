"""What a recovered table is: cells with their place in the source, rows, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...model.base import Span

Role = Literal["number", "group", "heading", "text", "header", "fragment"]
Quality = Literal["clean", "repaired", "doubtful"]
RowKind = Literal["item", "bonus", "deduction", "heading"]
TableKind = Literal["regular", "uneven", "damaged"]


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A stretch of consecutive table-like lines. `delimiter` is what separates its cells: a tab, a bar, or a new line."""

    span: Span
    delimiter: Literal["tab", "bar", "line"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the source that plays one part in a table.

    `text` is the clean reading: no blanks inside Chinese text, no tags. `column` counts from 0. `note` says
    why a fragment is one.
    """

    span: Span
    text: str
    role: Role
    column: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One logical row: an indicator, or a data row.

    `group` and `heading` (一级指标, 二级指标) are those the row stands under, read as well as they can be:
    a title that is lost leaves its number alone (`五、`, `1. `), and a note says so. `text` is the row's
    main text and `spans` where it stands. `kind` is `heading` for a line that only opens a group and
    carries no item; its text is empty.
    """

    number: str | None
    group: str | None
    heading: str | None
    cells: tuple[Cell, ...]
    text: str
    spans: tuple[Span, ...]
    quality: Quality
    notes: tuple[str, ...] = ()
    kind: RowKind = "item"


@dataclass(frozen=True, slots=True)
class Table:
    """A table read from text; every non-blank character of its region lies in exactly one cell or separator.

    `kind` is `regular` where the columns hold, `uneven` where they do not and each line is a row all the same, `damaged`
    where the rows were recovered from the sequence of their numbers. `fragments` are pieces that belong to no row (copies,
    torn vertical headings), each with a note. `separators` are marks that carry no words: column bars, rulings,
    tags. `missing` lists the numbers of the main sequence that no row could be given.
    """

    region: Span
    kind: TableKind
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    fragments: tuple[Cell, ...]
    separators: tuple[Span, ...]
    missing: tuple[str, ...]

    def cells(self) -> tuple[Cell, ...]:
        """All cells, those of the header, the rows and the fragments, in source order."""
        every = [*self.header, *self.fragments, *(cell for row in self.rows for cell in row.cells)]
        return tuple(sorted(every, key=lambda cell: cell.span.start))
