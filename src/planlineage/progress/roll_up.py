"""Roll-up along lineage: how a central clause stands across the places that carry it.

With levels in between, a place's tasks are reached through those of its parents: the path to the centre is the composition
of the edges, and its confidence their product.

For each upper task and each place below, the duties of all local tasks that carry it (verbatim, adapted or in part; never
by topic alone) are taken together. A place has done the clause when all of them are done; its light is the worst of theirs.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ..analysis.coverage import Coverage
from ..linking.compare import applicability
from ..linking.lineage import Lineage
from ..model.lineage import LineageEdge
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from .status import Standing, StatusReport
from .wording import Lang, light_name, status_name

_WORST_FIRST = ("red", "yellow", "blue", "grey", "green")
_STATUS_ORDER = (
    "overdue", "recurring missed", "perhaps overdue", "done short of target", "due soon", "not reported", "not started",
     "no deadline",
    "stopped", "in progress", "recurring on track", "done late", "done perhaps late", "done",
)  # fmt: skip
_DONE = ("done", "done late", "done perhaps late", "recurring on track")
_LATE = ("overdue", "recurring missed")


@dataclass(frozen=True, slots=True)
class PlaceStanding:
    """How one place stands on one upper task: the standings of the local duties that carry it.

    `carried` is how: covered, partly, thematic, missing or not_applicable. `confidence` is the chance that at least one
    of the edges is right.
    """

    plan: Plan
    carried: str
    standings: tuple[Standing, ...] = ()
    confidence: float = 0.0

    @property
    def status(self) -> str:
        """The status furthest behind among its duties; empty where the place carries nothing."""
        held = {s.verdict.status for s in self.standings}
        return next((status for status in _STATUS_ORDER if status in held), "")

    @property
    def light(self) -> str:
        """The worst light among its duties; empty where the place carries nothing."""
        held = {s.verdict.light for s in self.standings}
        return next((light for light in _WORST_FIRST if light in held), "")

    @property
    def done(self) -> int:
        """How many of its duties are done, or on track."""
        return sum(s.verdict.status in _DONE for s in self.standings)

    @property
    def percent(self) -> float | None:
        """The mean percentage of its duties, as far as known."""
        known = [s.verdict.percent for s in self.standings if s.verdict.percent is not None]
        return sum(known) / len(known) if known else None


@dataclass(slots=True)
class ClauseStanding:
    """How one upper task stands across places."""

    plan: Plan
    statement: Statement
    places: list[PlaceStanding] = field(default_factory=list)

    def having(self, *statuses: str) -> list[PlaceStanding]:
        """The places of some statuses."""
        return [p for p in self.places if p.status in statuses]


class RollUp(Report):
    """One row an upper task: how many places carry it, and how they stand. `detail` gives one row a task and place."""

    columns: ClassVar[tuple[str, ...]] = (
        "upper_plan", "upper_id", "article", "text", "places", "carried", "missing", "done", "late", "running", "light",
        "percent_min", "percent_mean", "confidence", "late_places",
    )  # fmt: skip

    def __init__(
        self, lineages: Sequence[Lineage], statuses: Iterable[StatusReport], lang: Lang = "zh"
    ) -> None:
        self.lineages, self.lang = tuple(lineages), lang
        held = list(statuses)
        self.day: datetime.date | None = held[0].day if held else None
        self._standings: dict[tuple[str, str], list[Standing]] = {}
        for report in held:
            for standing in report.standings:
                self._standings.setdefault((standing.plan.id, standing.duty.task), []).append(standing)
        self.clauses = self._clauses()

    @property
    def heading(self) -> str:
        """What the table shows."""
        uppers = "、".join(dict.fromkeys(u.name for x in self.lineages for u in x.uppers))
        return f"{uppers}: {len({x.local.id for x in self.lineages})} places, as of {self.day}"

    def _clauses(self) -> list[ClauseStanding]:
        found: dict[tuple[str, str], ClauseStanding] = {}
        for lineage in self.lineages:
            carried = {(r["upper_plan"], r["upper_id"]): str(r["status"]) for r in Coverage(lineage).rows()}
            for upper in lineage.uppers:
                for task in upper.tasks:
                    clause = found.setdefault((upper.id, task.id), ClauseStanding(upper, task))
                    edges = _covering(lineage, upper.id, task.id)
                    ids = [(e.local_id, e.confidence) for e in edges]
                    clause.places.append(self._place(lineage.local, carried[upper.id, task.id], ids))
        for clause in found.values():
            self._add_composed(clause)
        return list(found.values())

    def _add_composed(self, clause: ClauseStanding) -> None:
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

    def _place(self, plan: Plan, carried: str, ids: Sequence[tuple[str, float]]) -> PlaceStanding:
        if carried == "not_applicable":
            return PlaceStanding(plan, carried)
        standings = [
            s for i in dict.fromkeys(i for i, _ in ids) for s in self._standings.get((plan.id, i), [])
        ]
        chance = 1 - math.prod(1 - c for _, c in ids) if ids else 0.0
        return PlaceStanding(plan, carried, tuple(standings), chance)

    def rows(self) -> list[Row]:
        """One row an upper task, in the order of the upper plans' texts."""
        return [self._row(c) for c in self.clauses]

    def _row(self, clause: ClauseStanding) -> Row:
        bound = [p for p in clause.places if p.carried != "not_applicable"]
        carrying = [p for p in bound if p.standings]
        percents = [p.percent for p in carrying if p.percent is not None]
        done, late = [p for p in carrying if p.status in _DONE], [p for p in carrying if p.status in _LATE]
        lights = Counter(p.light for p in carrying)
        worst = next((light for light in _WORST_FIRST if lights[light]), "")
        return {
            "upper_plan": clause.plan.id,
            "upper_id": clause.statement.id,
            "article": clause.plan.label(clause.plan.numbered(clause.statement.clause).id),
            "text": clause.statement.text,
            "places": len(bound),
            "carried": len(carrying),
            "missing": len(bound) - len(carrying),
            "done": len(done),
            "late": len(late),
            "running": len(carrying) - len(done) - len(late),
            "light": light_name(worst, self.lang) if worst else "",
            "percent_min": min(percents, default=None),
            "percent_mean": sum(percents) / len(percents) if percents else None,
            "confidence": min((p.confidence for p in carrying), default=None),
            "late_places": "、".join(p.plan.place or p.plan.name for p in late),
        }

    @property
    def detail(self) -> RollUpDetail:
        """One row an upper task and place."""
        return RollUpDetail(self)


def _covering(lineage: Lineage, upper_plan: str, upper_id: str) -> list[LineageEdge]:
    return [e for e in lineage.carriers(upper_plan, upper_id) if e.relation.is_coverage]


class RollUpDetail(Report):
    """How each place stands on each upper task."""

    columns: ClassVar[tuple[str, ...]] = (
        "upper_plan", "upper_id", "text", "plan", "place", "carried", "tasks", "done", "status", "light", "percent",
        "confidence", "local_ids",
    )  # fmt: skip

    def __init__(self, roll_up: RollUp) -> None:
        self.roll_up = roll_up

    def rows(self) -> list[Row]:
        """One row an upper task and place; also of places that carry nothing."""
        lang = self.roll_up.lang
        return [
            {
                "upper_plan": clause.plan.id,
                "upper_id": clause.statement.id,
                "text": clause.statement.text,
                "plan": place.plan.id,
                "place": place.plan.place,
                "carried": place.carried,
                "tasks": len(place.standings),
                "done": place.done,
                "status": status_name(place.status, lang) if place.status else "",
                "light": light_name(place.light, lang) if place.light else "",
                "percent": place.percent,
                "confidence": place.confidence if place.standings else None,
                "local_ids": " ".join(dict.fromkeys(s.duty.task for s in place.standings)),
            }
            for clause in self.roll_up.clauses
            for place in clause.places
        ]
