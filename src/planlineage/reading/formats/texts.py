"""Bytes that are neither packed nor binary: plain text, Markdown or a web page, told by what stands in them."""

from __future__ import annotations

from .detect import looks_like_html
from .encodings import decode_text
from .html import read_html
from .html.charset import declared_charset
from .markdown import read_markdown
from .sheets import read_csv
from .values import Clock, Extracted


def read_text_or_page(data: bytes, name: str, clock: Clock, *, declared: str = "") -> Extracted:
    """The text of such bytes. `declared` is the encoding they are said to have."""
    plain = decode_text(data, name, declared=declared or declared_charset(data))
    if not looks_like_html(plain.text):
        table = read_csv(plain, name)
        return table if table is not plain else read_markdown(plain)
    return read_html(plain, name, clock)
