"""Tables in plain text, clean or damaged: found, read into rows, nothing of them lost.

`find_tables` gives the regions of a text where tables stand, `read_table` the rows of one. A table whose
columns hold is read column by column. One that scanning damaged (shifted columns, numbers glued to text,
doubled cells, vertical headings read across) is recovered from what damage hardly touches: row numbers
rise, headings count up within their group, groups count up through the table, and a text printed twice is
the same text.
"""

from __future__ import annotations

from ...model.base import Span
from .atoms import atoms_of
from .damaged import recover
from .grid import Grid, cut
from .regions import find_tables
from .regular import cell, columns, columns_hold, header_lines, read_regular
from .sequence import row_numbers
from .values import Cell, Quality, Role, Row, RowKind, Table, TableRegion

__all__ = ["Cell", "Quality", "Role", "Row", "RowKind", "Table", "TableRegion", "find_tables", "read_table"]

_FEWEST_NUMBERS = 3


def read_table(text: str, region: Span | TableRegion) -> Table:
    r"""Read the table that stands at a region of the text.

    Spans in the result count characters of `text`. Never fails on a damaged table: what cannot be read
    stands in `fragments` and `missing`, and each row says how far it can be trusted.

    >>> text = "序号 | 事项\n一、清单管理 | \n1 | 公开清单\n3 | 清理收费"
    >>> table = read_table(text, Span(start=0, end=len(text)))
    >>> [(row.number, row.group, row.text) for row in table.rows if row.kind == "item"], table.missing
    ([('1', '一、清单管理', '公开清单'), ('3', '一、清单管理', '清理收费')], ('2',))
    """
    if isinstance(region, TableRegion):
        span, delimiter = region.span, region.delimiter
    else:
        span = region
        found = find_tables(text, span.start, span.end)
        delimiter = found[0].delimiter if found else "tab"
    grid = cut(text, span, delimiter)
    top = header_lines(grid)
    header, lines = grid.lines[:top], grid.lines[top:]
    parts = columns(header, lines)
    rest = Grid(text, lines, grid.separators)
    found_numbers = _count_numbers(rest)
    if columns_hold(parts, lines) or found_numbers < _FEWEST_NUMBERS:
        table = read_regular(grid, span, header, lines, parts)
        # A table of nothing but numbers, titles and items must show as many row numbers as there are.
        plain = bool(header) and "other" not in parts.values() and found_numbers >= _FEWEST_NUMBERS
        if not plain or found_numbers <= sum(row.number is not None for row in table.rows):
            return table
    return recover(rest, span, tuple(cell(piece, "header") for line in header for piece in line.pieces))


def _count_numbers(grid: Grid) -> int:
    """How many numbers there are to recover rows by."""
    return sum(map(len, row_numbers(atoms_of(grid))))
