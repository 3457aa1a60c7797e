"""Opening a PDF and reading its pages one after the other, within bounds."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any

from ....model.errors import DamagedSourceError, EncryptedSourceError
from ..extras import optional
from ..values import LIMITS, Clock, too_much
from .ruling import grids_of, rulings
from .text import Glyph, TextLayer, split_at_gaps
from .values import Box, Page

Place = Callable[[float, float, float, float], Box]
_PASSWORD = 4


def pages(data: bytes, name: str, clock: Clock) -> Iterator[Page]:
    """The pages of a PDF, each closed before the next is opened.

    Raises `EncryptedSourceError`, `DamagedSourceError`, `HostileSourceError` (too many pages, out of time) or
    `MissingExtraError`.
    """
    raw = optional("pypdfium2.raw", "PDF", name)
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _refuse(raw.FPDF_GetLastError(), name)
    try:
        count = raw.FPDF_GetPageCount(document)
        if count > LIMITS.pages:
            raise too_much(name, f"has {count:,} pages; at most {LIMITS.pages:,} are read")
        if count <= 0:
            raise DamagedSourceError("is a PDF without pages", where=name, hint="export it again")
        characters = 0
        for index in range(count):
            clock.check()
            page = _page(raw, document, index, clock)
            characters += page.characters
            if characters > LIMITS.characters:
                raise too_much(name, f"holds more than {LIMITS.characters:,} characters of text")
            yield page
    finally:
        raw.FPDF_CloseDocument(document)


def _refuse(code: int, name: str) -> None:
    if code == _PASSWORD:
        raise EncryptedSourceError(
            "is a PDF protected by a password",
            where=name,
            hint="open it with the password and save or print it without",
        )
    raise DamagedSourceError(
        "is a damaged PDF",
        where=name,
        hint="open it in a viewer and print it to a new PDF, or export the original again",
    )


def _page(raw: Any, document: Any, index: int, clock: Clock) -> Page:
    handle = raw.FPDF_LoadPage(document, index)
    if not handle:
        return Page(index, 0, 0)
    try:
        turned = raw.FPDFPage_GetRotation(handle) % 4
        page = Page(index, raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle))
        place = _placing(page, turned, *_corner(raw, handle))
        text = raw.FPDFText_LoadPage(handle)
        if text:
            try:
                _fill(raw, handle, TextLayer(raw, text, place, -turned * math.pi / 2), page, place, clock)
            finally:
                raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(handle)
    return page


def _corner(raw: Any, handle: Any) -> tuple[float, float]:
    """The lower left corner of what is shown of the page."""
    values = [ctypes.c_float() for _ in range(4)]
    for ask in (raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if ask(handle, *map(ctypes.byref, values)):
            return min(values[0].value, values[2].value), min(values[1].value, values[3].value)
    return 0.0, 0.0


def _placing(page: Page, turned: int, x: float, y: float) -> Place:
    """From PDF coordinates (up from the lower left corner, before the page is turned) to those of the page as shown."""
    width, height = page.width, page.height

    def upright(left: float, top: float, right: float, bottom: float) -> Box:
        return Box(left - x, height - (top - y), right - x, height - (bottom - y))

    def quarter(left: float, top: float, right: float, bottom: float) -> Box:
        return Box(bottom - y, left - x, top - y, right - x)

    def half(left: float, top: float, right: float, bottom: float) -> Box:
        return Box(width - (right - x), bottom - y, width - (left - x), top - y)

    def three_quarters(left: float, top: float, right: float, bottom: float) -> Box:
        return Box(width - (top - y), height - (right - x), width - (bottom - y), height - (left - x))

    return (upright, quarter, half, three_quarters)[turned]


def _fill(raw: Any, handle: Any, layer: TextLayer, page: Page, place: Place, clock: Clock) -> None:
    page.characters = len(layer.text)
    page.unknown = layer.unknown
    drawn, page.images = rulings(raw, handle, place, page)
    tables = grids_of(drawn)
    for start, end in layer.runs():
        if not layer.straight(start):
            page.slanted += 1
            continue
        if tables:
            box, _ = layer.extent(start, end)
            touched = [t for t in tables if t.touches(box)]
            if touched:
                _into_tables(layer, start, end, touched, page)
                continue
        page.lines += layer.lines(start, end, page.index)
        if len(page.lines) % 512 == 0:
            clock.check()
    page.grids = [table.grid(page.index) for table in tables]
    page.grids = [grid for grid in page.grids if grid.rows]


def _into_tables(layer: TextLayer, start: int, end: int, tables: list[Any], page: Page) -> None:
    """Give each character to the cell it stands in; what stands beside the tables stays a line."""
    outside: list[Glyph] = []
    for glyph in layer.glyphs(start, end):
        table = next((t for t in tables if t.box.holds(*glyph.box.middle)), None)
        if table is not None:
            table.add(glyph)
        elif glyph.char.strip() or outside:
            outside.append(glyph)
    if outside:
        page.lines += split_at_gaps(outside, outside[0].box.right - outside[0].box.left or 10.0, page.index)
