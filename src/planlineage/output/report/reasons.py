"""The reasons that the library gives in English, in Chinese words; patterns stand in `reasons.json`."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from ...model.levels import Level
from ..screen.words import Words

_LEVEL = re.compile(r"\b(" + "|".join(level.value for level in Level) + r")\b")


def chinese_reason(text: str) -> str:
    """A reason in Chinese; what no pattern knows stays as it is.

    >>> chinese_reason("no date of its own; list items dropped: 支持")
    '没有自己的时限；减少列举项：支持'
    """
    whole = Words("zh").reason(text)
    return whole if whole != text else "；".join(_one(part) for part in text.split("; "))


def _one(text: str) -> str:
    known = Words("zh").reason(text)
    if known != text:
        return known
    for pattern, words in _patterns():
        if match := pattern.fullmatch(text):
            return _LEVEL.sub(lambda m: Level(m[1]).chinese, words.format(**match.groupdict()))
    return text


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    table: dict[str, str] = json.loads(files(__package__).joinpath("reasons.json").read_text(encoding="utf-8"))
    return [(re.compile(re.sub(r"\\\{(\w)\\\}", r"(?P<\1>.+?)", re.escape(english))), chinese) for english, chinese in table.items()]
