"""Short names of places, for labels and switches."""

from __future__ import annotations

from ..model.plan import Plan
from ..reading.identity import places_at_start


def short_place(plan: Plan) -> str:
    """The plan's place by its own name only (卫滨区); empty where the plan names no place.

    >>> from planlineage import load
    >>> short_place(load("weibin_2021")), short_place(load("central_2021"))
    ('卫滨区', '')
    """
    names = [name for name, _ in places_at_start(plan.place)]
    rest = plan.place[len("".join(names)) :]
    if len(rest) == 1 and names:  # a name that looks like that of another kind of place: 红旗|区
        return names[-1] + rest
    return rest or (names[-1] if names else "")


def place_name(plan: Plan) -> str:
    """The short name of the plan's place, else its level, else its id."""
    return short_place(plan) or (plan.level.chinese if plan.level else plan.id)
