"""Why an edge was drawn: the upper statements that were considered for a local one, what speaks for the winner, and what each
of the others lacks.

The linker is asked again for what it saw; the outcome is that of the lineage, people's decisions included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..model.deciding import APPLIED
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, has_words, joined, options, told, words
from . import explain_units
from .linker import PlanUnits
from .links import Links
from .review import ON_EDGES
from .units import UnitCandidate

Outcome = Literal["linked", "topic_only", "turned_down", "accepted", "rejected"]
_TOLD = 3
"""Features told of each candidate in the text; the table has them all."""


@dataclass(frozen=True, slots=True)
class Point:
    """A feature in which a candidate differs from its rival, with both numbers; `rival` is None where there is none."""

    feature: str
    own: float
    rival: float | None

    def text(self, lang: Lang = "en") -> str:
        """The feature in words with both numbers.

        >>> Point("upper words kept", 0.9, 0.25).text()
        "share of the upper statement's words kept 0.90 against 0.25"
        """
        against = "against" if lang == "en" else "对"
        rest = f" {against} {self.rival:.2f}" if self.rival is not None else ""
        return f"{feature_words(self.feature, lang)} {self.own:.2f}{rest}"

    def __str__(self) -> str:
        return self.text()


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

    plan: Plan
    statement: Statement
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A candidate in the table: `favours` is what speaks for the best of its plan, `lacks` in what another falls behind."""

    local_id: str
    rank: int
    upper_plan: str
    upper_id: str
    outcome: Outcome
    relation: Relation | None
    confidence: float
    favours: tuple[Point, ...] = column(joint="; ")
    lacks: tuple[Point, ...] = column(joint="; ")
    reviewer: str
    upper_text: str
    local_text: str


class Explanation(Report[CandidateRow]):
    """What was considered for some local statements, the best candidate first.

    Up to five candidates of each upper plan are shown, among which every edge that a person decided on.
    """

    def __init__(self, links: Links, statements: Sequence[tuple[Plan, Statement]]) -> None:
        self.links = links
        self.statements = tuple(statements)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return str(told("heading", "considered", plan=self.links.local.name, count=len(self.statements)))

    @cached_property
    def considered(self) -> tuple[Considered, ...]:
        """One entry a local statement."""
        seen = _Seen(self.links, self.statements)
        return tuple(Considered(p, s, tuple(seen.candidates(p, s))) for p, s in self.statements)

    @cached_property
    def records(self) -> Sequence[CandidateRow]:
        """One record for each candidate."""
        return [
            CandidateRow(
                local_id=one.statement.id,
                rank=rank,
                upper_plan=c.plan.id,
                upper_id=c.statement.id,
                outcome=c.outcome,
                relation=c.relation,
                confidence=c.confidence,
                favours=c.points if c.best else (),
                lacks=() if c.best else c.points,
                reviewer=c.reviewer,
                upper_text=c.statement.text,
                local_text=one.statement.text,
            )
            for one in self.considered
            for rank, c in enumerate(one.candidates, 1)
        ]

    @property
    def text(self) -> str:
        """The explanation as lines of text."""
        lang = options.language
        lines: list[str] = []
        for one in self.considered:
            lines += [f"{one.statement.id}  {one.statement.text}"]
            for rank, c in enumerate(one.candidates, 1):
                names = [words(f"explain.{c.outcome}", lang)]
                if c.relation:
                    names.append(words(f"relation.{c.relation}", lang))
                if c.reviewer:
                    names.append(words("explain.by", lang, who=c.reviewer))
                sure = words("confidence of", lang, value=f"{c.confidence:.2f}")
                lines.append(f"  {rank}. {joined((*names, sure), lang)}: {c.plan.id} {c.statement.id}")
                lines.append(f"     {c.statement.text}")
                if c.points:
                    points = joined((p.text(lang) for p in c.points[:_TOLD]), lang)
                    lines.append("     " + words("explain.for" if c.best else "explain.lacks", lang, points=points))
            if not one.candidates:
                lines.append("  " + words("explain.nothing", lang))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text


class _Seen:
    """Asks the linker once what it saw for some statements, and the links what came of it."""

    def __init__(self, links: Links, statements: Sequence[tuple[Plan, Statement]]) -> None:
        self.links = links
        below = [PlanUnits(p) for p in links.locals]
        keys = [(own.plan.id, unit.id) for own in below for unit in own.units]
        position = {key: i for i, key in enumerate(keys)}
        wanted = [key for p, s in statements if (key := (p.id, s.id)) in position]
        found = explain_units(
            [unit for own in below for unit in own.units],
            {u.id: PlanUnits(u).units for u in links.uppers},
            [position[key] for key in wanted],
            links.options,
        )
        self.seen = dict(zip(wanted, found, strict=True))
        self.rejected = {
            (c.decision.local_plan, c.local.id, c.decision.upper_plan, c.upper.id): c.decision.reviewer
            for c in (links.decided.having(*APPLIED) if links.decided else ())
            if c.local and c.upper and c.decision.action in ON_EDGES and c.decision.action == "reject"
        }

    def candidates(self, plan: Plan, statement: Statement) -> list[Candidate]:
        """All that was considered for a statement, best first; those of people before those of the linker."""
        edges = {(e.upper_plan, e.upper_id): e for e in self.links.sources(statement.id, plan.id)}
        seen = self.seen.get((plan.id, statement.id), [])
        found = [self._candidate((plan.id, statement.id), one, seen, edges) for one in seen]
        known = {(one.upper_plan, one.upper_id) for one in seen}
        found += [self._unseen(edge) for key, edge in edges.items() if key not in known]
        return sorted(found, key=lambda c: (not (c.reviewer and c.outcome == "accepted"), -c.confidence))

    def _candidate(
        self,
        place: tuple[str, str],
        one: UnitCandidate,
        seen: Sequence[UnitCandidate],
        edges: Mapping[tuple[str, str], LineageEdge],
    ) -> Candidate:
        plan = self.links.upper(one.upper_plan)
        same = [c for c in seen if c.upper_plan == one.upper_plan]
        best = one is same[0]
        rival = (same[1] if len(same) > 1 else None) if best else same[0]
        points = tuple(
            Point(name, one.features.get(name, 0.0), rival.features.get(name) if rival else None) for name in one.lacks
        )
        edge = edges.get((one.upper_plan, one.upper_id))
        outcome: Outcome = _outcome(edge)
        reviewer = (edge.provenance.reviewer or "") if edge else ""
        refused = self.rejected.get((*place, one.upper_plan, one.upper_id))
        if edge is None and refused is not None:
            outcome, reviewer = "rejected", refused
        relation = edge.relation if edge else None
        above = plan.statement(one.upper_id)
        return Candidate(plan, above, one.confidence, relation, outcome, points, best, reviewer)

    def _unseen(self, edge: LineageEdge) -> Candidate:
        """An edge that the linker does not list among its best."""
        plan = self.links.upper(edge.upper_plan)
        statement, reviewer = plan.statement(edge.upper_id), edge.provenance.reviewer or ""
        return Candidate(plan, statement, edge.confidence, edge.relation, _outcome(edge), (), False, reviewer)


def _outcome(edge: LineageEdge | None) -> Outcome:
    if edge is None:
        return "turned_down"
    if edge.provenance.reviewer:
        return "accepted"
    return "linked" if edge.relation.is_coverage else "topic_only"


def feature_words(feature: str, lang: Lang = "en") -> str:
    """What a feature measures, in a few words; its name where there are none.

    >>> feature_words("near", "zh")
    '邻近语句的来源也在附近'
    """
    key = f"feature.{feature}"
    return words(key, lang) if has_words(key) else feature
