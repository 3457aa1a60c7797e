"""The words of the screen, in Chinese and English. They stand in `model/words/`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...model.wording import Lang, table as _table, words


@cache
def _reasons() -> list[tuple[re.Pattern[str], str]]:
    """Each reason as a pattern that takes the names out of its English words, and its Chinese words."""
    found = []
    for key, entry in _table().items():
        if key.startswith("reason."):
            pattern = re.sub(r"\\\{(\w)\\\}", r"(?P<\1>.+?)", re.escape(entry["en"]))
            found.append((re.compile(pattern), entry["zh"]))
    return found


class Words:
    """Looks words up by key: `words("gaps", count=3)`.

    >>> Words("zh")("status.covered"), Words("en")("status.not_applicable")
    ('已承接', 'not applicable')
    """

    def __init__(self, language: Lang = "zh") -> None:
        self.language: Lang = language

    def __call__(self, key: str, **values: Any) -> str:
        """The words of a key with values put in."""
        return words(key, self.language, **values)

    def known(self, key: str, otherwise: str) -> str:
        """The words of a key, or other ones where the key is not known."""
        entry = _table().get(key)
        return entry[self.language] if entry else otherwise

    def reason(self, text: str) -> str:
        """A reason that the library gives in English, in the language of the screen; as it is where it is not known.

        >>> Words("zh").reason("the upper clause binds only 国务院部门")
        '上级条款只约束国务院部门'
        """
        if self.language == "en":
            return text
        for pattern, told in _reasons():
            if match := pattern.fullmatch(text):
                return told.format(**match.groupdict())
        return text

    @property
    def comma(self) -> str:
        """What separates the members of a list."""
        return "，" if self.language == "zh" else ", "

    @property
    def enumeration(self) -> str:
        """What separates names in a row."""
        return "、" if self.language == "zh" else ", "

    @property
    def colon(self) -> str:
        """What follows a label."""
        return "：" if self.language == "zh" else ": "
