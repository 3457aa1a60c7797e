"""The official task table with the state of things beside it: 序号, 工作事项, 主要内容, 牵头单位, 配合单位, 完成时限, then
the upper clause and its date, then status, light, percentage, days late, forecast and reason."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from ..analysis.deadlines import beside_date, slip_text, upper_clause
from ..comparing.answers import Beside
from ..comparing.lineage import Lineage
from ..model.commitments import due_text
from ..model.disk import write_text
from ..model.report import Report
from ..model.wording import Reason, Term
from .counts import Group, StatusBy
from .duty_status import DutyStatus
from .pace import Forecast, forecast_of
from .status import StatusReport
from .statuses import Light, Status

SHORT = ("number", "item", "content", "lead", "support", "due", "upper_clause", "upper_due", "slip", "status", "light",
         "percent", "late", "reason")  # fmt: skip
"""The columns that are printed."""


@dataclass(frozen=True, slots=True)
class TrackedTask:
    """One duty of a task in the columns of the official task table; `beside` is what stands above beside its date."""

    number: int
    duty_status: DutyStatus
    beside: Beside
    predicted: Forecast | None

    @property
    def status_key(self) -> Status:
        """The status."""
        return self.duty_status.verdict.status

    @property
    def light_key(self) -> Light:
        """The light."""
        return self.duty_status.verdict.light

    @property
    def id(self) -> str:
        """The task."""
        return self.duty_status.duty.task

    @property
    def duty(self) -> int:
        """The number of the duty among those of its task."""
        return self.duty_status.duty.number

    @property
    def item(self) -> str:
        """The work item that the task belongs to."""
        return self.duty_status.item

    @property
    def content(self) -> str:
        """The task's words."""
        return self.duty_status.statement.text

    @property
    def lead(self) -> str:
        """Lead units."""
        return "、".join(self.duty_status.lead)

    @property
    def support(self) -> str:
        """Supporting units."""
        return "、".join(self.duty_status.support)

    @property
    def due(self) -> str:
        """The day or days, or the rhythm, with the word that softens it."""
        duty = self.duty_status.duty
        return duty.due_text + (f"（{duty.hedge}）" if duty.hedge else "")

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
        """The status as a word."""
        return Term(f"progress.{self.status_key}")

    @property
    def light(self) -> Term:
        """The light as a word."""
        return Term(f"light.{self.light_key}")

    @property
    def percent(self) -> float | None:
        """How much of it is done, 0 to 100."""
        return self.duty_status.verdict.percent

    @property
    def late(self) -> str | int:
        """Days late, negative where it was done ahead; a range where the date can be read two ways."""
        low, high = self.duty_status.verdict.late_min, self.duty_status.verdict.late_max
        if low is None or high is None:
            return ""
        return low if low == high else f"{low}～{high}"

    @property
    def forecast(self) -> str:
        """When it will be done at the pace so far."""
        return self.predicted.text if self.predicted else ""

    @property
    def reason(self) -> tuple[Reason, ...]:
        """Why the status and the light are what they are."""
        return self.duty_status.verdict.reasons

    @property
    def reported_on(self) -> datetime.date | None:
        """The day of the last report."""
        return self.duty_status.last.reported_on if self.duty_status.last else None

    @property
    def evidence(self) -> str:
        """The evidence of the last report."""
        return self.duty_status.last.evidence if self.duty_status.last else ""

    @property
    def remark(self) -> tuple[Reason, ...]:
        """Why the task's date compares with the upper one as it does."""
        return self.beside.answer.reasons if self.beside.answer else ()


class TaskTable(Report[TrackedTask]):
    """The task table of a status report over one plan, with upper clauses where a lineage is given.

    Statuses and titles are in the language of the status report.
    """

    kind: ClassVar[str] = "tasks"
    columns: ClassVar[tuple[str, ...]] = (
        "number", "item", "content", "lead", "support", "due", "upper_clause", "upper_due", "slip", "status", "light", "percent",
        "late", "forecast", "reason", "reported_on", "evidence", "remark", "id",
    )  # fmt: skip

    def __init__(self, status: StatusReport, lineage: Lineage | None = None) -> None:
        self.status, self.lineage, self.lang = status, lineage, status.lang

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self.status.heading

    @cached_property
    def records(self) -> Sequence[TrackedTask]:
        """One record for each duty, in the order of the text."""
        return [self._record(number, one) for number, one in enumerate(self.status.duties, 1)]

    def _record(self, number: int, one: DutyStatus) -> TrackedTask:
        beside = beside_date(self.lineage, one.plan, one.statement, one.duty.effective)
        return TrackedTask(number, one, beside, forecast_of(one, self.status.day, self.status.rules.grain))

    def having(self, *keys: Status | Light) -> list[TrackedTask]:
        """The records of some statuses or lights."""
        return [r for r in self.records if r.status_key in keys or r.light_key in keys]

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
            "rules": self.status.rules.stated(self.status.lang),
            "plans": {
                p.id: {"title": p.title, "place": p.place, "sha256": p.source.sha256}
                for p in self.status.plans
            },
            "rows": [self._data(record) for record in self.records],
        }

    def _data(self, record: TrackedTask) -> dict[str, Any]:
        keys = {"status_key": record.status_key, "light_key": record.light_key, "duty": record.duty}
        return {k: v for k, v in {**self.row(record), **keys}.items() if v is not None}

    def to_json(self, path: str | Path) -> Path:
        """Write the table as JSON: UTF-8, keys in English, statuses also under `status_key`."""
        return write_text(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1, default=str) + "\n")
