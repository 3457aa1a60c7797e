"""Why an edge was drawn: the upper statements that were considered for a local one, what speaks for the winner, and what each
of the others lacks.

The linker is asked again for what it saw; the outcome is that of the lineage, people's decisions included.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, ClassVar, Literal

from ..model.lineage import LineageEdge, Relation
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from . import explain_unit
from .review import ON_EDGES
from .review_check import APPLIED
from .units import UnitCandidate

if TYPE_CHECKING:
    from .lineage import Lineage

Outcome = Literal["linked", "topic only", "turned down", "accepted", "rejected"]
Language = Literal["en", "zh"]
_TOLD = 3
"""Features told of each candidate in the text; the table has them all."""


@dataclass(frozen=True, slots=True)
class Point:
    """A feature in which a candidate differs from its rival, with both numbers; `rival` is None where there is none."""

    feature: str
    own: float
    rival: float | None

    def text(self, language: Language = "en") -> str:
        """The feature in words with both numbers.

        >>> Point("upper words kept", 0.9, 0.25).text()
        "share of the upper statement's words kept 0.90 against 0.25"
        """
        against = "against" if language == "en" else "对"
        rest = f" {against} {self.rival:.2f}" if self.rival is not None else ""
        return f"{feature_words(self.feature, language)} {self.own:.2f}{rest}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An upper statement that was considered.

    `confidence` is the linker's own, also where a person decided (`reviewer`). `points` say, most weighty first, what speaks
    for the best of its plan, or in what another one falls behind that best.
    """

    plan: Plan
    statement: Statement
    confidence: float
    relation: Relation | None
    outcome: Outcome
    points: tuple[Point, ...]
    best: bool
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """A local statement with all that was considered for it, best first."""

    statement: Statement
    candidates: tuple[Candidate, ...]


class Explanation(Report):
    """What was considered for some local statements; one row a candidate, the best first.

    Up to five candidates of each upper plan are shown, among which every edge that a person decided on. A local plan that was
    linked in several files is explained file by file, so that confidences may differ a little from those of its edges.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id", "rank", "upper_plan", "upper_id", "outcome", "relation", "confidence", "for", "lacks", "reviewer",
        "upper_text", "local_text",
    )  # fmt: skip

    def __init__(self, lineage: Lineage, statements: Sequence[Statement]) -> None:
        self.lineage = lineage
        self.statements = tuple(statements)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.lineage.local.name}: what was considered for {len(self.statements)} statements"

    @cached_property
    def considered(self) -> tuple[Considered, ...]:
        """One entry a local statement."""
        seen = _Seen(self.lineage)
        return tuple(Considered(s, tuple(seen.candidates(s))) for s in self.statements)

    def rows(self) -> list[Row]:
        """One row a candidate."""
        return [
            {
                "local_id": one.statement.id,
                "rank": rank,
                "upper_plan": c.plan.id,
                "upper_id": c.statement.id,
                "outcome": c.outcome,
                "relation": c.relation.value if c.relation else "",
                "confidence": c.confidence,
                "for": "; ".join(p.text() for p in c.points) if c.best else "",
                "lacks": "" if c.best else "; ".join(p.text() for p in c.points),
                "reviewer": c.reviewer,
                "upper_text": c.statement.text,
                "local_text": one.statement.text,
            }
            for one in self.considered
            for rank, c in enumerate(one.candidates, 1)
        ]

    @property
    def text(self) -> str:
        """The explanation as lines of text."""
        lines: list[str] = []
        for one in self.considered:
            lines += [f"{one.statement.id}  {one.statement.text}"]
            for rank, c in enumerate(one.candidates, 1):
                relation = f" {c.relation.value}" if c.relation else ""
                by = f" by {c.reviewer}" if c.reviewer else ""
                lines.append(
                    f"  {rank}. {c.outcome}{relation}{by}, confidence {c.confidence:.2f}: {c.plan.id} {c.statement.id}"
                )
                lines.append(f"     {c.statement.text}")
                if c.points:
                    told = "; ".join(p.text() for p in c.points[:_TOLD])
                    lines.append(f"     {'for it' if c.best else 'lacks'}: {told}")
            if not one.candidates:
                lines.append("  nothing in the upper plans comes near it")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text


class _Seen:
    """Asks the linker what it saw, and the lineage what came of it."""

    def __init__(self, lineage: Lineage) -> None:
        from .linker import _PlanUnits

        self.lineage = lineage
        self.units = _PlanUnits(lineage.local).units
        self.uppers = {u.id: _PlanUnits(u).units for u in lineage.uppers}
        self.position = {unit.id: i for i, unit in enumerate(self.units)}
        self.rejected = {
            (s.local.id, s.decision.upper_plan, s.upper.id): s.decision.reviewer
            for s in (lineage.decided.having(*APPLIED) if lineage.decided else ())
            if s.local and s.upper and s.decision.action in ON_EDGES and s.decision.action == "reject"
        }

    def candidates(self, statement: Statement) -> list[Candidate]:
        """All that was considered for a statement, best first; those of people before those of the linker."""
        edges = {(e.upper_plan, e.upper_id): e for e in self.lineage.sources(statement.id)}
        at = self.position.get(statement.id)
        seen = explain_unit(self.units, self.uppers, at, self.lineage.options) if at is not None else []
        found = [self._candidate(statement, one, seen, edges) for one in seen]
        known = {(one.upper_plan, one.upper_id) for one in seen}
        for key, edge in edges.items():
            if key not in known:
                found.append(self._unseen(edge))
        return sorted(found, key=lambda c: (not (c.reviewer and c.outcome == "accepted"), -c.confidence))

    def _candidate(
        self,
        statement: Statement,
        one: UnitCandidate,
        seen: Sequence[UnitCandidate],
        edges: Mapping[tuple[str, str], LineageEdge],
    ) -> Candidate:
        plan = self.lineage.upper(one.upper_plan)
        same = [c for c in seen if c.upper_plan == one.upper_plan]
        best = one is same[0]
        rival = (same[1] if len(same) > 1 else None) if best else same[0]
        points = tuple(
            Point(name, one.features.get(name, 0.0), rival.features.get(name) if rival else None)
            for name in one.lacks
        )
        edge = edges.get((one.upper_plan, one.upper_id))
        outcome: Outcome = _outcome(edge)
        reviewer = (edge.provenance.reviewer or "") if edge else ""
        refused = self.rejected.get((statement.id, one.upper_plan, one.upper_id))
        if edge is None and refused is not None:
            outcome, reviewer = "rejected", refused
        relation = edge.relation if edge else None
        above = plan.statement(one.upper_id)
        return Candidate(plan, above, one.confidence, relation, outcome, points, best, reviewer)

    def _unseen(self, edge: LineageEdge) -> Candidate:
        """An edge that the linker does not list among its best."""
        plan = self.lineage.upper(edge.upper_plan)
        statement, reviewer = plan.statement(edge.upper_id), edge.provenance.reviewer or ""
        return Candidate(plan, statement, edge.confidence, edge.relation, _outcome(edge), (), False, reviewer)


def _outcome(edge: LineageEdge | None) -> Outcome:
    if edge is None:
        return "turned down"
    if edge.provenance.reviewer:
        return "accepted"
    return "linked" if edge.relation.is_coverage else "topic only"


@cache
def _features() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("features.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


def feature_words(feature: str, language: Language = "en") -> str:
    """What a feature measures, in a few words; its name where there are none.

    >>> feature_words("near", "zh")
    '邻近语句的来源也在附近'
    """
    return _features().get(feature, {}).get(language, feature)
