"""Pages that are pictures: their lines by OCR (RapidOCR, whose models come with it), their tables by the lines that are drawn."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ....model.errors import MissingExtraError
from ...folding import CJK
from ...lexicon import lexicon
from ..extras import optional
from ..values import Note, noted
from .drawings import Rule
from .ruling import Table, grids_of
from .text import Glyph, is_wide, split_at_gaps
from .values import Box, Line, Page

DPI = 200
"""Dots per inch at which the pages of a PDF are looked at."""

SURE = 0.9
"""Lines that were read less surely than this are named."""

_UPRIGHT = 0.85
"""A page whose letters are read less surely on the whole is tried at a right angle, too."""
_SKEW = 0.003
_LONGEST_SHOWN, _MOST_SHOWN = 20, 10
_LONG, _FEWEST, _RULED = 10, 3, 100.0
"""Letters of a line, how many such lines, and points of a drawn one, from which on they show how a page is turned."""
_SHORTEST_RULE = 30.0
_THICKEST_RULE = 4.0

_CHINESE = re.compile(rf"[{CJK}，。；：、《》（）〔〕“”]")
_OPENS = re.compile(r"[0-9]{1,4}[—一-]?[0-9]{0,4}[年月]")

Picture = Any
"""An image as a numpy array: rows, columns, red, green and blue."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line that was read: its corners in dots, from the upper left one around, its text, and how sure it is."""

    corners: Any
    text: str
    score: float


def _engine() -> Callable[..., Any]:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingExtraError("ocr extra", hint="install ocr") from error
    engine: Callable[..., Any] = RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})
    return engine


@dataclass(slots=True)
class Recogniser:
    """Reads pictures and remembers how surely."""

    engine: Callable[..., Any] = field(default_factory=_engine)
    scores: list[tuple[int, float, str]] = field(default_factory=list)

    def read(self, picture: Picture, page: Page, dpi: float) -> None:
        """Put the lines and tables of a picture on a page, whose size becomes that of the picture as it is to be read."""
        picture, seen = self._upright(picture)
        scale = 72.0 / dpi
        angle = _skew(seen, picture, scale)
        if abs(angle) > _SKEW:
            picture, seen = _straightened(picture, seen, angle)
        page.width, page.height = picture.shape[1] * scale, picture.shape[0] * scale
        lines = _lines(seen, scale, page.index)
        tables = grids_of(_rules(picture, scale))
        for line in lines:
            self._place(line, tables, page)
        page.grids = [grid for grid in (table.grid(page.index) for table in tables) if grid.rows]
        page.characters = sum(len(line.text) for line in lines)
        page.unknown = page.slanted = 0
        self.scores += [(page.index, one.score, one.text) for one in seen]

    def notes(self) -> list[Note]:
        """How surely the pages were read, and the lines that want a look."""
        if not self.scores:
            return []
        pages = dict.fromkeys(str(index + 1) for index, _, _ in self.scores)
        mean = sum(score * len(text) for _, score, text in self.scores) / sum(len(text) for *_, text in self.scores)
        doubtful = [one for one in self.scores if one[1] < SURE]
        shown = tuple(f"{index + 1}: {text[:_LONGEST_SHOWN]} ({score:.2f})" for index, score, text in doubtful)
        found = [noted("ocr", pages=tuple(pages), lines=len(self.scores), sure=round(mean, 3))]
        if shown:
            found.append(noted("ocr", "doubtful", count=len(shown), lines=shown[:_MOST_SHOWN]))
        return found

    def _upright(self, picture: Picture) -> tuple[Picture, list[Seen]]:
        """The picture turned so that its lines are read best: tried as it is, then by how its lines seem to run."""
        seen = self._seen(picture)
        tries = [(picture, seen)]
        # Lines that run down are read with their heads turned to the left: surely, where they do stand so.
        ways = (2, 1, 3) if _mostly_wide(seen) else (1, 3, 2) if _surely(seen) >= _UPRIGHT else (3, 1, 2)
        for quarters in ways:
            if _surely(tries[-1][1]) >= _UPRIGHT and _mostly_wide(tries[-1][1]):
                return tries[-1]
            turned = np.ascontiguousarray(np.rot90(picture, quarters))
            tries.append((turned, self._seen(turned)))
        return max(tries, key=lambda one: _mostly_wide(one[1]) * sum(s.score * len(s.text) for s in one[1]))

    def _seen(self, picture: Picture) -> list[Seen]:
        found = self.engine(picture)
        if found.boxes is None:
            return []
        read = zip(found.boxes, found.txts, found.scores, strict=True)
        return [Seen(np.asarray(box, float), printed(text), float(score)) for box, text, score in read if text.strip()]

    @staticmethod
    def _place(line: Line, tables: Sequence[Table], page: Page) -> None:
        if not any(table.touches(line.box) for table in tables):
            page.lines.append(line)
            return
        outside: list[Glyph] = []
        for glyph in _spread(line):
            table = next((t for t in tables if t.box.holds(*glyph.box.middle)), None)
            if table is not None:
                table.add(glyph)
            else:
                outside.append(glyph)
        page.lines += split_at_gaps(outside, line.em, page.index)


def printed(text: str) -> str:
    """What OCR read as it must stand in print: wide signs beside Chinese characters, dashes between digits and around the
    number of a page.

    >>> printed("(2021一2025年),见A(1)"), printed("-1一")
    ('（2021—2025年），见A(1)', '— 1 —')
    """
    wide, dashes = lexicon("ocr")["wide"]["signs"], lexicon("ocr")["between_digits"]["signs"]
    number = text.strip("—－- " + "".join(dashes))
    if number.isdecimal() and not (text[0].isdecimal() or text[-1].isdecimal()):
        return f"— {number} —"
    letters = list(text)
    for at, char in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char in wide and (_CHINESE.search(before + after) or (char == "(" and _OPENS.match(text, at + 1))):
            letters[at] = wide[char]
        elif char in dashes and before.isdigit() and after.isdigit():
            letters[at] = dashes[char]
    return "".join(letters)


def _surely(seen: Sequence[Seen]) -> float:
    letters = sum(len(one.text) for one in seen)
    return sum(one.score * len(one.text) for one in seen) / letters if letters else 0.0


def _mostly_wide(seen: Sequence[Seen]) -> bool:
    wide = [one for one in seen if np.ptp(one.corners[:, 0]) > np.ptp(one.corners[:, 1]) or len(one.text) < 2]
    return 2 * len(wide) > len(seen)


def _skew(seen: Sequence[Seen], picture: Picture, scale: float) -> float:
    """The angle of the lines of a page, in radians: the middle one of the long lines of text, else of those that are drawn."""
    import cv2

    angles = [math.atan2(*(one.corners[1] - one.corners[0])[::-1]) for one in seen if len(one.text) >= _LONG]
    if len(angles) < _FEWEST:
        drawn = [
            outline for outline in _strokes(picture, scale, down=False) if np.ptp(outline[:, 0, 0]) * scale > _RULED
        ]
        ways = [cv2.fitLine(outline, cv2.DIST_L2, 0, 0.01, 0.01)[:2].ravel() for outline in drawn]
        angles = [math.atan2(y * np.sign(x), abs(x)) for x, y in ways]
    return float(sorted(angles)[len(angles) // 2]) if angles else 0.0


def _straightened(picture: Picture, seen: Sequence[Seen], angle: float) -> tuple[Picture, list[Seen]]:
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    straight = cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))
    corners = [one.corners @ turn[:, :2].T + turn[:, 2] for one in seen]
    return straight, [Seen(its, one.text, one.score) for its, one in zip(corners, seen, strict=True)]


def _lines(seen: Sequence[Seen], scale: float, page: int) -> list[Line]:
    """What was read as lines on the page. The size of the letters is that of the page where a line's own is about the same."""
    sizes = sorted(_size(one, scale) for one in seen if len(one.text) > 4)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    found = []
    for one in seen:
        (left, top), (right, bottom) = one.corners.min(axis=0) * scale, one.corners.max(axis=0) * scale
        own = _size(one, scale)
        size = usual if usual and abs(own - usual) < 0.2 * usual else own
        found.append(Line(one.text.strip(), Box(float(left), float(top), float(right), float(bottom)), size, page))
    return found


def _size(one: Seen, scale: float) -> float:
    return float(np.ptp(one.corners[:, 0])) * scale / max(1.0, sum(map(_ems, one.text)))


def _ems(char: str) -> float:
    return 1.0 if is_wide(char) else 0.5


def _spread(line: Line) -> list[Glyph]:
    """The letters of a line, each where it must stand by the widths of those before it."""
    unit = (line.box.right - line.box.left) / max(0.5, sum(map(_ems, line.text)))
    found, at = [], line.box.left
    for char in line.text:
        wide = _ems(char) * unit
        found.append(Glyph(char, Box(at, line.box.top, at + wide, line.box.bottom)))
        at += wide
    return found


def _rules(picture: Picture, scale: float) -> list[Rule]:
    """The ruled lines of a picture."""
    import cv2

    found = []
    for down in (False, True):
        for outline in _strokes(picture, scale, down=down):
            x, y, wide, high = (value * scale for value in cv2.boundingRect(outline))
            if (wide if down else high) <= _THICKEST_RULE:
                at, start, size = (x + wide / 2, y, high) if down else (y + high / 2, x, wide)
                found.append(Rule(down, at, start, start + size))
    return found


def _strokes(picture: Picture, scale: float, *, down: bool) -> Sequence[Any]:
    """The outlines of what stays of a picture's ink when only long strokes across or down are kept."""
    import cv2

    ink = cv2.threshold(picture.min(axis=2), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    length = max(3, int(_SHORTEST_RULE / scale))
    kernel = np.ones((length, 1) if down else (1, length), np.uint8)
    kept = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
    outlines: Sequence[Any] = cv2.findContours(kept, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return outlines


def pictures_of(data: bytes) -> Callable[[int], Picture]:
    """A function that gives the picture of a page of a PDF by its index."""
    document = optional("pypdfium2", "PDF", "").PdfDocument(data)
    return lambda index: document[index].render(scale=DPI / 72, rev_byteorder=True).to_numpy()[:, :, :3]
