"""Which upper tasks bind a lower level, and why; a person's decision wins."""

from __future__ import annotations

from typing import ClassVar

from ..comparing.binding import Applicability, applicability
from ..linking.review import Decisions
from ..linking.review_check import DecisionCheck
from ..model.levels import Level
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from ..model.wording import because

__all__ = ["ApplicabilityReport", "Decisions", "applies_to"]


def applies_to(plan: Plan, task: Statement, level: Level | None, decisions: Decisions) -> Applicability:
    """Whether an upper task binds a level: a person's decision, else what its actors and its matter tell."""
    decided = decisions.of(plan.id, task.id)
    if decided is not None:
        return Applicability(decided, because("decided"), decided=True)
    return applicability(task, level)


class ApplicabilityReport(Report):
    """All tasks of an upper plan with whether each binds a level, and why."""

    columns: ClassVar[tuple[str, ...]] = ("upper_id", "article", "text", "applies", "reason", "decided")

    def __init__(self, plan: Plan, level: Level, decisions: Decisions | None = None) -> None:
        self.plan, self.level = plan, level
        self._rows: list[Row] = []
        in_force = DecisionCheck(decisions or Decisions(), [], [plan]).in_force
        for task in plan.tasks:
            found = applies_to(plan, task, level, in_force)
            self._rows.append(
                {
                    "upper_id": task.id,
                    "article": plan.article(task),
                    "text": task.text,
                    "applies": found.applies,
                    "reason": str(found.reason),
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
