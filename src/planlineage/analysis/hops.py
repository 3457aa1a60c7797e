"""At which hop of the chain of levels a task disappeared, a deadline was lost, or a number shrank.

Each hop is the way from a plan to one below it. What an upper plan asks for may be lost on the first hop or on the last; a
task that the province dropped cannot be held against the district, which never saw it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..comparing.answer import Answer
from ..comparing.changes import Aspect, ChangeName
from ..comparing.lineage import Lineage
from ..graph.network import LineageGraph
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Reason, told
from .coverage import Coverage
from .coverage_rows import CoveredTask

Loss = Literal[
    "task_disappeared",
    "deadline_lost",
    "deadline_later",
    "number_lost",
    "number_changed",
    "number_softened",
    "rhythm_lost",
    "rhythm_slower",
    "rhythm_softened",
    "wording_weaker",
]
"""What was lost on a hop; numbers that changed did so for the weaker."""

_LOSSES: dict[tuple[Aspect, ChangeName], Loss] = {
    ("deadline", "dropped"): "deadline_lost",
    ("deadline", "lapsed"): "deadline_lost",
    ("deadline", "later"): "deadline_later",
    ("target", "dropped"): "number_lost",
    ("target", "lowered"): "number_changed",
    ("target", "raised"): "number_changed",
    ("target", "weakened"): "number_softened",
    ("recurrence", "dropped"): "rhythm_lost",
    ("recurrence", "lowered"): "rhythm_slower",
    ("recurrence", "weakened"): "rhythm_softened",
    ("strength", "weakened"): "wording_weaker",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HopLoss:
    """One thing lost on one hop.

    `hop` names the two plans; `upper_id` the task of the upper one. `origins` are the statements of the topmost plans that
    this task carries itself (`PLAN#ID`), the task itself where its plan is the topmost, none where a level in between added it.
    """

    hop: str
    loss: Loss = column(words="loss")
    upper_id: str
    local_id: str
    upper_value: str = column(exact=True)
    local_value: str = column(exact=True)
    days_min: int | None
    days_max: int | None
    origins: tuple[str, ...]
    article: str
    text: str
    reason: tuple[Reason | str, ...]
    upper_plan: str
    local_plan: str


class Hops(Report[HopLoss]):
    """What was lost on which hop, over all the levels of a network."""

    def __init__(self, network: LineageGraph) -> None:
        self.network = network

    @cached_property
    def records(self) -> Sequence[HopLoss]:
        """The losses, hop by hop from the top down."""
        return [loss for lineage in self.network.lineages for loss in self._hop(lineage)]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return str(told("heading", "hops", count=len(self.records), hops=len(self.network.lineages)))

    def counts(self) -> dict[str, dict[Loss, int]]:
        """How often each loss happened on each hop."""
        found: dict[str, dict[Loss, int]] = {}
        for record in self.records:
            hop = found.setdefault(record.hop, {})
            hop[record.loss] = hop.get(record.loss, 0) + 1
        return found

    def of(self, origin: str) -> list[HopLoss]:
        """What became of a statement of a topmost plan (`PLAN#ID`), over all hops."""
        return [r for r in self.records if origin in r.origins]

    def _hop(self, lineage: Lineage) -> Iterator[HopLoss]:
        gone = [r for r in Coverage(lineage).records if r.status in ("missing", "thematic")]
        missing = {(r.upper_plan, r.upper_id) for r in gone}
        yield from (self._gone(lineage, record) for record in gone)
        for answer in lineage.answers:
            if answer.above and (loss := _loss(answer)) and answer.above.key not in missing:
                yield self._weakened(lineage, answer.above.plan, answer, loss)

    def _gone(self, lineage: Lineage, record: CoveredTask) -> HopLoss:
        upper = lineage.upper(record.upper_plan)
        return HopLoss(
            hop=f"{upper.id} → {lineage.local.id}",
            loss="task_disappeared",
            upper_id=record.upper_id,
            local_id="",
            upper_value=record.deadline.isoformat() if record.deadline else "",
            local_value="",
            days_min=None,
            days_max=None,
            origins=self._origins(upper, record.upper_id),
            article=record.article,
            text=record.text,
            reason=(record.reason,),
            upper_plan=upper.id,
            local_plan=lineage.local.id,
        )

    def _weakened(self, lineage: Lineage, upper: Plan, answer: Answer, loss: Loss) -> HopLoss:
        return HopLoss(
            hop=f"{upper.id} → {lineage.local.id}",
            loss=loss,
            upper_id=answer.upper_id,
            local_id=answer.local_id,
            upper_value=answer.upper_value,
            local_value=answer.local_value,
            days_min=answer.days_min,
            days_max=answer.days_max,
            origins=self._origins(upper, answer.upper_id),
            article=upper.article(upper.statement(answer.upper_id)),
            text=answer.upper_text,
            reason=answer.reasons,
            upper_plan=upper.id,
            local_plan=lineage.local.id,
        )

    def _origins(self, plan: Plan, statement_id: str) -> tuple[str, ...]:
        """The statements of topmost plans that a statement carries; none where a level in between added it itself."""
        tops = {p.id for p in self.network.tops}
        if plan.id in tops:
            return (f"{plan.id}#{statement_id}",)
        paths = [p for p in self.network.paths(f"{plan.id}#{statement_id}") if p.relation.is_coverage]
        return tuple(dict.fromkeys("#".join(p.upper) for p in paths if p.upper[0] in tops))


def _loss(answer: Answer) -> Loss | None:
    """What was lost; None where nothing was, or it can't be compared."""
    if answer.comparable == "no" or answer.effect != "weaker":
        return None
    return _LOSSES.get((answer.aspect, answer.change))
