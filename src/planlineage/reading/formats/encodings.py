"""Plain text in the encodings that Chinese documents come in: UTF-8, UTF-16, GB18030 and Big5, with or without a mark.

A byte order mark decides. Without one, bytes that are UTF-8 are UTF-8; every other guess must make Chinese prose, which is
full of a few very common characters, and the guess that makes most of them wins. A few broken bytes are replaced and noted.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import Any

from ...model.errors import BinarySourceError, SourceEncodingError
from ..lexicon import lexicon
from .values import Extracted, noted

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 200_000
_PROSE = 0.08
_BROKEN = 0.002


def decode_text(data: bytes, name: str, *, declared: str = "") -> Extracted:
    """The text of bytes, with the encoding that fits. `declared` is the encoding that a web page
    claims; it tips the scale between those that fit.

    Raises `SourceEncodingError` where none does, `BinarySourceError` where the bytes are no text at all.

    >>> decode_text("國務院關於加強法治政府建設的意見".encode("big5"), "plan.txt").encoding
    'big5'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    if b"\0" in data[:4096]:
        return _two_byte(data, name)
    text = _try(data, "utf-8")
    if text is not None:
        return Extracted(text, "utf-8")
    claimed = _DECLARED.get(declared.lower(), "")
    guesses = [
        (_prose(text) + (_PROSE if encoding == claimed else 0.0), encoding, text)
        for encoding in ("gb18030", "big5")
        if (text := _try(data, encoding)) is not None
    ]
    best = max(guesses, default=None)
    if best is not None and best[0] > _PROSE:
        return Extracted(best[2], best[1])
    return _broken(data, name, bool(guesses))


def _strict(data: bytes, encoding: str, name: str) -> Extracted:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" or error.start > len(data) * (1 - _BROKEN):
            return _replaced(data, encoding) or _refuse(name, "starts like", encoding=encoding, byte=error.start)
        return _refuse(name, "starts like", encoding=encoding, byte=error.start)
    return Extracted(text.removeprefix("\ufeff"), encoding)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(_CODECS.get(encoding, encoding))
    except (UnicodeDecodeError, LookupError):
        return None


_CODECS = {"big5": "big5hkscs"}
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5",
    "cn-big5": "big5",
}


def _two_byte(data: bytes, name: str) -> Extracted:
    """UTF-16 without its mark: the byte order in which the text is Chinese."""
    guesses = [(_prose(text), e, text) for e in ("utf-16-le", "utf-16-be") if (text := _try(data, e)) is not None]
    best = max(guesses, default=None)
    if best is None or best[0] <= _PROSE or "\0" in best[2]:
        raise BinarySourceError("not text", where=name, hint="plain text")
    return Extracted(best[2], best[1])


def _broken(data: bytes, name: str, decodable: bool) -> Extracted:
    for encoding in ("utf-8", "gb18030", "big5"):
        found = _replaced(data, encoding)
        if found is not None:
            return found
    if decodable:
        return _refuse(name, "no Chinese text")
    return _refuse(name, "no known encoding")


def _replaced(data: bytes, encoding: str) -> Extracted | None:
    """The text with its few broken bytes replaced; None where they are many."""
    text = data.decode(_CODECS.get(encoding, encoding), errors="replace")
    broken = text.count("\ufffd")
    if broken > max(1, len(text) * _BROKEN) or _prose(text) <= _PROSE:
        return None
    return Extracted(
        text.removeprefix("\ufeff"), encoding, notes=(noted("broken-bytes", count=broken, encoding=encoding),)
    )


def _refuse(name: str, key: str, **values: Any) -> Extracted:
    raise SourceEncodingError(key, where=name, hint="as utf-8", **values)


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon("encodings")["common_characters"]["characters"])


def _prose(text: str) -> float:
    """The share of very common characters among all that are not ASCII, 0 to 1."""
    letters = [c for c in text[:_SAMPLE] if c > "\x7f" and not c.isspace()]
    return sum(map(_common().__contains__, letters)) / len(letters) if letters else 0.0
