"""The bodies of a plan as things: 区财政局, 财政局 and 青云区财政局 are one, with its level and what it has to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from ..model.commitments import Actor
from ..model.levels import Level
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Term, words
from ..reading.commitments import NOBODY, Assigned, Context, assigned, recognise

Role = Literal["lead", "support", "guide", "subject"]
"""What a body does for a task: by a note or a cell, or (`subject`) because the sentence itself says that it has to do it."""

ROLES: tuple[Role, ...] = get_args(Role)

_OWN: Mapping[Level, tuple[str, ...]] = {
    Level.PROVINCIAL: ("省", "市", "自治区"),
    Level.MUNICIPAL: ("市", "州", "盟"),
    Level.DISTRICT: ("区", "县", "市", "旗"),
    Level.TOWNSHIP: ("镇", "乡", "街道"),
}
"""How a plan names its own place in short."""

_TOWNSHIPS = re.compile("(?:各|镇|乡|街道)?(?:有关|相关)?(?:乡|镇|街)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body named in a plan: its most usual name, all its names, its level, and its tasks by role (ids)."""

    unit: str
    level_key: Level | None = column(hidden=True)
    names: tuple[str, ...] = column(joint="、")
    tasks: Mapping[Role, tuple[str, ...]] = column(hidden=True)

    @property
    def level(self) -> Term | None:
        """The level."""
        return Term(f"level.{self.level_key.value}") if self.level_key else None

    @property
    def lead(self) -> int:
        """How many tasks it leads."""
        return len(self.tasks["lead"])

    @property
    def support(self) -> int:
        """How many it supports."""
        return len(self.tasks["support"])

    @property
    def guide(self) -> int:
        """How many it guides."""
        return len(self.tasks["guide"])

    @property
    def subject(self) -> int:
        """How many it has to do as the subject of the sentence, where no note says who leads."""
        return len(self.tasks["subject"])


class UnitRegister(Report[Unit]):
    """The bodies that have something to do by a plan's notes of responsibility, task tables and sentences, those that lead most
    first.

    >>> from planlineage import parse_text
    >>> text = "一、任务\\n（一）公示。建立平台。（区司法局牵头，财政局配合）\\n（二）督查。开展督查。（青云区司法局负责）"
    >>> register = UnitRegister(parse_text(text, level="district", place="青云区"))
    >>> [(unit.unit, unit.lead, unit.support) for unit in register], register.named("司法局").names
    ([('区司法局', 2, 0), ('财政局', 0, 1)], ('区司法局', '青云区司法局'))
    """

    kind = "units"
    columns = ("unit", "level", "lead", "support", "guide", "subject", "names")

    def __init__(self, plan: Plan, notes: Mapping[str, Assigned] | None = None) -> None:
        self.plan = plan
        self._notes = assigned(plan) if notes is None else notes

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("units.heading", self.speaks, plan=self.plan.name, count=len(self))

    @cached_property
    def _by_key(self) -> dict[str, Unit]:
        names: dict[str, Counter[str]] = {}
        tasks: dict[str, dict[Role, dict[str, None]]] = {}
        for statement in self.plan.statements:
            if statement.is_task or (statement.kind == "goal" and statement.deadlines):
                for role, name in self._named_in(statement):
                    key = self.key(name)
                    names.setdefault(key, Counter())[name] += 1
                    tasks.setdefault(key, {r: {} for r in ROLES})[role][statement.id] = None
        return {
            key: Unit(
                unit=(usual := found.most_common(1)[0][0]),
                level_key=self._level(usual),
                names=tuple(found),
                tasks={role: tuple(ids) for role, ids in tasks[key].items()},
            )
            for key, found in names.items()
        }

    def _named_in(self, statement: Statement) -> Iterator[tuple[Role, str]]:
        """The bodies that a task names, with what they do for it."""
        note = self._notes.get(statement.id, NOBODY)
        yield from (("lead", name) for name in note.lead)
        yield from (("support", name) for name in note.support)
        yield from (("guide", name) for name in note.guide)
        if not note.lead:
            named = (actor.body for actor in self.plan.actors(statement) if actor.body)
            yield from (("subject", name) for name in dict.fromkeys(named))

    @cached_property
    def records(self) -> Sequence[Unit]:
        """One record per body."""
        return sorted(self._by_key.values(), key=lambda unit: (-unit.lead, -unit.support, -unit.subject, unit.unit))

    def named(self, name: str) -> Unit | None:
        """The body of a name, by any of its names; None where the plan gives it nothing to do."""
        return self._by_key.get(self.key(name))

    def key(self, name: str) -> str:
        """What is left of a name without the plan's own place: 财政局 of 区财政局 and 青云区财政局."""
        for place in self._own_place:
            rest = name.removeprefix(place)
            if rest != name and len(rest) > 1:
                return rest
        return name

    @cached_property
    def _own_place(self) -> tuple[str, ...]:
        """The plan's own place by its full and short names, the longest first."""
        place = self.plan.place
        full = [place[start:] for start in range(max(len(place) - 1, 0))]
        own = _OWN.get(self.plan.level, ()) if self.plan.level else ()
        ends = tuple(word for word in own if not place or place.endswith(word))
        return (*full, *(f"本{word}" for word in ends), *ends)

    def _level(self, name: str) -> Level | None:
        if _TOWNSHIPS.match(name):
            return Level.TOWNSHIP
        if self.key(name) != name:
            return self.plan.level
        context = Context(level=self.plan.level, place=self.plan.place or None)
        found = [a for a in recognise(f"{name}应当办理。", context, kinds={"actor"}) if isinstance(a, Actor)]
        return next((level for actor in found for level in actor.levels), self.plan.level)


def tasks_of(unit: Unit, roles: Iterable[Role] = ROLES) -> frozenset[str]:
    """The tasks (ids) in which a body has one of some roles."""
    return frozenset(task for role in roles for task in unit.tasks[role])
