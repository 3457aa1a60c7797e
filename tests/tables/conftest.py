"""What the table tests share: the law that nothing of a table vanishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planlineage.reading.scanned import recover_table
from planlineage.reading.tables import Table, find_tables, read_table

Check = Callable[[str, Table], None]
Reader = Callable[[str], Table]


def _assert_tiles(text: str, table: Table) -> None:
    owners = [0] * len(text)
    for span in [*(cell.span for cell in table.cells()), *table.separators]:
        assert table.region.contains(span)
        for at in range(span.start, span.end):
            owners[at] += 1
    for at in range(table.region.start, table.region.end):
        assert owners[at] <= 1, f"{text[at]!r} at {at} is claimed twice"
        assert owners[at] == 1 or text[at].isspace(), f"{text[at]!r} at {at} vanished"
    for row in table.rows:
        texts = [cell.span for cell in row.cells if cell.role == "text"]
        assert all(span in texts for span in row.spans)


@pytest.fixture(scope="session")
def assert_tiles() -> Check:
    """Checks that every non-blank character of the region lies in exactly one cell or separator."""
    return _assert_tiles


@pytest.fixture(scope="session")
def only_table() -> Reader:
    """Reads the one table of a text, checked for the tiling law."""

    def read(text: str) -> Table:
        regions = find_tables(text)
        assert len(regions) == 1
        table = read_table(text, regions[0])
        _assert_tiles(text, table)
        return table

    return read


@pytest.fixture(scope="session")
def damaged_table() -> Reader:
    """Recovers the one damaged table of a text, checked for the tiling law."""

    def read(text: str) -> Table:
        (region,) = find_tables(text)
        table = recover_table(text, region)
        assert table is not None
        _assert_tiles(text, table)
        return table

    return read
