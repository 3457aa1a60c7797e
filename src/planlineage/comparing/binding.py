"""Whom an upper task binds: told from the actors that it names, and from whether a place could do it at all.

A task that names no one binds every level, unless it is law-making and the level has no power to make laws. An actor binds
where it is the subject of its clause; elsewhere it is only mentioned (实现从省到村网上政务全覆盖 binds no village). In a
statement of several clauses each commitment is borne by the subject of its own clause, else by the last one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ..model.commitments import Actor, Expression, Target
from ..model.data import data
from ..model.levels import Level
from ..model.parts import Statement
from ..model.wording import Reason, Term, because
from .clauses import clause_at, clause_text, clauses_of, place_of

Comparable = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether an upper task binds a lower level, and why; `decided` where a person said so."""

    applies: bool
    reason: Reason
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Comparability:
    """Whether two commitments can be set against each other, and why not or only in part."""

    comparable: Comparable
    reasons: tuple[Reason, ...] = ()


def _data() -> dict[str, Any]:
    found: dict[str, Any] = data(__package__, "binding")
    return found


@cache
def _pattern(section: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in _data()[section]))


@cache
def _before_subject() -> re.Pattern[str]:
    return re.compile("^" + _data()["before_subject"]["pattern"])


def national_object(text: str) -> str:
    """The words that make a task one of the whole country; empty where none do.

    >>> national_object("加快推进政务服务“跨省通办”"), national_object("依托全国一体化平台"), national_object("健全国家治理")
    ('跨省', '', '')
    """
    match = _pattern("national").search(text)
    return match.group() if match else ""


def is_legislation(text: str) -> bool:
    """Whether a task, told from its first clause, is law-making, which not every level has the power to do.

    >>> is_legislation("加强规范共同行政行为立法。"), is_legislation("善于运用大数据辅助行政决策、行政立法和行政执法工作。")
    (True, False)
    """
    clauses = clauses_of(text)
    return bool(clauses) and bool(_pattern("legislation").search(text[slice(*clauses[0])]))


def is_total(statement: Statement, target: Target) -> bool:
    """Whether a number counts something over the whole place (建成8000个), not a share of it or a measure of each (每镇1个)."""
    if target.number is None or not target.unit or target.unit in _data()["measures"]["units"]:
        return False
    return not is_of_each(statement, target)


def is_of_each(statement: Statement, target: Target) -> bool:
    """Whether a number is said of each (每镇1个, 各单位至少1场)."""
    return bool(re.search(_data()["measures"]["each"], clause_text(statement, target)))


def may_legislate(level: Level | None) -> bool:
    """Whether bodies of a level may make regulations or rules.

    >>> may_legislate(Level.PROVINCIAL), may_legislate(Level.DISTRICT)
    (True, False)
    """
    return level is None or level.value in _data()["legislating_levels"]["levels"]


def subjects(statement: Statement) -> list[Actor]:
    """The actors that a statement binds: those that are the subject of their clause; where none is, all that it names."""
    actors = [c for c in statement.commitments if isinstance(c, Actor) and not c.inherited]
    found: list[Actor] = []
    for actor in actors:
        if _is_subject(statement, actor, found):
            found.append(actor)
    return found or actors


def _is_subject(statement: Statement, actor: Actor, earlier: Sequence[Actor]) -> bool:
    """Whether nothing stands before it in its clause but what may: a date, a verb of making do, another subject."""
    place = place_of(statement, actor)
    before = statement.text[clause_at(statement.text, place)[0] : place[0]]
    for other in earlier:
        before = before.replace(other.surface, "")
    return bool(_before_subject().fullmatch(before.replace("、", "")))


def applicability(upper: Statement, level: Level | None) -> Applicability:
    """Whether a task of an upper plan binds a lower level.

    A task that names no one, or everyone, binds all; one whose actors all stand above the level does not bind it, nor does
    law-making bind a level that may not make laws.
    """
    if level is not None and not may_legislate(level) and is_legislation(upper.text):
        return Applicability(False, because("law-making", a=Term(f"level.{level}")))
    actors = subjects(upper)
    named = [a for a in actors if says_level(upper, a)]
    if level is None or not named or len(named) < len(actors):
        return Applicability(True, because("no one in particular" if not named else "all levels"))
    if any(lv.rank >= level.rank for a in named for lv in levels_of(upper, a)):
        return Applicability(True, because("binds", a=names_of(named)))
    return Applicability(False, because("binds only", a=names_of(named)))


def says_level(statement: Statement, actor: Actor) -> bool:
    """Whether an actor is named with its level: 省人民政府 is; 有关部门 is not, and means those of every level bound.

    The departments of a provincial regulation are those of the province, its cities and its counties.
    """
    if actor.universal or not actor.levels:
        return False
    start, end = place_of(statement, actor)
    return bool(_pattern("level_words").search(statement.text[max(0, start - 1) : end]))


def levels_of(statement: Statement, actor: Actor) -> tuple[Level, ...]:
    """The levels of an actor; a body named with 市 or 县 is of that level, also in a plan of the province."""
    start, end = place_of(statement, actor)
    words = statement.text[max(0, start - 1) : end]
    for mark, level in ((r"设区的市|(?<!省、)市(?!场|县)", Level.MUNICIPAL), (r"县级", Level.DISTRICT)):
        if (
            re.search(mark, words)
            and all(lv.is_above(level) for lv in actor.levels)
            and not re.search("省|自治区", words)
        ):
            return (level,)
    return actor.levels


def bearers(statement: Statement, commitment: Expression | None) -> list[Actor]:
    """Who bears a commitment: the actors of its own clause, else the last one named before it, else no one."""
    actors = subjects(statement)
    if commitment is None or not actors:
        return actors
    at = place_of(statement, commitment)
    clause = clause_at(statement.text, at)
    own = [a for a in actors if clause[0] <= place_of(statement, a)[0] < clause[1]]
    return own or [a for a in actors if place_of(statement, a)[1] <= at[0]][-1:]


def comparability(
    upper: Statement,
    commitment: Expression | None,
    level: Level | None,
    *,
    lower: Statement | None = None,
    lower_commitment: Expression | None = None,
    clause: tuple[int, int] | None = None,
    taken_over: bool = False,
) -> Comparability:
    """Whether a commitment of an upper statement can be compared with what a lower level makes of it.

    `no` where the upper one binds others: central bodies, or law-makers. `partly` where it binds a level in between and the
    lower plan takes it over for its own part, where its object is the whole country, or where several levels bear it
    together and the lower plan names one. `taken_over` says that the lower statement carries the upper one as a whole;
    `clause` is the upper clause that is compared where the upper statement makes no
    such commitment itself.
    """
    if level is None:
        return Comparability("yes")
    if not may_legislate(level) and is_legislation(upper.text):
        return Comparability("no", (because("law-making", a=Term(f"level.{level}")),))
    bearing = bearers(upper, commitment)
    bound = [a for a in bearing if says_level(upper, a)]
    if len(bound) < len(bearing) and commitment is None:
        bound = []
    levels = [lv for a in bound for lv in levels_of(upper, a)]
    if bound and not any(lv.rank >= level.rank for lv in levels):
        if taken_over and Level.CENTRAL not in levels:
            return Comparability("partly", (because("taken over", a=names_of(bound)),))
        return Comparability("no", (because("others only", a=names_of(bound)),))
    joint = _joint(bound)
    if joint is not None and commitment is not None and lower is not None and lower_commitment is not None:
        ours = [a for a in bearers(lower, lower_commitment) if a.levels]
        if _joint(ours) is None:
            who = names_of(ours) or Term(f"level.{level}")
            return Comparability("partly", (because("together", a=joint.surface, b=who),))
    whole = national_object(_matter(upper, commitment, clause))
    if whole:
        return Comparability("partly", (because("whole country", a=whole),))
    return Comparability("yes")


def _joint(actors: Sequence[Actor]) -> Actor | None:
    """An actor of several levels named side by side, who bear a commitment between them (设区市与市辖区)."""
    return next((a for a in actors if len(a.levels) > 1 and re.search("[与和]", a.surface) and a.body is None), None)


def _matter(upper: Statement, commitment: Expression | None, clause: tuple[int, int] | None) -> str:
    """The words that say what a commitment is about: its clause and the one it continues."""
    text, found = upper.text, clauses_of(upper.text)
    if commitment is None:
        return text[slice(*clause)] if clause else text
    own = clause_at(text, place_of(upper, commitment))
    before = [c for c in found if c[1] <= own[0]][-1:]
    return "，".join(text[a:b] for a, b in [*before, own])


def names_of(actors: Sequence[Actor]) -> str:
    """The actors' names, each once."""
    return "、".join(dict.fromkeys(a.body or a.surface for a in actors))
