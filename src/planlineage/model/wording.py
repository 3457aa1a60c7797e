"""Words come last: reports hold keys and values, which become Chinese or English only where a person sees them.

The words stand in the JSON files of `words/`, one table for screen, page, charts, workbooks, errors and remarks. A key that
lacks one of the two languages is a fault that a test finds.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Lang = Literal["zh", "en"]
"""The languages in which results are shown."""

LANGS: tuple[Lang, ...] = get_args(Lang)

VARIABLE = "PLANLINEAGE_LANG"
_CHINESE = 0x04
"""The primary language of Chinese among those of Windows."""


def system_language(environment: Mapping[str, str]) -> Lang:
    """Chinese where PLANLINEAGE_LANG says so or, without it, where the system's language is Chinese; English otherwise.

    >>> system_language({"PLANLINEAGE_LANG": "zh", "LANG": "en_US.UTF-8"}), system_language({"LANG": "zh_CN.UTF-8"})
    ('zh', 'zh')
    """
    asked = environment.get(VARIABLE, "")
    for known in LANGS:
        if asked == known:
            return known
    told = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if not told and sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _CHINESE else "en"
    return "zh" if told.startswith("zh") else "en"


class Options:
    """Settings of this process, as `planlineage.options`."""

    def __init__(self) -> None:
        self._language: Lang | None = None

    @property
    def language(self) -> Lang:
        """In which language messages and results speak: as was set, else as PLANLINEAGE_LANG or the system says.

        >>> Options().language in ("zh", "en")
        True
        """
        return self._language or system_language(os.environ)

    @language.setter
    def language(self, lang: str | None) -> None:
        self._language = None if lang is None else language(lang)

    @contextmanager
    def speaking(self, lang: Lang) -> Iterator[None]:
        """Speak a language for a while."""
        before, self._language = self._language, lang
        try:
            yield
        finally:
            self._language = before


options = Options()


def language(lang: str) -> Lang:
    """A language as given by a caller. Raises `ValueError` for one that results are not shown in.

    >>> language("zh")
    'zh'
    """
    for known in LANGS:
        if lang == known:
            return known
    raise ValueError(words("error.no language", options.language, given=lang, known=LANGS))


def one_of(name: str, given: Any, known: Any) -> None:
    """Check a choice given by a caller against a `Literal`. Raises `ValueError` that names those that are known.

    >>> one_of("weight", "lenght", Literal["count", "length"])
    Traceback (most recent call last):
        ...
    ValueError: no weight 'lenght': it is one of count, length
    """
    if given not in get_args(known):
        raise ValueError(words("error.no such choice", options.language, name=name, given=given, known=get_args(known)))


def percentage(share: float) -> str:
    """A share as a whole percentage that is never more than was reached.

    >>> percentage(0.996), percentage(0.29), percentage(1.0)
    ('99%', '29%', '100%')
    """
    return f"{math.floor(share * 100 + 1e-9)}%"


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """All words by key. Raises `ValueError` where two files hold the same key."""
    found: dict[str, Mapping[str, str]] = {}
    folder = files(__package__).joinpath("words")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".json"):
            entries = json.loads(file.read_text(encoding="utf-8"))
            if twice := found.keys() & entries.keys():
                raise ValueError(f"{file.name} holds keys of another file: {', '.join(sorted(twice))}")
            found |= entries
    return found


def words(key: str, lang: Lang, **values: Any) -> str:
    """The words of a key, with values put in. Raises `KeyError` for a key without words.

    >>> words("status.covered", "zh"), words("statements", "en", count=3)
    ('已承接', 'Statements (3)')
    """
    entry = table()[key][lang]
    return entry.format(**{name: _placed(value, lang) for name, value in values.items()}) if values else entry


def _placed(value: Any, lang: Lang) -> Any:
    """A value as it goes into words; numbers stay numbers, for their formats."""
    return value if isinstance(value, int | float) else shown(value, lang)


def title(column: str, lang: Lang, kind: str = "") -> str:
    """The title of a column in tables for people; `kind` names a sort of table that has a title of its own for it.

    Raises `KeyError` for a column without a title.

    >>> title("due", "zh"), title("status", "en"), title("status", "en", "ledger")
    ('完成时限', 'Status', 'Status')
    """
    own = f"column.{kind}.{column}"
    return words(own if kind and has_words(own) else f"column.{column}", lang)


def has_words(key: str) -> bool:
    """Whether a key stands in the table."""
    return key in table()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the table as a value: `Term("level.municipal")` is shown as 市 or as municipal."""

    key: str

    def text(self, lang: Lang) -> str:
        """The word in a language."""
        return words(self.key, lang)


@dataclass(frozen=True, slots=True)
class Printed:
    """Words of a document: shown as they are printed in Chinese, by what they `mean` in English."""

    words: str
    mean: Reason | str

    def text(self, lang: Lang) -> str:
        """The words, or what they mean."""
        return self.words if lang == "zh" else shown(self.mean, lang)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a key of the table (without its family, `reason.`), and what goes into its words."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()
    family: str = "reason"

    def text(self, lang: Lang) -> str:
        """The reason in words.

        >>> because("others only", a="国务院部门").text("zh")
        '上级条款只约束国务院部门'
        """
        return words(f"{self.family}.{self.key}", lang, **dict(self.values))

    def value(self, name: str) -> Any:
        """What goes into the words under a name; None where nothing does."""
        return dict(self.values).get(name)

    def __str__(self) -> str:
        return self.text(options.language)


def packed(value: Any) -> Any:
    """A reason as plain data, for JSON.

    >>> packed(because("others only", a="国务院部门"))
    {'family': 'reason', 'key': 'others only', 'values': {'a': '国务院部门'}}
    """
    if isinstance(value, Reason):
        return {"family": value.family, "key": value.key, "values": {n: packed(v) for n, v in value.values}}
    if isinstance(value, Term):
        return {"term": value.key}
    if isinstance(value, tuple):
        return [packed(v) for v in value]
    return value if isinstance(value, int | float) or value is None else str(value)


def unpacked(data: Any) -> Any:
    """The reason in plain data.

    >>> unpacked({"family": "reason", "key": "others only", "values": {"a": "国务院部门"}}).text("zh")
    '上级条款只约束国务院部门'
    """
    if isinstance(data, Mapping):
        if "term" in data:
            return Term(data["term"])
        return Reason(data["key"], tuple((n, unpacked(v)) for n, v in data["values"].items()), data["family"])
    return tuple(map(unpacked, data)) if isinstance(data, list) else data


def because(key: str, **values: Any) -> Reason:
    """A reason."""
    return Reason(key, tuple(values.items()))


def told(family: str, key: str, **values: Any) -> Reason:
    """Words of another family than `reason`, with what goes into them."""
    return Reason(key, tuple(values.items()), family)


def line_of(where: object, number: int) -> Reason:
    """A line or row of a file."""
    return told("said", "line", where=where, number=number)


def shown(value: Any, lang: Lang) -> str:
    """Any value in words: reasons and terms by the table, days in ISO form, several values one after the other.

    >>> shown((datetime.date(2025, 12, 31), because("same")), "en")
    '2025-12-31; the same words'
    """
    if value is None:
        return ""
    if isinstance(value, Reason | Term | Printed):
        return value.text(lang)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return joined(value, lang)
    return str(value)


def joined(values: Iterable[Any], lang: Lang) -> str:
    """Several values in words: reasons are sentences and stand between semicolons, anything else is a list of names."""
    many = list(values)
    if any(isinstance(v, Reason) for v in many):
        return ("；" if lang == "zh" else "; ").join(shown(v, lang) for v in many)
    return ("、" if lang == "zh" else ", ").join(shown(v, lang) for v in many)
