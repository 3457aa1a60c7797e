"""The words for what became of a commitment: the aspect, the change, its effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ..model.wording import Reason

Aspect = Literal["deadline", "target", "recurrence", "strength", "addressee", "clause"]
"""What a commitment is about: a date, a number, a rhythm, the strength of the wording, who is addressed, one clause."""

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

ChangeName = Literal[
    "kept",
    "later",
    "earlier",
    "raised",
    "lowered",
    "weakened",
    "strengthened",
    "mixed",
    "readdressed",
    "dropped",
    "added",
    "lapsed",
    "uncertain",
    "not_comparable",
    "cut",
    "narrowed",
    "widened",
    "reworded",
]
"""What became of a commitment, or of a clause (`cut`, `narrowed`, `widened`, `reworded`, `added`). `lapsed`: left out below,
its day had passed when the lower plan was adopted; `uncertain`: the possible readings point both ways, or can't be set against
each other; `not_comparable`: the upper clause binds others."""

Effect = Literal["", "same", "weaker", "stronger", "mixed"]
"""Whether a change binds less or more; empty where that can't be said."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two commitments set against each other: what changed, what that means, why, and by how many days a date moved.

    `days_min` to `days_max` is a range where the words admit two readings (negative: earlier); None where it can't be counted.
    """

    name: ChangeName
    effect: Effect = ""
    reason: Reason | None = None
    days_min: int | None = None
    days_max: int | None = None
