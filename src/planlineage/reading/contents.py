"""Lists of contents: typed ones, which the file does not mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import Line
from .numbering import label_of
from .sections import TERMINALS, outline_pattern
from .segment import is_table_line

_FEWEST_ENTRIES = 3
_LONGEST_ENTRY = 60
_WITHIN = 400
"""A list of contents begins within so many lines from the start of a document."""


def mark_contents(lines: Sequence[Line]) -> None:
    """Find lists of contents: what stands below 目录, and runs of numbered lines that all stand again as headings later.

    >>> lines = [Line(0, 0, text) for text in ("目录", "一、总则", "二、任务", "一、总则", "健全制度。", "二、任务", "落实。")]
    >>> mark_contents(lines)
    >>> [line.listed for line in lines]
    [True, True, True, False, False, False, False]
    """
    if any(line.listed for line in lines):
        return  # the file's own marking says where it is
    keys = [_key(line.text) if not line.level and _is_entry(line.text) else "" for line in lines]
    last = {key: i for i, key in enumerate(keys) if key}
    last |= {_key(line.text): i for i, line in enumerate(lines) if line.level}
    i = 0
    while i < min(len(lines), _WITHIN):
        headed = outline_pattern("contents_heading").fullmatch(lines[i].text) is not None
        stop = first = i + headed
        seen: set[str] = set()
        while stop < len(lines) and keys[stop] and keys[stop] not in seen:
            seen.add(keys[stop])
            stop += 1
        size = stop - first
        again = sum(last[key] >= stop for key in seen)
        numbered = sum(label_of(line.text) is not None for line in lines[first:stop])
        if size >= _FEWEST_ENTRIES - headed and (headed or min(again, numbered) * 3 >= size * 2):
            for line in lines[i:stop]:
                line.listed = True
            i = stop
        elif label_of(lines[i].text) is not None:
            return  # the body has begun
        i += 1


def _is_entry(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_ENTRY and text[-1] not in TERMINALS and "。" not in text and not is_table_line(text)
    )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+|(?<=\D)\d{1,3}$", "", text)
