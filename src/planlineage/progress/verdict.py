"""The verdict on one duty on a day: its status, its light, and the reasons for both."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from ..model.wording import Reason, because
from .duties import Duty
from .events import Reported
from .history import State
from .measures import Measure
from .rules import Rules
from .statuses import Light, Outcome, Status


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a recurring duty, and what became of it."""

    due: datetime.date
    outcome: Outcome
    done_on: datetime.date | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a duty and why. `late_min` to `late_max` are days late (negative: ahead) where it is done or overdue."""

    status: Status
    light: Light
    reasons: tuple[Reason, ...]
    percent: float | None = None
    elapsed: float | None = None
    done_on: datetime.date | None = None
    late_min: int | None = None
    late_max: int | None = None
    next_due: datetime.date | None = None
    occurrences: tuple[Occurrence, ...] = ()


def judge(
    duty: Duty, state: State | None, day: datetime.date, rules: Rules, measures: tuple[Measure, ...] = ()
) -> Verdict:
    """The verdict on a duty with a deadline, or without any date."""
    if state is not None and state.status is Reported.STOPPED and state.last is not None:
        return Verdict("stopped", "grey", (because("stopped", day=state.last.effective_on),), state.percent)
    if state is not None and state.is_done and state.done_on is not None:
        verdict = _done(duty, state, state.done_on, rules, measures)
        return replace(verdict, reasons=(*verdict.reasons, *closing(state)))
    if not duty.days:
        return _undated(duty, state)
    if day > duty.days[-1]:
        late = [(day - d).days for d in duty.days]
        reasons = (because("overdue", due=duty.due_text, days=_range(late)), *_unreported(state))
        percent = state.percent if state else None
        light: Light = "red" if state else "grey"  # where nobody has reported, nobody knows that it is late
        return Verdict("overdue", light, reasons, percent, 100.0, None, min(late), max(late), duty.days[-1])
    return _running(duty, state, day, rules)


def _done(duty: Duty, state: State, done_on: datetime.date, rules: Rules, measures: tuple[Measure, ...]) -> Verdict:
    missed = shortfalls(state, measures)
    late = [(done_on - d).days for d in duty.days]
    low, high = (min(late), max(late)) if late else (None, None)
    if missed:
        past = bool(late) and max(late) > 0
        light: Light = "red" if past else "yellow"
        reasons = (because("short", measures=missed),)
        return Verdict("done_short_of_target", light, reasons, state.percent, None, done_on, low, high)
    if not late or max(late) <= 0:
        key = "done early" if late and max(late) < 0 else "done"
        reason = because(key, day=done_on, days=_range([-n for n in late]) if late else "")
        return Verdict("done", "green", (reason,), 100.0, None, done_on, low, high)
    if min(late) > 0:
        reason = because("done late", day=done_on, days=_range(late))
        return Verdict("done_late", rules.done_late, (reason,), 100.0, None, done_on, low, high)
    reason = because("done between", day=done_on, strict=duty.days[0], loose=duty.days[-1])
    return Verdict("done_perhaps_late", rules.done_late, (reason,), 100.0, None, done_on, low, high)


def closing(state: State | None) -> tuple[Reason, ...]:
    """When and by whom it was closed."""
    event = state.closed if state else None
    return (because("closed", day=event.closed_on, approver=event.approver),) if event else ()


def shortfalls(state: State, measures: tuple[Measure, ...]) -> tuple[Reason, ...]:
    """The measures that the values reported last do not meet."""
    found = []
    for measure in measures:
        held = state.values.get(measure.number)
        if held is not None and measure.met_by(held[0]) is False:
            found.append(because("measured", value=measure.shown(held[0]), measure=measure.full_text))
    return tuple(found)


def _undated(duty: Duty, state: State | None) -> Verdict:
    reasons = (duty.doubt or because("no deadline"), *_unreported(state))
    return Verdict("no_deadline", "grey", reasons, state.percent if state else None)


def _running(duty: Duty, state: State | None, day: datetime.date, rules: Rules) -> Verdict:
    """The verdict on a duty that is neither done nor overdue by every reading of its date."""
    strict, loose = duty.days[0], duty.days[-1]
    percent = rules.unreported_percent if state is None else _percent(state)
    elapsed = elapsed_share(duty.starts, strict, day)
    light, reasons = _pace(percent, elapsed, state, rules)
    if day > strict:
        reason = because("between", strict=strict, loose=loose)
        light = "red" if light == "red" else rules.perhaps_overdue
        late = ((day - loose).days, (day - strict).days)
        return Verdict("perhaps_overdue", light, (reason, *reasons), percent, elapsed, None, *late, strict)
    left = (strict - day).days
    status: Status = "not_reported" if state is None else "in_progress"
    if state is not None and state.status is Reported.NOT_STARTED:
        status = "not_started"
    if left <= rules.soon_days:
        status = "due_soon"
        reasons = (because("soon", due=strict, days=left), *reasons)
        light = "blue" if light in ("green", "grey") else light
    return Verdict(status, light, reasons, percent, elapsed, None, None, None, strict)


def _percent(state: State) -> float | None:
    if state.percent is None and state.status is Reported.NOT_STARTED:
        return 0.0
    return state.percent


def _pace(
    percent: float | None, elapsed: float | None, state: State | None, rules: Rules
) -> tuple[Light, tuple[Reason, ...]]:
    """The light by the share done beside the share of time gone."""
    if percent is None:
        return "grey", (because("no report" if state is None else "no percent"),)
    unreported = (because("no report as zero"),) if state is None else ()
    if elapsed is None:
        return "grey", (*unreported, because("no start"))
    behind = elapsed - percent
    light = light_behind(behind, rules)
    key = "on schedule" if light == "green" else "behind"
    reason = because(key, percent=f"{percent:.3g}", elapsed=f"{elapsed:.0f}", points=f"{behind:.0f}")
    return light, (*unreported, reason)


def light_behind(points: float, rules: Rules) -> Light:
    """The light of what is so many points of percentage behind the time gone."""
    return "red" if points > rules.red_behind else "yellow" if points >= rules.yellow_behind else "green"


def elapsed_share(starts: datetime.date | None, due: datetime.date, day: datetime.date) -> float | None:
    """The share of the time from the start to the due day that has gone by, 0 to 100; None without a start.

    >>> round(elapsed_share(datetime.date(2021, 1, 1), datetime.date(2022, 1, 1), datetime.date(2021, 7, 2)) or 0, 1)
    49.9
    """
    if starts is None or due <= starts:
        return None
    return min(100.0, max(0.0, 100 * (day - starts).days / (due - starts).days))


def _unreported(state: State | None) -> tuple[Reason, ...]:
    return (because("no report"),) if state is None else ()


def _range(days: list[int]) -> str:
    low, high = min(days), max(days)
    return str(low) if low == high else f"{low}–{high}"
