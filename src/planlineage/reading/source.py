"""From bytes to source text. Refuses, with a clear error, what can't be read; changes nothing of what can."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model.disk import read_bytes
from ..model.errors import (
    EmptySourceError,
    NoTextLayerError,
    SourceError,
    SourceIsDirectoryError,
    SourceNotFoundError,
    SourceTooLargeError,
)
from .formats import LIMITS, Mark, Note, extract

MAX_BYTES = LIMITS.bytes
"""Larger files are refused: the longest plan known is under 1 MB of text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source document, with the name, digest and encoding of the bytes it came from.

    `encoding` names the format too (`docx`, `pdf`, `html+utf-8`). `facts` are what the file says of the document outside the
    running text (title, number, issuer, issued, published); `notes` what was left out or accepted on the way;
    `signs` are stretches that only mark the text up, `marks` say what (`formats.Mark`).
    """

    name: str
    sha256: str
    encoding: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    signs: tuple[tuple[int, int], ...] = ()
    marks: tuple[Mark, ...] = ()


def read_source(path: str | Path) -> SourceText:
    """Read a document: DOCX, PDF, a web page, or plain text in UTF-8, UTF-16, GB18030 or Big5. The content says which.

    Raises a `SourceError` that says what is wrong: no such file, a folder, empty, of a format that is not read, damaged,
    encrypted, a scan without text, of unknown encoding, too large or hostile; `MissingExtraError` where the library that
    reads the format is not installed.
    """
    data = read_bytes(
        path,
        most=MAX_BYTES,
        error=SourceError,
        missing=SourceNotFoundError,
        folder=SourceIsDirectoryError,
        large=SourceTooLargeError,
    )
    name = Path(path).name.encode("utf-8", "replace").decode()  # it may hold bytes that are not text
    return decode(data, name=name)


def decode(data: bytes, *, name: str) -> SourceText:
    """Turn the bytes of a document into source text.

    >>> decode("一、总则".encode("gb18030"), name="plan.txt").encoding
    'gb18030'
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLargeError("too large", where=name, size=len(data), most=MAX_BYTES)
    found = extract(data, name)
    if not found.text.replace("\ufeff", "").strip():
        if found.encoding == "pdf":
            raise NoTextLayerError("no text layer", where=name, hint="ocr")
        raise EmptySourceError("no text", where=name, hint="saved completely")
    return SourceText(
        name,
        hashlib.sha256(data).hexdigest(),
        found.encoding,
        found.text,
        found.facts,
        found.notes,
        found.signs,
        found.marks,
    )
