"""The status of all tasks on a day, as a report: one record per duty, and counts by unit, month, status or light."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, told
from .burn_up import BurnUp
from .counts import Group, StatusBy
from .duties import Duty, Schedule, schedule_of
from .duty_status import DutyStatus
from .errors import ProgressError
from .events import Event
from .history import AsOf, Ledger, read_ledger, state_of, states_of
from .measures import measures_of
from .occurrences import OccurrenceReport
from .pace import PaceReport
from .recurring import judge_recurring
from .rules import DEFAULT, Rules
from .statuses import Light, Status
from .store import Progress
from .verdict import Verdict, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One duty in the table of statuses. Percentages run from 0 to 100; `days_late` are negative where it was done ahead."""

    plan: str
    id: str
    duty: int
    item: str
    content: str
    lead: tuple[str, ...] = column(joint="、")
    support: tuple[str, ...] = column(joint="、")
    due: str
    status: Status = column(words="progress")
    light: Light = column(words="light")
    percent: float | None
    elapsed: float | None
    done_on: datetime.date | None
    days_late_min: int | None
    days_late_max: int | None
    next_due: datetime.date | None
    reported_on: datetime.date | None
    reporter: str
    evidence: str
    closed_on: datetime.date | None
    approver: str
    reason: tuple[Reason, ...]
    due_earliest: datetime.date | None = column(hidden=True)
    due_latest: datetime.date | None = column(hidden=True)


class StatusReport(Report[StatusRow]):
    """The status of every task of one or several plans on a day.

    `duties` holds one entry per duty; `orphans` the events whose task is in none of the plans any more. `lang` is the language
    in which statuses, lights and reasons are shown ("zh" or "en").

    >>> from planlineage.model.files import shipped_plan
    >>> found = status(shipped_plan("shanting_2021"), None, datetime.date(2024, 6, 30), lang="en")
    >>> found.count("overdue"), found[0].status, found.row(found[0])["status"]
    (6, 'not_reported', 'not reported')
    """

    shown_columns = ("id", "content", "lead", "due", "status", "light", "percent", "reason")
    frame_data: ClassVar[Mapping[str, Sequence[str]]] = {"due": ("due_earliest", "due_latest")}

    def __init__(
        self,
        plans: Sequence[Plan | Schedule],
        ledger: Ledger,
        question: AsOf,
        rules: Rules = DEFAULT,
        lang: Lang = "zh",
    ) -> None:
        schedules = [p if isinstance(p, Schedule) else schedule_of(p) for p in plans]
        self.plans = tuple(s.plan for s in schedules)
        self.question, self.rules, self.lang = question, rules, lang
        self.ledger = ledger
        self.orphans: list[Event] = []
        self._unreported: dict[tuple[Any, ...], Verdict] = {}
        self.duties: list[DutyStatus] = [s for schedule in schedules for s in self._of(schedule)]

    @property
    def day(self) -> datetime.date:
        """The day asked about."""
        return self.question.day

    @property
    def heading(self) -> str:
        """What the table shows."""
        names = "、".join(p.name for p in self.plans[:3]) + (" …" if len(self.plans) > 3 else "")
        known = told("heading", "as known", day=self.question.known_on) if self.question.known_on else ""
        return told("heading", "status", names=names, day=self.day, known=known, count=self.ledger.count).text(
            self.lang
        )

    def _of(self, schedule: Schedule) -> Iterator[DutyStatus]:
        plan = schedule.plan
        events = self._attached(schedule, self.ledger.of(plan.id, plan.place or None))
        for task, duties in schedule.duties.items():
            own = events.get(task)
            for duty in duties:
                yield self._judged(schedule, duty, own)

    def _attached(self, schedule: Schedule, events: Mapping[str, list[Event]]) -> Mapping[str, list[Event]]:
        """The events by task; those of a task that is gone go to the only one with the same words, or are orphans."""
        if all(task in schedule.duties for task in events):
            return events
        found: dict[str, list[Event]] = {}
        for task, own in events.items():
            home = task if task in schedule.duties else schedule.by_fingerprint.get(own[-1].fingerprint)
            if home is None:
                self.orphans += own
            else:
                found[home] = sorted([*found.get(home, ()), *own], key=lambda e: (e.effective_on, e.seq))
        return found

    def _judged(self, schedule: Schedule, duty: Duty, events: list[Event] | None) -> DutyStatus:
        if not events:
            return DutyStatus(schedule, duty, None, self._without_report(duty))
        measures = measures_of(schedule.plan.statement(duty.task))
        if duty.kind == "recurring":
            verdict = judge_recurring(duty, states_of(duty, events), self.day, self.rules, measures)
            return DutyStatus(schedule, duty, None, verdict)
        state = state_of(duty, events)
        if state is None:
            return DutyStatus(schedule, duty, None, self._without_report(duty))
        return DutyStatus(schedule, duty, state, judge(duty, state, self.day, self.rules, measures))

    def _without_report(self, duty: Duty) -> Verdict:
        """The verdict on a duty without reports: the same for all duties with the same dates."""
        key = (duty.kind, duty.days, duty.starts, duty.occurrences, duty.count, duty.surface)
        found = self._unreported.get(key)
        if found is None:
            judged = (
                judge_recurring(duty, {}, self.day, self.rules)
                if duty.kind == "recurring"
                else judge(duty, None, self.day, self.rules)
            )
            found = self._unreported[key] = judged
        return found

    @cached_property
    def records(self) -> Sequence[StatusRow]:
        """One record per duty, in the order of the plans' texts."""
        return [_row(s) for s in self.duties]

    def of(self, task: str, duty: int | None = None) -> DutyStatus:
        """A duty of a task (the first, unless a number is given). Raises `KeyError` where there is none."""
        for one in self.duties:
            if one.duty.task == task and duty in (None, one.duty.number):
                return one
        raise KeyError(task)

    def having(self, *keys: Status | Light) -> list[DutyStatus]:
        """The duties of some statuses or lights, the earliest date first."""
        found = [s for s in self.duties if s.verdict.status in keys or s.verdict.light in keys]
        return sorted(found, key=lambda s: s.day or datetime.date.max)

    def count(self, *keys: Status | Light) -> int:
        """How many duties have one of some statuses or lights."""
        return sum(s.verdict.status in keys or s.verdict.light in keys for s in self.duties)

    @cached_property
    def counts(self) -> Counter[Status]:
        """How many duties have each status."""
        return Counter(s.verdict.status for s in self.duties)

    def by(self, group: Group) -> StatusBy:
        """Counts by lead unit, month or year of the deadline, status, light, work item or plan."""
        return StatusBy(self.duties, group, self.heading, self.lang)

    @property
    def occurrences(self) -> OccurrenceReport:
        """The occurrences of recurring duties, one record each."""
        return OccurrenceReport(self.duties, self.lang)

    @property
    def pace(self) -> PaceReport:
        """Days late or ahead of each dated duty, and when it will be done if it goes on as reported."""
        return PaceReport(self.duties, self.day, self.rules.grain, self.heading, self.lang)

    @property
    def burn_up(self) -> BurnUp:
        """How many items were due, done and late by the end of each month."""
        return BurnUp(self.duties, self.day, self.heading, self.lang)


def _row(one: DutyStatus) -> StatusRow:
    verdict, last, closed = one.verdict, one.last, one.closed
    return StatusRow(
        plan=one.plan.id,
        id=one.duty.task,
        duty=one.duty.number,
        item=one.item,
        content=one.statement.text,
        lead=one.lead,
        support=one.support,
        due=one.duty.due_text,
        status=verdict.status,
        light=verdict.light,
        percent=verdict.percent,
        elapsed=verdict.elapsed,
        done_on=verdict.done_on,
        days_late_min=verdict.late_min,
        days_late_max=verdict.late_max,
        next_due=verdict.next_due,
        reported_on=last.reported_on if last else None,
        reporter=last.reporter if last else "",
        evidence=last.evidence if last else "",
        closed_on=closed.closed_on if closed else None,
        approver=closed.approver if closed else "",
        reason=verdict.reasons,
        due_earliest=min(one.duty.days, default=None),
        due_latest=max(one.duty.days, default=None),
    )


def _check_plans(progress: Progress, plans: Sequence[Plan]) -> None:
    """Refuse a ledger that speaks of other plans only: every task would look as if nobody had reported."""
    names = (*(plan.id for plan in plans), *progress.renamed(plans))
    if any(next(iter(progress.events(name)), None) for name in names):
        return
    others = sorted({event.plan for event in progress.events()})
    if others:
        raise ProgressError(
            "no reports",
            where=str(progress.path),
            hint="reports on",
            names=tuple(p.id for p in plans),
            others=(*others[:3], *(["…"] if len(others) > 3 else [])),
        )


def status(
    plans: Plan | Sequence[Plan],
    progress: Progress | None,
    question: AsOf | datetime.date,
    *,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> StatusReport:
    """The status of the tasks of one or several plans on a day by a ledger.

    >>> from planlineage.model.files import shipped_plan
    >>> found = status(shipped_plan("shanting_2021"), None, datetime.date(2024, 6, 30), lang="en")
    >>> found.of("9.29-2rwar").verdict.reasons[0].text("en")
    'due 2023-12-31, 182 days overdue'
    """
    asked = question if isinstance(question, AsOf) else AsOf(question)
    many = [plans] if isinstance(plans, Plan) else list(plans)
    if progress is not None:
        _check_plans(progress, many)
    ledger = read_ledger(progress, asked, many)
    return StatusReport(many, ledger, asked, rules, lang)
