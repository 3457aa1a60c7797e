"""Tables that scanning damaged: shifted columns, numbers glued to text, doubled cells, vertical headings read across.

Such a table is recovered from what damage hardly touches: row numbers rise, headings count up within their group, groups count
up through the table, and a text printed twice is the same text. Only tables whose columns do not hold come in by this door.
"""

from __future__ import annotations

from ..tables import cut_region
from ..tables.grid import Grid
from ..tables.regular import cell, header_lines
from ..tables.values import Table, TableRegion
from .atoms import atoms_of
from .damaged import recover
from .sequence import row_numbers

__all__ = ["recover_table"]

_FEWEST_NUMBERS = 3


def recover_table(text: str, region: TableRegion) -> Table | None:
    """Recover the rows of the damaged table at a region of the text; None where it has too few row numbers to go by.

    What can't be read stands in `fragments` and `missing`, and each row says how far it can be trusted. Spans count
    characters of `text`.
    """
    grid = cut_region(text, region)
    top = header_lines(grid)
    rest = Grid(text, grid.lines[top:], grid.separators)
    if sum(map(len, row_numbers(atoms_of(rest)))) < _FEWEST_NUMBERS:
        return None
    header = tuple(cell(piece, "header") for line in grid.lines[:top] for piece in line.pieces)
    return recover(rest, region.span, header)
