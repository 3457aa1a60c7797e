"""The verdict on a recurring duty on a day: each occurrence for itself, and all together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from ..model.wording import Reason, because
from .duties import Duty
from .events import Reported
from .history import State
from .measures import Measure
from .rules import Rules
from .statuses import Light
from .verdict import Occurrence, Verdict, elapsed_share, light_behind, shortfalls


def judge_recurring(
    duty: Duty,
    states: Mapping[datetime.date, State],
    day: datetime.date,
    rules: Rules,
    measures: tuple[Measure, ...] = (),
) -> Verdict:
    """The verdict on a recurring duty. It is missed while any occurrence that was due has not been met."""
    found = tuple(_occurrence(duty, due, states.get(due), day, measures) for due in duty.occurrences)
    last = max(
        (s for s in states.values() if s.last),
        key=lambda s: s.last.effective_on if s.last else day,
        default=None,
    )
    if last is not None and last.status is Reported.STOPPED and last.last is not None:
        stopped = because("stopped", day=last.last.effective_on)
        return Verdict("stopped", "grey", (stopped,), occurrences=found)
    past = [o for o in found if o.due < day and o.outcome != "open"]
    missed = [o.due for o in past if o.outcome == "missed"]
    coming = next((o for o in found if o.outcome == "open"), None)
    light, reasons = _coming(duty, coming, day, rules)
    base = Verdict("recurring_on_track", light, reasons, next_due=coming.due if coming else None, occurrences=found)
    if missed:
        why = because("missed", occurrences=tuple(missed))
        missed_light: Light = "red" if states else "grey"  # where nobody has reported, nobody knows that it was missed
        return replace(base, status="recurring_missed", light=missed_light, reasons=(why, *reasons))
    late = sum(o.outcome == "met_late" for o in past)
    if past:
        reason = because("met late", due=len(past), late=late) if late else because("met", due=len(past))
        base = replace(base, reasons=(reason, *reasons))
    return base


def _occurrence(
    duty: Duty, due: datetime.date, state: State | None, day: datetime.date, measures: tuple[Measure, ...]
) -> Occurrence:
    done_on = (
        state.done_on or (state.last.effective_on if state.last else None) if state and _met(duty, state) else None
    )
    if state is not None and done_on is not None and not shortfalls(state, measures):
        return Occurrence(due, "met" if done_on <= due else "met_late", done_on, state)
    return Occurrence(due, "missed" if due < day else "open", None, state)


def _met(duty: Duty, state: State) -> bool:
    """Whether an occurrence is met: reported done, or done as often as it should be; a count too low outweighs `done`."""
    if duty.count is not None and state.times is not None:
        return state.times >= duty.count
    return state.is_done


def _coming(
    duty: Duty, coming: Occurrence | None, day: datetime.date, rules: Rules
) -> tuple[Light, tuple[Reason, ...]]:
    if coming is None:
        return "green", (because("ended"),)
    left = (coming.due - day).days
    state = coming.state
    begins, _ = duty.window(coming.due)
    reasons: tuple[Reason, ...] = (because("next", day=coming.due),)
    light: Light = "green"
    percent = _percent(duty, state)
    if duty.count is not None and state is not None and state.times is not None:
        reasons = (*reasons, because("times", times=state.times, count=duty.count))
    if percent is not None:
        elapsed = elapsed_share(begins, coming.due, day)
        light = light_behind(elapsed - percent if elapsed is not None else 0.0, rules)
    if 0 <= left <= rules.soon_days and light == "green":
        return "blue", (because("soon", due=coming.due, days=left), *reasons[1:])
    return light, reasons


def _percent(duty: Duty, state: State | None) -> float | None:
    """The share of the coming occurrence that was reported done; None where nothing says how much."""
    if state is None:
        return None
    if duty.count is not None and state.times is not None:
        return min(100.0, 100 * state.times / duty.count)
    return state.percent
