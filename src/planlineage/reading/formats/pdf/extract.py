"""From the bytes of a PDF to its text, in this process. Time and memory are bounded by the process around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ....model.errors import NoTextLayerError
from ..rows import RowCounter, joined
from ..values import Clock, Extracted, Note, noted
from .aligned import take_aligned
from .columns import in_order
from .document import pages
from .footnotes import take_footnotes
from .furniture import take_out
from .paragraphs import paragraphs
from .text import is_ideograph
from .values import Grid, Line, Page

_UNKNOWN = 0.2
_FEWEST, _USUAL = 50, 0.7
"""Of this many Chinese characters at least this share is frequent in any text; of all characters a third is."""
_NUMBER = re.compile(r"\d{1,3}\s?[.．、]?(?:$|(?<=[.．、])(?!\d))")
_HYPHENATED = re.compile("[A-Za-z]-$")


def extract_pdf(data: bytes, name: str) -> Extracted:
    """The text of a PDF. Raises the errors of `pages`, and `NoTextLayerError` where its letters mean nothing."""
    clock = Clock(name)
    found = list(pages(data, name, clock))
    _check_letters(found, name)
    return text_of(found, name, clock)


def extract_scan(data: bytes, name: str, clock: Clock) -> Extracted:
    """The text of a PDF, that of pages without letters, or of all where the letters mean nothing, by OCR.

    Raises the errors of `pages`, and `MissingExtraError` without the extra `ocr`.
    """
    from .scanned import DPI, Recogniser, pictures_of

    recogniser, picture = Recogniser(), pictures_of(data)
    found = list(pages(data, name, clock))
    try:
        _check_letters(found, name)
        bare = [page for page in found if is_bare(page)]
    except NoTextLayerError:
        bare = found
    for page in bare:
        page.lines, page.turned = [], []
        recogniser.read(picture(page.index), page, DPI)
        clock.check()
    plain = text_of(found, name, clock)
    return replace(plain, encoding="pdf+ocr", notes=(*recogniser.notes(), *plain.notes))


def is_bare(page: Page) -> bool:
    """Whether a page is a picture without text."""
    return not page.lines and not page.grids and bool(page.images)


def text_of(found: list[Page], name: str, clock: Clock) -> Extracted:
    """The text of pages: furniture out, columns, tables and paragraphs in the order of reading."""
    notes = take_out(found)
    notes += _page_notes(found)
    footnotes = take_footnotes(found)
    rows = RowCounter(name)
    widths = [page.width for page in found]
    lines: list[str] = []
    waiting: list[list[Line]] = []

    def flush() -> None:
        lines.extend(_text(p) for p in paragraphs(waiting, widths))
        waiting.clear()

    for item in _with_tables_joined(_flow(found)):
        if isinstance(item, Grid):
            flush()
            lines += [line for row in item.rows if (line := rows.line(row))]
        else:
            waiting.append(item)
        clock.check()
    flush()
    lines += footnotes
    return Extracted("\n".join(lines) + "\n" if lines else "", "pdf", notes=tuple(notes))


def _check_letters(found: Sequence[Page], name: str) -> None:
    """Whether the letters stand for characters: known ones, and ones that texts use (a wrong mapping gives any of 20,000)."""
    total = sum(page.characters for page in found)
    unknown = sum(page.unknown for page in found)
    ideographs = [c for page in found for c in _letters(page) if is_ideograph(c)]
    odd = len(ideographs) >= _FEWEST and sum(map(_is_usual, ideographs)) < _USUAL * len(ideographs)
    if (total and unknown > _UNKNOWN * total) or odd:
        raise NoTextLayerError("wrong letters" if odd else "unknown letters", where=name, hint="force ocr")


def _letters(page: Page) -> Iterator[str]:
    for line in page.lines:
        yield from line.text
    for grid in page.grids:
        for row in grid.rows:
            yield from "".join(row)


@cache
def _is_usual(char: str) -> bool:
    """Whether a character is among the frequent ones: the first level of the standard simplified or traditional set."""
    simplified, traditional = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _page_notes(found: Sequence[Page]) -> list[Note]:
    notes = []
    bare = [page for page in found if is_bare(page)]
    if bare:
        notes.append(noted("pages-without-text", pages=_listed(bare)))
    if slanted := sum(page.slanted for page in found):
        notes.append(noted("page-furniture", "slanted", count=slanted))
    if unknown := [page for page in found if page.unknown]:
        count = sum(page.unknown for page in unknown)
        notes.append(noted("unknown-letters", count=count, pages=_listed(unknown)))
    if unseen := [page for page in found if page.unseen]:
        count = sum(page.unseen for page in unseen)
        notes.append(noted("hidden-text", "unseen", count=count, pages=_listed(unseen)))
    if scanned := [page for page in found if page.read_by_ocr]:
        notes.append(noted("read-by-ocr", pages=_listed(scanned)))
    if turned := [page for page in found if page.turned]:
        count = sum(len(page.turned) for page in turned)
        notes.append(noted("turned-text", count=count, pages=_listed(turned)))
    return notes


def _listed(found: Sequence[Page]) -> tuple[str, ...]:
    return (*(str(page.index + 1) for page in found[:20]), *(["…"] if len(found) > 20 else []))


def _flow(found: Sequence[Page]) -> list[list[Line] | Grid]:
    """Columns and tables of all pages in the order of reading."""
    flow: list[list[Line] | Grid] = []
    for page in found:
        take_aligned(page)
        rest = sorted(page.lines, key=lambda line: line.y)
        for grid in sorted(page.grids, key=lambda g: g.y):
            above = [line for line in rest if line.y < grid.box.top]
            rest = [line for line in rest if line.y >= grid.box.top]
            flow += in_order(Page(page.index, page.width, page.height, above))
            flow.append(grid)
        flow += in_order(Page(page.index, page.width, page.height, rest))
        flow += [[line] for line in page.turned]
    return flow


def _with_tables_joined(flow: Sequence[list[Line] | Grid]) -> list[list[Line] | Grid]:
    """Tables that go on across pages as one: a header printed again is dropped, a row torn by the page put together."""
    found: list[list[Line] | Grid] = []
    for item in flow:
        last = found[-1] if found else None
        if isinstance(item, Grid) and isinstance(last, Grid) and item.page > last.page and _same_columns(last, item):
            rows = item.rows[1:] if last.rows and item.rows[0] == last.rows[0] else item.rows
            if rows and _is_torn(last, item, rows[0]):
                _mend(last.rows, rows[0])
                rows = rows[1:]
            last.rows += rows
            last.page, last.full, last.open_bottom = item.page, item.full, item.open_bottom
        else:
            found.append(item)
    return found


def _same_columns(a: Grid, b: Grid) -> bool:
    return len(a.columns) == len(b.columns) and all(abs(x - y) < 4 for x, y in zip(a.columns, b.columns, strict=True))


def _is_torn(above: Grid, below: Grid, following: Sequence[str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    Either no ruled line stands between, or each of its cells goes on with words that filled their line and did not end.
    """
    if above.open_bottom or below.open_top:
        return True
    if any(_NUMBER.match(words) for words in following):
        return False
    filled = [c for c, words in enumerate(following) if words]
    before = [_lowest(above.rows, c) for c in filled]
    return all(before) and all(above.full[c] for c in filled) and any(words[-1] not in "。；！？" for words in before)


def _lowest(rows: Sequence[Sequence[str]], column: int) -> str:
    return next((row[column] for row in reversed(rows) if row[column]), "")


def _mend(rows: Sequence[list[str]], rest: Sequence[str]) -> None:
    """Add the words of a torn row to the cells that they belong to."""
    for column, words in enumerate(rest):
        if words:
            row = next((row for row in reversed(rows) if row[column]), rows[-1])
            row[column] = joined((row[column], words))


def _text(paragraph: Sequence[Line]) -> str:
    pieces: list[str] = []
    for line in paragraph:
        words = line.text.replace("\t", " ")
        if pieces and _HYPHENATED.search(pieces[-1]):
            pieces[-1] = pieces[-1][:-1] + words
        else:
            pieces.append(words)
    return joined(pieces)
