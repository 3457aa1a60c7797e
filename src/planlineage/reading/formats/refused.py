"""Formats that are known but not read: the error says what the file is and what turns it into one that is."""

from __future__ import annotations

from typing import NoReturn

from ...model.errors import EncryptedSourceError, UnsupportedFormatError
from .detect import Format

_HINTS = {"rtf": "save as docx", "image": "scan", "packed": "unpack"}


def refuse(data: bytes, name: str, kind: Format) -> NoReturn:
    """Raise the error for a format that is not read."""
    if kind == "ole":
        _refuse_ole(data, name)
    raise UnsupportedFormatError(kind, where=name, hint=_HINTS[kind])


def _refuse_ole(data: bytes, name: str) -> NoReturn:
    """The container of Office before 2007; encrypted new files come in it too."""
    if _named(data, "EncryptedPackage"):
        raise EncryptedSourceError("office password", where=name, hint="no password")
    if _named(data, "Workbook"):
        raise UnsupportedFormatError("old sheet", where=name, hint="sheet as csv")
    raise UnsupportedFormatError("old word", where=name, hint="save as docx")


def _named(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def refuse_archive(names: frozenset[str], mimetype: bytes, name: str) -> NoReturn:
    """Raise the error for a zip archive that holds no Word document."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise UnsupportedFormatError("odf", where=name, hint="save as docx")
    if any(n.startswith("xl/") for n in names):
        raise UnsupportedFormatError("spreadsheet", where=name, hint="sheet as csv")
    if any(n.startswith("ppt/") for n in names):
        raise UnsupportedFormatError("presentation", where=name, hint="text as txt")
    raise UnsupportedFormatError("no word inside", where=name, hint="unpack")
