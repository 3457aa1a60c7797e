"""Which upper tasks bind a lower level, why, and what a person has decided about that and about gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ..linking.applicability import Applicability, applicability
from ..model.levels import Level
from ..model.plan import Plan, Statement
from ..model.report import Report, Row


@dataclass(frozen=True)
class Decisions:
    """What a person decided about upper tasks, by task id or `PLAN#ID`.

    `applies` says whether a task binds the lower plan, whatever the text seems to say. `justified` gives the reason why a
    gap is accepted.

    >>> Decisions(applies={"2.4-238vb": True}).of("central_2021", "2.4-238vb")
    True
    """

    applies: Mapping[str, bool] = field(default_factory=dict)
    justified: Mapping[str, str] = field(default_factory=dict)

    def of(self, plan_id: str, task_id: str) -> bool | None:
        """Whether a person decided that a task applies; None where nobody did."""
        return self.applies.get(f"{plan_id}#{task_id}", self.applies.get(task_id))

    def justification(self, plan_id: str, task_id: str) -> str:
        """Why a gap is accepted; empty where nobody accepted it."""
        return self.justified.get(f"{plan_id}#{task_id}", self.justified.get(task_id, ""))


def applies_to(plan: Plan, task: Statement, level: Level | None, decisions: Decisions) -> Applicability:
    """Whether an upper task binds a level: a person's decision, else what its actors and its matter tell."""
    decided = decisions.of(plan.id, task.id)
    if decided is not None:
        return Applicability(decided, "decided by a person", decided=True)
    return applicability(task, level)


class ApplicabilityReport(Report):
    """All tasks of an upper plan with whether each binds a level, and why."""

    columns: ClassVar[tuple[str, ...]] = ("upper_id", "article", "text", "applies", "reason", "decided")

    def __init__(self, plan: Plan, level: Level, decisions: Decisions | None = None) -> None:
        self.plan, self.level = plan, level
        self._rows: list[Row] = []
        for task in plan.tasks:
            found = applies_to(plan, task, level, decisions or Decisions())
            self._rows.append(
                {
                    "upper_id": task.id,
                    "article": plan.label(plan.numbered(task.clause).id),
                    "text": task.text,
                    "applies": found.applies,
                    "reason": found.reason,
                    "decided": found.decided,
                }
            )

    @property
    def heading(self) -> str:
        """What the table shows."""
        bound = sum(bool(r["applies"]) for r in self._rows)
        return f"{self.plan.name}: {bound} of {len(self._rows)} tasks bind the level {self.level.chinese}"

    def rows(self) -> list[Row]:
        """One row a task, in the order of the text."""
        return list(self._rows)
