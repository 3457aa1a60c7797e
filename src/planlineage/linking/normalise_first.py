"""What two statements are compared by: one spelling, without numbering, numbers, dates and names of places.

Every character compared keeps its place in the statement's text, so that evidence can point back to it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

BREAK = "，"
"""Stands in a compared text wherever a clause ends."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A statement as it is compared.

    `text` holds what is compared, with `BREAK` between clauses; character `k` of it stands for
    `[starts[k], ends[k])` of the statement's own text. `heading` is a guess from the text alone: 2 for the title of a part,
    chapter or article (四、 （四） 第三章), 1 for the title of a measure (4．), which may itself be the task, 0 for the rest.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    heading: int


@cache
def _data(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return loaded


@cache
def _folding() -> dict[int, str | None]:
    """One character for one: width, traditional characters; None for what is never compared."""
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    characters = _data("traditional.json")
    table |= {
        ord(old): new for old, new in zip(characters["traditional"], characters["simplified"], strict=True)
    }
    table |= {
        ord("〔"): "(",
        ord("〕"): ")",
        ord("﹝"): "(",
        ord("﹞"): ")",
        ord("〈"): "《",
        ord("〉"): "《",
    }
    return table


_SKIPPED = set(" \t\r\n\u3000\u00a0\u200b\ufeff\"'“”‘’「」『』*·")
_BREAKS = set(",;:!?。，；：！？")
_NEVER = set("、()[]《》<>.-—–−~/…%")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    wording = _data("wording.json")
    masks = "|".join(f"(?P<m{k}>{pattern})" for k, (pattern, _, _) in enumerate(wording["masks"]))
    replacements = tuple(replacement for _, replacement, _ in wording["masks"])
    return re.compile(wording["numbering"]), re.compile(masks), replacements


def compared(text: str, *, masked: bool = True) -> Compared:
    """A statement's text as it is compared; unmasked it keeps numbers, dates and names, for showing what changed.

    >>> compared("（十四）加大重点领域执法力度。").text
    '加大重点领域执法力度'
    >>> compared("２０２３年年底前完成60％").text == compared("2025年前完成 40%").text
    True
    """
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_folding())):
        if character not in _SKIPPED:
            folded.append(character)
            places.append(place)
    numbering, masks, replacements = _patterns()
    line = "".join(folded)
    opening = numbering.match(line)
    at = opening.end() if opening else 0
    heading = _heading(line[:at], line[at:])
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def take(character: str, start: int, end: int) -> None:
        characters.append(character)
        starts.append(places[start])
        ends.append(places[end - 1] + 1)

    def copy(start: int, end: int) -> None:
        for k in range(start, end):
            character = line[k]
            if character in _BREAKS:
                if characters and characters[-1] != BREAK:
                    take(BREAK, k, k + 1)
            elif character not in _NEVER:
                take(character, k, k + 1)

    for found in masks.finditer(line, at) if masked else ():
        copy(at, found.start())
        for character in replacements[int((found.lastgroup or "m0")[1:])]:
            take(character, found.start(), found.end())
        at = found.end()
    copy(at, len(line))
    if characters and characters[-1] == BREAK:
        characters.pop()
        starts.pop()
        ends.pop()
    return Compared("".join(characters), tuple(starts), tuple(ends), heading)


def _heading(numbering: str, body: str) -> int:
    """A title is numbered, says one thing and fits on a line; an article of a regulation (第三条) has none."""
    if not numbering or numbering[-1] in "条款项" or body[-1:] in ";；":
        return 0
    body = body.rstrip("。.")
    if len(body) > 40 or any(mark in body for mark in "。;；:："):
        return 0
    return 1 if numbering[0].isdigit() else 2
