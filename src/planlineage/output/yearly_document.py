"""The blocks of a report (headings, paragraphs, tables) as a Word document: A4, with fonts that Chinese offices expect."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.disk import write_bytes
from ..model.errors import MissingExtraError
from ..model.wording import Lang

_BODY, _TITLE = "仿宋", "黑体"
_PAGE, _CHARACTER, _PADDING = 257, 3.4, 4.5
"""Millimetres: the width of the text, a character of 9 points, and the margins of a cell."""
_LONG_TEXTS = 0.6
"""Long texts take lines rather than all of the width."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; all cells are text."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


def write_document(blocks: Sequence[Block], path: str | Path, *, lang: Lang = "zh", official: bool = False) -> Path:
    """Write blocks as DOCX, `official` with a black title in the middle as offices print it.

    Raises `OutputError`, and `MissingExtraError` without python-docx.
    """
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm, Pt
    except ImportError as error:
        raise MissingExtraError("no python-docx", hint="install python-docx") from error
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, font in (
        ("Normal", _BODY),
        ("Heading 1", _TITLE),
        ("Heading 2", _TITLE),
        ("Heading 3", _TITLE),
    ):
        _set_font(document.styles[name], font)
    document.styles["Normal"].font.size = Pt(11)
    if official:
        _as_offices_print(document.styles["Heading 1"])
    document.core_properties.author = "planlineage"
    document.core_properties.language = "zh-CN" if lang == "zh" else "en"
    for block in blocks:
        _add(document, block)
    held = io.BytesIO()
    document.save(held)
    return write_bytes(path, held.getvalue())


def _as_offices_print(style: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    style.font.color.rgb, style.font.size, style.font.bold = RGBColor(0, 0, 0), Pt(18), False
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(12)


def _set_font(style: Any, font: str) -> None:
    from docx.oxml.ns import qn

    style.font.name = font
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _add(document: Any, block: Block) -> None:
    text = getattr(block, "text", None)
    if text is not None:
        level = getattr(block, "level", None)
        if level is None:
            document.add_paragraph(_clean(text))
        else:
            document.add_heading(_clean(text), level)
        return
    _table(document, block.headers, block.rows)  # type: ignore[union-attr]


def _table(document: Any, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(headers), style="Table Grid")
    table.autofit = False
    widths = _widths(headers, rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], headers, widths, bold=True, size=Pt(9), unit=Mm)
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in rows:
        _fill(table.add_row(), row, widths, bold=False, size=Pt(9), unit=Mm)
    document.add_paragraph()


def _fill(row: Any, values: Sequence[str], widths: Sequence[float], *, bold: bool, size: Any, unit: Any) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = unit(width)
        run = cell.paragraphs[0].add_run(_clean(value))
        run.bold, run.font.size = bold, size


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres for each column, all together the width of the page: room for its title, the rest by how much stands in it."""
    least = [_CHARACTER * len(title) + _PADDING for title in headers]
    lengths = [[_CHARACTER * len(row[i]) + _PADDING for row in rows] or [0.0] for i in range(len(headers))]
    more = [
        max(0.0, sum(column) / len(column) - own) ** _LONG_TEXTS for column, own in zip(lengths, least, strict=True)
    ]
    spare = max(0.0, _PAGE - sum(least))
    widths = [own + spare * wanted / (sum(more) or 1) for own, wanted in zip(least, more, strict=True)]
    return [width * _PAGE / sum(widths) for width in widths]


def _clean(text: str) -> str:
    """Text without the control characters that XML can't hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
