"""The deadline report: what is due when, how that compares with the upper clause, and how it stands on a given day.

Without progress reports nobody can know what is done. The status therefore speaks of the dates alone: past, due soon,
ahead, or a date that can be read two ways of which one has passed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from ..comparing.answers import Beside
from ..comparing.effective import UNDATED, EffectiveDeadline, Origin, effective_deadlines
from ..comparing.lineage import Lineage
from ..model.commitments import due_text
from ..model.errors import InvalidValueError, UnknownTaskError
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import Lang, Reason, Term, one_of, words
from ..reading.commitments import NOBODY, Assigned, assigned
from .units import UnitRegister, tasks_of

SOON = 90
"""Days before a deadline from which it counts as due soon."""

SIDES: Mapping[str, Sequence[str]] = {
    "due": ("due_earliest", "due_latest"),
    "upper_clause": ("upper_plan", "upper_id"),
    "upper_due": ("upper_due_earliest", "upper_due_latest"),
    "slip": ("days_min", "days_max"),
}
"""What a frame holds in place of the words of the task table for dates and upper clauses."""

DateStatus = Literal["past", "perhaps_past", "due_soon", "ahead", "no_day_known"]
"""How a date stands on a day."""

STATUSES: tuple[DateStatus, ...] = get_args(DateStatus)


@dataclass(frozen=True, slots=True)
class DueTask:
    """One task and one date that holds for it, or none, in the columns of the official task table.

    `effective` is that date with where it comes from; `beside` what stands above beside it; `assigned` who leads, supports and
    guides, and why.
    """

    number: int
    plan: Plan
    statement: Statement
    effective: EffectiveDeadline
    beside: Beside
    status_key: DateStatus
    assigned: Assigned

    @property
    def has_own_date(self) -> bool:
        """Whether the date is the task's own or its clause's, not one that holds for the whole plan."""
        return self.effective.origin in ("own", "clause")

    @property
    def id(self) -> str:
        """The task."""
        return self.statement.id

    @property
    def item(self) -> str:
        """The work item that the task belongs to."""
        return item_of(self.plan, self.statement)

    @property
    def content(self) -> str:
        """The task's words."""
        return self.statement.text

    @property
    def lead(self) -> str:
        """Lead units."""
        return "、".join(self.assigned.lead)

    @property
    def support(self) -> str:
        """Supporting units."""
        return "、".join(self.assigned.support)

    @property
    def due(self) -> str | Term:
        """The day or days; what the plan says in place of a date (每季度, 持续推进) where it gives none."""
        pace, rhythms = self.assigned.pace, "、".join(rhythm.surface for rhythm in self.assigned.rhythms)
        return self.effective.text or rhythms or (Term(f"pace.{pace}") if pace else "")

    @property
    def due_earliest(self) -> datetime.date | None:
        """The first of its possible last days."""
        return min(self.effective.days, default=None)

    @property
    def due_latest(self) -> datetime.date | None:
        """The last of its possible last days."""
        return max(self.effective.days, default=None)

    @property
    def upper_plan(self) -> str:
        """The plan that the upper clause stands in."""
        return self.beside.upper.plan.id if self.beside.upper else ""

    @property
    def upper_id(self) -> str:
        """The upper statement."""
        return self.beside.upper.statement.id if self.beside.upper else ""

    @property
    def upper_due_earliest(self) -> datetime.date | None:
        """The first of the upper date's possible last days."""
        return min(self.beside.days, default=None)

    @property
    def upper_due_latest(self) -> datetime.date | None:
        """The last of the upper date's possible last days."""
        return max(self.beside.days, default=None)

    @property
    def days_min(self) -> int | None:
        """The least number of days later than the upper date (negative: earlier); None where they can't be counted."""
        return self.beside.answer.days_min if self.beside.answer else None

    @property
    def days_max(self) -> int | None:
        """The greatest number of days later than the upper date."""
        return self.beside.answer.days_max if self.beside.answer else None

    @property
    def origin_key(self) -> Origin:
        """Where the date comes from, as a key."""
        return self.effective.origin

    @property
    def upper_clause(self) -> str:
        """The upper clause."""
        return upper_clause(self.beside)

    @property
    def upper_due(self) -> str:
        """The upper date that this one answers to; all dates of the upper statement where it answers to none."""
        return due_text(self.beside.deadlines)

    @property
    def slip(self) -> str:
        """How many days later than the upper date (negative: earlier); a range where the words admit two readings."""
        return slip_text(self.beside)

    @property
    def status(self) -> Term:
        """How the date stands on the day of the report."""
        return Term(f"date.{self.status_key}")

    @property
    def origin(self) -> Term:
        """Where the date comes from."""
        return self.effective.origin_term

    @property
    def words(self) -> str:
        """The words of the plan."""
        return self.effective.surface + (f"（{self.effective.hedge}）" if self.effective.hedge else "")

    @property
    def remark(self) -> tuple[Reason, ...]:
        """Why the two dates compare as they do."""
        return self.beside.answer.reasons if self.beside.answer else ()


class DeadlineReport(Report[DueTask]):
    """The deadlines of a plan's tasks on a day, in the order of the official task table.

    `as_of` is the day, `lang` ("zh" or "en") the language of headers and statuses. With a lineage each row names the upper
    clause and its date. Without `all_tasks` those that have no date of their own are left out; with `unit`, all but the tasks of
    one body, by any of its names (区财政局, 财政局). `units` are the bodies of the plan. Raises `UnknownTaskError` for a body
    that has no task.

    >>> from planlineage import deadlines
    >>> report = deadlines("shanting_2021", "central_2021", as_of="2024-06-30", all_tasks=False)
    >>> report[1].status_key, report.rows()[1]["due"]
    ('past', '2022-12-31')
    """

    kind: ClassVar[str] = "deadlines"
    columns: ClassVar[tuple[str, ...]] = (
        "number",
        "item",
        "content",
        "lead",
        "support",
        "due",
        "upper_clause",
        "upper_due",
        "slip",
        "status",
        "origin",
        "words",
        "remark",
        "id",
    )

    shown_columns: ClassVar[tuple[str, ...]] = ("number", "content", "lead", "due", "upper_due", "slip", "status")
    frame_data: ClassVar[Mapping[str, Sequence[str]]] = {
        **SIDES,
        "status": ("status_key",),
        "origin": ("origin_key",),
    }

    def __init__(
        self,
        plan: Plan,
        as_of: datetime.date,
        lineage: Lineage | None = None,
        *,
        all_tasks: bool = True,
        unit: str = "",
        lang: Lang = "zh",
    ) -> None:
        self.plan, self.as_of, self.lineage, self.lang = plan, as_of, lineage, lang
        found = effective_deadlines(plan)
        self._assigned = assigned(plan)
        self.units = UnitRegister(plan, self._assigned)
        body = self.units.named(unit) if unit else None
        if unit and body is None:
            known = "、".join(one.unit for one in self.units[:8])
            raise UnknownTaskError("no such unit", where=plan.id, hint="units", unit=unit, known=known or "none")
        owed = tasks_of(body) if body else None
        wanted = [
            (s, d)
            for s in plan.statements
            if s.is_task or (s.kind == "goal" and s.deadlines)
            for d in found[s.id] or (UNDATED,)
            if (all_tasks or d.origin in ("own", "clause")) and (owed is None or s.id in owed)
        ]
        self._records = [self._record(i, s, d) for i, (s, d) in enumerate(wanted, 1)]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("heading.deadlines", self.speaks, plan=self.plan.name, day=self.as_of)

    @property
    def records(self) -> Sequence[DueTask]:
        """One record for each task and date, in the order of the text."""
        return self._records

    def by(self, group: Literal["unit"]) -> UnitRegister:
        """What each body has to do, those that lead most first."""
        if group != "unit":
            raise InvalidValueError("no such group", group=group)
        return self.units

    def having(self, *statuses: DateStatus) -> list[DueTask]:
        """The records of some statuses, the earliest date first. Raises `ValueError` for one that there is not."""
        for status in statuses:
            one_of("status", status, DateStatus)
        return sorted((r for r in self._records if r.status_key in statuses), key=lambda r: r.effective.days)

    def _record(self, number: int, statement: Statement, effective: EffectiveDeadline) -> DueTask:
        units = self._assigned.get(statement.id, NOBODY)
        beside = beside_date(self.lineage, self.plan, statement, effective)
        status = status_of(effective.days, self.as_of)
        return DueTask(number, self.plan, statement, effective, beside, status, units)


def beside_date(
    lineage: Lineage | None, plan: Plan, statement: Statement, effective: EffectiveDeadline | None
) -> Beside:
    """What stands above beside a date that holds for a local task."""
    if lineage is None:
        return Beside()
    own = effective.deadline if effective is not None and effective.origin == "own" else None
    return lineage.answers.beside(plan, statement, own)


def upper_clause(beside: Beside) -> str:
    """The clause and id of what stands above; empty where nothing does."""
    upper = beside.upper
    return f"{upper.plan.label(upper.statement.clause)} · {upper.statement.id}" if upper else ""


def slip_text(beside: Beside) -> str:
    """The days between two dates; `0～365` where the words admit two readings, empty where they can't be counted."""
    answer = beside.answer
    if answer is None or answer.days_min is None:
        return ""
    return str(answer.days_min) if answer.days_min == answer.days_max else f"{answer.days_min}～{answer.days_max}"


def status_of(days: Sequence[datetime.date], as_of: datetime.date) -> DateStatus:
    """How a deadline with these possible last days stands on a day.

    >>> status_of([datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)], datetime.date(2025, 6, 30))
    'perhaps_past'
    """
    if not days:
        return "no_day_known"
    if max(days) < as_of:
        return "past"
    if min(days) < as_of:
        return "perhaps_past"
    return "due_soon" if (min(days) - as_of).days <= SOON else "ahead"


def item_of(plan: Plan, statement: Statement) -> str:
    """The work item that a task belongs to: what its row of a table calls it, else the nearest heading above it."""
    if title := plan.row_title(statement.clause):
        return title
    for clause in reversed(plan.path(statement.clause)):
        if clause.title:
            return clause.title
    return ""
