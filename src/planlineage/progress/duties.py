"""The duties of each task: each deadline is a duty, and so is each rhythm, which unfolds into occurrences.

A task that has a rhythm, and no date but that of the plan as a whole, has the rhythm as its only duty. A task without any
date has one open duty, so that every task can be reported on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..analysis.deadlines import item_of
from ..comparing.effective import EffectiveDeadline, effective_deadlines
from ..model.commitments import Commitment, Deadline, Recurrence
from ..model.errors import CalendarRangeError
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Reason, because
from ..reading.commitments import NOBODY, add_working_days, assigned, known_years, occurrences

Kind = Literal["deadline", "recurring", "open"]
_GENERAL = ("catch_all", "period")
_UNFOLDED: dict[tuple[str | None, str | None, datetime.date, datetime.date], tuple[datetime.date, ...]] = {}
"""The due days of each rule and frame; plans share a few."""

_WORKING_DAYS = re.compile(r"P(\d+)BD")


@dataclass(frozen=True, slots=True)
class Duty:
    """One date or rhythm of a task. `number` counts the duties of a task from 1.

    `days` are the possible last days (two where the words are ambiguous), `starts` the day from which time is counted.
    `effective` is the date with where it comes from; `doubt` says why the day of a date that the plan states is not known.
    Recurring duties have `occurrences` (due days) and, where the plan says how often, a `count` within each.
    """

    task: str
    number: int
    kind: Kind
    origin: str
    surface: str = ""
    hedge: str = ""
    days: tuple[datetime.date, ...] = ()
    starts: datetime.date | None = None
    occurrences: tuple[datetime.date, ...] = ()
    count: int | None = None
    recurrence: Recurrence | None = None
    doubt: Reason | None = None
    effective: EffectiveDeadline | None = None

    def window(self, due: datetime.date) -> tuple[datetime.date | None, datetime.date]:
        """First and last day of the stretch that an occurrence stands for."""
        place = self.occurrences.index(due)
        before = self.occurrences[place - 1] + datetime.timedelta(days=1) if place else self.starts
        return before, due

    @property
    def due_text(self) -> str:
        """The date or dates for people."""
        if self.kind == "recurring":
            return self.surface
        return " / ".join(day.isoformat() for day in self.days) or self.surface


class Schedule:
    """A plan's duties. `starts` and `ends` frame the occurrences: the day of issue or the period's begin, and its end."""

    def __init__(self, plan: Plan, starts: datetime.date | None = None, ends: datetime.date | None = None) -> None:
        self.plan = plan
        self.starts = starts or plan.issued or (plan.period.begins if plan.period else None)
        self.ends = ends or (plan.period.ends if plan.period else None)
        effective = effective_deadlines(plan)
        self._assigned = assigned(plan)
        self.statements = tuple(s for s in plan.statements if s.is_task or (s.kind == "goal" and s.deadlines))
        self.duties = {s.id: tuple(self._duties(s, effective[s.id])) for s in self.statements}

    def __iter__(self) -> Iterator[Duty]:
        return (duty for duties in self.duties.values() for duty in duties)

    @cached_property
    def by_fingerprint(self) -> dict[str, str]:
        """The task of each fingerprint that only one task has."""
        found: dict[str, list[str]] = {}
        for statement in self.statements:
            found.setdefault(statement.fingerprint, []).append(statement.id)
        return {print_: ids[0] for print_, ids in found.items() if len(ids) == 1}

    @cached_property
    def units(self) -> dict[str, tuple[list[str], list[str]]]:
        """Lead and supporting units of each task."""
        every = ((s.id, self._assigned.get(s.id, NOBODY)) for s in self.statements)
        return {id: (list(a.lead), list(a.support)) for id, a in every}

    @cached_property
    def items(self) -> dict[str, str]:
        """The work item that each task belongs to."""
        return {s.id: item_of(self.plan, s) for s in self.statements}

    def _duties(self, statement: Statement, deadlines: tuple[EffectiveDeadline, ...]) -> Iterator[Duty]:
        rhythms = _rhythms((*statement.commitments, *self._assigned.get(statement.id, NOBODY).rhythms))
        dated = [d for d in deadlines if d.origin not in _GENERAL or not rhythms]
        for number, deadline in enumerate(dated, 1):
            days, doubt = self._days(deadline)
            yield Duty(
                statement.id,
                number,
                "deadline" if days else "open",
                deadline.origin,
                deadline.surface,
                deadline.hedge or "",
                days,
                self.starts,
                doubt=doubt,
                effective=deadline,
            )
        for number, rhythm in enumerate(rhythms, len(dated) + 1):
            yield Duty(
                statement.id,
                number,
                "recurring",
                "own",
                rhythm.surface,
                "",
                (),
                self.starts,
                self._occurrences(rhythm),
                rhythm.count,
                rhythm,
            )
        if not dated and not rhythms:
            yield Duty(statement.id, 1, "open", "none", starts=self.starts)

    def _occurrences(self, rhythm: Recurrence) -> tuple[datetime.date, ...]:
        if self.starts is None:
            return ()
        ends = self.ends or self.starts.replace(year=self.starts.year + 5, day=min(self.starts.day, 28))
        key = (rhythm.rule, rhythm.due, self.starts, ends)
        if key not in _UNFOLDED:
            _UNFOLDED[key] = tuple(occurrences(rhythm, self.starts, ends))
        return _UNFOLDED[key]

    def _days(self, deadline: EffectiveDeadline) -> tuple[tuple[datetime.date, ...], Reason | None]:
        """The possible last days; where there are none for a stated date, why."""
        if deadline.days or deadline.deadline is None:
            return deadline.days, None
        return _from_anchor(deadline.deadline, self.plan.issued)


def _from_anchor(deadline: Deadline, issued: datetime.date | None) -> tuple[tuple[datetime.date, ...], Reason | None]:
    """The last day of a term of working days counted from the day of issue, or why it is not known."""
    term = _WORKING_DAYS.fullmatch(deadline.relative or "")
    if term is None or deadline.anchor != "issue-date" or issued is None:
        return (), because("no anchor", surface=deadline.surface)
    try:
        return (add_working_days(issued, int(term[1])),), None
    except CalendarRangeError:
        return (), because("beyond calendar", surface=deadline.surface, year=known_years()[1])


def _rhythms(commitments: Iterable[Commitment]) -> list[Recurrence]:
    """The rhythms that a calendar knows, each once; one that gives a number stands for a bare one of the same rule."""
    found = [c for c in commitments if isinstance(c, Recurrence) and c.rule]
    counted = {(r.rule, r.due) for r in found if r.count is not None}
    kept: dict[tuple[str | None, str | None, int | None, int], Recurrence] = {}
    for rhythm in found:
        if rhythm.count is None:
            if (rhythm.rule, rhythm.due) not in counted:
                kept.setdefault((rhythm.rule, rhythm.due, None, 0), rhythm)
        else:
            kept[rhythm.rule, rhythm.due, rhythm.count, rhythm.span.start] = rhythm
    return list(kept.values())


_KEPT = 64
_SCHEDULES: dict[int, Schedule] = {}


def schedule_of(plan: Plan) -> Schedule:
    """The duties of a plan; those of the last plans asked for are kept.

    >>> from planlineage.model.files import shipped_plan
    >>> [duty.due_text for duty in schedule_of(shipped_plan("shanting_2021")).duties["2.4-s6wbq"]]
    ['2022-12-31', '按年度']
    """
    found = _SCHEDULES.get(id(plan))
    if found is None or found.plan is not plan:
        while len(_SCHEDULES) >= _KEPT:
            _SCHEDULES.pop(next(iter(_SCHEDULES)), None)
        found = _SCHEDULES[id(plan)] = Schedule(plan)
    return found
