"""PDF pages drawn by hand with reportlab, each string at its place; `needs_font` skips where their font is not installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rendering import FONTS, registered

ZEN = "WenQuanYi Zen Hei"
A4 = (595, 842)
needs_font = pytest.mark.skipif(not Path(FONTS[ZEN][0]).exists(), reason="needs the Debian package fonts-wqy-zenhei")
LONG = (
    "各地区要在2022年年底前编制完成权责清单，并及时向社会公布，接受社会监督；"
    "对行政执法活动进行检查，每年至少开展一次，结果向社会公开。"
)


class Sheet:
    """A PDF drawn by hand: each string at its place, in points from the upper left corner."""

    def __init__(self, size=A4, **options):
        from reportlab.pdfgen.canvas import Canvas

        registered(ZEN)
        self.out, self.height = io.BytesIO(), size[1]
        self.canvas = Canvas(self.out, pagesize=size, **options)

    def write(self, x, y, text, size=12):
        self.canvas.setFont(ZEN, size)
        self.canvas.drawString(x, self.height - y, text)
        return self

    def lines(self, x, y, *texts, leading=20):
        for i, text in enumerate(texts):
            self.write(x, y + i * leading, text)
        return self

    def turn(self):
        self.canvas.showPage()
        return self

    def data(self):
        self.canvas.save()
        return self.out.getvalue()


def wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    """A paragraph in lines of `width` characters, two blanks before the first."""
    lines, room = ["\u3000" * indent], width - indent
    for char in text:
        need = 0.5 if char.isascii() else 1
        if room < need and char not in "，。；、":
            lines.append("")
            room = width
        lines[-1] += char
        room -= need
    return lines


def draw(sheet: Sheet, x: float, y: float, text: str, width: int, leading: int = 20) -> float:
    for i, line in enumerate(wrapped(text, width)):
        blanks = len(line) - len(line.lstrip("\u3000"))
        sheet.write(x + 12 * blanks, y + i * leading, line.strip("\u3000"))
    return y + len(wrapped(text, width)) * leading
