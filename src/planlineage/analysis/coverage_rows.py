"""The rows of the coverage table: one an upper task, with its status and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from ..comparing.pairing import Carrier, carriers_of
from ..comparing.quantities import numbers_of
from ..linking.links import Links
from ..model.commitments import Recurrence, Strength, Totality
from ..model.lineage import Difference, Relation
from ..model.plan import Plan, Statement
from ..model.report import Row
from .applicability import applies_to

NEARLY_ALL = 0.85
"""Share of an upper task's characters from which partial edges together count as covering it."""


def coverage_rows(links: Links) -> list[Row]:
    """The rows for all upper plans, in the order of their text."""
    return [_row(links, upper, task) for upper in links.uppers for task in upper.tasks]


def _row(links: Links, upper: Plan, task: Statement) -> Row:
    found = carriers_of(links, upper.id, task.id)
    level, decisions = next((p.level for p in links.locals if p.level is not None), None), links.decisions
    binds = applies_to(upper, task, level, decisions)
    accepted = decisions.justification(upper.id, task.id)
    share = carried_share(task, found)
    status: str = _status(found, share)
    reason: str = str(binds.reason)
    if not binds.applies:
        status = "not_applicable"
    elif accepted and status in ("missing", "thematic", "partly"):
        status, reason = "justified", accepted
    carrying = [c for c in found if c.edge.relation.is_coverage]
    dated = [d.latest for d in task.deadlines if d.latest]
    return {
        "upper_id": task.id,
        "article": upper.article(task),
        "part": upper.label(upper.path(task.clause)[0].id),
        "text": task.text,
        "status": status,
        "applicable": binds.applies,
        "confidence": _chance(carrying or found),
        "local_ids": " ".join(c.statement.id for c in carrying or found),
        "deadline": max(dated).isoformat() if dated else "",
        "reason": reason,
        "upper_plan": upper.id,
        "kind": kind_of(task),
        "carried_share": share,
        "strength": strength_of(task),
    }


def kind_of(task: Statement) -> Literal["dated", "quantified", "recurring", "plain"]:
    """What a task commits to first of all: a date, a number, a rhythm, or neither."""
    if task.deadlines:
        return "dated"
    numbers = numbers_of(task)
    if any(not isinstance(n, Recurrence) or n.count is not None for n in numbers):
        return "quantified"
    return "recurring" if numbers else "plain"


def strength_of(task: Statement) -> int:
    """The highest degree of its wording, 0 to 6: all-or-nothing words stand above every degree."""
    degrees = [c.degree for c in task.commitments if isinstance(c, Strength)]
    return 6 if any(isinstance(c, Totality) for c in task.commitments) else max(degrees, default=0)


def _status(found: Sequence[Carrier], share: float) -> str:
    relations = {c.edge.relation for c in found}
    if relations & {Relation.VERBATIM, Relation.ADAPTED}:
        return "covered"
    if Relation.PARTIAL in relations:
        return "covered" if share >= NEARLY_ALL else "partly"
    return "thematic" if found else "missing"


def _chance(found: Sequence[Carrier]) -> float:
    """The chance that at least one of some edges is right."""
    return 1 - math.prod(1 - c.edge.confidence for c in found) if found else 0.0


def carried_share(task: Statement, found: Sequence[Carrier]) -> float:
    """The share of an upper task's characters that is carried: all of it by a whole edge, else the same words by parts."""
    if any(c.whole for c in found):
        return 1.0
    marked: set[int] = set()
    for carrier in found:
        if carrier.edge.relation is Relation.PARTIAL:
            for piece in carrier.edge.evidence.pieces:
                if piece.difference is Difference.SAME and piece.upper_span is not None:
                    marked.update(range(piece.upper_span.start, piece.upper_span.end))
    return min(1.0, len(marked) / task.span.length) if task.span.length else 0.0
