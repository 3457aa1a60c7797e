"""At which level a document stands, and in which place: many signs, each with a weight, and the words that gave them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...model.data import data
from ...model.levels import Level
from .places import _by_name, places_at_start, to_the_place

_OF_THE_CENTRE = 10
"""A text that names the country more than this many times as often as any place of its own is the centre's."""
_OWN = 3
"""我市 and 本市 count as often as this many of 全市."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a document's level: the level, how often such signs are right (0 to 1), what kind of sign, the words."""

    level: Level
    weight: float
    method: str
    words: str


@cache
def _words() -> Any:
    return data("planlineage.reading.lexicon", "places")


@cache
def _compiled(*keys: str) -> re.Pattern[str]:
    found = _words()
    for key in keys:
        found = found[key]
    return re.compile(found if isinstance(found, str) else found["pattern"])


def level_of_body(name: str) -> Level | None:
    """The level of an issuing body or of the start of a title.

    >>> level_of_body("中共河南省委、河南省人民政府").value, level_of_body("国务院办公厅").value
    ('provincial', 'central')
    >>> level_of_body("市人民政府办公室").value, level_of_body("自治区人民政府").value
    ('municipal', 'provincial')
    """
    places = places_at_start(name)
    if places:
        return places[-1][1]
    if _compiled("central_issuers").search(name[:30]):
        return Level.CENTRAL
    for entry in _words()["bare_bodies"]["levels"]:
        if re.match(entry["pattern"], re.sub("^(?:中共|中国共产党)", "", name)):
            return Level(entry["level"])
    return None


def signs_of_body(body: str, method: str) -> Iterable[Sign]:
    """The sign that the name of a body gives."""
    level = level_of_body(body)
    if level is not None:
        yield Sign(level, _weight(method), method, body)


def signs_in_title(title: str) -> Iterable[Sign]:
    """Signs that a title gives: the place that it begins with, or that it speaks of (本市, 全区)."""
    start = to_the_place(title)
    if (level := level_of_body(start)) is not None:
        yield Sign(level, _weight("title"), "title", start[:12])
    if re.match("中华人民共和国|国家", title):
        yield Sign(Level.CENTRAL, _weight("title"), "title", title[:7])
    for name, expression in _words()["self_reference"]["levels"].items():
        if name != Level.CENTRAL and (match := re.search(expression, re.sub("《[^》]*》", "", title))):
            yield Sign(Level(name), _weight("title speaks"), "title speaks", match.group())


def signs_of_addressee(line: str) -> Iterable[Sign]:
    """Whom a document addresses stands below who issues it."""
    for entry in _words()["addressees"]["levels"]:
        if match := re.match(entry["pattern"], line):
            yield Sign(Level(entry["level"]), _weight("addressee"), "addressee", match.group())
            return


def signs_of_number(number: str) -> Iterable[Sign]:
    """The code of the issuing body in a document number (国办发, 沪府办)."""
    if _compiled("numbers", "central").match(number):
        yield Sign(Level.CENTRAL, _weight("number"), "number", number)
    elif match := re.match(_words()["numbers"]["province"], number):
        yield Sign(Level.PROVINCIAL, _weight("number"), "number", match.group())


def signs_in_text(text: str) -> Iterable[Sign]:
    """How a text speaks of its own place (我省, 全市, 区委、区政府).

    A city also speaks of 全省, where it ranks or whom it follows, but a province hardly of 全市: the lowest level that is named
    at least a fifth as often as the most named is the text's own. In an autonomous region 全区 is the region. A text that
    names no place of its own, but the country, is the centre's.
    """
    counts: Counter[Level] = Counter()
    first: dict[Level, str] = {}
    region = "自治区党委" in text or "自治区人民政府" in text
    for match in _self_reference().finditer(text):
        level = Level(match.lastgroup or "")
        if region and match.group()[1:] == "区":
            level = Level.PROVINCIAL
        counts[level] += _OWN if match.group()[0] in "我本" else 1
        first.setdefault(level, match.group())
    national = counts.pop(Level.CENTRAL, 0)
    if counts and max(counts.values()) > max(1, national // _OF_THE_CENTRE):
        own = max((lv for lv in counts if counts[lv] * 5 >= max(counts.values())), key=lambda lv: lv.rank)
        yield Sign(own, _weight("text"), "text", first[own])
    elif national:
        yield Sign(Level.CENTRAL, _weight("national"), "national", first[Level.CENTRAL])


@cache
def _self_reference() -> re.Pattern[str]:
    levels = _words()["self_reference"]["levels"]
    return re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in levels.items()))


def _weight(method: str) -> float:
    return float(_words()["weights"]["methods"][method])


def weigh(signs: Iterable[Sign]) -> tuple[Level | None, float, Sign | None]:
    """The level that the signs speak for, how sure it is, and the sign that weighs most.

    Signs are taken as independent: the chance of a level is that one of its signs is right and all others are wrong, and some
    chance is left that none is right.
    """
    doubts: defaultdict[Level, float] = defaultdict(lambda: 1.0)
    strongest: dict[Level, Sign] = {}
    for sign in signs:
        doubts[sign.level] *= 1 - sign.weight
        if sign.level not in strongest or sign.weight > strongest[sign.level].weight:
            strongest[sign.level] = sign
    if not doubts:
        return None, 0.0, None
    mass = {lv: (1 - doubts[lv]) * math.prod(d for other, d in doubts.items() if other is not lv) for lv in doubts}
    level = max(mass, key=lambda lv: (mass[lv], -lv.rank))
    return level, round(mass[level] / (sum(mass.values()) + math.prod(doubts.values())), 2), strongest[level]


# -- the place ------------------------------------------------------------------------------------------------------------


def most_named(text: str, level: Level) -> str:
    """The place of a level that a text speaks of as its own, though it names it only in passing; empty where none stands out.

    Counted are the names, whole or without their last word, three times where they stand in a slogan (建设幸福石家庄)
    or with 结合…实际. Short names of counties are too often ordinary words, and count in those places alone.
    """
    counts = Counter(_full(m[1] or m[2], level) for m in _slogans(level).finditer(text) for _ in range(3))
    if level is not Level.DISTRICT:
        counts.update(_full(m.group(), level) for m in _bare_names(level).finditer(text))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 5 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return ""
    return ranked[0][0]


@cache
def _names(level: Level) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, places in _by_name().items():
        of_level = [p for p in places if p.level is level]
        if len(of_level) == 1:
            found[name] = of_level[0].name
    return found


def _alternatives(level: Level) -> str:
    ordinary = set(_words()["ordinary_short_names"]["names"])
    return "|".join(sorted((n for n in _names(level) if n not in ordinary), key=len, reverse=True))


@cache
def _bare_names(level: Level) -> re.Pattern[str]:
    return re.compile(_alternatives(level))


@cache
def _slogans(level: Level) -> re.Pattern[str]:
    names = _alternatives(level)
    return re.compile(rf"(?:{_compiled('slogans').pattern})({names})|结合({names}).{{0,12}}实际")


def _full(name: str, level: Level) -> str:
    return _names(level).get(name, name)
