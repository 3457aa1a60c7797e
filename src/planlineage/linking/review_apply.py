"""Links with people's decisions in them: they win over the linker's edges, whatever it proposes when it links again."""

from __future__ import annotations

from typing import TypeVar

from ..model.base import Provenance
from ..model.deciding import APPLIED
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from .align import carried, pieces
from .linker import PlanUnits, edge_of
from .links import Links
from .normalise import compared
from .review import ON_EDGES, Decision, Decisions
from .review_check import DecisionCheck
from .units import UnitEdge

UNNAMED = "unnamed reviewer"
REVIEW_VERSION = "1"
"""Version of the way in which decisions become edges; an edge that the linker did not propose carries it."""

L = TypeVar("L", bound=Links)


def apply(links: L, decisions: Decisions) -> L:
    """The links as decided; those given stay as they are, and applying twice is the same as once.

    A rejected edge is gone. One that was accepted, relabelled or added is there with its relation, confidence 1.0 and the
    reviewer in its provenance, also where the linker does not propose it (thematic edges claim nothing: theirs is 0). What is
    suspect, unknown or in conflict is not applied; `decided` of the result lists it.
    """
    check = DecisionCheck(decisions, links.locals, links.uppers)
    edges = {edge.key: edge for edge in links.edges}
    for case in check.having(*APPLIED):
        decision, below, above = case.decision, case.local, case.upper
        if decision.action not in ON_EDGES or below is None or above is None:
            continue
        key = decision.local_plan, below.id, decision.upper_plan, above.id
        if decision.action == "reject":
            edges.pop(key, None)
        else:
            edge = edges.get(key) or _made(
                links.lower(decision.local_plan), below, links.upper(decision.upper_plan), above, decision
            )
            edges[key] = _decided(edge, decision)
    ours = {(p.id, s.id): (k, i) for k, p in enumerate(links.locals) for i, s in enumerate(p.statements)}
    theirs = {(u.id, s.id): i for u in links.uppers for i, s in enumerate(u.statements)}
    order = sorted(
        edges.values(),
        key=lambda e: (*ours[e.local_plan, e.local_id], e.upper_plan, theirs[e.upper_plan, e.upper_id]),
    )
    return links.with_edges(order, check)


def _decided(edge: LineageEdge, decision: Decision) -> LineageEdge:
    relation = decision.relation or edge.relation
    provenance = edge.provenance.model_copy(
        update={"confidence": 1.0, "reviewer": decision.reviewer.strip() or UNNAMED}
    )
    sure = 0.0 if relation is Relation.THEMATIC else 1.0
    return edge.model_copy(update={"relation": relation, "confidence": sure, "provenance": provenance})


def _made(local: Plan, below: Statement, upper: Plan, above: Statement, decision: Decision) -> LineageEdge:
    """An edge that the linker did not propose, with the words that both sides share as its evidence."""
    ours, theirs = PlanUnits(local, (below.id,)), PlanUnits(upper, (above.id,))
    one = compared(below.text)
    aligned = pieces(one, compared(above.text))
    found = UnitEdge(
        local=ours.position(below.id),
        local_id=below.id,
        upper_plan=upper.id,
        upper=theirs.position(above.id),
        upper_id=above.id,
        relation=decision.relation or Relation.ADAPTED,
        confidence=1.0,
        pieces=tuple(aligned),
        carried=tuple(carried(one, aligned)),
    )
    return edge_of(found, ours, theirs).model_copy(
        update={"provenance": Provenance(method="review", version=REVIEW_VERSION)}
    )
