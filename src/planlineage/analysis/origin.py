"""The reverse of coverage: what of a local plan is carried from above, from which upper plan, and what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..comparing.lineage import Lineage
from ..model.lineage import Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import percentage, told, words

OWN = "own"
"""The source of a task that carries no upper one."""


@dataclass(frozen=True, slots=True)
class SourcedTask:
    """A local task and where it comes from: `source` is the upper plan of its surest edge, or `own`; `sources` names all."""

    local_id: str
    article: str
    text: str
    source: str
    relation: Relation | None
    confidence: float | None
    sources: tuple[str, ...]
    upper_ids: tuple[str, ...]
    local_plan: str


class Origin(Report[SourcedTask]):
    """Where each task of a local plan comes from; it may come from several upper plans."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage

    @cached_property
    def records(self) -> Sequence[SourcedTask]:
        """One record for each local task, in the order of the text."""
        return [self._record(p, s) for p in self.lineage.locals for s in p.statements if s.is_task]

    def _record(self, plan: Plan, task: Statement) -> SourcedTask:
        edges = [e for e in self.lineage.sources(task.id, plan.id) if e.relation.is_coverage]
        best = edges[0] if edges else None
        return SourcedTask(
            task.id,
            plan.article(task),
            task.text,
            best.upper_plan if best else OWN,
            best.relation if best else None,
            best.confidence if best else None,
            tuple(dict.fromkeys(e.upper_plan for e in edges)),
            tuple(e.upper_id for e in edges),
            plan.id,
        )

    def shares(self, *, by_length: bool = False) -> dict[str, float]:
        """The share of the local tasks that comes from each upper plan, and of its own (`own`); together 1."""
        total: dict[str, int] = {u.id: 0 for u in self.lineage.uppers} | {OWN: 0}
        for record in self.records:
            total[record.source] += len(record.text) if by_length else 1
        everything = sum(total.values())
        return {name: n / everything if everything else 0.0 for name, n in total.items()}

    @property
    def own(self) -> list[SourcedTask]:
        """The local tasks that carry no upper task."""
        return [r for r in self.records if r.source == OWN]

    @property
    def heading(self) -> str:
        """The result in one line."""
        names = {u.id: u.name for u in self.lineage.uppers} | {OWN: words("tasks.own", self.speaks)}
        parts = tuple(f"{names[source]} {percentage(share)}" for source, share in self.shares().items())
        return str(told("heading", "origin", locals="、".join(p.name for p in self.lineage.locals), parts=parts))
