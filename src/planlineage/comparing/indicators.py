"""Targets of two plans of one body, paired by what they measure, wherever in the plans they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..model.commitments import Base, Target
from ..model.parts import Statement
from ..model.plan import Plan
from .changes import Change
from .following.lexicon import conflict, grams, plain_name
from .quantities import quantity_change, same_measure

ALIKE = 0.6
"""Share of common pairs of characters from which two names mean one indicator. In ten pairs of work reports, drawn by lot
after the share was set, some 95 of 112 pairs whose names differ are of one indicator by our reading."""

LINKED = 0.25
"""What it adds where the two statements are linked."""

SHORTEST = 3
"""Characters of a name that may be compared with another; 投资 is a part of too many."""

_SIZE = re.compile("[0-9.]{0,30}[百千万亿]+元?")
_SET_BY = ("task", "goal", "principle")


@dataclass(frozen=True, slots=True)
class Stating:
    """A target with the statement that sets it."""

    statement: Statement
    target: Target


@dataclass(frozen=True, slots=True)
class TargetPair:
    """A target of the earlier plan and that of the later one; None on a side that does not state it."""

    old: Stating | None
    new: Stating | None
    change: Change | None


def targets_of(plan: Plan) -> list[Stating]:
    """The targets with a number and a name that a plan sets, in the order of the text."""
    return [
        Stating(statement, target)
        for statement in plan.statements
        if statement.kind in _SET_BY
        for target in statement.targets
        if target.indicator and target.number is not None and not target.condition
    ]


def paired_targets(
    old: Sequence[Stating], new: Sequence[Stating], linked: Collection[tuple[str, str]]
) -> list[TargetPair]:
    """The targets of both plans, paired where they are of one indicator and measure; the likest pairs are made first.

    `linked` holds the ids of earlier and later statements that are linked. Pairs come in the order of the earlier plan, then
    what only the later one states.
    """
    options = [
        (fit, -i, -j)
        for i, above in enumerate(old)
        for j, below in enumerate(new)
        if (fit := _fit(above, below, (above.statement.id, below.statement.id) in linked)) >= ALIKE
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(options, reverse=True):
        if -i not in partner and -j not in taken:
            partner[-i] = -j
            taken.add(-j)
    found = []
    for i, above in enumerate(old):
        below = new[partner[i]] if i in partner else None
        found.append(TargetPair(above, below, quantity_change(above.target, below.target) if below else None))
    return found + [TargetPair(None, below, None) for j, below in enumerate(new) if j not in taken]


def _fit(above: Stating, below: Stating, linked: bool) -> float:
    """How surely two targets are of one indicator, about 0 to 1."""
    one, two = above.target, below.target
    if not same_measure(one, two) or _read(one) != _read(two):
        return 0.0
    told = one.indicator or "", two.indicator or ""
    names = plain_name(told[0]), plain_name(told[1])
    if not all(names) or _apart(told, names):
        return 0.0
    if names[0] == names[1]:
        return 1.0 + LINKED * linked
    if min(map(len, names)) < SHORTEST:
        return 0.0
    first, second = (set(grams(name)) for name in names)
    alike = 2 * len(first & second) / (len(first) + len(second))
    return alike + LINKED * (linked and alike > 0)


def _read(target: Target) -> Base:
    """How its number is read; a share is a level of its own indicator."""
    return "level" if target.base == "share" else target.base


def _apart(told: tuple[str, str], names: tuple[str, str]) -> bool:
    """Whether two names that share words mean different things: another rate, another threshold, another level."""
    another_rate = names[0][-1] == names[1][-1] == "率" and names[0][-3:] != names[1][-3:]
    another_size = _SIZE.findall(told[0]) != _SIZE.findall(told[1])
    return another_rate or another_size or conflict(*told) or conflict(*reversed(told))
