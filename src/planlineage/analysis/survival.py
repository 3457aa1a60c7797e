"""How much of each upper task survives on its way down: of its content, its force, and its dates and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from ..comparing.answer import Answer
from ..comparing.contents import contents, share
from ..comparing.lineage import Lineage
from ..model.report import Report, column
from ..model.wording import percentage, told
from .coverage_rows import CoveredTask, Status, strength_of

_HOLDS = {"weaker": 0.0, "": 0.5, "mixed": 0.5}
"""How much of a date or number holds, by the effect of what became of it; 1 where it binds as much or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivingTask:
    """What survives of an upper task, each share 0 to 1.

    `content` is the share of its words that stand in what carries it; `force` the degree of the wording there over its own, at
    most 1; `commitments` the share of its dates, numbers and rhythms that bind as much or more below, None where it has none
    that can be compared. `survival` is the content times the mean of the other two; 0 where nothing carries the task.
    """

    upper_id: str
    article: str
    text: str
    status: Status = column(words="status")
    survival: float
    content: float
    force: float
    commitments: float | None
    local_ids: tuple[str, ...]
    upper_plan: str


class Survival(Report[SurvivingTask]):
    """What survives of the upper tasks that count.

    >>> from planlineage import coverage
    >>> tasks = coverage("shanting_2021", "central_2021").survival
    >>> [task.commitments for task in tasks if "60学时" in task.text]
    [0.5]
    """

    def __init__(self, lineage: Lineage, counted: Sequence[CoveredTask]) -> None:
        self.lineage, self._counted = lineage, counted

    @cached_property
    def records(self) -> Sequence[SurvivingTask]:
        """One record for each upper task that counts, in the order of the upper plans' text."""
        answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for answer in self.lineage.answers.dates_and_numbers:
            if answer.above and answer.above.commitment and answer.comparable != "no":
                answers[answer.above.key].append(answer)
        return [_surviving(task, answers[task.upper_plan, task.upper_id]) for task in self._counted]

    @property
    def shown_records(self) -> Sequence[SurvivingTask]:
        """What is carried, but of which least survives, first."""
        return sorted(self.records, key=lambda task: (not task.survival, task.survival))

    @property
    def mean(self) -> float:
        """The mean over the tasks that are carried, 0 to 1; 0 of none."""
        carried = [task.survival for task in self.records if task.status in ("covered", "partly")]
        return fmean(carried) if carried else 0.0

    @property
    def heading(self) -> str:
        """The result in one line."""
        return str(told("heading", "survival", lineage=self.lineage.heading, mean=percentage(self.mean)))


def _surviving(task: CoveredTask, answers: Sequence[Answer]) -> SurvivingTask:
    carriers = [c.statement for c in task.carriers if c.edge.relation.is_coverage]
    kept = {id(a.above.commitment): 0.0 for a in answers if a.above}
    for answer in answers:
        if answer.above:
            key = id(answer.above.commitment)
            kept[key] = max(kept[key], _HOLDS.get(answer.effect, 1.0))
    content = share(task.text, contents(c.text for c in carriers)) if carriers else 0.0
    force = min(1.0, max((strength_of(c) for c in carriers), default=0) / task.strength) if task.strength else 1.0
    commitments = fmean(kept.values()) if kept else None
    return SurvivingTask(
        upper_id=task.upper_id,
        article=task.article,
        text=task.text,
        status=task.status,
        survival=content * (force if commitments is None else (force + commitments) / 2),
        content=content,
        force=force if carriers else 0.0,
        commitments=commitments,
        local_ids=tuple(c.id for c in carriers),
        upper_plan=task.upper_plan,
    )
