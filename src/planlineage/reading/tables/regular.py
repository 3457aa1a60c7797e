"""Reading a table whose columns hold: each line is a row, each column has one part in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ...model.base import Span
from .grid import Grid, Line, Piece
from .headers import is_label, makes_table
from .values import Cell, Quality, Role, Row, RowKind, Table, TableKind
from .wording import clean, column_words, has_blanks, key, marked_kinds

COLUMNS_DIFFER = "its cells do not match the header's"
TEXT_BLANKS = "blanks inside words taken out"

_NUMBER = re.compile(r"(\d{1,4})\s?[.．、]?")
_NUMBERED = re.compile(r"(\d{1,3})\s?[.．、](?!\d)\s*(?=\S)")
_GROUP = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[类部章]"
)
_MOST = 0.8
_EVEN = 0.9
_SHIFTED = 0.2
_LONGEST_LABEL = 12

Part = Literal["number", "group", "heading", "item", "other"]


def header_lines(grid: Grid) -> int:
    """How many lines at the top are a header: known column labels only, one line above a ruling, or a short word in every column.

    >>> from .grid import cut
    >>> text = "甲 | 乙\\n1 | 2"
    >>> header_lines(cut(text, Span(start=0, end=len(text)), "bar"))
    1
    """
    title = int(_is_title(grid))
    count = 0
    for line in grid.lines[title : title + 3]:
        words = [piece.words for piece in line.pieces]
        other = [word for word in words if not is_label(word)]
        if other and (count or not makes_table(words) or any(map(_opens_row, other))):
            break
        count += 1
    count += title
    if count or len(grid.lines) < 2:
        return count
    if grid.ruled == 1:
        return 1
    first = grid.lines[0]
    words = [piece.words for piece in first.pieces]
    full = len(words) > 1 and len(words) == first.width and first.width == grid.lines[1].width
    return int(full and all(len(word) <= _LONGEST_LABEL and not _opens_row(word) for word in words))


def _is_title(grid: Grid) -> bool:
    """Whether the first line is one cell over the whole table, with a header of known words below it."""
    if len(grid.lines) < 3:
        return False
    first, second = grid.lines[:2]
    return (
        len(first.pieces) == 1
        and not _opens_row(first.pieces[0].words)
        and len(second.pieces) > 1
        and all(is_label(piece.words) for piece in second.pieces)
    )


def _opens_row(word: str) -> bool:
    return bool(_NUMBER.match(word) or _GROUP.match(word)) or word.endswith(("。", "；"))


def columns(header: Sequence[Line], lines: Sequence[Line]) -> dict[int, Part]:
    """The part that each column plays, by its label, else by what stands in it."""
    known = column_words()
    parts: dict[int, Part] = {}
    for line in header:
        for piece in line.pieces:
            part = known.get(key(piece.words), "other")
            parts[piece.column] = part if part in ("number", "group", "heading", "item") else "other"  # type: ignore[assignment]
    by_column: dict[int, list[str]] = {}
    for line in lines:
        if len(line.pieces) > 1:
            for piece in line.pieces:
                by_column.setdefault(piece.column, []).append(piece.words)
    for column in sorted(by_column):
        parts.setdefault(column, "other")
    if "number" not in parts.values():
        for column, words in sorted(by_column.items()):
            counting = sum(bool(_NUMBER.fullmatch(word)) for word in words)
            if parts[column] == "other" and counting >= _MOST * len(words) and _rising(words):
                parts[column] = "number"
                break
    if "item" not in parts.values():
        first = next((column for column in sorted(by_column) if parts[column] == "other"), None)
        if first is not None:
            parts[first] = "item"
    return parts


def _rising(words: Sequence[str]) -> bool:
    values = [int(match[1]) for word in words if (match := _NUMBER.fullmatch(word))]
    return bool(values) and values[0] <= 1 and all(a < b or b == 1 for a, b in pairwise(values))


def even_share(lines: Sequence[Line]) -> float:
    """What share of the lines has the most common width, from 0 to 1."""
    widths = Counter(line.width for line in lines)
    return max(widths.values(), default=0) / max(1, len(lines))


@dataclass(slots=True)
class _State:
    group: str | None = None
    heading: str | None = None
    group_value: int = 0


def columns_hold(parts: Mapping[int, Part], lines: Sequence[Line]) -> bool:
    """Whether cells stand where their columns' labels say.

    They do not where lines differ in width, where numbers stand in a column of headings, or where a table of
    nothing but numbers, groups, headings and items has rows without their number.
    """
    if even_share(lines) < _EVEN:
        return False
    titles = {column for column, part in parts.items() if part in ("group", "heading")}
    shifted = sum(any(p.column in titles and _NUMBER.fullmatch(p.words) for p in line.pieces) for line in lines)
    if shifted > _SHIFTED * len(lines):
        return False
    numbered = {column for column, part in parts.items() if part == "number"}
    if not numbered or "other" in parts.values():
        return True
    return all(any(piece.column in numbered for piece in line.pieces) or _opens_group(line) for line in lines)


def _opens_group(line: Line, parts: Mapping[int, Part] = {}) -> bool:
    """Whether a line holds nothing but a title over the next ones: a numbered one, or words where the rows have their number."""
    if len(line.pieces) != 1 or line.width < 2:
        return False
    [piece] = line.pieces
    counts = parts.get(piece.column) == "number" and line.width > 2 and not _NUMBER.match(piece.words)
    return counts or bool(_GROUP.match(piece.words))


def read_regular(
    grid: Grid,
    region: Span,
    kind: TableKind,
    header: Sequence[Line],
    lines: Sequence[Line],
    parts: Mapping[int, Part],
) -> Table:
    """Read a table line by line; `parts` are those of its columns."""
    width = Counter(line.width for line in lines).most_common(1)[0][0] if lines else 0
    state = _State()
    rows = [_row(grid, line, parts, width, state) for line in lines]
    return Table(
        region,
        kind,
        tuple(cell(piece, "header") for line in header for piece in line.pieces),
        tuple(rows),
        (),
        tuple(grid.separators),
        _missing(rows),
    )


def cell(piece: Piece, role: Role) -> Cell:
    """A piece as a cell."""
    return Cell(piece.span, piece.words, role, piece.column)


def _row(grid: Grid, line: Line, parts: Mapping[int, Part], width: int, state: _State) -> Row:
    first = line.pieces[0]
    if _opens_group(line, parts):
        state.group, state.heading = first.words, None
        return Row(None, state.group, None, (cell(first, "group"),), "", (), "clean", (), "heading")
    number: str | None = None
    cells: list[Cell] = []
    notes = [] if line.width == width else [COLUMNS_DIFFER]
    for piece in line.pieces:
        part = parts.get(piece.column, "other") if line.width == width else "other"
        words = piece.words
        counted = _NUMBER.fullmatch(words)
        numbered = _NUMBERED.match(grid.text, piece.start, piece.end)
        if part == "number" and counted:
            number = counted[1]
            cells.append(cell(piece, "number"))
        elif part in ("group", "heading") and not counted:
            if part == "group" and words != state.group:
                state.group, state.heading = words, None
            elif part == "heading":
                state.heading = words
            cells.append(cell(piece, "group" if part == "group" else "heading"))
        elif part == "item" and numbered and "number" not in parts.values():
            number = numbered[1]
            cells.append(_part_cell(grid, piece, piece.start, numbered.end(), "number"))
            cells.append(_part_cell(grid, piece, numbered.end(), piece.end, "text"))
        else:
            cells.append(cell(piece, "text"))
        if has_blanks(grid.text[piece.start : piece.end]):
            notes.append(TEXT_BLANKS)
    texts = [c for c in cells if c.role == "text"]
    main = [c for c in texts if parts.get(c.column) == "item"] or texts[:1]
    quality: Quality = "clean" if not notes else "doubtful" if COLUMNS_DIFFER in notes else "repaired"
    return Row(
        number,
        state.group,
        state.heading,
        tuple(cells),
        "".join(c.text for c in main),
        tuple(c.span for c in main),
        quality,
        tuple(dict.fromkeys(notes)),
        kind_under(state.heading, state.group),
    )


def _part_cell(grid: Grid, piece: Piece, start: int, end: int, role: Role) -> Cell:
    raw = grid.text[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    return Cell(Span(start=begin, end=start + len(raw.rstrip())), clean(raw), role, piece.column)


def _missing(rows: Sequence[Row]) -> tuple[str, ...]:
    values = [int(row.number) for row in rows if row.number is not None]
    if not values or any(a >= b for a, b in pairwise(values)) or values[-1] > 10 * len(values):
        return ()
    held = set(values)
    return tuple(str(value) for value in range(1, values[-1]) if value not in held)


def kind_under(heading: str | None, group: str | None) -> RowKind:
    """What kind of row stands under a heading and a group.

    >>> kind_under("1. 加分项", "九、附加项"), kind_under("2. 公众参与", None)
    ('bonus', 'item')
    """
    for title in (heading, group):
        for word, kind in marked_kinds():
            if title and word in title:
                return "bonus" if kind == "bonus" else "deduction"
    return "item"
