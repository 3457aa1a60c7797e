"""The deadline report: what is due when, how that compares with the upper clause, and how it stands on a given day.

Without progress reports nobody can know what is done. The status therefore speaks of the dates alone: past, due soon,
ahead, or a date that can be read two ways of which one has passed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Literal

from ..linking.compare import DeadlineChange, deadline_change
from ..linking.lineage import Lineage
from ..model.commitments import Responsibility
from ..model.disk import write_text
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from ..reading.effective import EffectiveDeadline, effective_deadlines
from ..reading.sections import is_note_line

SOON = 90
"""Days before a deadline from which it counts as due soon."""

STATUSES: Mapping[str, str] = {
    "past": "已过时限",
    "perhaps past": "可能已过时限",
    "due soon": "临近时限",
    "ahead": "未到时限",
    "no day known": "时限待定",
}
"""The statuses and their names in Chinese tables."""

ORIGINS: Mapping[str, str] = {
    "own": "本条",
    "clause": "所在条款",
    "catch-all": "总体要求",
    "period": "规划期",
}

HEADERS: Mapping[str, tuple[str, str]] = {
    "number": ("序号", "No."),
    "item": ("工作事项", "Item"),
    "content": ("主要内容", "Content"),
    "lead": ("牵头单位", "Lead unit"),
    "support": ("配合单位", "Supporting units"),
    "due": ("完成时限", "Due"),
    "upper_clause": ("上级条款", "Upper clause"),
    "upper_due": ("上级时限", "Upper due"),
    "slip": ("偏差天数", "Slip (days)"),
    "status": ("状态", "Status"),
    "origin": ("时限来源", "Source of date"),
    "words": ("时限原文", "Words of the plan"),
    "remark": ("备注", "Remark"),
    "id": ("任务编号", "Task id"),
}
"""The columns in the official order, each with its Chinese and English title."""


class DeadlineReport(Report):
    """The deadlines of a plan's tasks on a day, in the order of the official task table.

    `as_of` is the day, `lang` ("zh" or "en") the language of headers and statuses. With a lineage each row names the upper
    clause and its date. `entries` leaves tasks out that have no date of their own unless `all_tasks` was asked for.
    """

    columns: ClassVar[tuple[str, ...]] = tuple(HEADERS)

    def __init__(
        self,
        plan: Plan,
        as_of: datetime.date,
        lineage: Lineage | None = None,
        *,
        all_tasks: bool = True,
        lang: Literal["zh", "en"] = "zh",
    ) -> None:
        self.plan, self.as_of, self.lineage, self.lang = plan, as_of, lineage, lang
        found = effective_deadlines(plan)
        wanted = [
            (s, d)
            for s in plan.statements
            if s.is_task or (s.kind == "goal" and s.deadlines)
            for d in found[s.id]
            if all_tasks or d.origin in ("own", "clause")
        ]
        self._rows = [self._row(i, s, d) for i, (s, d) in enumerate(wanted, 1)]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.plan.name}, as of {self.as_of}"

    def rows(self) -> list[Row]:
        """One row a task and deadline, in the order of the text."""
        return list(self._rows)

    def having(self, *statuses: str) -> list[Row]:
        """The rows of some statuses (keys of `STATUSES`), the earliest date first."""
        rows = [r for r in self._rows if r["status_key"] in statuses]
        return sorted(rows, key=lambda r: str(r["due"]))

    @property
    def headers(self) -> dict[str, str]:
        """Column titles in the report's language."""
        return {key: names[0 if self.lang == "zh" else 1] for key, names in HEADERS.items()}

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV with titles in the report's language; opens in Excel."""
        return write_text(path, self.csv_text(self.headers), encoding="utf-8-sig")

    def _row(self, number: int, statement: Statement, deadline: EffectiveDeadline) -> Row:
        lead, support = responsible(self.plan, statement)
        key = status_of(deadline.days, self.as_of)
        return {
            "number": number,
            "item": item_of(self.plan, statement),
            "content": statement.text,
            "lead": "、".join(lead),
            "support": "、".join(support),
            "due": deadline.text,
            "status": STATUSES[key] if self.lang == "zh" else key,
            "status_key": key,
            "origin": ORIGINS[deadline.origin] if self.lang == "zh" else deadline.origin,
            "words": deadline.surface + (f"（{deadline.hedge}）" if deadline.hedge else ""),
            "id": statement.id,
            **self._upper(statement, deadline),
        }

    def _remark(self, change: DeadlineChange) -> str:
        if change.change != "not comparable":
            return ""
        return "上级条款不约束本级，时限不可比" if self.lang == "zh" else change.reason

    def _upper(self, statement: Statement, deadline: EffectiveDeadline) -> Row:
        empty: Row = {"upper_clause": "", "upper_due": "", "slip": "", "remark": ""}
        edges = (
            [e for e in self.lineage.sources(statement.id) if e.relation.is_coverage] if self.lineage else []
        )
        if not self.lineage or not edges:
            return empty
        dated = [e for e in edges if self.lineage.upper(e.upper_plan).statement(e.upper_id).deadlines]
        edge = (dated or edges)[0]
        upper_plan = self.lineage.upper(edge.upper_plan)
        upper = upper_plan.statement(edge.upper_id)
        own = deadline.deadline if deadline.origin == "own" else None
        change = deadline_change(upper, statement, self.plan, own)
        days = "" if change.days_min is None else str(change.days_min)
        if change.days_max is not None and change.days_max != change.days_min:
            days = f"{change.days_min}～{change.days_max}"
        return {
            "upper_clause": f"{upper_plan.label(upper.clause)} · {upper.id}",
            "upper_due": "; ".join(
                " / ".join(str(d) for d in (x.latest, x.alternate) if d) for x in upper.deadlines
            ),
            "slip": days,
            "remark": self._remark(change),
        }


def status_of(days: Sequence[datetime.date], as_of: datetime.date) -> str:
    """How a deadline with these possible last days stands on a day (a key of `STATUSES`).

    >>> status_of([datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)], datetime.date(2025, 6, 30))
    'perhaps past'
    """
    if not days:
        return "no day known"
    if max(days) < as_of:
        return "past"
    if min(days) < as_of:
        return "perhaps past"
    return "due soon" if (min(days) - as_of).days <= SOON else "ahead"


def item_of(plan: Plan, statement: Statement) -> str:
    """The work item that a task belongs to: the nearest heading above it."""
    for clause in reversed(plan.path(statement.clause)):
        if clause.title:
            return clause.title
    return ""


def responsible(plan: Plan, statement: Statement) -> tuple[list[str], list[str]]:
    """Lead and supporting units: of the statement itself, else of the last note in its paragraph (it covers all of it)."""
    notes = [c for c in statement.commitments if isinstance(c, Responsibility)]
    if not notes:
        after = [
            s
            for s in plan.statements
            if s.span.start > statement.span.start and _same_clause(plan, s, statement)
        ]
        notes = [c for s in after for c in s.commitments if isinstance(c, Responsibility)][:1]
    lead = list(dict.fromkeys(name for n in notes for name in n.lead))
    support = list(dict.fromkeys(name for n in notes for name in n.support))
    return lead, [s for s in support if s not in lead]


def _same_clause(plan: Plan, other: Statement, statement: Statement) -> bool:
    """Whether another statement stands in the same paragraph, or is a note in a paragraph of the same numbered clause."""
    if other.clause == statement.clause:
        return True
    return is_note_line(other.text) and plan.numbered(other.clause) is plan.numbered(statement.clause)
