"""What a page of a PDF draws beside its letters: ruled lines, shaded areas and pictures, and which letters can't be seen.

Only what looks like a line counts as one: a stroke, or a filled shape that is as thin as a line. The edges of shaded areas
(highlighted words, shaded paragraphs) rule nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .text import bare
from .values import Box, Page

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_GET = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_KIND = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_COLOUR = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)
_LINE_TO, _MOVE_TO = 0, 2
_FILLED, _INVISIBLE = (0, 4), (3, 7)
_MOST_SEGMENTS = 20_000
_MOST_OBJECTS = 200_000
_MOST_RULES = 4_000
_MOST_AREAS = 4_000
_DEEPEST = 3
_SHORTEST = 5.0
_THIN = 1.2
_THIN_SHAPE = 3.0
"""Points: a filled shape this thin is a line (borders are at most 3 points in word processors' usual choices)."""
_ALIKE = 8
"""Two colours differ by less than this, of 255, where letters can't be seen on their ground."""

Point = tuple[float, float]
Colour = tuple[int, int, int]
_PAPER: Colour = (255, 255, 255)


class Matrix(NamedTuple):
    """Where the drawings of a form stand on the page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def of(self, x: float, y: float) -> Point:
        """A point of the form on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: Matrix) -> Matrix:
        """First `inner`, then this one."""
        (a, b), (c, d), (e, f) = self.of(inner.a, inner.b), self.of(inner.c, inner.d), self.of(inner.e, inner.f)
        return Matrix(a - self.e, b - self.f, c - self.e, d - self.f, e, f)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: across or down, at `at`, from `start` to `end`."""

    down: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawings:
    """The ruled lines of a page, the number of its pictures, and its texts that can't be seen, by their addresses.

    `layers` are texts drawn invisibly: over a picture they are what OCR read from it.
    """

    rules: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    layers: dict[int, Box] = field(default_factory=dict)


def drawings(raw: Any, handle: Any, place: Callable[..., Box], page: Page) -> Drawings:
    """Everything that is drawn on a page. `place` turns PDF coordinates into those of the page as it is read."""
    drawing = _Drawing(raw, place, page)
    get = bare(raw.FPDFPage_GetObject, _GET)
    drawing.take(get, ctypes.cast(handle, ctypes.c_void_p).value, raw.FPDFPage_CountObjects(handle), Matrix(), 0)
    return drawing.found


class _Drawing:
    """Goes through the objects of a page, those of its forms among them."""

    def __init__(self, raw: Any, place: Callable[..., Box], page: Page) -> None:
        self.raw, self.place, self.page = raw, place, page
        self.found = Drawings()
        self._kind_of = bare(raw.FPDFPageObj_GetType, _KIND)
        self._areas: list[tuple[Box, Colour | None]] = []
        self._grounds: set[Colour] = {_PAPER}
        self._shown: set[Colour] = set()
        """Colours of letters that no ground so far is like."""
        self._objects = self._segments = 0
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._colours = (ctypes.c_uint * 4)()
        self._places = [ctypes.addressof(self._colours) + i * ctypes.sizeof(ctypes.c_uint) for i in range(4)]
        self._colour_of = bare(raw.FPDFPageObj_GetFillColor, _COLOUR)
        self._mode_of = bare(raw.FPDFTextObj_GetTextRenderMode, _KIND)

    def take(self, get: Any, holder: int | None, count: int, matrix: Matrix, depth: int) -> None:
        """All objects of the page or of a form."""
        raw = self.raw
        for i in range(count):
            self._objects += 1
            if self._objects > _MOST_OBJECTS:
                return
            address = get(holder, i)
            kind = self._kind_of(address)
            if kind == _TEXT:
                self._text(address, matrix)
            elif kind == _PATH and self._segments < _MOST_SEGMENTS:
                self._path(address, matrix)
            elif kind in (_IMAGE, _SHADING):
                box = self._bounds(address, matrix)
                self._area(box, None)
                if kind == _IMAGE:
                    self.found.images.append(box)
            elif kind == _FORM and depth < _DEEPEST:
                inner, thing = raw.FS_MATRIX(), self._thing(address)
                if raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(inner)):
                    own = Matrix(inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
                    within = bare(raw.FPDFFormObj_GetObject, _GET)
                    self.take(within, address, raw.FPDFFormObj_CountObjects(thing), matrix.after(own), depth + 1)

    def _thing(self, address: int) -> Any:
        return ctypes.cast(address, self.raw.FPDF_PAGEOBJECT)

    def _bounds(self, address: int, matrix: Matrix) -> Box:
        if not self.raw.FPDFPageObj_GetBounds(self._thing(address), *map(ctypes.byref, self._floats)):
            return Box(0, 0, 0, 0)
        left, bottom, right, top = (value.value for value in self._floats)
        corners = [self._at(matrix.of(x, y)) for x in (left, right) for y in (bottom, top)]
        return Box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )

    def _at(self, point: Point) -> Point:
        shown = self.place(point[0], point[1], point[0], point[1])
        return shown.left, shown.top

    def _colour(self, address: int) -> tuple[Colour | None, int]:
        """The colour that an object is filled with (None for a pattern), and how opaque it is."""
        if not self._colour_of(address, *self._places):
            return None, 255
        red, green, blue, opaque = self._colours
        return (red, green, blue), opaque

    # -- letters that can't be seen ----------------------------------------------------------------------------------

    def _area(self, box: Box, colour: Colour | None) -> None:
        if len(self._areas) < _MOST_AREAS:
            self._areas.append((box, colour))
            if colour is not None and colour not in self._grounds:
                self._grounds.add(colour)
                self._shown.clear()

    def _text(self, address: int, matrix: Matrix) -> None:
        mode = self._mode_of(address)
        if mode not in _FILLED + _INVISIBLE:
            return
        colour, opaque = self._colour(address)
        if mode in _FILLED and opaque and self._differs(colour):
            return
        box = self._bounds(address, matrix)
        if mode in _INVISIBLE:
            self.found.layers[address] = box
        else:
            middle = box.middle
            ground = next((its for box, its in reversed(self._areas) if box.holds(*middle)), _PAPER)
            if not opaque or (ground is not None and colour is not None and _alike(colour, ground)):
                self.found.unseen.add(address)

    def _differs(self, colour: Colour | None) -> bool:
        """Whether letters of a colour are seen on every ground so far."""
        if colour is None or colour in self._shown:
            return True
        if any(_alike(colour, ground) for ground in self._grounds):
            return False
        self._shown.add(colour)
        return True

    # -- lines and areas ---------------------------------------------------------------------------------------------

    def _path(self, address: int, matrix: Matrix) -> None:
        raw, thing = self.raw, self._thing(address)
        points = raw.FPDFPath_CountSegments(thing)
        self._segments += max(points, 0)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not 1 < points <= _MOST_SEGMENTS or not raw.FPDFPath_GetDrawMode(
            thing, ctypes.byref(fill), ctypes.byref(stroke)
        ):
            return
        own = raw.FS_MATRIX()
        if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(own)):
            return
        whole = matrix.after(Matrix(own.a, own.b, own.c, own.d, own.e, own.f))
        if stroke.value:
            for a, b in self._sides(thing, points, whole):
                self._rule(a, b)
        if fill.value:
            self._shapes(address, points, whole, lines=not stroke.value)

    def _rule(self, a: Point, b: Point) -> None:
        """Take a line that rules something: not one beside the page, nor one from edge to edge."""
        inside = min(a[0], b[0]) > -5 and max(a[0], b[0]) < self.page.width + 5
        rule = straight(a, b) if inside and len(self.found.rules) < _MOST_RULES else None
        if rule and rule.end - rule.start < 0.99 * (self.page.height if rule.down else self.page.width):
            self.found.rules.append(rule)

    def _shapes(self, address: int, points: int, matrix: Matrix, *, lines: bool) -> None:
        """The filled shapes of a path: those as thin as a line are lines, the others ground for letters."""
        colour, opaque = self._colour(address)
        shape: Box | None = None
        for kind, at, _ in self._points(self._thing(address), points, matrix):
            if kind == _MOVE_TO:
                self._shape(shape, colour if opaque else _PAPER, lines=lines)
                shape = None
            shape = Box(*at, *at) if shape is None else shape.around(Box(*at, *at))
        self._shape(shape, colour if opaque else _PAPER, lines=lines)

    def _shape(self, box: Box | None, colour: Colour | None, *, lines: bool) -> None:
        if box is None:
            return
        wide, high = box.right - box.left, box.bottom - box.top
        if min(wide, high) > _THIN_SHAPE:
            self._area(box, colour)
        elif lines and max(wide, high) > _SHORTEST:
            (x, y) = box.middle
            self._rule(*(((box.left, y), (box.right, y)) if wide > high else ((x, box.top), (x, box.bottom))))

    def _sides(self, thing: Any, points: int, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
        pen: Point | None = None
        first: Point | None = None
        for kind, at, closes in self._points(thing, points, matrix):
            if kind == _MOVE_TO:
                first = at
            elif kind == _LINE_TO and pen is not None:
                yield pen, at
            if kind != _MOVE_TO and closes and first is not None:
                yield at, first
            pen = at

    def _points(self, thing: Any, points: int, matrix: Matrix) -> Iterator[tuple[int, Point, bool]]:
        """Each point of a path: how it is reached, where it is, whether the shape is closed from there."""
        raw = self.raw
        x, y = ctypes.c_float(), ctypes.c_float()
        for i in range(points):
            segment = raw.FPDFPath_GetPathSegment(thing, i)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            kind, closes = raw.FPDFPathSegment_GetType(segment), bool(raw.FPDFPathSegment_GetClose(segment))
            yield kind, self._at(matrix.of(x.value, y.value)), closes


def _alike(a: Colour, b: Colour) -> bool:
    return all(abs(x - y) < _ALIKE for x, y in zip(a, b, strict=True))


def straight(a: Point, b: Point) -> Rule | None:
    """The ruled line that a stroke between two points makes; None where it is short or runs aslant."""
    across, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if max(across, high) < _SHORTEST or min(across, high) > _THIN:
        return None
    if across > high:
        return Rule(False, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    return Rule(True, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
