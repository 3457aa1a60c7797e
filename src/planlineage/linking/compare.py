"""What became of a deadline on its way from an upper statement to a lower one.

Ambiguity is carried through: where a date can be read two ways the slip is a range of days. Two deadlines are compared
only where the upper statement binds the lower plan's level; otherwise the comparison says why not.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from ..model.commitments import Actor, Deadline
from ..model.levels import Level
from ..model.plan import Plan, Statement

Change = Literal["kept", "later", "earlier", "dropped", "added", "uncertain", "not comparable", "none"]


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether an upper statement binds a lower level, and why."""

    applies: bool
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """How a deadline changed: `days_min` to `days_max` days later (negative: earlier); None where it can't be counted."""

    change: Change
    days_min: int | None = None
    days_max: int | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        """The change in a few words, with its days where they are known."""
        if self.days_min is None or self.days_max is None:
            return self.change
        if self.days_min == self.days_max:
            return self.change if self.days_min == 0 else f"{self.change} ({self.days_min:+d} days)"
        return f"{self.change} ({self.days_min:+d} to {self.days_max:+d} days)"


def applicability(upper: Statement, level: Level | None) -> Applicability:
    """Whether a task of an upper plan binds a lower level, told from the actors that it names.

    A task that names no one, or everyone, binds all. One whose named actors all stand above the level does not bind it.
    """
    actors = [c for c in upper.commitments if isinstance(c, Actor) and not c.inherited]
    named = [a for a in actors if a.levels and not a.universal]
    if level is None or not named or any(a.universal for a in actors):
        return Applicability(True, "names no one in particular" if not named else "addressed to all levels")
    if any(lv.rank >= level.rank for a in named for lv in a.levels):
        return Applicability(True, f"binds {_names(named)}")
    return Applicability(False, f"binds only {_names(named)}")


def _names(actors: list[Actor]) -> str:
    return "、".join(dict.fromkeys(a.body or a.surface for a in actors))


def deadline_change(upper: Statement, lower: Statement, lower_plan: Plan, own: Deadline | None = None) -> DeadlineChange:
    """Compare the own deadlines of two statements along an edge.

    Where a statement has several, each lower date is compared with the upper date nearest to it. `own` picks one of the
    lower statement's deadlines; without it the last one that must be met is taken.
    """
    below = own or _last(lower)
    above = _nearest(upper, below) if below is not None else _last(upper)
    if above is None and below is None:
        return DeadlineChange("none")
    binds = applicability(upper, lower_plan.level)
    if not binds.applies:
        return DeadlineChange("not comparable", reason=f"the upper clause {binds.reason}")
    if above is None:
        return DeadlineChange("added", reason="the upper clause sets no date")
    if below is None:
        return DeadlineChange("dropped", reason="the lower plan sets no date of its own")
    return _compared(above, below)


def _compared(above: Deadline, below: Deadline) -> DeadlineChange:
    ours, theirs = _days(below), _days(above)
    if not ours or not theirs:
        return DeadlineChange("uncertain", reason="one of the dates depends on an anchor that is not known")
    if above.surface == below.surface:
        return DeadlineChange("kept", 0, 0, "the same words")
    slips = [(a - b).days for a in ours for b in theirs]
    low, high = min(slips), max(slips)
    doubt = "" if low == high else "one of the dates can be read two ways"
    if low == high == 0:
        return DeadlineChange("kept", 0, 0)
    if low >= 0:
        return DeadlineChange("later", low, high, doubt)
    if high <= 0:
        return DeadlineChange("earlier", low, high, doubt)
    return DeadlineChange("uncertain", low, high, doubt)


def _last(statement: Statement) -> Deadline | None:
    dated = statement.deadlines
    return max(dated, key=lambda d: d.latest or datetime.date.min) if dated else None


def _nearest(statement: Statement, to: Deadline) -> Deadline | None:
    """The deadline of a statement that lies nearest to another one."""
    if to.latest is None:
        return _last(statement)
    day = to.latest
    dated = [d for d in statement.deadlines if d.latest is not None]
    return min(dated, key=lambda d: abs((d.latest - day).days) if d.latest else 0, default=_last(statement))


def _days(deadline: Deadline) -> list[datetime.date]:
    return [d for d in (deadline.latest, deadline.alternate) if d is not None]
