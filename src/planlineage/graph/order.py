"""How plans stand to each other: by level, by place, and by what they cite. Each plan finds its direct parents.

A plan's upper plans are those of a higher level whose place holds its own, and that are about the same thing: cited as its
grounds, or bearing the same title but for place and years. Where a held plan stands in between, it is the parent, and the
plan above it is reached through it; where none does, the edge runs past the level that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model.errors import LevelOrderError
from ..model.levels import Level
from ..model.parts import CitedPlan
from ..model.plan import Plan
from ..model.wording import Reason, because, told
from ..reading.identity import places_at_start
from ..reading.identity.places import Place, Resolution, places_named, resolve
from ..reading.lexicon import lexicon

SAME_TITLE = 0.5
"""Likeness of two titles from which they are of one family. Of the plans of four families those of
one are at 1, others at 0.2 or less."""

_YEARS = re.compile(r"（[^（）]*）|\([^()]*\)|[\d—－–-]+年?|[《》〈〉“”\s]")
_FORM = re.compile("^关于|^开展|实施|工作|贯彻落实|试行")


@dataclass(frozen=True)
class Order:
    """Plans from the centre down, the parents of each, where each place lies, and what a reader should know."""

    plans: tuple[Plan, ...]
    parents: Mapping[str, tuple[Plan, ...]]
    places: Mapping[str, Resolution]
    remarks: tuple[Reason, ...]


def arrange(plans: Sequence[Plan]) -> Order:
    """Order plans by level and find the direct parents of each.

    Raises `LevelOrderError` where two plans have one id, a plan's level is not known, or plans are each other's grounds.
    """
    _check(plans)
    remarks: list[Reason] = []
    places = {p.id: found for p in plans if (found := place_of_plan(p)) is not None}
    remarks += [
        told("said", "where", where=plan_id, what=found.remark) for plan_id, found in places.items() if found.remark
    ]
    ordered = sorted(plans, key=lambda p: (p.level.rank if p.level else 99, _code(places.get(p.id)), p.id))
    parents: dict[str, tuple[Plan, ...]] = {}
    for plan in ordered:
        above = [p for p in ordered if _stands_above(p, plan, places)]
        related = [p for p in above if is_related(plan, p)]
        if above and not related:
            related = _nearest(above)
            names = tuple(p.id for p in related)
            remarks.append(because("cites none", plan=plan.id, names=names))
        parents[plan.id] = tuple(p for p in related if not _reached_through(p, related))
    return Order(tuple(ordered), parents, places, tuple(remarks))


def nearest_above(plan: Plan, plans: Sequence[Plan]) -> list[Plan]:
    """The direct parents of a plan among some others. Raises as `arrange` does."""
    return list(arrange([plan, *(p for p in plans if p is not plan)]).parents[plan.id])


def _check(plans: Sequence[Plan]) -> None:
    ids = [p.id for p in plans]
    if len(set(ids)) < len(ids):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        raise LevelOrderError("same id", where=", ".join(twice), hint="own id")
    for plan in plans:
        if plan.level is None:
            raise LevelOrderError("no level", where=plan.id, hint="say level")
    circle = _circle(plans)
    if circle:
        raise LevelOrderError("circle of plans", where=" → ".join(circle), hint="check citations")


def _circle(plans: Sequence[Plan]) -> list[str]:
    """The ids along a circle of plans that implement each other; empty where there is none."""
    import networkx as nx

    grounds = nx.DiGraph(
        (plan.id, other.id)
        for plan in plans
        for other in plans
        if plan is not other and cites(plan, other, "implements")
    )
    try:
        return [a for a, _ in nx.find_cycle(grounds)]
    except nx.NetworkXNoCycle:
        return []


def place_of_plan(plan: Plan) -> Resolution | None:
    """The place of a plan by the code list; None for the centre, for a plan that names no place, and without the codes.

    A plan that names only its district may name its province elsewhere (in its frame, or in what it cites).
    """
    if plan.level is Level.CENTRAL:
        return None
    name = plan.place or "".join(n for n, _ in places_at_start(plan.title))
    if not name:
        return None
    found = resolve(name)
    if found.status == "ambiguous":
        around = "\n".join([plan.issuer, *(c.title for c in plan.cited), *(s.text for s in plan.statements[:5])])
        for place in places_named(around):
            nearer = resolve(name, within=[place.name])
            if nearer.status == "found":
                return nearer
    return found


def _code(found: Resolution | None) -> str:
    return found.place.code if found is not None and found.place is not None else ""


def _stands_above(upper: Plan, plan: Plan, places: Mapping[str, Resolution]) -> bool:
    """Whether a plan is of a higher level and its place holds the other's, as far as both are known."""
    if upper is plan or upper.level is None or plan.level is None or not upper.level.is_above(plan.level):
        return False
    if upper.level is Level.CENTRAL:
        return True
    above, below = _known(places.get(upper.id)), _known(places.get(plan.id))
    if above is not None and below is not None:
        return above.code in below.parent_codes
    return not upper.place or not plan.place or plan.place.startswith(upper.place) or upper.place in plan.place


def _known(found: Resolution | None) -> Place | None:
    return found.place if found is not None else None


def is_related(plan: Plan, upper: Plan) -> bool:
    """Whether two plans are of one family: one is the other's grounds, or they bear the same title but for place and years."""
    return cites(plan, upper, "implements") or title_likeness(plan.title, upper.title) >= SAME_TITLE


def cites(plan: Plan, other: Plan, role: str | None = None) -> bool:
    """Whether a plan cites another one; as a whole, and in a role, if one is given."""
    return any((role is None or c.plan_role == role) and answers_to(c, other) for c in plan.cited)


def answers_to(cited: CitedPlan, plan: Plan) -> bool:
    """Whether a citation means this plan: the same number and title, or the same title where one has no number."""
    same_title = bool(plan.title) and bare_title(cited.title) == bare_title(plan.title)
    if cited.number and plan.number:
        return cited.number == plan.number and (same_title or not plan.title)
    return same_title


def bare_title(title: str) -> str:
    """A title without blanks and signs, by which a citation finds the plan it means."""
    return re.sub(r"[\s—－–\-（）()《》〈〉]", "", title)


@lru_cache(maxsize=10_000)
def title_likeness(one: str, two: str) -> float:
    """How far two titles speak of one matter, 0 to 1.

    The character pairs that both share over those of the shorter one, when places, years and words for the form of a
    document (实施方案, 意见, 条例) are left out.

    >>> title_likeness("卫滨区法治政府建设实施方案（2021—2025年）", "法治政府建设实施纲要（2021—2025年）")
    1.0
    >>> title_likeness("山东省优化营商环境条例", "法治政府建设实施纲要")
    0.0
    """
    a, b = _pairs(one), _pairs(two)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def family_of(title: str) -> str:
    """What a title speaks of, without place, years and the form of the document: what plans of one family share.

    >>> family_of("山东省2024年政府工作报告") == family_of("政府工作报告（2021年）")
    True
    """
    for name, _ in places_at_start(title):
        title = title.removeprefix(name)
    core = _YEARS.sub("", title)
    for form in lexicon("outline")["document_types"]["words"]:
        core = core.removesuffix(form)
    return _FORM.sub("", core)


def _pairs(title: str) -> frozenset[str]:
    core = family_of(title)
    return frozenset(core[i : i + 2] for i in range(len(core) - 1))


def _nearest(above: Sequence[Plan]) -> list[Plan]:
    lowest = max(p.level.rank for p in above if p.level is not None)
    return [p for p in above if p.level is not None and p.level.rank == lowest]


def _reached_through(upper: Plan, related: Sequence[Plan]) -> bool:
    """Whether another of the related plans stands in between, itself related to the upper one."""
    return any(
        between is not upper
        and upper.level is not None
        and between.level is not None
        and upper.level.is_above(between.level)
        and is_related(between, upper)
        for between in related
    )
