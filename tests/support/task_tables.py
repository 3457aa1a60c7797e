"""One table as a file of every format in which offices send it.

A table says `title`, `header` (words, or two lines of them) and `rows`. A cell that is null lies under the cell above, which
reaches over it; `<` lies under the cell to the left. `again` prints the header again before that row, as after a page break.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rendering import FONTS, registered
from word import p, word

from planlineage.model.plan import Plan
from planlineage.reading.commitments import NOBODY, assigned

FONT = "WenQuanYi Zen Hei"
HAS_FONT = Path(FONTS[FONT][0]).exists()
Cell = str | None


def header_of(table: Mapping[str, Any]) -> list[list[Cell]]:
    """The lines of the header."""
    header = table["header"]
    return [list(line) for line in header] if isinstance(header[0], list) else [list(header)]


def grid(table: Mapping[str, Any]) -> list[list[Cell]]:
    """The lines of the header and the rows."""
    rows = [list(row) for row in table["rows"]]
    if table.get("again"):
        rows[table["again"] : table["again"]] = header_of(table)
    return [*header_of(table), *rows]


def flat(table: Mapping[str, Any]) -> list[list[str]]:
    """The same where cells can't be merged: those that others reach over are blank."""
    return [["" if cell in (None, "<") else cell for cell in row] for row in grid(table)]


def spans(table: Mapping[str, Any]) -> list[tuple[int, int, str, int, int]]:
    """Each cell: its line and column, its words, over how many columns and lines it reaches."""
    rows = grid(table)
    found = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell in (None, "<"):
                continue
            across = 1
            while column + across < len(row) and row[column + across] == "<":
                across += 1
            down = 1
            while at + down < len(rows) and rows[at + down][column] is None:
                down += 1
            found.append((at, column, cell, across, down))
    return found


def _lined(table: Mapping[str, Any]) -> list[list[tuple[int, int, str, int, int]]]:
    return [[cell for cell in spans(table) if cell[0] == at] for at in range(len(grid(table)))]


def _html(table: Mapping[str, Any]) -> bytes:
    body = "".join(
        "<tr>"
        + "".join(f'<td colspan="{a}" rowspan="{d}"><p>{html.escape(words)}</p></td>' for _, _, words, a, d in line)
        + "</tr>"
        for line in _lined(table)
    )
    return f"<!DOCTYPE html><html><body><p>{table['title']}</p><table>{body}</table></body></html>".encode()


def _html_title_inside(table: Mapping[str, Any]) -> bytes:
    first = f'<tr><td colspan="{len(grid(table)[0])}">{table["title"]}</td></tr>'
    return _html({**table, "title": "附件"}).replace(b"<table>", f"<table>{first}".encode())


def _docx(table: Mapping[str, Any]) -> bytes:
    """Merged cells as Word has them: `vMerge` in each line that a cell reaches over, `gridSpan` across."""
    rows = ""
    for line in grid(table):
        cells = ""
        for column, cell in enumerate(line):
            if cell == "<":
                continue
            across = 1
            while column + across < len(line) and line[column + across] == "<":
                across += 1
            merge = "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>'
            cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr>{p(html.escape(cell or ""))}</w:tc>'
        rows += f"<w:tr>{cells}</w:tr>"
    return word(f"{p(table['title'])}<w:tbl>{rows}</w:tbl>{p()}")


def _xlsx(table: Mapping[str, Any]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append([table["title"]])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(grid(table)[0]))
    for at, column, words, across, down in spans(table):
        sheet.cell(at + 2, column + 1).value = int(words) if words.isdigit() else words or None
        sheet.merge_cells(start_row=at + 2, end_row=at + down + 1, start_column=column + 1, end_column=column + across)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(table: Mapping[str, Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[table["title"]], *flat(table)])
    return out.getvalue().encode("utf-8-sig")


def _pdf(table: Mapping[str, Any], *, ruled: bool) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    style = ParagraphStyle("cell", fontName=registered(FONT), fontSize=10.5, leading=14, wordWrap="CJK")
    head = ParagraphStyle("title", parent=style, fontSize=16, leading=24, alignment=1, spaceAfter=12)
    rows = flat(table)
    longest = [max(min(len(row[column]), 24) for row in rows) + 2 for column in range(len(rows[0]))]
    widths = [680 * one / sum(longest) for one in longest]
    widths = [max(width, 44.0) for width in widths]
    look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP" if not ruled else "MIDDLE")]
    if ruled:
        look.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    look += [("SPAN", (c, r), (c + a - 1, r + d - 1)) for r, c, _, a, d in spans(table) if a * d > 1]
    cells = [[Paragraph(html.escape(words), style) for words in row] for row in rows]
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=landscape(A4), title="", leftMargin=60, rightMargin=60)
    document.build([Paragraph(table["title"], head), Table(cells, colWidths=widths, style=look)])
    return out.getvalue()


def _pdf_ruled(table: Mapping[str, Any]) -> bytes:
    return _pdf(table, ruled=True)


def _pdf_unruled(table: Mapping[str, Any]) -> bytes:
    return _pdf(table, ruled=False)


def _tabs(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *("\t".join(row) for row in flat(table))]).encode()


def _tabs_trimmed(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *("\t".join(row).rstrip() for row in flat(table))]).encode()


def _bars(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *(" | ".join(row) for row in flat(table))]).encode()


def _markdown(table: Mapping[str, Any]) -> bytes:
    header, *rows = flat(table)
    ruling = ["---"] * len(header)
    return "\n".join([f"## {table['title']}", *(f"| {' | '.join(row)} |" for row in (header, ruling, *rows))]).encode()


def _one_cell_a_line(table: Mapping[str, Any]) -> bytes:
    return "\n".join([table["title"], *(cell for row in flat(table) for cell in row if cell)]).encode()


FORMATS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "html": _html,
    "html, title inside": _html_title_inside,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "pdf, ruled": _pdf_ruled,
    "pdf, unruled": _pdf_unruled,
    "tabs": _tabs,
    "tabs, ends trimmed": _tabs_trimmed,
    "bars": _bars,
    "markdown": _markdown,
    "one cell a line": _one_cell_a_line,
}
"""Each format with what writes it."""


def cells_of(table: Mapping[str, Any]) -> Sequence[str]:
    """The words of all cells, in order."""
    return [cell for row in flat(table) for cell in row if cell]


def tasks(plan: Plan) -> list[list[str]]:
    """Each task with its lead and support units, and its day, rhythm or pace."""
    notes = assigned(plan)
    found = []
    for task in plan.tasks:
        note = notes.get(task.id, NOBODY)
        times = [str(day) for deadline in (*task.deadlines, *note.deadlines) for day in deadline.days]
        times += [rhythm.normal for rhythm in note.rhythms]
        found.append([task.text, " ".join(note.lead), " ".join(note.support), *(times or [note.pace or ""])])
    return found
