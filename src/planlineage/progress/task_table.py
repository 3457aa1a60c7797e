"""The official task table with the state of things beside it: 序号, 工作事项, 主要内容, 牵头单位, 配合单位, 完成时限, then
the upper clause and its date, then status, light, percentage, days late, forecast and reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from ..analysis.deadlines import HEADERS as DEADLINE_HEADERS, beside_date, slip_text, upper_clause
from ..comparing.lineage import Lineage
from ..model.commitments import due_text
from ..model.disk import write_text
from ..model.report import Report, Row
from ..model.wording import joined, shown, words
from .counts import Group
from .duty_status import DutyStatus
from .pace import forecast_of
from .status import StatusReport

_SHARED = (
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
)
HEADERS: Mapping[str, tuple[str, str]] = {
    **{key: DEADLINE_HEADERS[key] for key in _SHARED},
    "light": ("亮灯", "Light"),
    "percent": ("完成率", "Percent"),
    "late": ("逾期天数", "Days late"),
    "forecast": ("预计完成", "Forecast"),
    "reason": ("依据", "Reason"),
    "reported_on": ("最近报送", "Last report"),
    "evidence": ("佐证材料", "Evidence"),
    **{key: DEADLINE_HEADERS[key] for key in ("remark", "id")},
}
"""The columns and their titles; those of the deadline report keep its titles."""

SHORT = ("number", "item", "content", "lead", "support", "due", "upper_clause", "upper_due", "slip", "status", "light",
         "percent", "late", "reason")  # fmt: skip
"""The columns that are printed."""


class TaskTable(Report):
    """The task table of a status report over one plan, with upper clauses where a lineage is given.

    Statuses and titles are in the language of the status report. `days late` are negative where a task was done ahead of
    its date.
    """

    columns: ClassVar[tuple[str, ...]] = tuple(HEADERS)

    def __init__(self, status: StatusReport, lineage: Lineage | None = None) -> None:
        self.status, self.lineage = status, lineage
        self._rows = [self._row(i, s) for i, s in enumerate(status.duties, 1)]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self.status.heading

    @property
    def headers(self) -> dict[str, str]:
        """Column titles in the report's language."""
        return {key: names[0 if self.status.lang == "zh" else 1] for key, names in HEADERS.items()}

    def rows(self) -> list[Row]:
        """One row a duty, in the order of the text."""
        return list(self._rows)

    def _row(self, number: int, standing: DutyStatus) -> Row:
        verdict, last, lang = standing.verdict, standing.last, self.status.lang
        lead, support = standing.schedule.units[standing.duty.task]
        beside = beside_date(self.lineage, standing.plan, standing.statement, standing.duty.effective)
        found = forecast_of(standing, self.status.day, self.status.rules.grain)
        return {
            "number": number,
            "item": standing.schedule.items[standing.duty.task],
            "content": standing.statement.text,
            "lead": "、".join(lead),
            "support": "、".join(support),
            "due": standing.duty.due_text + (f"（{standing.duty.hedge}）" if standing.duty.hedge else ""),
            "upper_clause": upper_clause(beside),
            "upper_due": due_text(beside.deadlines),
            "slip": slip_text(beside),
            "status": words(f"progress.{verdict.status}", lang),
            "status_key": verdict.status,
            "light": words(f"light.{verdict.light}", lang),
            "light_key": verdict.light,
            "percent": verdict.percent,
            "late": _late(verdict.late_min, verdict.late_max),
            "forecast": found.text if found else "",
            "reason": joined(verdict.reasons, lang),
            "reported_on": last.reported_on.isoformat() if last else "",
            "evidence": last.evidence if last else "",
            "remark": shown(beside.answer.reasons, lang) if beside.answer else "",
            "id": standing.duty.task,
            "duty": standing.duty.number,
        }

    def having(self, *keys: str) -> list[Row]:
        """The rows of some statuses or lights (English names)."""
        return [r for r in self._rows if r["status_key"] in keys or r["light_key"] in keys]

    def by(self, group: Group) -> Report:
        """Counts by unit, month, year, status, light or item: the deadline report by month and by unit."""
        return self.status.by(group)

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV with titles in the report's language; opens in Excel."""
        return write_text(path, self.csv_text(self.headers), encoding="utf-8-sig")

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
            "rows": [{k: v for k, v in row.items() if v is not None} for row in self._rows],
        }

    def to_json(self, path: str | Path) -> Path:
        """Write the table as JSON: UTF-8, keys in English, statuses also under `status_key`."""
        return write_text(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1, default=str) + "\n")


def _late(low: int | None, high: int | None) -> str | int:
    if low is None or high is None:
        return ""
    return low if low == high else f"{low}～{high}"
