"""Where the tables of a text stand: runs of lines whose cells are separated by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...model.base import Span
from .stacked import find_stacked
from .task_columns import task_column
from .values import TableRegion
from .wording import caption_openings, clean, column_words, ends_sentence, is_torn

_LINE = re.compile(r"[^\n]*\n?")
_BAR = re.compile(r"(?:^|\s)\|(?=\s|$)")
_FURNITURE = re.compile(r"[\s\-—－_=·.\d第页共/]*")
_MAX_BLANK_LINES = 3
_MAX_STRAY = 60


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    shape: Literal["tab", "bar", "edge", "blank", "stray"]


def find_tables(text: str, start: int = 0, end: int | None = None) -> list[TableRegion]:
    r"""The tables of `text[start:end]`, in order.

    A table has at least two lines with cells. Blank lines, page numbers and torn pieces between two runs of
    such lines belong to the table, as scanned pages leave them; a caption or a new header starts another
    one. Tables of contents (text, tab, page number) are none.

    >>> text = "通知如下：\n序号\t事项\n1\t公开清单\n\n2\t清理收费\n此件公开发布\n"
    >>> [text[region.span.start : region.span.end] for region in find_tables(text)]
    ['序号\t事项\n1\t公开清单\n\n2\t清理收费']
    """
    end = len(text) if end is None else end
    regions: list[TableRegion] = []
    run: list[_Line] = []
    pending: list[_Line] = []

    def close() -> None:
        if run and _is_table(text, run):
            delimiter: Literal["tab", "bar"] = "bar" if run[0].shape == "bar" else "tab"
            regions.append(TableRegion(Span(start=run[0].start, end=run[-1].end), delimiter))
        run.clear()
        pending.clear()

    for line in _lines(text, start, end):
        cellular = line.shape in ("tab", "bar", "edge")
        if not cellular:
            if run:
                pending.append(line)
                if not _bridges(text, run, pending):
                    close()
        elif not run:
            if line.shape != "edge":
                run.append(line)
        elif line.shape not in ("edge", run[0].shape) or (pending and _opens_table(text, line)):
            close()
            run.append(line)
        else:
            run += [*pending, line]
            pending.clear()
    close()
    return sorted([*regions, *_between(text, start, end, regions)], key=lambda region: region.span.start)


def _between(text: str, start: int, end: int, regions: Sequence[TableRegion]) -> Iterator[TableRegion]:
    """Tables of one cell a line between the others."""
    bounds = [start, *(edge for region in regions for edge in (region.span.start, region.span.end)), end]
    for begin, stop in zip(bounds[::2], bounds[1::2], strict=True):
        yield from find_stacked(text, begin, stop)


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in _LINE.finditer(text, start, end):
        if match.start() == match.end():
            return
        raw = match.group()
        body = raw.strip()
        begin = match.start() + len(raw) - len(raw.lstrip())
        stop = match.start() + len(raw.rstrip())
        if not body:
            yield _Line(match.start(), match.end(), "blank")
        elif "\t" in body:
            # Blank cells at its edges belong to the line: without them columns would slip.
            begin = match.start() + len(raw) - len(raw.lstrip(" \u3000"))
            yield _Line(begin, match.start() + len(raw.rstrip(" \n\r\u3000")), "tab")
        elif _BAR.search(body):
            yield _Line(begin, stop, "bar")
        else:
            # A single cell pushed to the right, or left, by empty cells: part of a table, but no sign of one.
            yield _Line(begin, stop, "edge" if "\t" in raw.strip(" \n\r\u3000") else "stray")


def _bridges(text: str, run: list[_Line], pending: list[_Line]) -> bool:
    """Whether the table may go on after these lines without cells."""
    stray = [line for line in pending if line.shape == "stray"]
    if len(pending) - len(stray) > _MAX_BLANK_LINES or len(stray) > 2:
        return False
    last = text[run[-1].start : run[-1].end]
    for line in stray:
        words = text[line.start : line.end]
        if _FURNITURE.fullmatch(words):
            continue
        continued = not ends_sentence(last) and ends_sentence(words) and len(last) > _MAX_STRAY
        if len(words) > _MAX_STRAY * (5 if continued else 1) or clean(words).startswith(caption_openings()):
            return False
        if not (is_torn(words) or words.startswith("<") or continued):
            return False
    return True


def _opens_table(text: str, line: _Line) -> bool:
    first = re.split(r"[\t|]", text[line.start : line.end].strip("| "), maxsplit=1)[0]
    return clean(first) in column_words() or task_column(first) is not None


def _is_table(text: str, run: list[_Line]) -> bool:
    cellular = [line for line in run if line.shape in ("tab", "bar")]
    if len(cellular) < 2:
        # Below a header, rows may all have their numbers glued to their texts in one cell.
        return len(run) > 1 and _opens_table(text, run[0])
    return not all(_is_contents_line(text[line.start : line.end]) for line in cellular)


def _is_contents_line(line: str) -> bool:
    title, tab, page = line.rpartition("\t")
    return bool(tab) and "\t" not in title.strip() and len(page) <= 6 and page.strip(" -—").isdigit()
