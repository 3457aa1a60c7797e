"""Roll-up along lineage: the status of a central clause across the places that carry it.

With levels in between, a place's tasks are reached through those of its parents: the path to the centre is the composition
of the edges, and its confidence their product.

For each upper task and each place below, the duties of all local tasks that carry it (verbatim, adapted or in part; never
by topic alone) are taken together. A place has done the clause when all of them are done; its light is the worst of theirs.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..analysis.coverage import Coverage
from ..comparing.binding import applicability
from ..comparing.lineage import Lineage
from ..model.lineage import LineageEdge
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, told
from .duty_status import DutyStatus
from .status import StatusReport
from .statuses import FULFILLED, LATE, WORST_FIRST, WORST_LIGHT_FIRST, Light, Status


@dataclass(frozen=True, slots=True)
class PlaceStatus:
    """The status of one upper task in one place: that of the local duties that carry it.

    `carried` is how: covered, partly, thematic, missing or not_applicable. `confidence` is the chance that at least one
    of the edges is right.
    """

    plan: Plan
    carried: str
    duties: tuple[DutyStatus, ...] = ()
    confidence: float = 0.0

    @property
    def status(self) -> Status | None:
        """The status furthest behind among its duties; None where the place carries nothing."""
        held = {s.verdict.status for s in self.duties}
        return next((status for status in WORST_FIRST if status in held), None)

    @property
    def light(self) -> Light | None:
        """The worst light among its duties; None where the place carries nothing."""
        return worst_light(s.verdict.light for s in self.duties)

    @property
    def done(self) -> int:
        """How many of its duties are done, or on track."""
        return sum(s.verdict.status in FULFILLED for s in self.duties)

    @property
    def percent(self) -> float | None:
        """The mean percentage of its duties, as far as known."""
        known = [s.verdict.percent for s in self.duties if s.verdict.percent is not None]
        return sum(known) / len(known) if known else None


@dataclass(slots=True)
class ClauseStatus:
    """The status of one upper task across places."""

    plan: Plan
    statement: Statement
    places: list[PlaceStatus] = field(default_factory=list)

    def having(self, *statuses: Status) -> list[PlaceStatus]:
        """The places of some statuses."""
        return [p for p in self.places if p.status in statuses]


def worst_light(lights: Iterable[Light | None]) -> Light | None:
    """The most urgent of some lights; None where there is none."""
    held = set(lights)
    return next((light for light in WORST_LIGHT_FIRST if light in held), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpRow:
    """One upper task: how many places carry it, and how they stand."""

    upper_plan: str
    upper_id: str
    article: str
    text: str
    places: int
    carried: int
    missing: int
    done: int
    late: int
    running: int
    light: Light | None = column(words="light")
    percent_min: float | None
    percent_mean: float | None
    confidence: float | None
    late_places: tuple[str, ...] = column(joint="、")


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpPlace:
    """One upper task in one place; `local_ids` are the local tasks that carry it."""

    upper_plan: str
    upper_id: str
    text: str
    plan: str
    place: str
    carried: str
    tasks: int
    done: int
    status: Status | None = column(words="progress")
    light: Light | None = column(words="light")
    percent: float | None
    confidence: float | None
    local_ids: tuple[str, ...]


class RollUp(Report[RollUpRow]):
    """One record per upper task: how many places carry it, and how they stand. `detail` has one per task and place."""

    def __init__(self, lineages: Sequence[Lineage], statuses: Iterable[StatusReport], lang: Lang = "zh") -> None:
        self.lineages, self.lang = tuple(lineages), lang
        held = list(statuses)
        self.day: datetime.date | None = held[0].day if held else None
        self._duties: dict[tuple[str, str], list[DutyStatus]] = {}
        for report in held:
            for one in report.duties:
                self._duties.setdefault((one.plan.id, one.duty.task), []).append(one)
        self.clauses = self._clauses()

    @property
    def heading(self) -> str:
        """What the table shows."""
        uppers = "、".join(dict.fromkeys(u.name for x in self.lineages for u in x.uppers))
        count = len({x.local.id for x in self.lineages})
        return told("heading", "roll up", uppers=uppers, count=count, day=self.day).text(self.speaks)

    def _clauses(self) -> list[ClauseStatus]:
        found: dict[tuple[str, str], ClauseStatus] = {}
        for lineage in self.lineages:
            carried = {(r.upper_plan, r.upper_id): r.status for r in Coverage(lineage).records}
            for upper in lineage.uppers:
                for task in upper.tasks:
                    clause = found.setdefault((upper.id, task.id), ClauseStatus(upper, task))
                    edges = _covering(lineage, upper.id, task.id)
                    ids = [(e.local_id, e.confidence) for e in edges]
                    clause.places.append(self._place(lineage.local, carried[upper.id, task.id], ids))
        for clause in found.values():
            self._add_composed(clause)
        return list(found.values())

    def _add_composed(self, clause: ClauseStatus) -> None:
        """Add the places that reach the clause only through plans in between."""
        direct = {p.plan.id for p in clause.places}
        reached: dict[str, list[tuple[str, float]]] = {}
        for plan_id, task, chance in self._below(clause.plan.id, clause.statement.id, 1.0, frozenset()):
            reached.setdefault(plan_id, []).append((task, chance))
        for lineage in self.lineages:
            local = lineage.local
            if local.id not in direct and self._descends(local.id, clause.plan.id):
                direct.add(local.id)
                binds = applicability(clause.statement, local.level).applies
                ids = reached.get(local.id, [])
                carried = ("covered" if ids else "missing") if binds else "not_applicable"
                clause.places.append(self._place(local, carried, ids))

    def _below(
        self, upper_plan: str, upper_id: str, chance: float, passed: frozenset[str]
    ) -> Iterator[tuple[str, str, float]]:
        """All tasks that carry an upper task, at first hand or through others."""
        for lineage in self.lineages:
            if upper_plan in passed or upper_plan not in (u.id for u in lineage.uppers):
                continue
            for edge in _covering(lineage, upper_plan, upper_id):
                product = chance * edge.confidence
                yield edge.local_plan, edge.local_id, product
                yield from self._below(edge.local_plan, edge.local_id, product, passed | {upper_plan})

    def _descends(self, plan_id: str, upper_plan: str) -> bool:
        """Whether a plan stands below another, at first hand or through others."""
        parents = {u.id for x in self.lineages if x.local.id == plan_id for u in x.uppers}
        return upper_plan in parents or any(self._descends(p, upper_plan) for p in parents if p != plan_id)

    def _place(self, plan: Plan, carried: str, ids: Sequence[tuple[str, float]]) -> PlaceStatus:
        if carried == "not_applicable":
            return PlaceStatus(plan, carried)
        duties = [s for i in dict.fromkeys(i for i, _ in ids) for s in self._duties.get((plan.id, i), [])]
        chance = 1 - math.prod(1 - c for _, c in ids) if ids else 0.0
        return PlaceStatus(plan, carried, tuple(duties), chance)

    @cached_property
    def records(self) -> Sequence[RollUpRow]:
        """One record per upper task, in the order of the upper plans' texts."""
        return [_rolled_up(clause) for clause in self.clauses]

    @property
    def detail(self) -> RollUpDetail:
        """One record per upper task and place."""
        return RollUpDetail(self)


def _rolled_up(clause: ClauseStatus) -> RollUpRow:
    bound = [p for p in clause.places if p.carried != "not_applicable"]
    carrying = [p for p in bound if p.duties]
    percents = [p.percent for p in carrying if p.percent is not None]
    done, late = [p for p in carrying if p.status in FULFILLED], [p for p in carrying if p.status in LATE]
    return RollUpRow(
        upper_plan=clause.plan.id,
        upper_id=clause.statement.id,
        article=clause.plan.article(clause.statement),
        text=clause.statement.text,
        places=len(bound),
        carried=len(carrying),
        missing=len(bound) - len(carrying),
        done=len(done),
        late=len(late),
        running=len(carrying) - len(done) - len(late),
        light=worst_light(p.light for p in carrying),
        percent_min=min(percents, default=None),
        percent_mean=sum(percents) / len(percents) if percents else None,
        confidence=min((p.confidence for p in carrying), default=None),
        late_places=tuple(p.plan.place or p.plan.name for p in late),
    )


def _covering(lineage: Lineage, upper_plan: str, upper_id: str) -> list[LineageEdge]:
    return [e for e in lineage.carriers(upper_plan, upper_id) if e.relation.is_coverage]


class RollUpDetail(Report[RollUpPlace]):
    """The status of each upper task in each place; also of places that carry nothing."""

    def __init__(self, roll_up: RollUp) -> None:
        self.roll_up, self.lang = roll_up, roll_up.lang

    @cached_property
    def records(self) -> Sequence[RollUpPlace]:
        """One record per upper task and place."""
        return [_in_place(clause, place) for clause in self.roll_up.clauses for place in clause.places]


def _in_place(clause: ClauseStatus, place: PlaceStatus) -> RollUpPlace:
    return RollUpPlace(
        upper_plan=clause.plan.id,
        upper_id=clause.statement.id,
        text=clause.statement.text,
        plan=place.plan.id,
        place=place.plan.place,
        carried=place.carried,
        tasks=len(place.duties),
        done=place.done,
        status=place.status,
        light=place.light,
        percent=place.percent,
        confidence=place.confidence if place.duties else None,
        local_ids=tuple(dict.fromkeys(s.duty.task for s in place.duties)),
    )
