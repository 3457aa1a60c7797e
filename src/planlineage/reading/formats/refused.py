"""Formats that are known but not read: the error says what the file is and what turns it into one that is."""

from __future__ import annotations

from typing import NoReturn

from ...model.errors import EncryptedSourceError, UnsupportedFormatError
from .detect import Format

_OFFICE = (
    "open it in WPS Office, Word or LibreOffice and save it as .docx; or run: soffice --headless --convert-to docx FILE"
)
_REFUSED: dict[str, tuple[str, str]] = {
    "rtf": ("is an RTF file", _OFFICE),
    "image": ("is an image", "a scan has no text: run OCR on it first, for example ocrmypdf or PaddleOCR"),
    "packed": ("is a packed archive", "unpack it and give one document"),
}


def refuse(data: bytes, name: str, kind: Format) -> NoReturn:
    """Raise the error for a format that is not read."""
    if kind == "ole":
        _refuse_ole(data, name)
    what, hint = _REFUSED[kind]
    raise UnsupportedFormatError(what, where=name, hint=hint)


def _refuse_ole(data: bytes, name: str) -> NoReturn:
    """The container of Office before 2007; encrypted new files come in it too."""
    if _named(data, "EncryptedPackage"):
        raise EncryptedSourceError(
            "is an Office file protected by a password",
            where=name,
            hint="open it and save it without the password",
        )
    if _named(data, "Workbook"):
        raise UnsupportedFormatError(
            "is an old spreadsheet (.xls, .et)",
            where=name,
            hint="save the sheet as .csv or copy its text into a .txt file",
        )
    raise UnsupportedFormatError("is an old Word or WPS file (.doc, .wps)", where=name, hint=_OFFICE)


def _named(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def refuse_archive(names: frozenset[str], mimetype: bytes, name: str) -> NoReturn:
    """Raise the error for a zip archive that holds no Word document."""
    if any(n.lower() == "ofd.xml" for n in names):
        hint = "open it in an OFD reader (数科, 福昕, WPS) and save it as PDF or .docx"
        raise UnsupportedFormatError("is an OFD file", where=name, hint=hint)
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise UnsupportedFormatError("is an OpenDocument file", where=name, hint=_OFFICE)
    if any(n.startswith("xl/") for n in names):
        hint = "save the sheet as .csv or copy its text into a .txt file"
        raise UnsupportedFormatError("is a spreadsheet (.xlsx)", where=name, hint=hint)
    if any(n.startswith("ppt/") for n in names):
        raise UnsupportedFormatError("is a presentation (.pptx)", where=name, hint="save its text as a .txt file")
    raise UnsupportedFormatError("is a zip archive without a Word document", where=name, hint=_REFUSED["packed"][1])
