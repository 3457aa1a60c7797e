"""Which plans stand above which, and which report looks back on which plan, among thousands: by level, place, family and year.

Above a plan stand, at each higher level, those that it gives as its grounds; else the one of its family and of its time whose
place holds its own. Nothing is linked for want of anything better: a plan with nothing above it in the folder has no upper plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..graph.order import SAME_TITLE, bare_title, title_likeness
from ..model.levels import Level
from .facts import Facts


class Order:
    """Plans looked up by where they stand."""

    def __init__(self, plans: Iterable[Facts]) -> None:
        self.plans = sorted(plans, key=lambda f: f.id)
        self._by_seat: dict[tuple[str, str], list[Facts]] = defaultdict(list)
        self._by_title: dict[str, list[Facts]] = defaultdict(list)
        for one in self.plans:
            self._by_seat[one.level, one.seat].append(one)
            if one.title:
                self._by_title[bare_title(one.title)].append(one)

    def uppers(self, plan: Facts) -> list[Facts]:
        """The plans above a plan, the highest level first."""
        if plan.rank is None:
            return []
        grounds = {f.id: f for cited in plan.grounds for f in self._answering(cited.title, cited.number)}
        found: list[Facts] = []
        for level in list(Level)[: plan.rank]:
            cited = [f for f in grounds.values() if f.level == level.value and f.id != plan.id]
            kin = self._kin(plan, level)
            found += cited or ([kin] if kin else [])
        return found

    def report(self, plan: Facts) -> Facts | None:
        """The report of the same place and family for the year after, which looks back on a plan of one year."""
        if plan.year is None or plan.year != plan.last_year or not plan.title:
            return None
        later = [
            f
            for f in self._by_seat[plan.level, plan.seat]
            if f.year == plan.year + 1 and f.last_year == f.year and _one_family(f, plan)
        ]
        return later[0] if later else None

    def _answering(self, title: str, number: str) -> list[Facts]:
        return [f for f in self._by_title.get(bare_title(title), ()) if not (number and f.number) or f.number == number]

    def _kin(self, plan: Facts, level: Level) -> Facts | None:
        """The plan of a level that is of the same family and time and whose place holds this one's; the latest to begin."""
        seats = [""] if level is Level.CENTRAL else plan.codes[1:]
        held = [f for seat in seats for f in self._by_seat.get((level.value, seat), ()) if f.id != plan.id]
        kin = [f for f in held if _one_family(f, plan) and _one_time(f, plan)]
        return max(kin, key=lambda f: (f.year or 0, -(f.last_year or 0)), default=None)


def _one_family(one: Facts, other: Facts) -> bool:
    return one.family == other.family != "" or title_likeness(one.title, other.title) >= SAME_TITLE


def _one_time(upper: Facts, plan: Facts) -> bool:
    """Whether the plan begins while the upper one runs; whether it came later, where one of them names no period."""
    if upper.year is None or plan.year is None:
        return True
    if upper.begins and plan.begins:
        return upper.year <= plan.year <= (upper.last_year or upper.year)
    return upper.year <= plan.year


def uppers_of(plans: Sequence[Facts], given: Mapping[str, Sequence[str]], every: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the plans above each: those `given` for it, else `every` that stands above it, else those found."""
    order = Order(plans)
    known = {f.id: f for f in plans}
    found: dict[str, list[str]] = {}
    for plan in order.plans:
        if plan.id in given:
            found[plan.id] = list(given[plan.id])
        elif every:
            found[plan.id] = [] if plan.id in every else [u for u in every if _may_stand_above(known[u], plan)]
        else:
            found[plan.id] = [u.id for u in order.uppers(plan)]
    return found


def _may_stand_above(upper: Facts, plan: Facts) -> bool:
    return upper.rank is None or plan.rank is None or upper.rank <= plan.rank
