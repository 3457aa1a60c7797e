"""What became of a deadline on its way from an upper statement to a lower one.

Ambiguity is carried through: where a date can be read two ways the slip is a range of days. Two deadlines are compared
only where the upper statement binds the lower plan's level; otherwise the comparison says why not.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from ..model.commitments import Deadline
from ..model.plan import Plan, Statement
from .applicability import Applicability, applicability, comparability

__all__ = [
    "Applicability",
    "Change",
    "DeadlineChange",
    "applicability",
    "compared_deadlines",
    "deadline_change",
    "deadline_value",
]

Change = Literal["kept", "later", "earlier", "dropped", "added", "uncertain", "not comparable", "none"]
"""What became of a deadline. `uncertain`: the possible readings point both ways; `none`: neither statement has one."""


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


def deadline_change(
    upper: Statement, lower: Statement, lower_plan: Plan, own: Deadline | None = None
) -> DeadlineChange:
    """Compare the own deadlines of two statements along an edge.

    Where a statement has several, each lower date is compared with the upper date nearest to it. `own` picks one of the
    lower statement's deadlines; without it the last one that must be met is taken.
    """
    below = own or _last(lower)
    above = _nearest(upper, below) if below is not None else _last(upper)
    if above is None and below is None:
        return DeadlineChange("none")
    binds = comparability(
        upper, above, lower_plan.level, lower=lower, lower_commitment=below, taken_over=True
    )
    if binds.comparable == "no":
        return DeadlineChange("not comparable", reason=binds.reason)
    if above is None:
        return DeadlineChange("added", reason="the upper clause sets no date")
    if below is None:
        return DeadlineChange("dropped", reason="the lower plan sets no date of its own")
    return compared_deadlines(above, below)


def compared_deadlines(above: Deadline, below: Deadline) -> DeadlineChange:
    """Set two deadlines against each other, every reading of one against every reading of the other.

    The same words on both sides are kept, however they are read.
    """
    if (
        (above.relative, above.anchor) == (below.relative, below.anchor)
        and above.relative
        and above.latest is None
    ):
        return DeadlineChange("kept", 0, 0, "the same length from the same anchor")
    ours, theirs = _days(below), _days(above)
    if not ours or not theirs:
        return DeadlineChange("uncertain", reason="one of the dates depends on an anchor that is not known")
    if above.surface == below.surface or (len(ours) > 1 and ours == theirs):
        return DeadlineChange("kept", 0, 0, "the same words")
    slips = [(a - b).days for a in ours for b in theirs]
    low, high = min(slips), max(slips)
    if low == high == 0:
        return DeadlineChange("kept", 0, 0)
    doubt = "" if low == high else _doubt(above, below)
    if low >= 0:
        return DeadlineChange("later", low, high, doubt)
    if high <= 0:
        return DeadlineChange("earlier", low, high, doubt)
    return DeadlineChange("uncertain", low, high, doubt)


def _doubt(above: Deadline, below: Deadline) -> str:
    words = "、".join(d.surface for d in (above, below) if d.alternate is not None)
    return f"{words} can be read two ways" if words else "one of the dates can be read two ways"


def deadline_value(deadline: Deadline) -> str:
    """A deadline's day or days for tables: `latest=2024-12-31;alt=2025-12-31`, or its relative form."""
    parts = [f"latest={deadline.latest}"] if deadline.latest else []
    if deadline.alternate:
        parts.append(f"alt={deadline.alternate}")
    if deadline.latest is None and deadline.relative:
        parts += [
            f"relative={deadline.relative}",
            *([f"anchor={deadline.anchor}"] if deadline.anchor else []),
        ]
    return ";".join(parts) or deadline.surface


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
