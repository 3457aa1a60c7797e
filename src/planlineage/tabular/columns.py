"""The columns of a kind of file that people fill in: their titles as they are written, and as they are found again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model.wording import LANGS, Lang, title

_BRACKETS = re.compile(r"[（(].{0,200}?[）)]|[\s　*＊:：]")


class Columns:
    """The columns of a kind of file, in their order. `also` gives further titles by which a column is found.

    >>> ledger = Columns("ledger", ("task", "percent"), {"进度": "percent"})
    >>> ledger.of("完成率（%）"), ledger.of("Task id"), ledger.of("进度"), ledger.of("anything")
    ('percent', 'task', 'percent', None)
    """

    def __init__(self, kind: str, names: tuple[str, ...], also: Mapping[str, str] | None = None) -> None:
        self.kind, self.names = kind, names
        found = {name: name for name in names} | {title(n, lang, kind): n for n in names for lang in LANGS}
        self._by_title = {_plain(words): name for words, name in (found | dict(also or {})).items()}

    def titles(self, lang: Lang) -> dict[str, str]:
        """The titles of all columns in a language."""
        return {name: title(name, lang, self.kind) for name in self.names}

    def of(self, words: object) -> str | None:
        """The column that a title names; None where it names none."""
        return self._by_title.get(_plain(str(words))) if words is not None else None


def _plain(words: str) -> str:
    return _BRACKETS.sub("", words).lower()
