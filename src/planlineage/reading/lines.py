"""The paragraphs of a document as its outline is read from them: clean text, number, and what the file's own marking says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .cleaning import CleanText
from .formats import Mark
from .numbering import Label, label_of
from .segment import paragraphs
from .tables import Table

_FRAME = frozenset(
    {
        "adoption",
        "annex",
        "assembly",
        "banner",
        "body",
        "bracket",
        "bracketed day",
        "copies",
        "day",
        "decree",
        "decree number",
        "facts",
        "furniture",
        "imprint",
        "iso day",
        "label",
        "marks",
        "meeting paper",
        "number",
        "signed day",
        "signer",
        "speaker",
    }
)
_DASHES = re.compile(r"[—─―－–-]{1,3}\s?")
_NOTE = re.compile(r"［注\d{1,3}］")
_AFTER_BOLD = "。：:"


@dataclass(slots=True)
class Line:
    """A paragraph outside tables.

    `level` is that of a marked heading (1 is highest), 0 for none; `bold` the clean offset up to which the line begins in bold,
    0 for none; `listed` says that it stands in a list of contents, `note` that it is a footnote, `table` that a table stands
    right behind it. `outer` is what `identity.layout` takes it for, `titled` whether it belongs to the title of the document or
    of the notice that passes it on.
    """

    start: int
    end: int
    text: str
    level: int = 0
    bold: int = 0
    listed: bool = False
    note: bool = False
    table: bool = False
    label: Label | None = None
    outer: str = ""
    titled: Literal["", "title", "notice"] = ""

    @property
    def is_frame(self) -> bool:
        """Whether it belongs to the outer frame of an official document: days, numbers, signatures, marks, copies."""
        return self.outer in _FRAME and self.label is None

    @property
    def dash(self) -> int:
        """How many characters the dash takes that the line begins with."""
        match = _DASHES.match(self.text)
        return match.end() if match else 0

    @property
    def number(self) -> int:
        """How many characters its number, or its dash, takes."""
        return self.label.length if self.label else self.dash


def lines_of(clean: CleanText, marks: Sequence[Mark], tables: Sequence[Table]) -> list[Line]:
    """The paragraphs of a clean text outside its tables, in order."""
    lines: list[Line] = []
    regions = [(clean.from_source(t.region.start), clean.from_source(t.region.end)) for t in tables]
    inside = iter(regions)
    region = next(inside, None)
    for p in paragraphs(clean.text):
        while region is not None and region[1] <= p.start:
            region = next(inside, None)
        if region is not None and p.end > region[0]:
            if lines:
                lines[-1].table = True
        else:
            text = clean.text[p.start : p.end]
            lines.append(Line(p.start, p.end, text, note=bool(_NOTE.match(text))))
    _mark(lines, [(m.kind, clean.from_source(m.start), clean.from_source(m.end), m.level) for m in marks])
    return lines


def _mark(lines: Sequence[Line], marks: Sequence[tuple[str, int, int, int]]) -> None:
    at = 0
    for kind, start, end, level in marks:
        while at < len(lines) and lines[at].end <= start:
            at += 1
        if at == len(lines):
            return
        line = lines[at]
        if kind == "heading":
            line.level = level
        elif kind == "note":
            line.note = True
        elif kind == "contents":
            for listed in lines[at:]:
                if listed.end > end:
                    break
                listed.listed = True
        elif kind == "bold" and end <= line.end and (start == line.bold or _opens(line, start)):
            line.bold = end + (line.text[end - line.start : end - line.start + 1] in _AFTER_BOLD and end < line.end)


def _opens(line: Line, start: int) -> bool:
    """Whether a bold run begins the line, or what stands behind its number or dash."""
    before = line.text[: max(0, start - line.start)].strip()
    label = label_of(line.text)
    return not before or bool(_DASHES.fullmatch(before)) or (label is not None and label.text.strip() == before)
