"""One duty of one task on a day: what was reported on it, and the verdict."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..model.parts import Statement
from ..model.plan import Plan
from .duties import Duty, Schedule
from .events import Event
from .history import State
from .verdict import Verdict


@dataclass(frozen=True, slots=True)
class DutyStatus:
    """One duty of one task, what was reported on it, and the verdict."""

    schedule: Schedule
    duty: Duty
    state: State | None
    verdict: Verdict

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.schedule.plan

    @property
    def statement(self) -> Statement:
        """The task."""
        return self.plan.statement(self.duty.task)

    @property
    def item(self) -> str:
        """The work item that the task belongs to."""
        return self.schedule.items[self.duty.task]

    @property
    def lead(self) -> tuple[str, ...]:
        """The lead units."""
        return tuple(self.schedule.units[self.duty.task][0])

    @property
    def support(self) -> tuple[str, ...]:
        """The supporting units."""
        return tuple(self.schedule.units[self.duty.task][1])

    @property
    def key(self) -> tuple[str, str, int]:
        """Plan, task and number of the duty."""
        return self.plan.id, self.duty.task, self.duty.number

    @property
    def last(self) -> Event | None:
        """The last report on it."""
        if self.duty.kind != "recurring":
            return self.state.last if self.state else None
        last = [o.state.last for o in self.verdict.occurrences if o.state and o.state.last]
        return max(last, key=lambda e: (e.effective_on, e.seq), default=None)

    @property
    def closed(self) -> Event | None:
        """What closed it; for a recurring duty, its last occurrence that was closed."""
        return next((s.closed for s in reversed(self._states) if s.closed), None)

    @property
    def events(self) -> list[Event]:
        """The reports on it that count, the earliest first."""
        return [event for state in self._states for event in state.events]

    @property
    def _states(self) -> list[State]:
        every = [o.state for o in self.verdict.occurrences] if self.duty.kind == "recurring" else [self.state]
        return [state for state in every if state]

    @property
    def day(self) -> datetime.date | None:
        """The day by which it is sorted: the next one that is due, else the last possible one."""
        return self.verdict.next_due or (self.duty.days[-1] if self.duty.days else None)
