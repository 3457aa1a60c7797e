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
def data(name: str) -> dict[str, Any]:
    """A data file of this package."""
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return loaded


@cache
def _folding() -> dict[int, str | None]:
    """One character for one: width, traditional characters; None for what is never compared."""
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    characters = data("traditional.json")
    table |= {
        ord(old): new for old, new in zip(characters["traditional"], characters["simplified"], strict=True)
    }
    table |= {ord("〔"): "(", ord("〕"): ")", ord("﹝"): "(", ord("﹞"): ")", ord("〈"): "《", ord("〉"): "《"}
    return table


_SKIPPED = set(" \t\r\n\u3000\u00a0\u200b\ufeff\"'“”‘’「」『』*·")
_CLAUSE_ENDS = {ord(mark): BREAK for mark in ",;:!?。，；：！？"}
_NEVER = set("、()[]《》<>.-—–−~/…%")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    wording = data("wording.json")
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
    line = text.translate(_folding())
    places = [place for place, character in enumerate(line) if character not in _SKIPPED]
    if len(places) < len(line):
        line = "".join([line[place] for place in places])
    numbering, masks, replacements = _patterns()
    opening = numbering.match(line)
    at = opening.end() if opening else 0
    heading = _heading(line[:at], line[at:])
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(start: int, end: int) -> None:
        kept = [k for k in range(start, end) if line[k] not in _NEVER]
        characters.append("".join([line[k] for k in kept]))
        starts.extend([places[k] for k in kept])
        ends.extend([places[k] + 1 for k in kept])

    for found in masks.finditer(line, at) if masked else ():
        copy(at, found.start())
        stands_for = replacements[int((found.lastgroup or "m0")[1:])]
        characters.append(stands_for)
        starts.extend([places[found.start()]] * len(stands_for))
        ends.extend([places[found.end() - 1] + 1] * len(stands_for))
        at = found.end()
    copy(at, len(line))
    result = "".join(characters).translate(_CLAUSE_ENDS)
    size = len(result.rstrip(BREAK))
    skip = size - len(result[:size].lstrip(BREAK))
    return Compared(result[skip:size], tuple(starts[skip:size]), tuple(ends[skip:size]), heading)


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, str], list[tuple[re.Pattern[str], str]]]:
    listed = data("concepts.json")
    first = {word: "" for word in listed["dropped"]}
    for stands_for, *words in listed["same"]:
        first |= dict.fromkeys(words, stands_for)
    longest_first = sorted(first, key=lambda word: (-len(word), word))
    patterns = [(re.compile(pattern), stands_for) for pattern, stands_for, _ in listed["patterns"]]
    return re.compile("|".join(longest_first)), first, patterns


def concepts(text: str) -> str:
    """A compared text in the lead words of `concepts.json`: one word for all that official Chinese uses alike.

    >>> concepts("建立健全政务失信记录制度") == concepts("完善政务失信记录机制")
    True
    """
    words, first, patterns = _concepts()
    for pattern, stands_for in patterns:
        text = pattern.sub(stands_for, text)
    return words.sub(lambda found: first[found.group()], text).strip(BREAK)


def _heading(numbering: str, body: str) -> int:
    """A title is numbered, says one thing and fits on a line; an article of a regulation (第三条) has none."""
    if not numbering or numbering[-1] in "条款项" or body[-1:] in ";；":
        return 0
    body = body.rstrip("。.")
    if len(body) > 40 or any(mark in body for mark in "。;；:："):
        return 0
    return 1 if numbering[0].isdigit() else 2
