"""Documents of known content as files of every format: by LibreOffice, by python-docx, by reportlab, as web pages."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planlineage.reading.tables import find_tables

FONTS = {
    "WenQuanYi Zen Hei": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    "AR PL UMing": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
}
DEBIAN = "libreoffice-writer, fonts-noto-cjk, fonts-wqy-zenhei, fonts-arphic-uming"


@cache
def registered(font: str) -> str:
    """The name of a font that reportlab knows from now on; reading the file of a Chinese one takes long."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    file, index = FONTS[font]
    pdfmetrics.registerFont(TTFont(font, file, subfontIndex=index))
    return font


@dataclass(frozen=True)
class Content:
    """What stands on the page: paragraphs, and tables as rows of cells, in order."""

    name: str
    blocks: tuple[str | list[list[str]], ...]


def content_of(name: str, text: str) -> Content:
    """A plain text as paragraphs and tables; its tables are those that the reader finds in it."""
    blocks: list[str | list[list[str]]] = []
    at = 0
    for region in find_tables(text):
        blocks += _paragraphs(text[at : region.span.start])
        mark = "\t" if region.delimiter == "tab" else " | "
        rows = [
            line.split(mark) for line in text[region.span.start : region.span.end].split("\n") if line.strip(" -\t|")
        ]
        width = max(map(len, rows))
        blocks.append([[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows])
        at = region.span.end
    return Content(name, (*blocks, *_paragraphs(text[at:])))


def _paragraphs(text: str) -> list[str]:
    lines = (line for paragraph in text.split("\n") for line in paragraph.split("\u3000\u3000"))
    return [line.strip(" \t\u3000\xa0") for line in lines if line.strip(" \t\u3000\xa0\ufeff")]


def plain(content: Content) -> str:
    """The same content as plain text, which says what every other rendering has to give back."""
    lines = [b if isinstance(b, str) else "\n".join("\t".join(row) for row in b) for b in content.blocks]
    return "\n".join(lines) + "\n"


def as_docx(content: Content, *, font: str = "Noto Serif CJK SC") -> bytes:
    """A Word file by python-docx: indented paragraphs, bordered tables, a header and page numbers."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"
    for block in content.blocks:
        if isinstance(block, str):
            paragraph = document.add_paragraph(block)
            paragraph.paragraph_format.first_line_indent = Pt(24)
            paragraph.paragraph_format.space_after = Pt(0)
            continue
        table = document.add_table(rows=0, cols=len(block[0]), style="Table Grid")
        for row in block:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(content: Content) -> bytes:
    """A page as government sites publish it: menus, a table of facts, the article, related news, a footer."""
    body: list[str] = []
    for block in content.blocks:
        if isinstance(block, str):
            body.append(f'<p style="text-indent: 2em;">\u3000\u3000{html.escape(block)}</p>')
        else:
            rows = ["<tr>" + "".join(f"<td><p>{html.escape(c)}</p></td>" for c in row) + "</tr>" for row in block]
            body.append(f"<table border=1><tbody>{''.join(rows)}</tbody></table>")
    links = "".join(f'<li><a href="/{i}.html">国务院办公厅关于第{i}号文件的解读</a></li>' for i in range(30))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>某某_政府信息公开</title><style>p {{ margin: 0 }}</style></head><body>
<div class="header"><a href="/">首页</a><ul class="nav">{links}</ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; 政策</div>
<div class="main"><script>var a = "一、不是正文。";</script>
<div class="pages_content" id="UCAP-CONTENT">{"".join(body)}</div></div>
<div class="related"><h3>相关文件</h3><ul>{links}</ul></div>
<div class="footer">主办：某某人民政府办公室　网站标识码：1234567890　网站地图</div>
</body></html>""".encode()


def as_pdf(content: Content, font: str) -> bytes:
    """A PDF by reportlab in one of the FONTS, with page numbers and a running head."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    registered(font)
    style = ParagraphStyle("text", fontName=font, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=font, fontSize=9, leading=13, wordWrap="CJK")
    story: list[object] = []
    for block in content.blocks:
        if isinstance(block, str):
            story.append(Paragraph(html.escape(block), style))
            continue
        rows = [[Paragraph(html.escape(c), small) for c in row] for row in block]
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        width = 450 / len(block[0])
        story.append(Table(rows, colWidths=[width] * len(block[0]), style=grid, splitInRow=1))

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont(font, 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 800, "法治政府建设文件汇编")  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 30, f"— {document.page} —")  # type: ignore[attr-defined]

    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def office() -> str | None:
    """The LibreOffice program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Let LibreOffice convert files; a profile of its own keeps runs apart."""
    program = office()
    assert program is not None
    folder.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    ending = to.split(":", maxsplit=1)[0]
    return [folder / f"{file.stem}.{ending}" for file in files]
