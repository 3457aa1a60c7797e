"""The occurrences of recurring duties, as a table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.report import Report, column
from ..model.wording import Lang
from .duty_status import DutyStatus
from .statuses import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRow:
    """One occurrence of a recurring duty. `times` counts what was done of the `count` that the plan asks for."""

    plan: str
    id: str
    duty: int
    rhythm: str
    due: datetime.date
    outcome: Outcome = column(words="occurrence")
    done_on: datetime.date | None
    times: int | None
    count: int | None
    reporter: str
    evidence: tuple[str, ...] = column(joint="；")


class OccurrenceReport(Report[OccurrenceRow]):
    """The occurrences of all recurring duties: when each was due, and whether it was met."""

    def __init__(self, duties: Sequence[DutyStatus], lang: Lang) -> None:
        self.duties, self.lang = duties, lang

    @cached_property
    def records(self) -> Sequence[OccurrenceRow]:
        """One record per occurrence, in the order of the plans' texts."""
        return [
            OccurrenceRow(
                plan=s.plan.id,
                id=s.duty.task,
                duty=s.duty.number,
                rhythm=s.duty.surface,
                due=o.due,
                outcome=o.outcome,
                done_on=o.done_on,
                times=o.state.times if o.state else None,
                count=s.duty.count,
                reporter=o.state.last.reporter if o.state and o.state.last else "",
                evidence=tuple(o.state.evidence) if o.state else (),
            )
            for s in self.duties
            for o in s.verdict.occurrences
        ]
