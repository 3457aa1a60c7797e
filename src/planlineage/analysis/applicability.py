"""Which upper tasks bind a lower level, and why; a person's decision wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..comparing.binding import Applicability, applicability
from ..linking.review import Decisions
from ..linking.review_check import DecisionCheck
from ..model.levels import Level
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import Reason, because, told


def applies_to(plan: Plan, task: Statement, level: Level | None, decisions: Decisions) -> Applicability:
    """Whether an upper task binds a level: a person's decision, else what its actors and its matter tell."""
    decided = decisions.of(plan.id, task.id)
    if decided is not None:
        return Applicability(decided, because("decided"), decided=True)
    return applicability(task, level)


@dataclass(frozen=True, slots=True)
class BindingTask:
    """An upper task, whether it binds a level, and why; `decided` where a person said so."""

    upper_id: str
    article: str
    text: str
    applies: bool
    reason: Reason
    decided: bool


class ApplicabilityReport(Report[BindingTask]):
    """All tasks of an upper plan with whether each binds a level, and why."""

    def __init__(self, plan: Plan, level: Level, decisions: Decisions | None = None) -> None:
        self.plan, self.level = plan, level
        self._in_force = DecisionCheck(decisions or Decisions(), [], [plan]).in_force

    @cached_property
    def records(self) -> Sequence[BindingTask]:
        """One record for each task, in the order of the text."""
        found = [(t, applies_to(self.plan, t, self.level, self._in_force)) for t in self.plan.tasks]
        return [BindingTask(t.id, self.plan.article(t), t.text, a.applies, a.reason, a.decided) for t, a in found]

    @property
    def heading(self) -> str:
        """What the table shows."""
        bound = sum(r.applies for r in self.records)
        values = {"plan": self.plan.name, "bound": bound, "count": len(self.records), "level": self.level.chinese}
        return str(told("heading", "binding", **values))
