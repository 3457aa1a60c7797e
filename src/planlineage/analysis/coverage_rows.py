"""The records of the coverage table: one for each upper task, with its status and what that rests on."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..comparing.pairing import Carrier, carriers_of
from ..comparing.quantities import numbers_of
from ..linking.linker import same_words
from ..linking.links import Links
from ..model.commitments import Recurrence, Strength, Totality
from ..model.lineage import Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import column
from ..model.wording import Reason
from .applicability import applies_to

NEARLY_ALL = 0.85
"""Share of an upper task's characters from which partial edges together count as covering it. Between 0.75 and 0.9 at most three
of 1,064 upper tasks of eight pairs of plans change their status."""

Status = Literal["covered", "partly", "thematic", "missing", "not_applicable", "justified"]
Kind = Literal["dated", "quantified", "recurring", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredTask:
    """An upper task and how it is carried down.

    `confidence` is the chance that at least one of its edges is right, `local_ids` what carries it (where nothing does, what
    shares its topic), `deadline` its last date, `reason` why it applies or not, or a person's words on an accepted gap.
    `carried_share` is the share of its characters that is carried, `strength` the degree of its wording, 0 to 6.
    """

    upper_id: str
    article: str
    text: str
    status: Status
    applicable: bool
    confidence: float
    local_ids: tuple[str, ...]
    deadline: datetime.date | None
    reason: Reason | str
    upper_plan: str
    kind: Kind
    carried_share: float
    part: str
    strength: int
    local_plan: str
    carriers: tuple[Carrier, ...] = column(hidden=True)

    @property
    def counts(self) -> bool:
        """Whether it stands in the fraction of a rate: it binds the lower level, and nobody has justified its gap."""
        return self.status not in ("not_applicable", "justified")


def covered_tasks(links: Links) -> list[CoveredTask]:
    """The records for all upper plans, in the order of their text."""
    return [_record(links, upper, task) for upper in links.uppers for task in upper.tasks]


def _record(links: Links, upper: Plan, task: Statement) -> CoveredTask:
    found = carriers_of(links, upper.id, task.id)
    level, decisions = next((p.level for p in links.locals if p.level is not None), None), links.decisions
    binds = applies_to(upper, task, level, decisions)
    accepted = decisions.justification(upper.id, task.id)
    share = carried_share(upper, task, found)
    status = _status(found, share) if binds.applies else "not_applicable"
    reason: Reason | str = binds.reason
    if accepted and status in ("missing", "thematic", "partly"):
        status, reason = "justified", accepted
    carrying = tuple(c for c in found if c.edge.relation.is_coverage) or tuple(found)
    return CoveredTask(
        upper_id=task.id,
        article=upper.article(task),
        text=task.text,
        status=status,
        applicable=binds.applies,
        confidence=1 - math.prod(1 - c.edge.confidence for c in carrying),
        local_ids=tuple(c.statement.id for c in carrying),
        deadline=max((d.latest for d in task.deadlines if d.latest), default=None),
        reason=reason,
        upper_plan=upper.id,
        kind=kind_of(task),
        carried_share=share,
        part=upper.label(upper.path(task.clause)[0].id),
        strength=strength_of(task),
        local_plan=links.local.id,
        carriers=carrying,
    )


def kind_of(task: Statement) -> Kind:
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


def _status(found: Sequence[Carrier], share: float) -> Status:
    relations = {c.edge.relation for c in found}
    if relations & {Relation.VERBATIM, Relation.ADAPTED}:
        return "covered"
    if Relation.PARTIAL in relations:
        return "covered" if share >= NEARLY_ALL else "partly"
    return "thematic" if found else "missing"


def carried_share(upper: Plan, task: Statement, found: Sequence[Carrier]) -> float:
    """The share of an upper task's characters that is carried: all of it by a whole edge, else the same words by parts."""
    if any(c.whole for c in found):
        return 1.0
    marked: set[int] = set()
    for carrier in found:
        if carrier.edge.relation is Relation.PARTIAL:
            for start, end in same_words(carrier.statement, upper, task):
                marked.update(range(start, end))
    return min(1.0, len(marked) / task.span.length) if task.span.length else 0.0
