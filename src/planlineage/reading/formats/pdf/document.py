"""Opening a PDF and reading its pages one after the other, within bounds."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ....model.errors import DamagedSourceError, EncryptedSourceError
from ..extras import optional
from ..values import LIMITS, Clock, too_much
from .drawings import Drawings, drawings
from .ruling import Table, grids_of
from .text import SLANTED, UNTOLD, Glyph, Place, TextLayer, printable, split_at_gaps
from .values import Box, Line, Page

_PASSWORD = 4
_FEWEST_LETTERS = 4
"""Fewer letters do not show whether a line runs across or down."""
_BEYOND = 5.0
"""Points beyond the edge of a page at which a letter still counts as on it."""


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
            raise too_much(name, "pages", size=count, most=LIMITS.pages)
        if count <= 0:
            raise DamagedSourceError("no pages", where=name, hint="export again")
        characters = 0
        for index in range(count):
            clock.check()
            page = _page(raw, document, index, clock)
            characters += page.characters
            if characters > LIMITS.characters:
                raise too_much(name, "text", most=LIMITS.characters)
            yield page
    finally:
        raw.FPDF_CloseDocument(document)


def _refuse(code: int, name: str) -> None:
    if code == _PASSWORD:
        raise EncryptedSourceError("pdf password", where=name, hint="print without password")
    raise DamagedSourceError("damaged pdf", where=name, hint="print pdf")


def _page(raw: Any, document: Any, index: int, clock: Clock) -> Page:
    handle = raw.FPDF_LoadPage(document, index)
    if not handle:
        return Page(index, 0, 0)
    try:
        page = Page(index, raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle))
        text = raw.FPDFText_LoadPage(handle)
        if text:
            try:
                _fill(raw, handle, TextLayer(raw, text), page, clock)
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
    """From PDF coordinates (up from the lower left corner, before the page is turned) to those of the page as it is read."""
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


def _fill(raw: Any, handle: Any, layer: TextLayer, page: Page, clock: Clock) -> None:
    page.characters = len(layer.text)
    page.unknown = layer.unknown
    runs = [(start, end, layer.turned(start)) for start, end in layer.runs()]
    own = raw.FPDFPage_GetRotation(handle) % 4
    turned = _turned(runs, own)
    if (turned - own) % 2:
        page.width, page.height = page.height, page.width
    corner = _corner(raw, handle)
    layer.place = _placing(page, turned, *corner)
    downwards = _runs_down(layer, runs, turned)
    if downwards:
        # Lines run down, from right to left: read with the page laid on its side they run across, from top to bottom.
        turned = (turned + 3) % 4
        page.width, page.height = page.height, page.width
        layer.place = _placing(page, turned, *corner)
    drawn = drawings(raw, handle, layer.place, page)
    page.images = len(drawn.images)
    _without_unseen(layer, drawn, page)
    tables = grids_of(drawn.rules)
    for start, end, angle in _straight(layer, turned, downwards=downwards):
        if angle == SLANTED:
            page.slanted += 1
            continue
        box, em = layer.extent(start, end)
        if not _on_page(box, page):
            page.unseen += end - start
            continue
        touched = [t for t in tables if t.touches(box)]
        if angle != turned:
            _take_turned(layer.text[start:end], box, em, touched, page)
        elif touched:
            _into_tables(layer, start, end, touched, page)
        else:
            page.lines += layer.lines(start, end, page.index, (box, em))
        if len(page.lines) % 512 == 0:
            clock.check()
    page.grids = [table.grid(page.index) for table in tables]
    page.grids = [grid for grid in page.grids if grid.rows]


def _turned(runs: Sequence[tuple[int, int, int]], own: int) -> int:
    """The quarter turn of most of a page's letters; that of the page itself, where none is told."""
    letters = Counter[int]()
    for start, end, turned in runs:
        if turned >= 0:
            letters[turned] += end - start
    return letters.most_common(1)[0][0] if letters else own


def _straight(layer: TextLayer, turned: int, *, downwards: bool) -> Iterator[tuple[int, int, int]]:
    """The runs of a page and how each is turned; PDFium puts words into one that stand at an angle to one another."""
    for start, end in layer.runs():
        first, last = layer.turned(start), layer.turned(end - 1)
        if downwards or {first, last} <= {turned, UNTOLD}:
            yield start, end, turned
        elif first == last:
            yield start, end, first
        else:
            for angle, letters in groupby(range(start, end), layer.turned):
                its = list(letters)
                yield its[0], its[-1] + 1, turned if angle == UNTOLD else angle


def _runs_down(layer: TextLayer, runs: Sequence[tuple[int, int, int]], turned: int) -> bool:
    """Whether the lines of a page run down: most of its letters stand below one another."""
    down = across = 0
    for start, end, angle in runs:
        if angle == turned and end - start >= _FEWEST_LETTERS:
            box, _ = layer.extent(start, end)
            if box.bottom - box.top > 2 * (box.right - box.left):
                down += end - start
            else:
                across += end - start
    return down > across


def _without_unseen(layer: TextLayer, drawn: Drawings, page: Page) -> None:
    """Leave out the letters that nobody sees: white on white, or invisible and not over a picture that was read by OCR."""
    over = {a for a, box in drawn.layers.items() if any(image.holds(*box.middle) for image in drawn.images)}
    unseen = drawn.unseen | (drawn.layers.keys() - over)
    page.read_by_ocr = bool(over)
    if unseen:
        page.unseen += layer.without(unseen)


def _on_page(box: Box, page: Page) -> bool:
    x, y = box.middle
    return -_BEYOND <= x <= page.width + _BEYOND and -_BEYOND <= y <= page.height + _BEYOND


def _take_turned(text: str, box: Box, em: float, touched: Sequence[Table], page: Page) -> None:
    """A line that stands at a right angle to the page: into its cell as a whole, else behind the text of the page."""
    words = printable(text)
    table = next((t for t in touched if t.box.holds(*box.middle)), None)
    if table is not None:
        table.add(Glyph(words, box))
    elif words:
        page.turned.append(Line(words, box, em, page.index))


def _into_tables(layer: TextLayer, start: int, end: int, tables: Sequence[Table], page: Page) -> None:
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
