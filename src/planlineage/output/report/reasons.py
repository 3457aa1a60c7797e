"""The reasons that the library gives in English, in Chinese words; those of the screen, joined as the library joins them."""

from __future__ import annotations

import re

from ...model.levels import Level
from ..screen.words import Words

_LEVEL = re.compile("(?<![a-z])(" + "|".join(level.value for level in Level) + ")(?![a-z])")


def chinese_reason(text: str) -> str:
    """A reason in Chinese; what the screen has no words for stays as it is.

    >>> chinese_reason("the upper clause names no one; no upper task asks for it")
    '上级条款没有写明主体；上级没有这项任务'
    """
    words = Words("zh")
    whole = words.reason(text)
    found = whole if whole != text else "；".join(words.reason(part) for part in text.split("; "))
    return _LEVEL.sub(lambda match: Level(match[1]).chinese, found)
