"""From bytes to source text. Refuses, with a clear error, what can't be read; changes nothing of what can."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import (
    BinarySourceError,
    EmptySourceError,
    SourceEncodingError,
    SourceError,
    SourceIsDirectoryError,
    SourceNotFoundError,
    SourceTooLargeError,
)

MAX_BYTES = 50 * 1024 * 1024
"""Larger files are refused: the longest plan known is under 1 MB of text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF": ("a PDF file", "save its text as a .txt file first"),
    b"PK\x03\x04": ("an Office or zip file", "save it as plain text (.txt, UTF-8) first"),
    b"\xd0\xcf\x11\xe0": ("an old Office file (.doc, .wps)", "save it as plain text (.txt, UTF-8) first"),
    b"\x89PNG": ("an image", "a scan has no text; run OCR on it first"),
    b"\xff\xd8\xff": ("an image", "a scan has no text; run OCR on it first"),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source document, with the name, digest and encoding of the bytes it came from."""

    name: str
    sha256: str
    encoding: str
    text: str


def read_source(path: str | Path) -> SourceText:
    """Read a text file in UTF-8, UTF-16 or GB18030.

    Raises a `SourceError` that says what is wrong: no such file, a folder, empty, not text, unknown encoding, too large.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise SourceIsDirectoryError("is a folder", where=str(path), hint="give the path of one file")
        if size > MAX_BYTES:
            raise SourceTooLargeError(
                f"has {size:,} bytes; at most {MAX_BYTES:,} are read",
                where=str(path),
                hint="cut out the plan's own pages",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceNotFoundError("no such file", where=str(path), hint="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"can't be read: {reason}", where=repr(str(path)), hint="check the file") from error
    return decode(data, name=path.name)


def decode(data: bytes, *, name: str) -> SourceText:
    """Turn the bytes of a text file into source text.

    >>> decode("一、总则".encode("gb18030"), name="plan.txt").encoding
    'gb18030'
    """
    for signature, (what, hint) in _SIGNATURES.items():
        if data.startswith(signature):
            raise BinarySourceError(f"is {what}, not plain text", where=name, hint=hint)
    text, encoding = _decoded(data, name)
    if "\0" in text:
        raise BinarySourceError("holds NUL characters: not a text file", where=name, hint="save it as plain text")
    if not text.replace("\ufeff", "").strip():
        raise EmptySourceError("holds no text", where=name, hint="check that the file was saved completely")
    return SourceText(name, hashlib.sha256(data).hexdigest(), encoding, text)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _bad_encoding(name, f"starts like {encoding} but is not: byte {error.start}") from None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as utf8_error:
        if b"\0" in data[:4096]:
            raise BinarySourceError("is not a text file", where=name, hint="save it as plain text") from None
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise _bad_encoding(
                name, f"is neither UTF-8 (byte {utf8_error.start}) nor GB18030"
            ) from None
    if not _looks_chinese(text):
        raise _bad_encoding(name, "is not UTF-8, and read as GB18030 it makes no Chinese text")
    return text, "gb18030"


def _bad_encoding(name: str, what: str) -> SourceEncodingError:
    return SourceEncodingError(what, where=name, hint="save the file as UTF-8")


_COMMON = frozenset("的一是在了和有为人中大国上民政法行要依会部工作理制定第条规及应当全加强推进，。、；")


def _looks_chinese(text: str) -> bool:
    """Whether a decoding guess makes sense: real Chinese prose is full of a few very common characters."""
    sample = text[:20000]
    letters = [c for c in sample if not c.isspace() and ord(c) > 127]
    if not letters:
        return False
    return sum(c in _COMMON for c in letters) / len(letters) > 0.08
