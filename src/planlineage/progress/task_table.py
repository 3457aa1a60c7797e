"""The official task table with the state of things beside it: 序号, 工作事项, 主要内容, 牵头单位, 配合单位, 完成时限, then
the upper clause and its date, then status, light, percentage, days late, forecast and reason."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from ..analysis.deadlines import SIDES, beside_date, slip_text, upper_clause
from ..comparing.lineage import Lineage
from ..model.commitments import due_text
from ..model.disk import write_text
from ..model.report import Report, column
from ..model.wording import Reason
from .counts import Group, StatusBy
from .duty_status import DutyStatus
from .pace import forecast_of
from .status import StatusReport
from .statuses import Light, Status

SHORT = (
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
    "light",
    "percent",
    "late",
    "reason",
)
"""The columns that are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One duty in the official task table. `late` is negative where it was done ahead of its date; a range is text."""

    number: int
    item: str
    content: str
    lead: tuple[str, ...] = column(joint="、")
    support: tuple[str, ...] = column(joint="、")
    due: str
    upper_clause: str
    upper_due: str
    slip: str
    status: Status = column(words="progress")
    light: Light = column(words="light")
    percent: float | None
    late: int | str
    forecast: str
    reason: tuple[Reason, ...]
    reported_on: datetime.date | None
    evidence: str
    closed_on: datetime.date | None
    approver: str
    remark: tuple[Reason, ...]
    id: str
    duty: int = column(hidden=True)
    due_earliest: datetime.date | None = column(hidden=True)
    due_latest: datetime.date | None = column(hidden=True)
    upper_plan: str = column(hidden=True)
    upper_id: str = column(hidden=True)
    upper_due_earliest: datetime.date | None = column(hidden=True)
    upper_due_latest: datetime.date | None = column(hidden=True)
    days_min: int | None = column(hidden=True)
    days_max: int | None = column(hidden=True)
    late_min: int | None = column(hidden=True)
    late_max: int | None = column(hidden=True)


class TaskTable(Report[TaskRow]):
    """The task table of a status report over one plan, with upper clauses where a lineage is given.

    Statuses, reasons and titles are shown in the language of the status report.
    """

    kind = "tasks"
    shown_columns = ("number", "content", "lead", "due", "status", "light", "percent", "late", "reason")
    frame_data: ClassVar[Mapping[str, Sequence[str]]] = {**SIDES, "late": ("late_min", "late_max")}

    def __init__(self, status: StatusReport, lineage: Lineage | None = None) -> None:
        self.status, self.lineage, self.lang = status, lineage, status.lang

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self.status.heading

    @cached_property
    def records(self) -> Sequence[TaskRow]:
        """One record per duty, in the order of the text."""
        return [self._record(number, one) for number, one in enumerate(self.status.duties, 1)]

    def _record(self, number: int, one: DutyStatus) -> TaskRow:
        verdict, last, closed = one.verdict, one.last, one.closed
        beside = beside_date(self.lineage, one.plan, one.statement, one.duty.effective)
        found = forecast_of(one, self.status.day, self.status.rules.grain)
        return TaskRow(
            number=number,
            item=one.item,
            content=one.statement.text,
            lead=one.lead,
            support=one.support,
            due=one.duty.due_text + (f"（{one.duty.hedge}）" if one.duty.hedge else ""),
            upper_clause=upper_clause(beside),
            upper_due=due_text(beside.deadlines),
            slip=slip_text(beside),
            status=verdict.status,
            light=verdict.light,
            percent=verdict.percent,
            late=_late(verdict.late_min, verdict.late_max),
            forecast=found.text if found else "",
            reason=verdict.reasons,
            reported_on=last.reported_on if last else None,
            evidence=last.evidence if last else "",
            closed_on=closed.closed_on if closed else None,
            approver=closed.approver if closed else "",
            remark=beside.answer.reasons if beside.answer else (),
            id=one.duty.task,
            duty=one.duty.number,
            due_earliest=min(one.duty.days, default=None),
            due_latest=max(one.duty.days, default=None),
            upper_plan=beside.upper.plan.id if beside.upper else "",
            upper_id=beside.upper.statement.id if beside.upper else "",
            upper_due_earliest=min(beside.days, default=None),
            upper_due_latest=max(beside.days, default=None),
            days_min=beside.answer.days_min if beside.answer else None,
            days_max=beside.answer.days_max if beside.answer else None,
            late_min=verdict.late_min,
            late_max=verdict.late_max,
        )

    def having(self, *keys: Status | Light) -> list[TaskRow]:
        """The records of some statuses or lights."""
        return [r for r in self.records if r.status in keys or r.light in keys]

    def by(self, group: Group) -> StatusBy:
        """Counts by unit, month, year, status, light or item: the deadline report by month and by unit."""
        return self.status.by(group)

    def as_dict(self) -> dict[str, Any]:
        """The table as plain data, with the day, the rules and the digests of the plans it rests on."""
        asked = self.status.question
        return {
            "schema_version": 1,
            "as_of": asked.day.isoformat(),
            "known_on": asked.known_on.isoformat() if asked.known_on else None,
            "rules": self.status.rules.stated(self.lang),
            "plans": {p.id: {"title": p.title, "place": p.place, "sha256": p.source.sha256} for p in self.status.plans},
            "rows": [self._as_dict(record) for record in self.records],
        }

    def _as_dict(self, record: TaskRow) -> dict[str, Any]:
        keys = {"status_key": record.status, "light_key": record.light, "duty": record.duty}
        told = {**self.row(record), **keys}
        told["reported_on"] = record.reported_on.isoformat() if record.reported_on else ""
        return {name: value for name, value in told.items() if value is not None}

    def to_json(self, path: str | Path) -> Path:
        """Write the table as JSON: UTF-8, keys in English, statuses also under `status_key`."""
        return write_text(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1, default=str) + "\n")


def _late(low: int | None, high: int | None) -> str | int:
    if low is None or high is None:
        return ""
    return low if low == high else f"{low}～{high}"
