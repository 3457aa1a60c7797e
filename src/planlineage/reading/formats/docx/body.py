"""The body of a Word document, from top to bottom: paragraphs with their numbers, tables as rows, boxes, tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..rows import RowCounter, in_cell
from ..values import LIMITS, Clock, Note, noted, too_much
from ..xml import local
from .numbering import Numbering
from .runs import Runs, relation_of
from .styles import NumberRef, Styles, child, is_on, number, value

_WRAPPERS = frozenset(["sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent"])
_DEEPEST = 60
_GONE = frozenset(("del", "moveFrom"))
_MARK_DELETED = (("pPr", "rPr", "del"), ("pPr", "rPr", "moveFrom"))


class Body:
    """Turns block elements into `lines` of text."""

    def __init__(self, styles: Styles, numbering: Numbering, name: str, clock: Clock) -> None:
        self.styles, self.numbering, self.name, self.clock = styles, numbering, name, clock
        self.runs = Runs(styles)
        self.rows = RowCounter(name)
        self.lines: list[str] = []
        self.embedded: Callable[[str], Iterable[str]] = lambda _: ()
        """The lines of a document that stands in this one, by its relation (`altChunk`)."""
        self._torn = ""
        self._seen = 0

    def read(self, element: Any) -> None:
        """Add the lines of all blocks below an element."""
        self.lines += self._blocks(element, 0)
        if self._torn:
            self.lines.append(self._torn)
            self._torn = ""

    def note(self, element: Any) -> list[str]:
        """The lines of a footnote."""
        return list(self._blocks(element, 0))

    def notes(self) -> list[Note]:
        """What was accepted, dropped or left out."""
        counts = self.runs.counts
        found = []
        if counts["deleted"] or counts["inserted"]:
            kept, dropped = counts["inserted"], counts["deleted"]
            found.append(noted("tracked-changes", kept=kept, dropped=dropped))
        if counts["hidden"]:
            found.append(noted("hidden-text", count=counts["hidden"]))
        if counts["struck"]:
            found.append(noted("struck-text", count=counts["struck"]))
        if self.runs.pictures:
            found.append(noted("pictures", count=len(self.runs.pictures)))
        if counts["contents"]:
            found.append(noted("table-of-contents", count=counts["contents"]))
        return found

    def _blocks(self, element: Any, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise too_much(self.name, "nesting")
        for block in element:
            kind = local(block.tag)
            if kind == "p":
                yield from self._paragraph(block, depth)
            elif kind == "tbl":
                yield from self._table(block, depth)
            elif kind in _GONE:
                self.runs.counts["deleted"] += 1
            elif kind == "altChunk":
                yield from self.embedded(relation_of(block, "id"))
            elif kind == "AlternateContent":
                yield from self._blocks(next(iter(block), ()), depth + 1)
            elif kind in _WRAPPERS:
                yield from self._blocks(block, depth + 1)

    # -- paragraphs --------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        self._seen += 1
        if self._seen % 256 == 0:
            self.clock.check()
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.default
        in_contents = self.runs.fields.contents
        printed = self.runs.read(paragraph)
        in_contents = in_contents or self.runs.fields.contents or self.styles.name(style).startswith("toc ")
        text = "".join(printed.text)
        gone = in_contents or self.styles.hidden(style)
        if in_contents:
            self.runs.counts["contents"] += bool(text.strip())
            text = ""
        elif gone:
            self.runs.counts["hidden"] += len(text.strip())
            text = ""
        deleted = any(is_on(child(paragraph, *path)) for path in _MARK_DELETED)
        if not self._torn and (text.strip() or not (deleted or gone)):
            # Word counts an empty paragraph of a list too.
            label = self.numbering.label(style, _direct(properties))
            text = label + text if text.strip() else text
        if deleted:
            self.runs.counts["deleted"] += 1
            self._torn += text
        else:
            yield from _lines(self._torn + text)
            self._torn = ""
        for box in printed.boxes:
            yield from self._blocks(box, depth + 1)

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        """The rows of a table; one with a single column only frames its paragraphs."""
        rows = [row for row in _rows(table) if not self._deleted_row(row)]
        cells = [list(_wrapped(row, "tc")) for row in rows]
        if max(map(len, cells), default=0) <= 1:
            for row in cells:
                self.rows.add(len(row))
                for cell in row:
                    yield from self._blocks(cell, depth + 1)
            return
        for row, its_cells in zip(rows, cells, strict=True):
            before = number(value(child(row, "trPr", "gridBefore")))
            words = [""] * min(max(before, 0), LIMITS.columns)
            for cell in its_cells:
                if len(words) > LIMITS.columns:
                    self.rows.add(len(words))
                words += self._cell(cell, depth)
            line = self.rows.line(words)
            if line:
                yield line

    def _deleted_row(self, row: Any) -> bool:
        gone = child(row, "trPr", "del") is not None
        self.runs.counts["deleted"] += gone
        return gone

    def _cell(self, cell: Any, depth: int) -> list[str]:
        """The words of a cell, and an empty cell for each further column that it spans."""
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        continued = merge is not None and value(merge) != "restart"
        words = in_cell(line.replace("\t", " ") for line in self._blocks(cell, depth + 1))
        span = min(max(number(value(child(properties, "gridSpan")), 1), 1), LIMITS.columns + 1)
        return ["" if continued else words] + [""] * (span - 1)


def _rows(table: Any) -> Iterator[Any]:
    return _wrapped(table, "tr")


def _wrapped(element: Any, kind: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, looking through content controls."""
    for part in element:
        name = local(part.tag)
        if name == kind:
            yield part
        elif name in _WRAPPERS:
            yield from _wrapped(part, kind)


def _direct(properties: Any) -> NumberRef | None:
    """The list that the paragraph itself names."""
    found = child(properties, "numPr")
    if found is None:
        return None
    return NumberRef(value(child(found, "numId")), number(value(child(found, "ilvl"))))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = line.replace("\t", " ").strip(" \r\f\v")
        if words:
            yield words
