"""What the pages of a PDF hold, in points from the top left corner of the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; `top` is the smaller number."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it."""
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack

    def around(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(slots=True)
class Line:
    """A printed line, or the part of one that stands in a column. `em` is the width of a Chinese character, 0 if unknown."""

    text: str
    box: Box
    em: float = 0.0
    page: int = 0

    @property
    def y(self) -> float:
        """The height of its middle."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(slots=True)
class Grid:
    """A table: the words of its cells row by row, and where its columns begin.

    `full` tells for each column whether the last line of its lowest words fills the cell, `open_top` and `open_bottom`
    whether the table has no ruled line there: signs that a row goes on across the page.
    """

    box: Box
    columns: list[float]
    rows: list[list[str]]
    page: int = 0
    full: list[bool] = field(default_factory=list)
    open_top: bool = False
    open_bottom: bool = False

    @property
    def y(self) -> float:
        """The height of its top."""
        return self.box.top


@dataclass(slots=True)
class Page:
    """The lines and tables of a page, from top to bottom; `images` counts its pictures.

    `turned` are lines at a right angle to the page. Counted are the `slanted` ones, letters that stand for nothing (`unknown`)
    and letters that can't be seen (`unseen`); `read_by_ocr` tells of an invisible text over a picture.
    """

    index: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    images: int = 0
    turned: list[Line] = field(default_factory=list)
    slanted: int = 0
    unseen: int = 0
    read_by_ocr: bool = False
    unknown: int = 0
    characters: int = 0
