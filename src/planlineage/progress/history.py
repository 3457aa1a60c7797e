"""The ledger read as of a day: which events count, and how each duty stands by them.

Two questions can be asked of a past day. How things stood, by all that is known now: events effective by then. And how
they stood as was known then: of these, the events that had been reported (or recorded) by then. A correction takes the
place of what it corrects only once it is known itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..model.plan import Plan
from .duties import Duty
from .events import Event, Reported
from .store import Progress


@dataclass(frozen=True, slots=True)
class AsOf:
    """A question to the ledger: how it stood on `day`; as was known by the reports up to `known_on`, where that is given.

    `recorded_until` goes by the clock of the store instead of the days that the reporters gave.
    """

    day: datetime.date
    known_on: datetime.date | None = None
    recorded_until: datetime.datetime | None = None


@dataclass(slots=True)
class State:
    """What the reports say of one duty, or one occurrence: what was said last, since when it is done, and what `closed` it."""

    status: Reported | None = None
    percent: float | None = None
    times: int | None = None
    done_on: datetime.date | None = None
    closed: Event | None = None
    last: Event | None = None
    values: dict[int, tuple[Decimal, Event]] = field(default_factory=dict)
    series: list[tuple[datetime.date, float]] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether it was reported done, and not taken back."""
        return self.status is Reported.DONE


class Ledger:
    """The events that count in an answer, by plan and task. `replaced` are the ids of those that were corrected, `renamed` gives
    the id of plans that were reported on under another one. What was closed after `day` is done by then, but not closed.
    """

    def __init__(
        self,
        events: Iterable[Event],
        replaced: Collection[str] = (),
        renamed: Mapping[str, str] | None = None,
        day: datetime.date | None = None,
    ) -> None:
        names = renamed or {}
        self.count = 0
        self._by_plan: dict[str, dict[str, list[Event]]] = {}
        for given in events:
            if given.id in replaced or given.status is Reported.WITHDRAWN:
                continue
            later = day is not None and given.closed_on is not None and given.closed_on > day
            event = replace(given, closed_on=None, approver="") if later else given
            self.count += 1
            self._by_plan.setdefault(names.get(event.plan, event.plan), {}).setdefault(event.task, []).append(event)
        for tasks in self._by_plan.values():
            for found in tasks.values():
                found.sort(key=_order)

    def of(self, plan_id: str, place: str | None = None) -> dict[str, list[Event]]:
        """The events of a plan by task, the earliest first; of one place where it is given."""
        tasks = self._by_plan.get(plan_id, {})
        if place is None:
            return tasks
        return {task: kept for task, found in tasks.items() if (kept := [e for e in found if e.place in ("", place)])}


def _order(event: Event) -> tuple[datetime.date, int]:
    return event.effective_on, event.seq


def read_ledger(progress: Progress | None, question: AsOf, plans: Sequence[Plan] = ()) -> Ledger:
    """The events that count in the answer to a question; none where there is no store. Those on a plan that went by another id,
    such as the name of a file that was renamed, count for it.
    """
    if progress is None:
        return Ledger(())
    renamed = progress.renamed(plans)
    only = plans[0].id if len(plans) == 1 and not renamed else None
    known, recorded = question.known_on, question.recorded_until
    events = progress.events(only, effective_until=question.day, reported_until=known, recorded_until=recorded)
    if renamed:
        own = {plan.id for plan in plans}
        events = (event for event in events if renamed.get(event.plan, event.plan) in own)
    return Ledger(events, progress.replaced(known, recorded), renamed, question.day)


def state_of(duty: Duty, events: Sequence[Event]) -> State | None:
    """How a deadline or open duty stands by the events of its task; None where nothing was reported on it."""
    return fold([e for e in events if e.duty in (None, duty.number) and e.occurrence is None])


def states_of(duty: Duty, events: Sequence[Event]) -> dict[datetime.date, State]:
    """How each occurrence of a recurring duty stands, by its due day, where anything was reported on it.

    An event that names no occurrence counts for the one in whose stretch it is effective; a late report must name its own.
    """
    found: dict[datetime.date, list[Event]] = {}
    for event in events:
        if event.duty not in (None, duty.number):
            continue
        due = event.occurrence or next((o for o in duty.occurrences if event.effective_on <= o), None)
        if due is not None:
            found.setdefault(due, []).append(event)
    return {due: state for due, kept in found.items() if (state := fold(kept)) is not None}


def fold(events: Sequence[Event]) -> State | None:
    """The state that events lead to, taken in their order; what an event leaves open goes on as it was."""
    if not events:
        return None
    state = State()
    for event in events:
        _take(state, event)
    return state


def _take(state: State, event: Event) -> None:
    state.last = event
    state.events.append(event)
    was_done = state.is_done
    if event.status is not None:
        state.status = event.status
        if was_done and not state.is_done:
            state.percent = None
    if event.percent is not None:
        state.percent = event.percent
    elif state.is_done:
        state.percent = 100.0
    if event.times is not None:
        state.times = event.times
    if event.measure is not None and event.value is not None:
        state.values[event.measure] = (event.value, event)
    if event.evidence:
        state.evidence.append(event.evidence)
    if event.closed_on is not None:
        state.closed = event
    if not state.is_done:
        state.done_on = state.closed = None
    elif state.done_on is None:
        state.done_on = event.effective_on
    if state.percent is not None:
        state.series.append((event.effective_on, state.percent))
