"""OFD (GB/T 33190), the state's own page format: letters and lines at their places, read as the pages of a PDF are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ...model.errors import DamagedSourceError, NoTextLayerError
from .archive import Archive
from .pdf.drawings import Matrix, Rule, straight
from .pdf.extract import text_of
from .pdf.ruling import grids_of
from .pdf.text import Glyph, is_wide, split_at_gaps
from .pdf.values import Box, Line, Page
from .values import LIMITS, Clock, Extracted, too_much
from .xml import local, parse_xml

_POINTS = 72 / 25.4
"""OFD counts in millimetres."""
_ASCENT, _DESCENT = 0.86, 0.14
_A4 = (0.0, 0.0, 210.0, 297.0)
_NUMBER = r"-?\d{1,6}(?:\.\d{0,20})?"
_NUMBERS = re.compile(_NUMBER)
_STEPS = re.compile(rf"g\s{{1,9}}(\d{{1,6}})\s{{1,9}}({_NUMBER})|({_NUMBER})")
_STROKES = re.compile(rf"([MSLC])((?:\s{{1,9}}{_NUMBER}){{0,4}})")
_MOST_RULES, _DEEPEST = 4_000, 20


def read_ofd(name: str, archive: Archive, clock: Clock) -> Extracted:
    """The text of an OFD file. Seals and other pictures are not looked at.

    Raises the errors of `Archive` and `parse_xml`, `DamagedSourceError` where a part is missing, `NoTextLayerError` where its
    pages are pictures.
    """
    book = _Book(archive, name)
    pages = []
    for index, (root, templates) in enumerate(book.pages()):
        if index >= LIMITS.pages:
            raise too_much(name, "pages", size=index + 1, most=LIMITS.pages)
        pages.append(_page(index, book.area(root), [*templates, root], clock))
    if not any(page.lines or page.grids for page in pages):
        raise NoTextLayerError("no text layer", where=name, hint="ocr")
    found = text_of(pages, name, clock)
    return Extracted(found.text, "ofd", notes=found.notes)


class _Book:
    """The parts of an OFD file: each names others by paths beside it."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive, self.name = archive, name
        self._names = {part.lower(): part for part in archive.names}
        self._main = next((e.text or "" for e in self._tree("OFD.xml").iter() if local(e.tag) == "DocRoot"), "")
        self._main = self._main.strip().lstrip("/")
        self._document = self._tree(self._main)
        self._templates = {
            e.get("ID", ""): e.get("BaseLoc", "") for e in self._document.iter() if local(e.tag) == "TemplatePage"
        }

    def _tree(self, part: str) -> Any:
        known = self._names.get(part.lower())
        if known is None:
            raise DamagedSourceError("no such part", where=self.name, hint="ofd as pdf", role=part[:80] or "DocRoot")
        return parse_xml(self.archive.read(known), known[:80], self.name)

    def _beside(self, path: str) -> Any:
        whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(self._main), path)
        return self._tree(posixpath.normpath(whole))

    def pages(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each page, and the templates that it stands on."""
        for group in self._document:
            for page in group if local(group.tag) == "Pages" else ():
                root = self._beside(page.get("BaseLoc", ""))
                keys = [e.get("TemplateID", "") for e in root if local(e.tag) == "Template"]
                yield root, [self._beside(self._templates[key]) for key in keys if key in self._templates]

    def area(self, page: Any) -> tuple[float, ...]:
        """The rectangle of a page: left, top, width and height in millimetres."""
        for root in (page, self._document):
            for element in root.iter():
                if local(element.tag) == "PhysicalBox" and len(box := _numbers(element.text)) == 4:
                    return box
        return _A4


def _page(index: int, area: Sequence[float], roots: Sequence[Any], clock: Clock) -> Page:
    page = Page(index, area[2] * _POINTS, area[3] * _POINTS)
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    for root in roots:
        for thing in _things(root, 0):
            if local(thing.tag) == "TextObject":
                glyphs += _letters(thing, page)
            elif len(rules) < _MOST_RULES:
                rules += _rules(thing)
        clock.check()
    page.characters = len(glyphs)
    tables = grids_of(rules)
    beside = []
    for glyph in glyphs:
        table = next((t for t in tables if t.box.holds(*glyph.box.middle)), None)
        if table is None:
            beside.append(glyph)
        else:
            table.add(glyph)
    for row in _rows(beside):
        page.lines += split_at_gaps(row, row[0].box.bottom - row[0].box.top, index)
    page.grids = [grid for grid in (table.grid(index) for table in tables) if grid.rows]
    return page


def _things(element: Any, depth: int) -> Iterator[Any]:
    """The texts and paths of a page that are to be seen, in order."""
    for part in element if depth < _DEEPEST else ():
        kind = local(part.tag)
        if part.get("Visible", "").lower() == "false":
            continue
        if kind in ("TextObject", "PathObject"):
            yield part
        elif kind in ("Content", "Layer", "PageBlock"):
            yield from _things(part, depth + 1)


def _numbers(text: str | None) -> tuple[float, ...]:
    return tuple(float(n) for n in _NUMBERS.findall((text or "")[:400]))


def _placing(thing: Any) -> Matrix:
    """From the coordinates of an object to points on its page."""
    box, own = _numbers(thing.get("Boundary")), _numbers(thing.get("CTM"))
    inner = Matrix(*own) if len(own) == 6 else Matrix()
    left, top = box[:2] if len(box) == 4 else (0.0, 0.0)
    return Matrix(_POINTS, 0.0, 0.0, _POINTS, left * _POINTS, top * _POINTS).after(inner)


def _letters(thing: Any, page: Page) -> Iterator[Glyph]:
    """The letters of a text object, each with its rectangle; a slanted one is a watermark, one at a right angle a line apart."""
    matrix, size = _placing(thing), (_numbers(thing.get("Size") or thing.get("size")) or (3.5,))[0]
    em, wide = size * (matrix.c**2 + matrix.d**2) ** 0.5, size * (matrix.a**2 + matrix.b**2) ** 0.5
    turned = abs(matrix.b) > 0.02 * abs(matrix.a) or thing.get("CharDirection", "0") not in ("", "0")
    words = ""
    for code in thing:
        if local(code.tag) != "TextCode":
            continue
        x, y = ((_numbers(code.get(axis)) or (0.0,))[0] for axis in "XY")
        text = "".join((code.text or "").splitlines())
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for at, char in enumerate(text):
            left, base = matrix.of(x, y)
            if not turned:
                right = left + (wide if is_wide(char) else wide / 2)
                yield Glyph(char, Box(left, base - _ASCENT * em, right, base + _DESCENT * em))
            x += across[at] if at < len(across) else (0.0 if down else size * (1.0 if is_wide(char) else 0.5))
            y += down[at] if at < len(down) else 0.0
        words += text
    if turned and words.strip():
        if abs(matrix.a) < 0.02 * abs(matrix.b):
            left, top = matrix.of(0.0, 0.0)
            page.turned.append(Line(words.strip(), Box(left, top, left + em, top + em * len(words)), em, page.index))
        else:
            page.slanted += 1


def _steps(text: str | None, most: int) -> list[float]:
    """The distances from letter to letter: numbers, or `g 3 4.5` for three times the same."""
    found: list[float] = []
    for count, same, one in _STEPS.findall((text or "")[:100_000]):
        found += [float(same)] * min(int(count), most) if count else [float(one)]
    return found[:most]


def _rules(thing: Any) -> Iterator[Rule]:
    """The straight strokes of a path that run across or down."""
    matrix = _placing(thing)
    data = next((e.text or "" for e in thing if local(e.tag) == "AbbreviatedData"), "")
    pen: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for kind, numbers in _STROKES.findall(data[:100_000]):
        place = _numbers(numbers)
        at = matrix.of(*place[:2]) if len(place) >= 2 else first
        if kind in "LC" and pen is not None and at is not None and (rule := straight(pen, at)) is not None:
            yield rule
        if kind in "MS":
            first = at
        pen = at


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The letters of a page in rows, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.box.bottom):
        high = glyph.box.bottom - glyph.box.top
        if rows and abs(rows[-1][0].box.bottom - glyph.box.bottom) < 0.4 * high:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.box.left) for row in rows]
