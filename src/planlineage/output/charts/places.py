"""Short names for labels."""

from __future__ import annotations

from ...model.plan import Plan
from ...reading.identity import places_at_start


def place_name(plan: Plan) -> str:
    """The plan's place by its own name only (卫滨区), else its level, else its id."""
    names = places_at_start(plan.place)
    if names and "".join(name for name, _ in names) == plan.place:
        return names[-1][0]
    return plan.place or (plan.level.chinese if plan.level else plan.id)
