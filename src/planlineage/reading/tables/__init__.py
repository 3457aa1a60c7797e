"""Tables in plain text: found, read into rows, nothing of them lost.

`find_tables` gives the regions of a text where tables stand, `read_table` the rows of one, column by column. A table whose
columns do not hold says so; recovering it is another room's work (`reading.scanned`).
"""

from __future__ import annotations

from .grid import Grid, cut
from .indicator_columns import indicator_columns
from .regions import find_tables
from .regular import columns, columns_hold, header_lines, read_regular
from .stacked import cut_stacked
from .task_columns import WHAT, WHO, TaskColumn, is_blank, is_ditto, task_column, task_columns
from .values import Cell, Quality, Role, Row, RowKind, Table, TableKind, TableRegion

__all__ = [
    "WHAT",
    "WHO",
    "Cell",
    "Quality",
    "Role",
    "Row",
    "RowKind",
    "Table",
    "TableRegion",
    "TaskColumn",
    "cut_region",
    "find_tables",
    "indicator_columns",
    "is_blank",
    "is_ditto",
    "read_table",
    "task_column",
    "task_columns",
]


def cut_region(text: str, region: TableRegion) -> Grid:
    """The lines and cells of a region."""
    if region.delimiter == "line":
        return cut_stacked(text, region.span)
    return cut(text, region.span, region.delimiter)


def read_table(text: str, region: TableRegion) -> Table:
    r"""Read the table that stands at a region of the text. Spans in the result count characters of `text`.

    >>> text = "序号 | 事项\n一、清单管理 | \n1 | 公开清单\n3 | 清理收费"
    >>> table = read_table(text, find_tables(text)[0])
    >>> [(row.number, row.group, row.text) for row in table.rows if row.kind == "item"], table.missing
    ([('1', '一、清单管理', '公开清单'), ('3', '一、清单管理', '清理收费')], ('2',))
    """
    grid = cut_region(text, region)
    top = header_lines(grid)
    header, lines = grid.lines[:top], grid.lines[top:]
    labels = [[piece.words for piece in line.pieces] for line in header]
    again = [line for line in lines if [piece.words for piece in line.pieces] in labels]
    header, lines = [*header, *again], [line for line in lines if line not in again]
    parts = columns(header, lines)
    tasks = task_columns((piece.column, piece.words) for line in header for piece in line.pieces)
    width = max((line.width for line in header), default=0)
    if tasks and all(line.width <= width for line in lines):
        for line in lines:
            line.width = width  # blank cells at the end of a line are lost where its blanks were trimmed
    kind: TableKind = "regular" if columns_hold(parts, lines) else "uneven"
    return read_regular(grid, region.span, kind, header, lines, parts)
