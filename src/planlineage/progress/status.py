"""The status of all tasks on a day, as a report: one row a duty, and counts by unit, month, status or light."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from .duties import Duty, Schedule, schedule_of
from .events import Event
from .history import AsOf, Ledger, State, read_ledger, state_of, states_of
from .measures import measures_of
from .recurring import judge_recurring
from .rules import DEFAULT, Rules
from .standing import Verdict, judge
from .store import Progress
from .wording import LIGHTS, STATUSES, Lang, joined, light_name, status_name

Group = Literal["unit", "month", "year", "status", "light", "item", "plan"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty of one task, what was reported on it, and how it stands."""

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


class StatusReport(Report):
    """How every task of one or several plans stands on a day.

    `standings` holds one entry a duty; `orphans` the events whose task is in none of the plans any more. `lang` is the
    language of statuses, lights and reasons ("zh" or "en").
    """

    columns: ClassVar[tuple[str, ...]] = (
        "plan", "id", "duty", "item", "content", "lead", "support", "due", "status", "light", "percent", "elapsed",
        "done_on", "days_late_min", "days_late_max", "next_due", "reported_on", "reporter", "evidence", "reason",
    )  # fmt: skip

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
        self.standings: list[Standing] = [s for schedule in schedules for s in self._of(schedule)]

    @property
    def day(self) -> datetime.date:
        """The day asked about."""
        return self.question.day

    @property
    def heading(self) -> str:
        """What the table shows."""
        names = "、".join(p.name for p in self.plans[:3]) + (" …" if len(self.plans) > 3 else "")
        known = f", as known on {self.question.known_on}" if self.question.known_on else ""
        return f"{names}, as of {self.day}{known}: {self.ledger.count} reports"

    def _of(self, schedule: Schedule) -> Iterator[Standing]:
        plan = schedule.plan
        events = self._attached(schedule, self.ledger.of(plan.id, plan.place or None))
        for task, duties in schedule.duties.items():
            own = events.get(task)
            for duty in duties:
                yield self._standing(schedule, duty, own)

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

    def _standing(self, schedule: Schedule, duty: Duty, events: list[Event] | None) -> Standing:
        if not events:
            return Standing(schedule, duty, None, self._without_report(duty))
        measures = measures_of(schedule.plan.statement(duty.task))
        if duty.kind == "recurring":
            verdict = judge_recurring(duty, states_of(duty, events), self.day, self.rules, measures)
            return Standing(schedule, duty, None, verdict)
        state = state_of(duty, events)
        if state is None:
            return Standing(schedule, duty, None, self._without_report(duty))
        return Standing(schedule, duty, state, judge(duty, state, self.day, self.rules, measures))

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

    def rows(self) -> list[Row]:
        """One row a duty, in the order of the plans' texts."""
        return self._all_rows

    @cached_property
    def _all_rows(self) -> list[Row]:
        return [self.row(s) for s in self.standings]

    def row(self, standing: Standing) -> Row:
        """One standing as a row, in the report's language."""
        verdict, last = standing.verdict, standing.last
        lead, support = standing.schedule.units[standing.duty.task]
        return {
            "plan": standing.plan.id,
            "id": standing.duty.task,
            "duty": standing.duty.number,
            "item": standing.schedule.items[standing.duty.task],
            "content": standing.statement.text,
            "lead": "、".join(lead),
            "support": "、".join(support),
            "due": standing.duty.due_text,
            "status": status_name(verdict.status, self.lang),
            "light": light_name(verdict.light, self.lang),
            "percent": verdict.percent,
            "elapsed": verdict.elapsed,
            "done_on": verdict.done_on,
            "days_late_min": verdict.late_min,
            "days_late_max": verdict.late_max,
            "next_due": verdict.next_due,
            "reported_on": last.reported_on if last else None,
            "reporter": last.reporter if last else "",
            "evidence": last.evidence if last else "",
            "reason": joined(verdict.reasons, self.lang),
        }

    def of(self, task: str, duty: int | None = None) -> Standing:
        """The standing of a task (of its first duty, unless a number is given). Raises `KeyError` where there is none."""
        for standing in self.standings:
            if standing.duty.task == task and duty in (None, standing.duty.number):
                return standing
        raise KeyError(task)

    def having(self, *keys: str) -> list[Standing]:
        """The standings of some statuses or lights (English names), the earliest date first."""
        found = [s for s in self.standings if s.verdict.status in keys or s.verdict.light in keys]
        return sorted(found, key=lambda s: _sort_day(s) or datetime.date.max)

    def count(self, *keys: str) -> int:
        """How many duties have one of some statuses or lights (English names)."""
        return sum(s.verdict.status in keys or s.verdict.light in keys for s in self.standings)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many duties have each status."""
        return Counter(s.verdict.status for s in self.standings)

    def by(self, group: Group) -> StatusBy:
        """Counts by lead unit, month or year of the deadline, status, light, work item or plan."""
        return StatusBy(self, group)

    @property
    def occurrences(self) -> OccurrenceReport:
        """The occurrences of recurring duties, one row each."""
        return OccurrenceReport(self)


def _sort_day(standing: Standing) -> datetime.date | None:
    return standing.verdict.next_due or (standing.duty.days[-1] if standing.duty.days else None)


class StatusBy(Report):
    """The counts of a status report by some group. A task with several lead units counts for each of them."""

    columns: ClassVar[tuple[str, ...]] = ("group", "duties", *STATUSES, *LIGHTS)

    def __init__(self, status: StatusReport, group: Group) -> None:
        self.status, self.group = status, group

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.status.heading}, by {self.group}"

    def rows(self) -> list[Row]:
        """One row a group, in the order of their names; in the order of the text for work items."""
        groups: dict[str, list[Standing]] = {}
        for standing in self.status.standings:
            for name in self._names(standing):
                groups.setdefault(name, []).append(standing)
        names = groups if self.group in ("item", "plan") else sorted(groups)
        return [_counted(name, groups[name]) for name in names]

    def _names(self, standing: Standing) -> Iterable[str]:
        lang = self.status.lang
        match self.group:
            case "unit":
                return standing.schedule.units[standing.duty.task][0] or [_("未明确", "not named", lang)]
            case "month" | "year":
                day = _sort_day(standing)
                return [
                    day.isoformat()[: 7 if self.group == "month" else 4] if day else _("未定", "none", lang)
                ]
            case "status":
                return [status_name(standing.verdict.status, lang)]
            case "light":
                return [light_name(standing.verdict.light, lang)]
            case "item":
                return [standing.schedule.items[standing.duty.task]]
            case _:
                return [standing.plan.name]


def _(chinese: str, english: str, lang: Lang) -> str:
    return chinese if lang == "zh" else english


def _counted(name: str, standings: Sequence[Standing]) -> Row:
    statuses = Counter(s.verdict.status for s in standings)
    lights = Counter(s.verdict.light for s in standings)
    return {
        "group": name,
        "duties": len(standings),
        **{key: statuses[key] for key in STATUSES},
        **{key: lights[key] for key in LIGHTS},  # type: ignore[index]
    }


class OccurrenceReport(Report):
    """The occurrences of all recurring duties: when each was due, and whether it was met."""

    columns: ClassVar[tuple[str, ...]] = (
        "plan", "id", "duty", "rhythm", "due", "outcome", "done_on", "times", "count", "reporter", "evidence",
    )  # fmt: skip

    def __init__(self, status: StatusReport) -> None:
        self.status = status

    def rows(self) -> list[Row]:
        """One row an occurrence, in the order of the plans' texts."""
        return [
            {
                "plan": s.plan.id,
                "id": s.duty.task,
                "duty": s.duty.number,
                "rhythm": s.duty.surface,
                "due": o.due,
                "outcome": o.outcome,
                "done_on": o.done_on,
                "times": o.state.times if o.state else None,
                "count": s.duty.count,
                "reporter": o.state.last.reporter if o.state and o.state.last else "",
                "evidence": "；".join(o.state.evidence) if o.state else "",
            }
            for s in self.status.standings
            for o in s.verdict.occurrences
        ]


def status(
    plans: Plan | Sequence[Plan],
    progress: Progress | None,
    question: AsOf | datetime.date,
    *,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> StatusReport:
    """How the tasks of one or several plans stand on a day by a ledger.

    >>> from planlineage.model.files import shipped_plan
    >>> found = status(shipped_plan("shanting_2021"), None, datetime.date(2024, 6, 30), lang="en")
    >>> found.of("9.29-2rwar").verdict.reasons[0].text("en")
    'due 2023-12-31, 182 days overdue'
    """
    asked = question if isinstance(question, AsOf) else AsOf(question)
    many = [plans] if isinstance(plans, Plan) else list(plans)
    ledger = read_ledger(progress, asked, many[0].id if len(many) == 1 else None)
    return StatusReport(many, ledger, asked, rules, lang)
