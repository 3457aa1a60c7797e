"""Formats that are not read: each error says what the file is and what to convert it with."""

from __future__ import annotations

import pytest
from word import word, zipped

from planlineage.model.errors import (
    DamagedSourceError,
    EncryptedSourceError,
    MissingExtraError,
    UnsupportedFormatError,
)
from planlineage.reading.formats import extract_here, extras
from planlineage.reading.source import decode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "doc": (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, "docx"),
    "wps": (OLE, UnsupportedFormatError, "WPS"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), UnsupportedFormatError, "csv"),
    "docx with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedSourceError, "password"),
    "rtf": (b"{\\rtf1\\ansi plan}", UnsupportedFormatError, "soffice"),
    "ofd": (zipped({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<x/>"}), DamagedSourceError, "OFD reader"),
    "odt": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        UnsupportedFormatError,
        "soffice",
    ),
    "xlsx": (zipped({"xl/workbook.xml": b"<x/>"}), DamagedSourceError, "Excel"),
    "pptx": (zipped({"ppt/presentation.xml": b"<x/>"}), UnsupportedFormatError, "txt"),
    "zip": (zipped({"plan.txt": b"x"}), UnsupportedFormatError, "unpack"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, UnsupportedFormatError, "unpack"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, UnsupportedFormatError, "OCR"),
    "tiff": (b"II*\0" + b"\0" * 50, UnsupportedFormatError, "OCR"),
    "half a docx": (word("<w:p/>")[:300], DamagedSourceError, "save it again"),
}


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    monkeypatch.setattr("planlineage.reading.formats.office.program", lambda: None)


@pytest.mark.parametrize("kind", REFUSED)
def test_the_error_says_what_to_convert_with(kind):
    data, error, hint = REFUSED[kind]
    with pytest.raises(error) as caught:
        decode(data, name=f"plan.{kind}")
    assert hint in caught.value.message
    assert caught.value.where


def test_without_its_library_a_format_says_what_to_install(monkeypatch):
    def missing(module):
        raise ImportError(module)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    for data in (word("<w:p/>"), b"<!DOCTYPE html><html><body><p>x</p></body></html>", b"%PDF-1.7\n"):
        with pytest.raises(MissingExtraError, match="pip install lxml pypdfium2"):
            extract_here(data, "plan")
