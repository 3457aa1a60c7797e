"""What the table tests share: the tiling law and a writer of small tables."""

from __future__ import annotations

from planlineage.reading.tables import Table, find_tables, read_table


def only_table(text: str) -> Table:
    """The one table of a text, checked for the tiling law."""
    regions = find_tables(text)
    assert len(regions) == 1
    table = read_table(text, regions[0])
    assert_tiles(text, table)
    return table


def assert_tiles(text: str, table: Table) -> None:
    """Every non-blank character of the region lies in exactly one cell or separator, and nothing lies outside."""
    owners = [0] * len(text)
    for span in [*(cell.span for cell in table.cells()), *table.separators]:
        assert table.region.contains(span)
        for at in range(span.start, span.end):
            owners[at] += 1
    for at in range(table.region.start, table.region.end):
        assert owners[at] <= 1, f"{text[at]!r} at {at} is claimed twice"
        assert owners[at] == 1 or text[at].isspace(), f"{text[at]!r} at {at} vanished"
    for row in table.rows:
        cells = [cell.span for cell in row.cells if cell.role == "text"]
        assert all(span in cells for span in row.spans)


def outline(table: Table) -> list[tuple[str | None, str | None, str | None]]:
    """Number, group and heading of each row."""
    return [(row.number, row.group, row.heading) for row in table.rows]
