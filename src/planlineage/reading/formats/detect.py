"""Which format bytes are of, by what they begin with; the name of a file is not asked, it lies too often."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["pdf", "zip", "mhtml", "text", "ole", "rtf", "image", "packed"]

_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x1f\x8b", "packed"),
)
_MHTML = re.compile(
    rb"\A(?:[A-Za-z-]{1,40}+:[^\n]{0,1000}+\n(?:[ \t][^\n]{0,1000}+\n){0,20}+){0,30}?"
    rb"Content-Type:\s{0,20}+multipart/(?:related|alternative|mixed)",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|div|table|article|section|center|font|span|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def format_of(data: bytes) -> Format:
    r"""The format of a file's bytes; web pages count as text here, since their encoding has to be found first.

    >>> format_of(b"%PDF-1.7\n"), format_of(b"{\\rtf1"), format_of("一、总则".encode())
    ('pdf', 'rtf', 'text')
    """
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    head = data[:1024]
    if head.lstrip(b"\0\t\r\n \xef\xbb\xbf").startswith(b"%PDF-") or (
        b"%PDF-" in head and b"startxref" in data[-2048:]
    ):
        return "pdf"
    if head[:1].isalpha() and b"multipart/" in data[:8192].lower() and _MHTML.match(data[:8192]):
        return "mhtml"
    return "text"


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page and not a plan with some stray tags in it.

    >>> looks_like_html("<!DOCTYPE html><html></html>"), looks_like_html("一、总则 <p>加强领导</p>")
    (True, False)
    """
    return bool(_HTML.match(text[:24_000].lstrip("\ufeff"))) and "</" in text
