"""The blocks of a report (headings, paragraphs, tables) as a Word document: A4, with fonts that Chinese offices expect."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.disk import CONTROL, write_bytes
from ..model.errors import MissingExtraError
from ..model.wording import Lang

_BODY, _TITLE = "仿宋", "黑体"
_PAGE, _CHARACTER, _PADDING = 257, 3.4, 4.5
"""Millimetres: the width of the text, a character of 9 points, and the margins of a cell."""
_DAY = 6
"""A day in figures is as wide as so many Chinese characters; it stays on one line."""
_LETTER = 0.6
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


def write_document(blocks: Sequence[Block], path: str | Path, *, lang: Lang = "zh") -> Path:
    """Write blocks as DOCX, with a black title in the middle as offices print it.

    Raises `OutputError`, and `MissingExtraError` without python-docx.
    """
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = new_document(lang)
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
        set_font(document.styles[name], font)
    document.styles["Normal"].font.size = Pt(11)
    _as_offices_print(document.styles["Heading 1"])
    for block in blocks:
        _add(document, block)
    held = io.BytesIO()
    document.save(held)
    return write_bytes(path, held.getvalue())


def new_document(lang: Lang) -> Any:
    """An empty document. Raises `MissingExtraError` without python-docx."""
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("no python-docx", hint="install python-docx") from error
    document = docx.Document()
    document.core_properties.author = "planlineage"
    document.core_properties.language = "zh-CN" if lang == "zh" else "en"
    return document


def _as_offices_print(style: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    style.font.color.rgb, style.font.size, style.font.bold = RGBColor(0, 0, 0), Pt(18), False
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(12)


def set_font(style: Any, font: str) -> None:
    """Give a style or a run a font, for Chinese and Latin letters alike."""
    from docx.oxml.ns import qn

    style.font.name = font
    properties = (style.element if hasattr(style, "element") else style._r).get_or_add_rPr()
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
            document.add_paragraph(clean(text))
        else:
            document.add_heading(clean(text), level)
        return
    add_table(document, block)  # type: ignore[arg-type]


def add_table(document: Any, table: Table, *, width: float = _PAGE, size: float = 9, tight: bool = False) -> None:
    """Add a table whose first row stands again on each page; `width` in millimetres, `size` in points, `tight` lines."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    made = document.add_table(rows=1, cols=len(table.headers), style="Table Grid")
    made.autofit = False
    widths = _widths(table.headers, table.rows, width, size)
    for column, own in zip(made.columns, widths, strict=True):
        column.width = Mm(own)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, values in enumerate((table.headers, *table.rows)):
        row = made.add_row() if number else made.rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value, own in zip(row.cells, values, widths, strict=True):
            cell.width = Mm(own)
            run = cell.paragraphs[0].add_run(clean(value))
            run.bold, run.font.size = number == 0, Pt(size)
            if tight:
                cell.paragraphs[0].paragraph_format.line_spacing = Pt(size * 1.4)
    document.add_paragraph()


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]], page: float, size: float) -> list[float]:
    """Millimetres for each column, all together the width of the page: room for its title, the rest by how much stands in it."""
    character = _CHARACTER * size / 9
    longest = [max((_wide(row[i]) for row in rows), default=0) for i in range(len(headers))]
    least = [
        character * max(len(title), min(_DAY, most)) + _PADDING for title, most in zip(headers, longest, strict=True)
    ]
    lengths = [[character * _wide(row[i]) + _PADDING for row in rows] or [0.0] for i in range(len(headers))]
    more = [
        max(0.0, sum(column) / len(column) - own) ** _LONG_TEXTS for column, own in zip(lengths, least, strict=True)
    ]
    spare = max(0.0, page - sum(least))
    widths = [own + spare * wanted / (sum(more) or 1) for own, wanted in zip(least, more, strict=True)]
    return [width * page / sum(widths) for width in widths]


def _wide(text: str) -> float:
    """How wide a text is, in Chinese characters; a letter or figure takes a little more than half of one."""
    return sum(1 if c > "\u2e7f" else _LETTER for c in text)


def clean(text: str) -> str:
    """Text without the control characters that XML can't hold."""
    return CONTROL.sub("", text.replace("\r", ""))
