"""What became of a deadline on its way from an upper statement to a lower one.

Ambiguity is carried through: where a date can be read two ways the slip is a range of days.
"""

from __future__ import annotations

from ..model.commitments import Deadline
from ..model.wording import Reason, because
from .changes import Change


def date_change(above: Deadline, below: Deadline) -> Change:
    """Set two deadlines against each other, every reading of one against every reading of the other.

    The same words on both sides are kept, however they are read.
    """
    if (above.relative, above.anchor) == (below.relative, below.anchor) and above.relative and above.latest is None:
        return Change("kept", "same", because("same length"), 0, 0)
    ours, theirs = below.days, above.days
    if not ours or not theirs:
        return Change("uncertain", reason=because("anchor"))
    if above.surface == below.surface or (len(ours) > 1 and ours == theirs):
        return Change("kept", "same", because("same"), 0, 0)
    slips = [(a - b).days for a in ours for b in theirs]
    low, high = min(slips), max(slips)
    if low == high == 0:
        return Change("kept", "same", None, 0, 0)
    doubt = None if low == high else _doubt(above, below)
    if low >= 0:
        return Change("later", "weaker", doubt, low, high)
    if high <= 0:
        return Change("earlier", "stronger", doubt, low, high)
    return Change("uncertain", "", doubt, low, high)


def _doubt(above: Deadline, below: Deadline) -> Reason:
    words = "、".join(d.surface for d in (above, below) if d.alternate is not None)
    return because("ambiguous", a=words) if words else because("one ambiguous")


def date_value(deadline: Deadline) -> str:
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
