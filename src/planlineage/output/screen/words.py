"""The words of the screen, in Chinese and English. They stand in `model/words/`."""

from __future__ import annotations

from typing import Any

from ...model.wording import Lang, table as _table, words


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
