"""The formats that documents come in, told by their content: DOCX, PDF, web pages, Markdown, plain text in any encoding.

Old office files are read through LibreOffice where it is installed, scans by OCR with the extra `ocr`.

Each reader gives the text of the document as a person reads it from top to bottom, one paragraph a line, table rows as lines
with tabs between the cells. What is left out on purpose (headers, page numbers, deleted text, navigation) is said in notes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...model.errors import NoTextLayerError
from .archive import Archive
from .detect import Format, format_of
from .refused import refuse
from .texts import read_text_or_page
from .values import LIMITS, Clock, Extracted, Limits, Mark, Note, bounded, noted

__all__ = ["LIMITS", "Extracted", "Limits", "Mark", "Note", "extract", "extract_here"]

_ISOLATED = ("pdf", "zip", "mhtml")
_TAG = re.compile(rb"<\0?/")


def extract(data: bytes, name: str) -> Extracted:
    """The text of a document and what its file says beside it. `name` stands in errors.

    Files that are packed or marked up are read in a second process, which bounds time and memory; where none can be started
    they are read in this one.

    Raises the errors under `SourceError`: unsupported, damaged, encrypted, without text, hostile; or `MissingExtraError`
    where the library that reads the format is not installed.

    >>> extract("一、总则".encode("gb18030"), "plan.txt").encoding
    'gb18030'
    """
    kind = format_of(data)
    if (found := _through_office(data, name, kind)) is not None:
        return found
    if kind == "image":
        return _scanned(data, name) or extract_here(data, name)
    if kind not in _ISOLATED and not (kind == "text" and _TAG.search(data)):
        return extract_here(data, name)
    from .isolated import NoProcessError, read_isolated

    try:
        found = read_isolated(data, name)
    except NoProcessError:
        return extract_here(data, name)
    except NoTextLayerError:
        if (scanned := _scanned(data, name)) is None:
            raise
        return scanned
    pictures = any(note.code == "pages-without-text" for note in found.notes)
    return (_scanned(data, name) if pictures else None) or found


def _scanned(data: bytes, name: str) -> Extracted | None:
    """A scan by OCR; None where the extra is not installed, or no process can be started."""
    from .isolated import NoProcessError, read_isolated
    from .scans import can_read

    try:
        return read_isolated(data, name, scan=True) if can_read() else None
    except NoProcessError:
        return None


def _through_office(data: bytes, name: str, kind: Format) -> Extracted | None:
    """A file that LibreOffice makes readable; None where it is read itself, or where there is no LibreOffice."""
    if kind not in ("ole", "rtf", "zip"):
        return None
    from .office import converted, route_of

    route = route_of(data, kind)
    made = converted(data, route) if route else None
    if route is None or made is None:
        return None
    found = extract(made, name)
    note = noted("converted", kind=route.kind, to=route.to)
    return replace(found, encoding=f"{route.kind}+{found.encoding}", notes=(note, *found.notes))


def extract_here(data: bytes, name: str) -> Extracted:
    """`extract`, in this process."""
    found = _extract(data, name, format_of(data))
    bounded(found.text, name)
    return found


def _extract(data: bytes, name: str, kind: Format) -> Extracted:
    clock = Clock(name)
    # Each reader, and the library under it, is loaded only when a file asks for it.
    if kind == "pdf":
        from .pdf import extract_pdf

        return extract_pdf(data, name)
    if kind == "zip":
        return _unzipped(data, name, clock)
    if kind == "mhtml":
        from .mhtml import read_mhtml

        return read_mhtml(data, name, clock)
    if kind != "text":
        refuse(data, name, kind)
    return read_text_or_page(data, name, clock)


def _unzipped(data: bytes, name: str, clock: Clock) -> Extracted:
    archive = Archive(data, name, clock)
    if "xl/workbook.xml" in archive.names:
        from .sheets import read_xlsx

        return read_xlsx(data, name, archive)
    if any(part.lower() == "ofd.xml" for part in archive.names):
        from .ofd import read_ofd

        return read_ofd(name, archive, clock)
    from .docx import read_docx

    return read_docx(data, name, clock)
