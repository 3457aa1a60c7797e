"""The columns of ledger files, and how a row of a template is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.parts import Statement
from ..model.plan import Plan
from ..tabular.columns import Columns
from ..tabular.sheets import Layout
from .duties import Duty, schedule_of
from .errors import LedgerFileError
from .events import REMARKS
from .measures import Measure, measures_of

LEDGER = Columns(
    "ledger",
    (
        "task",
        "item",
        "content",
        "lead",
        "due",
        "duty",
        "target",
        "measure",
        "occurrence",
        "status",
        "percent",
        "times",
        "value",
        "unit",
        "effective_on",
        "reported_on",
        "evidence",
        "note",
        "problems",
        "next_step",
        "contact",
        "phone",
        "reporter",
        "closed_on",
        "approver",
        "decision",
        "confidence",
    ),
    {
        "完成日期": "effective_on",
        "办结日期": "effective_on",
        "进展情况": "note",
        "责任人": "contact",
        "状态": "status",
        "完成率": "percent",
        "进度": "percent",
        "任务id": "task",
        "id": "task",
        "填报单位": "reporter",
        "次数": "times",
        "销号时间": "closed_on",
        "销号审批人": "approver",
        "批准人": "approver",
    },
)
"""Every column that a ledger file may have."""

LAYOUT = Layout(LEDGER, "task", "new ledger template", LedgerFileError)

OFF_PAPER = ("task", "duty", "measure", "reporter", "reported_on", "closed_on", "approver")
"""The last columns of a template, which are not printed: codes, and what the office that sent it out fills in."""

UNIT_OFF_PAPER = ("lead", *OFF_PAPER)
"""The last columns of a workbook for one unit, whose name stands above it."""

_ASKED = tuple(name for name in LEDGER.names if name not in ("unit", "decision", "confidence"))

UNIT_TEMPLATE = (*(name for name in _ASKED if name not in UNIT_OFF_PAPER), *UNIT_OFF_PAPER)
"""The columns of a workbook for one unit, in their order."""

TEMPLATE = (*(n for n in _ASKED if n not in OFF_PAPER and (n not in REMARKS or n == "note")), *OFF_PAPER)
"""The columns of a template for all units, in their order."""

ENTRIES = ("status", "percent", "times", "value", "evidence", "note", "problems", "next_step", "closed_on", "approver")
"""The columns of which one must be filled in for a row to be an entry."""

EDITABLE = ("occurrence", *ENTRIES, "contact", "phone", "effective_on", "reported_on", "reporter")
"""The columns that a reporter fills in; the others are protected."""

TEMPLATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row to be filled in: a duty of a task, and one of its measures where it has any."""

    statement: Statement
    duty: Duty
    measure: Measure | None
    item: str
    lead: str


def template_rows(plan: Plan, unit: str = "") -> Iterator[TemplateRow]:
    """The rows of a plan's template: one per task, and one more for each further duty or measure that it has.

    With `unit`, those of the tasks that the unit leads.
    """
    schedule = schedule_of(plan)
    for statement in schedule.statements:
        if unit and unit not in schedule.units[statement.id][0]:
            continue
        measures = measures_of(statement)
        duties = schedule.duties[statement.id]
        item, lead = schedule.items[statement.id], "、".join(schedule.units[statement.id][0])
        for place in range(max(len(duties), len(measures))):
            duty = duties[min(place, len(duties) - 1)]
            yield TemplateRow(statement, duty, measures[place] if place < len(measures) else None, item, lead)


def leading_units(plan: Plan) -> list[str]:
    """The units that lead a task, in the order of the plan."""
    schedule = schedule_of(plan)
    return list(dict.fromkeys(unit for s in schedule.statements for unit in schedule.units[s.id][0]))
