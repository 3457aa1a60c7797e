"""Blocks as an official document of a Chinese office (GB/T 9704): A4 upright, 小标宋 title, 仿宋 text, page numbers, red head."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.disk import write_bytes
from ..model.wording import Lang
from .yearly_document import Block, Heading, Paragraph, Table, add_table, clean, new_document, set_font

_TITLE, _TEXT, _HEADING, _PART = "方正小标宋简体", "仿宋", "黑体", "楷体"
"""Where the title's font is not installed, Word, WPS and LibreOffice take 宋体."""
_TEXT_SIZE, _TITLE_SIZE, _TABLE_SIZE, _LINE = 16, 22, 10.5, 28
"""Points: 三号, 二号, 五号, and the distance of lines."""
_MANY, _SMALL_SIZE = 6, 9
"""Tables of more columns have smaller letters, so that dates and units stay on a line or two."""
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_SECTION = 2
"""The level of headings below the title."""
_WIDTH = 210 - 28 - 26
_RED = "C00000"


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands around the text: to whom, who signs with which date, and the words of a red head, if any."""

    to: str = ""
    issuer: str = ""
    day: str = ""
    red_head: str = ""


def write_official(blocks: Sequence[Block], letter: Letter, path: str | Path, *, lang: Lang = "zh") -> Path:
    """Write the document as DOCX; the first block is its title.

    Raises `OutputError`, and `MissingExtraError` without python-docx.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm, Pt

    document = new_document(lang)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    normal = document.styles["Normal"]
    set_font(normal, _TEXT)
    normal.font.size = Pt(_TEXT_SIZE)
    normal.paragraph_format.line_spacing = Pt(_LINE)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for level in (1, 2, 3):
        _as_text(document.styles[f"Heading {level}"])
    if letter.red_head:
        _red_head(document, letter.red_head)
    _page_numbers(section)
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            size = _TABLE_SIZE if len(block.headers) <= _MANY else _SMALL_SIZE
            add_table(document, block, width=_WIDTH, size=size, tight=True)
        elif isinstance(block, Heading) and block.level == 1:
            _line(document, block.text, font=_TITLE, size=_TITLE_SIZE, align=ALIGN.CENTER, after=_LINE, level=1)
        elif isinstance(block, Heading):
            font = _HEADING if block.level == _SECTION else _PART
            _line(document, block.text, font=font, indent=2, keep=True, level=block.level)
        elif isinstance(block, Paragraph):
            _line(document, block.text, indent=2, keep=number == len(blocks) - 1)
        if number == 0 and letter.to:
            _line(document, letter.to)
    for words in filter(None, (letter.issuer, letter.day)):
        _line(document, words, align=ALIGN.RIGHT, right=4, keep=words == letter.issuer)
    held = io.BytesIO()
    document.save(held)
    return write_bytes(path, held.getvalue())


def _line(  # noqa: PLR0913 - each is a setting of its own
    document: Any,
    text: str,
    *,
    font: str = _TEXT,
    size: float = _TEXT_SIZE,
    indent: float = 0,
    right: float = 0,
    after: float = 0,
    align: Any = None,
    keep: bool = False,
    level: int = 0,
) -> Any:
    """A paragraph, of a level above 0 a heading that Word's navigation lists; indents count characters."""
    from docx.shared import Pt

    paragraph = document.add_paragraph(style=f"Heading {level}" if level else None)
    run = paragraph.add_run(clean(text))
    set_font(run, font)
    run.font.size = Pt(size)
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.right_indent = Pt(indent * size), Pt(right * size)
    layout.space_after, layout.keep_with_next = Pt(after), keep
    layout.line_spacing = Pt(max(_LINE, size * 1.4))
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _as_text(style: Any) -> None:
    """A style of headings without the colour, weight and distances that Word gives it."""
    from docx.shared import Pt, RGBColor

    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), False, False
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _red_head(document: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    size = min(36, 420 / max(len(text), 1))  # on one line
    head = _line(document, text, font=_TITLE, size=size, align=ALIGN.CENTER, after=_LINE)
    head.runs[0].font.color.rgb = RGBColor.from_string(_RED)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "18", "space": "12", "color": _RED}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    head._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_numbers(section: Any) -> None:
    """— 1 — in the middle of the foot of each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    for kind in ("— ", "begin", "PAGE", "end", " —"):
        run = paragraph.add_run("" if kind in ("begin", "PAGE", "end") else kind)
        set_font(run, "宋体")
        run.font.size = Pt(14)
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "PAGE":
            field = OxmlElement("w:instrText")
            field.text = kind
            run._r.append(field)
