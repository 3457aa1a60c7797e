"""An element of a web page as lines of text: a paragraph a line, table rows with tabs, numbered lists with their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..counting import counted
from ..rows import RowCounter, in_cell
from ..values import Clock

_BLOCKS = frozenset(
    (  # noqa: SIM905 - a list of quoted words is harder to read
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table "
        "tbody td tfoot th thead tr ul"
    ).split()
)
_SPACE = re.compile(r"[ \t\r\n\x00-\x1f]+")
_LAYOUT_CELL = 1500
_LAYOUT_SHARE = 0.6
_MOST_SPAN = 1000
_LIST_STYLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
    "none": "",
}


def lines_of(element: Any, name: str, clock: Clock, *, without: Any = None) -> list[str]:
    """The lines of an element, without those of `without`."""
    writer = _Writer(name, clock, without)
    writer.element(element)
    writer.end()
    return writer.lines


class _Writer:
    def __init__(self, name: str, clock: Clock, without: Any) -> None:
        self.name, self.clock, self.without = name, clock, without
        self.rows = RowCounter(name)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._seen = 0

    def end(self) -> None:
        """End the line that is being written."""
        words = _SPACE.sub(" ", "".join(self._line)).strip(" ")
        self._line.clear()
        if words.strip("\xa0\u3000 "):
            self.lines.append(self._mark + words)
            self._mark = ""

    def element(self, element: Any) -> None:
        """Write an element and what is in it."""
        if element is self.without or not isinstance(element.tag, str):
            return
        self._seen += 1
        if self._seen % 1024 == 0:
            self.clock.check()
        special: Callable[[Any], bool] | None = {"table": self._table, "ol": self._list}.get(element.tag)
        block = element.tag in _BLOCKS
        if block:
            self.end()
        if element.tag == "br":
            self.end()
        elif element.tag == "pre":
            self._preformatted(element)
        elif special is None or not special(element):
            self._inside(element)
        if block:
            self.end()

    def _inside(self, element: Any) -> None:
        if element.text:
            self._line.append(element.text)
        for child in element:
            self.element(child)
            if child.tail:
                self._line.append(child.tail)

    def _preformatted(self, element: Any) -> None:
        for line in "".join(element.itertext()).split("\n"):
            self._line.append(line)
            self.end()

    def _list(self, element: Any) -> bool:
        """A numbered list, with the numbers that only the browser prints; false where it prints none."""
        style = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]{1,40})", element.get("style", "")[:500])
        form = _LIST_STYLES.get(style[1] if style else element.get("type", "1"), "decimal")
        if not form:
            return False
        count = _whole(element.get("start"), 1) - 1
        mark = "、" if form in ("chineseCounting", "ideographDigital") else "."
        for child in element:
            if child.tag == "li":
                self.end()
                count = _whole(child.get("value"), count + 1)
                own = "".join(child.itertext()).lstrip()[:12]
                if own and not re.match(r"[（(]?[\d一二三四五六七八九十]+\s?[）).．、]", own):
                    self._mark = counted(count, form) + mark + " "
            self.element(child)
            if child.tail:
                self._line.append(child.tail)
        return True

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> bool:
        """Write a table as rows; false where it only arranges the page, and is read as text."""
        rows = [row for part in _parts(table) for row in part]
        cells = [[c for c in row if c.tag in ("td", "th")] for row in rows]
        if not any(cells) or _arranges(table, cells):
            return False
        for caption in table.iterchildren("caption"):
            self.element(caption)
        below: dict[int, int] = {}
        for row in cells:
            line = self.rows.line(self._row(row, below))
            if line:
                self.lines.append(line)
        return True

    def _row(self, row: list[Any], below: dict[int, int]) -> list[str]:
        """The cells of a row in their columns; `below` counts for each column the rows that a cell above still covers."""
        words: list[str] = []

        def covered() -> None:
            while below.get(len(words), 0) > 0:
                below[len(words)] -= 1
                words.append("")

        for cell in row:
            covered()
            across = min(max(_whole(cell.get("colspan"), 1), 1), _MOST_SPAN)
            down = min(max(_whole(cell.get("rowspan"), 1), 1), _MOST_SPAN)
            if len(words) + across > _MOST_SPAN:
                self.rows.add(len(words) + across)
            for column in range(len(words), len(words) + across):
                below[column] = down - 1
            words += [self._cell(cell), *[""] * (across - 1)]
        covered()
        return words

    def _cell(self, cell: Any) -> str:
        inner = _Writer(self.name, self.clock, self.without)
        inner.rows = self.rows
        inner.element(cell)
        inner.end()
        return in_cell(inner.lines)


def _parts(table: Any) -> list[list[Any]]:
    """The rows of a table's parts: its head, its bodies, its foot, and rows without a part."""
    found: list[list[Any]] = []
    for part in table:
        if part.tag == "tr":
            found.append([part])
        elif part.tag in ("thead", "tbody", "tfoot"):
            found.append([row for row in part if row.tag == "tr"])
    return found


def _arranges(table: Any, cells: list[list[Any]]) -> bool:
    """Whether a table arranges the page: one column, tables inside it, or nearly all its text in one long cell."""
    if max(map(len, cells)) < 2 or sum(bool(row) for row in cells) < 2:
        return True
    if next((t for t in table.iter("table") if t is not table), None) is not None:
        return True
    lengths = [len("".join(c.itertext())) for row in cells for c in row]
    longest = max(lengths)
    return longest > _LAYOUT_CELL and longest > _LAYOUT_SHARE * sum(lengths)


def _whole(text: str | None, default: int) -> int:
    found = (text or "").strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 6 else default
