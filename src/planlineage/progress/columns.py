"""The columns of ledger files, in Chinese and English, and how a row of a template is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.plan import Plan, Statement
from .duties import Duty, schedule_of
from .measures import Measure, measures_of
from .wording import Lang

HEADERS: Mapping[str, tuple[str, str]] = {
    "task": ("任务编号", "Task id"),
    "item": ("工作事项", "Item"),
    "content": ("主要内容", "Content"),
    "lead": ("牵头单位", "Lead unit"),
    "due": ("完成时限", "Due"),
    "duty": ("事项序号", "Duty no."),
    "target": ("量化指标", "Target"),
    "measure": ("指标序号", "Measure no."),
    "occurrence": ("期次", "Occurrence"),
    "status": ("进展状态", "Status"),
    "percent": ("完成率（%）", "Percent"),
    "times": ("本期次数", "Times"),
    "value": ("实测值", "Measured value"),
    "unit": ("计量单位", "Unit"),
    "effective_on": ("截至日期", "Effective on"),
    "reported_on": ("报送日期", "Reported on"),
    "evidence": ("佐证材料", "Evidence"),
    "note": ("备注", "Note"),
    "reporter": ("填报人", "Reporter"),
}
"""Every column that a ledger file may have, and its titles."""

TEMPLATE = tuple(name for name in HEADERS if name != "unit")
"""The columns of a template, in their order."""

ENTRIES = ("status", "percent", "times", "value", "evidence", "note")
"""The columns of which one must be filled in for a row to be an entry."""

EDITABLE = ("occurrence", *ENTRIES, "effective_on", "reported_on", "reporter")
"""The columns that a reporter fills in; the others are protected."""

META_SHEET = "planlineage"
"""The hidden sheet that says which plan a template was made for."""

TEMPLATE_VERSION = 1
_BRACKETS = re.compile(r"[（(].*?[）)]|[\s　*＊:：]")


def _plain(title: str) -> str:
    return _BRACKETS.sub("", title).lower()


_NAMES = {_plain(title): name for name, titles in HEADERS.items() for title in (*titles, name)} | {
    "完成日期": "effective_on", "状态": "status", "完成率": "percent", "进度": "percent", "任务id": "task", "id": "task",
    "填报单位": "reporter", "次数": "times",
}  # fmt: skip


def column_of(title: object) -> str | None:
    """The column that a title names; None where it names none.

    >>> column_of("完成率（%）"), column_of("Task id"), column_of("anything")
    ('percent', 'task', None)
    """
    return _NAMES.get(_plain(str(title))) if title is not None else None


def titles(lang: Lang) -> dict[str, str]:
    """The titles of all columns in a language."""
    return {name: both[0 if lang == "zh" else 1] for name, both in HEADERS.items()}


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row to be filled in: a duty of a task, and one of its measures where it has any."""

    statement: Statement
    duty: Duty
    measure: Measure | None
    item: str
    lead: str


def template_rows(plan: Plan) -> Iterator[TemplateRow]:
    """The rows of a plan's template: one a task, and one more for each further duty or measure that it has."""
    schedule = schedule_of(plan)
    for statement in schedule.statements:
        measures = measures_of(statement)
        duties = schedule.duties[statement.id]
        item, lead = schedule.items[statement.id], "、".join(schedule.units[statement.id][0])
        for place in range(max(len(duties), len(measures))):
            duty = duties[min(place, len(duties) - 1)]
            yield TemplateRow(statement, duty, measures[place] if place < len(measures) else None, item, lead)
