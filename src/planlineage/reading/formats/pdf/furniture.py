"""Page numbers and running heads: outermost lines of a page that count or repeat through the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...lexicon import lexicon
from ..values import Note, noted
from .values import Line, Page

_ZONE = 0.13
_OUTERMOST = 3
_BARE = re.compile(r"\s*(\d{1,4})\s*")
_DIGITS = re.compile(r"\d+")
_REPEATED = 0.4


def take_out(pages: Sequence[Page]) -> list[Note]:
    """Remove page numbers and running heads from the pages; returns what was removed."""
    numbers, heads = 0, Counter[str]()
    gone: set[int] = set()
    edges = [(page, line) for page in pages for line in _edge_lines(page)]
    counting = _counting([(page.index, line) for page, line in edges])
    repeated = _repeated(edges, len(pages))
    for _, line in edges:
        if id(line) in counting or _page_number().fullmatch(line.text):
            numbers += 1
            gone.add(id(line))
        elif id(line) in repeated:
            heads[line.text] += 1
            gone.add(id(line))
    said = Counter(_DIGITS.sub("#", line.text) for page in pages for line in page.turned)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in gone]
        for line in list(page.turned):
            if _page_number().fullmatch(line.text) or said[_DIGITS.sub("#", line.text)] >= max(
                3, _REPEATED * len(pages)
            ):
                heads[line.text] += 1
                page.turned.remove(line)
    notes = []
    if numbers:
        notes.append(noted("page-furniture", "numbers", count=numbers))
    if heads:
        shown = tuple(f"{text[:40]} ({count}×)" for text, count in heads.most_common(5))
        notes.append(noted("page-furniture", "heads", heads=shown))
    return notes


def _page_number() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon("cleaning")["page_furniture"]["patterns"][:2]))


def _edge_lines(page: Page) -> list[Line]:
    """The outermost lines in the margins of a page; nothing behind a table is outermost."""
    ordered = sorted(page.lines, key=lambda line: line.y)
    top = [line for line in ordered[: _OUTERMOST * 2] if line.y < page.height * _ZONE]
    bottom = [line for line in ordered[-_OUTERMOST * 2 :] if line.y > page.height * (1 - _ZONE)]
    return list({id(line): line for line in (*top, *bottom)}.values())


def _counting(edges: Sequence[tuple[int, Line]]) -> set[int]:
    """Bare numbers that count with the pages."""
    by_offset: dict[int, list[Line]] = defaultdict(list)
    for index, line in edges:
        match = _BARE.fullmatch(line.text)
        if match:
            by_offset[int(match[1]) - index].append(line)
    return {id(line) for offset, lines in by_offset.items() if len(lines) > 1 or offset == 1 for line in lines}


def _repeated(edges: Sequence[tuple[Page, Line]], pages: int) -> set[int]:
    """Lines that stand at the same height of many pages, digits aside; of both pages, where there are two, digits and all."""
    places: dict[str, list[tuple[Page, Line]]] = defaultdict(list)
    for page, line in edges:
        places[_DIGITS.sub("#", line.text) if pages > 2 else line.text].append((page, line))
    found: set[int] = set()
    for group in places.values():
        heights = Counter(round(line.y / 6) for _, line in group)
        height = heights.most_common(1)[0][0]
        same = [(page, line) for page, line in group if abs(line.y / 6 - height) <= 1.0]
        on_pages = {page.index for page, _ in same}
        if len(on_pages) >= max(2 if pages == 2 else 3, _REPEATED * pages):
            found |= {id(line) for _, line in same}
    return found
