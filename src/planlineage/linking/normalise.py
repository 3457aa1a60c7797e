"""What two statements are compared by: one spelling, without numbering, numbers, dates and names of places.

Every character compared keeps its place in the statement's text, so that evidence can point back to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ..reading.folding import fold
from ..reading.numbering import label_of

BREAK = "，"
"""Stands in a compared text wherever a clause ends."""


SEAM = "\ue000"
"""Stands between texts that are read as one."""


def all_at_once(change: Callable[[str], str], texts: Iterable[str]) -> list[str]:
    """Many short texts after a change that leaves seams as they are and never reaches over one: much faster than one by one.

    >>> all_at_once(lambda text: text.replace("市", "县"), ["全市", "本市"])
    ['全县', '本县']
    """
    joined = [text.replace(SEAM, " ") for text in texts]
    return change(SEAM.join(joined)).split(SEAM) if joined else []


@dataclass(frozen=True, slots=True)
class Compared:
    """A statement's text without what is never compared, and the way back.

    `text` has `BREAK` where a clause ends; character `k` of it stands for `[starts[k], ends[k])` of the statement's own text.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of this package."""
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return loaded


_SKIPPED = dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b\ufeff\"'“”‘’「」『』*·"))
_NEVER = frozenset("、（）〔〕﹝﹞[]《》〈〉<>.-—–−~/…%")
_PUNCTUATION = dict.fromkeys(map(ord, _NEVER)) | {ord(mark): BREAK for mark in "。，；：！？"}


@cache
def _masks() -> tuple[re.Pattern[str], tuple[str, ...]]:
    wording = data("wording.json")
    masks = "|".join(f"(?P<m{k}>{pattern})" for k, (pattern, _, _) in enumerate(wording["masks"]))
    replacements = tuple(replacement for _, replacement, _ in wording["masks"])
    return re.compile(masks), replacements


def wording(text: str) -> str:
    """What a statement is compared by.

    >>> wording("（十四）加大重点领域执法力度。")
    '加大重点领域执法力度'
    >>> wording("２０２３年年底前完成60％") == wording("2025年前完成 40%")
    True
    """
    return worded(plain(text))


def worded(line: str) -> str:
    """What a statement is compared by, from its plain text."""
    masks, replacements = _masks()
    body = masks.sub(lambda found: replacements[int((found.lastgroup or "m0")[1:])], line[_numbering(line) :])
    return body.translate(_PUNCTUATION).strip(BREAK)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `wording.json`, for folded text without blanks; several are taken together."""
    listed = data("wording.json")[name]
    several = [one for one, _ in listed] if isinstance(listed[0], list) else listed[:1]
    return re.compile("|".join(f"(?:{one})" for one in several))


def plain(text: str) -> str:
    """A text as the patterns of `wording.json` see it."""
    return fold(text, simplify=True).translate(_SKIPPED)


def _numbering(line: str) -> int:
    """How many characters of a line are its number."""
    label = label_of(line)
    return label.length if label else 0


@lru_cache(maxsize=4096)
def compared(text: str) -> Compared:
    """A statement's text as its evidence is drawn from: numbers, dates and names kept, numbering cut.

    >>> compared("（二）完成 60％。").text
    '完成60'
    """
    line = fold(text, simplify=True)
    places = [place for place, character in enumerate(line) if ord(character) not in _SKIPPED]
    if len(places) < len(line):
        line = "".join([line[place] for place in places])
    kept = [k for k in range(_numbering(line), len(line)) if line[k] not in _NEVER]
    result = "".join([line[k] for k in kept]).translate(_PUNCTUATION)
    size = len(result.rstrip(BREAK))
    skip = size - len(result[:size].lstrip(BREAK))
    return Compared(
        result[skip:size],
        tuple([places[k] for k in kept[skip:size]]),
        tuple([places[k] + 1 for k in kept[skip:size]]),
    )


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, str], list[tuple[re.Pattern[str], str]]]:
    listed = data("concepts.json")
    first: dict[str, str] = dict.fromkeys(listed["dropped"], "")
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
