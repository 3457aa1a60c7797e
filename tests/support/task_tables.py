"""One table as a file of every format in which offices send it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from word import p, word


def lines(table: Mapping[str, Any]) -> list[list[str]]:
    """The header and the rows; the header again before row `again`, as after a page break."""
    rows = [list(row) for row in table["rows"]]
    if table.get("again"):
        rows.insert(table["again"], list(table["header"]))
    return [list(table["header"]), *rows]


def _spans(rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """For each cell over how many rows it reaches; 0 where the cell above reaches over it."""
    spans = [[1] * len(row) for row in rows]
    for at in range(len(rows) - 1, 1, -1):
        for column, cell in enumerate(rows[at]):
            if not cell:
                spans[at - 1][column] += spans[at][column]
                spans[at][column] = 0
    return spans


def _html(table: Mapping[str, Any]) -> bytes:
    rows = lines(table)
    spans = _spans(rows) if table.get("merged") else [[1] * len(row) for row in rows]
    body = "".join(
        "<tr>" + "".join(f'<td rowspan="{n}">{c}</td>' for c, n in zip(row, over, strict=True) if n) + "</tr>"
        for row, over in zip(rows, spans, strict=True)
    )
    return f"<!DOCTYPE html><html><body><p>{table['title']}</p><table>{body}</table></body></html>".encode()


def _html_title_inside(table: Mapping[str, Any]) -> bytes:
    first = f'<tr><td colspan="{len(table["header"])}">{table["title"]}</td></tr>'
    return _html({**table, "title": "附件"}).replace(b"<table>", f"<table>{first}".encode())


def _docx(table: Mapping[str, Any]) -> bytes:
    rows = lines(table)
    spans = _spans(rows) if table.get("merged") else [[1] * len(row) for row in rows]
    merge = {0: "<w:vMerge/>", 1: ""}
    begins = '<w:vMerge w:val="restart"/>'
    body = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr>{merge.get(n, begins)}</w:tcPr>{p(c)}</w:tc>" for c, n in zip(row, over, strict=True))
        + "</w:tr>"
        for row, over in zip(rows, spans, strict=True)
    )
    return word(f"{p(table['title'])}<w:tbl>{body}</w:tbl>{p()}")


def _xlsx(table: Mapping[str, Any]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append([table["title"]])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(table["header"]))
    for row in lines(table):
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(table: Mapping[str, Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[table["title"]], *lines(table)])
    return out.getvalue().encode("utf-8-sig")


def _tabs(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *("\t".join(row) for row in lines(table))]).encode()


def _tabs_trimmed(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *("\t".join(row).rstrip() for row in lines(table))]).encode()


def _bars(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *(" | ".join(row) for row in lines(table))]).encode()


def _markdown(table: Mapping[str, Any]) -> bytes:
    header, *rows = lines(table)
    ruling = ["---"] * len(header)
    return "\n".join([f"## {table['title']}", *(f"| {' | '.join(row)} |" for row in (header, ruling, *rows))]).encode()


def _one_cell_a_line(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *(cell for row in lines(table) for cell in row)]).encode()


FORMATS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "html": _html,
    "html, title inside": _html_title_inside,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "tabs": _tabs,
    "tabs, ends trimmed": _tabs_trimmed,
    "bars": _bars,
    "markdown": _markdown,
    "one cell a line": _one_cell_a_line,
}
