"""Printed lines become paragraphs: a line goes on in the next one where the next word would not have fitted on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...folding import fold
from ...numbering import label_of
from .text import is_wide
from .values import Line

_INDENT = 0.8
_SLACK = 0.35
_SHORT = 0.75
_GAP = 1.7
_GAP_ALONE = 1.3
_HANGING = "，。、；：,.;:！？"
_TERMINAL = "。！？；：!?;:"
_UNIT = (
    r"[“‘（《〈【〔「(\[]*(?:[A-Za-z0-9.,:/%+\-–—－~～_@#&]++|——|……|.)[，。、；：？！”’）》〉】〕」%％…—),.;:?!\]]*+"
    r"(?:(?<=[,.:;/])[A-Za-z0-9.,:/%+\-]++)?"
)
_CHUNK = re.compile(rf"{_UNIT}(?:(?:(?<=[“”‘’])|(?=[“”‘’])){_UNIT}){{0,6}}", re.DOTALL)
"""What has to stay on one line: the next word with its punctuation; quotes hold on to both sides, as in most programs."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The edges of the running text of a document and the usual distance from line to line, in points."""

    left: float
    right: float
    leading: float
    em: float
    indented: bool
    """Whether paragraphs begin with an indent."""

    @staticmethod
    def of(lines: Sequence[Line], fallback: Measure | None = None) -> Measure:
        """Measure lines that stand in one column."""
        em = _most([round(line.em, 1) for line in lines if line.em]) or (fallback.em if fallback else 10.0)
        # Punctuation may hang over the edge; lines that end with it say nothing of where the edge is.
        right = max((line.box.right for line in lines if line.text[-1:] not in _HANGING), default=0.0)
        if fallback is not None and right < fallback.right and sum(ln.box.right > right - 2.2 * em for ln in lines) < 4:
            right = fallback.right
        starts = [round(b.box.left) for a, b in pairwise(lines) if a.box.right > right - 1.2 * em]
        lowest = min((line.box.left for line in lines), default=0.0)
        if len(starts) > 3 or fallback is None or lowest > fallback.left + 6 * em:
            left = _most(starts) if len(starts) > 1 else lowest
        else:
            left = fallback.left
        steps = (b - a for a, b in pairwise([line.y for line in lines]))
        gaps = [step for step in steps if 0.5 * em < step < 4 * em]
        leading = (
            sorted(gaps)[len(gaps) // 2]
            if len(gaps) > 3 or (fallback is None and gaps)
            else (fallback or _DEFAULT).leading
        )
        ends = [b.box.left - left for a, b in pairwise(lines) if a.box.right < right - 2 * em]
        indented = sum(1.2 * em < indent < 3.2 * em for indent in ends) * 2 > len(ends)
        indented = indented or (fallback is not None and fallback.indented)
        return Measure(left, right, leading or em * 1.5, em, indented)


_DEFAULT = Measure(0.0, 0.0, 15.0, 10.0, False)


def _most(values: Iterable[float]) -> float:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else 0.0


def paragraphs(blocks: Sequence[Sequence[Line]], widths: Sequence[float] = ()) -> list[list[Line]]:
    """The lines of columns and pages, in the order of reading, grouped into paragraphs. `widths` are those of the pages.

    Pages of one width are measured together: a landscape page says nothing of where the lines of the upright ones end.
    """
    filled = [block for block in blocks if block]
    format_of = [_width_of(block[0], widths) for block in filled]
    wholes: dict[float, Measure] = {}
    for width in set(format_of):
        lines = [line for block, its in zip(filled, format_of, strict=True) if its == width for line in block]
        wholes[width] = _with_margins(Measure.of(lines), lines, width)
    on_page = Counter(block[0].page for block in filled)
    found: list[list[Line]] = []
    before: Measure | None = None
    for block, width in zip(filled, format_of, strict=True):
        whole = wholes[width]
        measure = Measure.of(block, whole)
        if on_page[block[0].page] == 1 and measure.right < _SHORT * whole.right:
            measure = replace(measure, right=whole.right)
        for i, line in enumerate(block):
            last = found[-1][-1] if found else None
            above = measure if i or before is None else before
            if last is not None and goes_on(last, line, above, measure, across=i == 0):
                found[-1].append(line)
            else:
                found.append([line])
        before = measure
    return found


def _width_of(line: Line, widths: Sequence[float]) -> float:
    return round(widths[line.page], -1) if line.page < len(widths) else 0.0


def _with_margins(measure: Measure, lines: Sequence[Line], width: float) -> Measure:
    """Where all lines are short, none shows the right edge: then it is as far from the page's as the left one is."""
    edge = width - min(line.box.left for line in lines)
    return replace(measure, right=edge) if measure.right < _SHORT * edge else measure


def goes_on(line: Line, following: Line, above: Measure, below: Measure, *, across: bool) -> bool:
    """Whether the paragraph of a line goes on in the following one. `across` tells that a page or column ends between."""
    em = line.em or above.em
    if line.em and following.em and abs(line.em - following.em) > 0.15 * em:
        return False
    if not across and following.y - line.y > (_GAP if above.indented else _GAP_ALONE) * max(above.leading, em):
        return False
    room = above.right - line.box.right
    if room > _SLACK * em and room > _width(_CHUNK.match(following.text), em) + _SLACK * em:
        return False
    return _begins_flush(line, following, above, below, em)


def _begins_flush(line: Line, following: Line, above: Measure, below: Measure, em: float) -> bool:
    indent = following.box.left - below.left
    own_indent = line.box.left - above.left
    ended = line.text[-1:] in _TERMINAL
    if indent > _INDENT * em:
        same = abs(indent - own_indent) < 0.3 * em
        return same and not ended and not _numbered(following) and not (above.indented and indent < 2.6 * em)
    if above.indented:
        return True
    return not (ended and _numbered(following))


def _numbered(line: Line) -> bool:
    return label_of(fold(line.text)) is not None


def _width(chunk: re.Match[str] | None, em: float) -> float:
    return sum(em if is_wide(c) else em / 2 for c in chunk.group()) if chunk else em
