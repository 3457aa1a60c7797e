"""A lineage with people's decisions in it: they win over the linker's edges, whatever it proposes when it links again."""

from __future__ import annotations

from dataclasses import replace

from ..model.base import Provenance
from ..model.lineage import LineageEdge, Relation
from ..model.plan import Plan, Statement
from .align import carried, pieces
from .lineage import Lineage
from .linker import _edge, _PlanUnits
from .normalise import compared
from .review import ON_EDGES, Decision, Decisions
from .review_check import APPLIED, DecisionCheck, Standing
from .units import Place, UnitEdge

UNNAMED = "unnamed reviewer"
REVIEW_VERSION = "1"
"""Version of the way in which decisions become edges; an edge that the linker did not propose carries it."""


def apply(lineage: Lineage, decisions: Decisions) -> Lineage:
    """The lineage as decided; the one given stays as it is, and applying twice is the same as once.

    A rejected edge is gone. One that was accepted, relabelled or added is there with its relation, confidence 1.0 and the
    reviewer in its provenance, also where the linker does not propose it (thematic edges claim nothing: theirs is 0). What is
    suspect, unknown or in conflict is not applied; `decided` of the result lists it.
    """
    check = DecisionCheck(decisions, [lineage.local], lineage.uppers)
    edges = {edge.key: edge for edge in lineage.edges}
    units: dict[str, _PlanUnits] = {}
    for standing in check.having(*APPLIED):
        if standing.decision.action not in ON_EDGES or standing.local is None or standing.upper is None:
            continue
        key = lineage.local.id, standing.local.id, standing.decision.upper_plan, standing.upper.id
        if standing.decision.action == "reject":
            edges.pop(key, None)
        elif key in edges:
            edges[key] = _decided(edges[key], standing.decision)
        else:
            edges[key] = _decided(_made(lineage, standing, units), standing.decision)
    ours = {s.id: i for i, s in enumerate(lineage.local.statements)}
    theirs = {(u.id, s.id): i for u in lineage.uppers for i, s in enumerate(u.statements)}
    order = sorted(
        edges.values(), key=lambda e: (ours[e.local_id], e.upper_plan, theirs[e.upper_plan, e.upper_id])
    )
    return Lineage(lineage.local, lineage.uppers, order, options=lineage.options, decided=check)


def _decided(edge: LineageEdge, decision: Decision) -> LineageEdge:
    relation = decision.relation or edge.relation
    provenance = edge.provenance.model_copy(
        update={"confidence": 1.0, "reviewer": decision.reviewer.strip() or UNNAMED}
    )
    sure = 0.0 if relation is Relation.THEMATIC else 1.0
    return edge.model_copy(update={"relation": relation, "confidence": sure, "provenance": provenance})


def _made(lineage: Lineage, standing: Standing, units: dict[str, _PlanUnits]) -> LineageEdge:
    """An edge that the linker did not propose, with the words that both sides share as its evidence."""
    local, upper, decision = standing.local, standing.upper, standing.decision
    assert local is not None and upper is not None and decision.relation is not None
    above = lineage.upper(decision.upper_plan)
    ours, theirs = _side(lineage.local, local, units), _side(above, upper, units)
    found = UnitEdge(
        local=_position(ours, local), local_id=local.id, upper_plan=above.id, upper=_position(theirs, upper),
        upper_id=upper.id, relation=decision.relation, confidence=1.0,
    )  # fmt: skip
    one, two = compared(local.text), compared(upper.text)
    aligned = pieces(one, two)
    shown: tuple[Place, ...] = tuple(carried(one, aligned))
    edge = _edge(replace(found, pieces=tuple(aligned), carried=shown), ours, theirs)
    return edge.model_copy(update={"provenance": Provenance(method="review", version=REVIEW_VERSION)})


def _side(plan: Plan, statement: Statement, units: dict[str, _PlanUnits]) -> _PlanUnits:
    """A plan's units; made for one more statement where it is of a kind that the linker leaves out."""
    if plan.id not in units:
        units[plan.id] = _PlanUnits(plan)
    side = units[plan.id]
    if all(s.id != statement.id for s in side.statements):
        side.statements.append(statement)
    return side


def _position(side: _PlanUnits, statement: Statement) -> int:
    return next(i for i, s in enumerate(side.statements) if s.id == statement.id)
