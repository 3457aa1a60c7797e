"""Word documents: the text in the order of the page, with the numbers that Word only computes.

Headers, footers, comments, deleted and hidden text, and tables of contents are left out, and said to be; footnotes stand
at the end, each on a line that begins with ［注n］; text boxes follow the paragraph they hang on.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from ....model.errors import DamagedSourceError, NoTextLayerError
from ..archive import Archive
from ..detect import format_of
from ..refused import refuse_archive
from ..texts import read_text_or_page
from ..values import Clock, Extracted, Note, noted
from ..xml import local, parse_xml
from .body import Body
from .footnotes import footnote_lines
from .numbering import Numbering
from .styles import Styles


def read_docx(data: bytes, name: str, clock: Clock, *, inside: bool = False) -> Extracted:
    """The text of a .docx, .docm or .dotx file. Macros are never looked at. `inside` tells that it stands in another one.

    Raises the errors of `Archive` and `parse_xml`, `UnsupportedFormatError` where the archive holds something else, and
    `NoTextLayerError` where the document is pictures.
    """
    parts = _parts(data, name, clock)
    chunks: list[Note] = []
    body = _body(parts, clock, lambda key: _embedded(parts, key, chunks, clock, inside))
    lines = body.lines + footnote_lines(body, parts.related("footnotes"), parts.related("endnotes"))
    if not lines and body.runs.pictures and not inside:
        raise NoTextLayerError("only pictures", where=name, hint="ocr")
    notes = [*body.notes(), *chunks, *_left_out(parts)]
    return Extracted("\n".join(lines) + "\n" if lines else "", "docx", notes=tuple(notes))


def pictures_of(data: bytes, name: str, clock: Clock) -> list[bytes]:
    """The files of the pictures that a Word file draws, in order. Raises as `read_docx` does."""
    parts = _parts(data, name, clock)
    held = [parts.by_key.get(key, "") for key in _body(parts, clock, lambda _: ()).runs.pictures]
    return [parts.archive.read(part) for part in held if part in parts.archive.names]


def _parts(data: bytes, name: str, clock: Clock) -> _Parts:
    archive = Archive(data, name, clock)
    main = _main_part(archive, name)
    if main not in archive.names or not _is_word(archive, main):
        refuse_archive(archive.names, archive.read("mimetype")[:200] if "mimetype" in archive.names else b"", name)
    return _Parts(archive, main, name)


def _body(parts: _Parts, clock: Clock, embedded: Callable[[str], Iterable[str]]) -> Body:
    """The body of a document, read. `embedded` gives the lines of a document that stands in it."""
    root = parts.tree(parts.main)
    styles = Styles(parts.related("styles"))
    body = Body(styles, Numbering(parts.related("numbering"), styles), parts.name, clock)
    body.embedded = embedded
    element = next((child for child in root if local(child.tag) == "body"), None)
    if element is None:
        raise DamagedSourceError("no body", where=parts.name, hint="save in word")
    body.read(element)
    return body


def _embedded(parts: _Parts, key: str, notes: list[Note], clock: Clock, inside: bool) -> list[str]:
    """The lines of a document that Word takes in when it opens this one; what stands two deep, or is not read, is named."""
    part = parts.by_key.get(key, "")
    data = parts.archive.read(part) if part in parts.archive.names and not inside else b""
    match format_of(data) if data else None:
        case "zip":
            found = read_docx(data, parts.name, clock, inside=True)
        case "mhtml":
            from ..mhtml import read_mhtml

            found = read_mhtml(data, parts.name, clock)
        case "text":
            found = read_text_or_page(data, parts.name, clock)
        case _:
            notes.append(noted("other-documents", part=part[:80] or key[:80]))
            return []
    notes += found.notes
    return found.text.splitlines()


class _Parts:
    """The XML parts of a document, found by the relations of its main part."""

    def __init__(self, archive: Archive, main: str, name: str) -> None:
        self.archive, self.main, self.name = archive, main, name
        self.kinds: dict[str, list[str]] = {}
        self.by_key: dict[str, str] = {}
        for kind, target, key in _relations(archive, main, name):
            self.kinds.setdefault(kind, []).append(target)
            self.by_key[key] = target

    def tree(self, part: str) -> Any:
        """The root element of a part."""
        return parse_xml(self.archive.read(part), part[:80], self.name)

    def related(self, kind: str) -> Any:
        """The root element of the first part of a kind (styles, numbering, footnotes); None where there is none."""
        part = next((p for p in self.kinds.get(kind, ()) if p in self.archive.names), None)
        return self.tree(part) if part is not None else None

    def texts(self, kind: str) -> int:
        """How many parts of a kind hold any text."""
        found = [p for p in self.kinds.get(kind, ())[:50] if p in self.archive.names]
        return sum(any(local(e.tag) == "t" and e.text and e.text.strip() for e in self.tree(p).iter()) for p in found)


def _main_part(archive: Archive, name: str) -> str:
    for kind, target, _ in _relations(archive, "", name):
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def _is_word(archive: Archive, main: str) -> bool:
    head = archive.read(main)[:4000]
    return b"wordprocessingml" in head or main.startswith("word/")


def _relations(archive: Archive, part: str, name: str) -> list[tuple[str, str, str]]:
    """Kind, target and id of each relation of a part; targets outside the archive are passed over."""
    folder, _, file = part.rpartition("/")
    data = archive.read(posixpath.join(folder, "_rels", f"{file}.rels"))
    if not data:
        return []
    found = []
    for element in parse_xml(data, "its relations", name):
        if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
            continue
        target = unquote(element.get("Target", ""))
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.append((element.get("Type", "").rpartition("/")[2], target, element.get("Id", "")))
    return found


def _left_out(parts: _Parts) -> list[Note]:
    furniture = parts.texts("header") + parts.texts("footer")
    notes = [noted("page-furniture", "headers", count=furniture)] if furniture else []
    if parts.texts("comments"):
        notes.append(noted("comments"))
    if parts.kinds.get("vbaProject"):
        notes.append(noted("macros"))
    return notes
