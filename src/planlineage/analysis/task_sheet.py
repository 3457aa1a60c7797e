"""The task table as an office writes it: each task once, with its units and until when, in words that read back as the same."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..comparing.effective import EffectiveDeadline, effective_deadlines
from ..model.commitments import Recurrence
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, words
from ..reading.commitments import NOBODY, Assigned, assigned, is_note
from .deadlines import item_of
from .units import Unit, UnitRegister, tasks_of

NOTHING = "—"
"""What stands in a cell where there is nothing: a blank cell would be taken for one that the cell above reaches over."""


_BRACKET = re.compile(r"(?P<note>（(?:[^（）]|（[^（）]*）)+）)。?$")


@dataclass(frozen=True, slots=True)
class SheetTask:
    """A task of the table: its work item, its words, who leads, supports and guides, until when, and its id.

    `responsible` are those of the supporting bodies that the plan has under 责任单位, beside 牵头单位; `support` the others.
    """

    number: int
    item: str
    content: str
    lead: tuple[str, ...] = column(joint="、")
    responsible: tuple[str, ...] = column(joint="、")
    support: tuple[str, ...] = column(joint="、")
    guide: tuple[str, ...] = column(joint="、")
    due: tuple[str, ...] = column(joint="；")
    id: str = column()


class TaskSheet(Report[SheetTask]):
    """The tasks of a plan as its office prints them; with `unit`, those of one body.

    >>> from planlineage import parse_text
    >>> text = "一、任务\\n（一）公示。2026年6月底前建立平台。（区司法局负责）\\n（二）督查。开展督查。"
    >>> plan = parse_text(text, level="district")
    >>> [(task.item, task.lead, task.due) for task in TaskSheet(plan)]
    [('公示', ('区司法局',), ('2026年6月底前',)), ('督查', (), ())]
    """

    kind = "sheet"

    def __init__(self, plan: Plan, unit: Unit | None = None, lang: Lang = "zh") -> None:
        self.plan, self.unit, self.lang = plan, unit, lang

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("sheet.title", self.lang, plan=self.plan.name) + (f"（{self.unit.unit}）" if self.unit else "")

    @cached_property
    def units(self) -> UnitRegister:
        """The bodies of the plan."""
        return UnitRegister(self.plan)

    def of(self, unit: Unit) -> TaskSheet:
        """The tasks of one body."""
        return TaskSheet(self.plan, unit, self.lang)

    @cached_property
    def records(self) -> Sequence[SheetTask]:
        """One record per task, in the order of the text."""
        notes, dates = assigned(self.plan), effective_deadlines(self.plan)
        wanted = tasks_of(self.unit) if self.unit else None
        tasks = [s for s in self.plan.tasks if wanted is None or s.id in wanted]
        found = []
        for number, task in enumerate(tasks, 1):
            note = notes.get(task.id, NOBODY)
            due = _due(task, note, dates[task.id])
            found.append(
                SheetTask(
                    number,
                    item_of(self.plan, task),
                    _without_note(task.text),
                    note.lead,
                    note.responsible,
                    tuple(name for name in note.support if name not in note.responsible),
                    note.guide,
                    due,
                    task.id,
                )
            )
        return found

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the columns that are printed: 责任单位 where nobody only supports, no column that is empty throughout."""
        helping = ("responsible", "support", "guide")
        shown = {c: t for c, t in self.headers.items() if c not in helping or any(getattr(r, c) for r in self)}
        if not shown.keys() & {"responsible", "support"}:
            shown["lead"] = words("column.responsible", self.lang)
        return shown


def _due(task: Statement, note: Assigned, dates: Sequence[EffectiveDeadline]) -> tuple[str, ...]:
    """Its dates, and the rhythms of its note, else its pace, else its own rhythms, else the date of the plan."""
    own = [said_day(d) for d in dates if d.origin in ("own", "clause")] + [r.surface for r in note.rhythms]
    pace = [words(f"pace.{note.pace}", "zh")] if note.pace else []
    rhythms = [c.surface for c in task.commitments if isinstance(c, Recurrence) and c.rule and c.due and not note.dated]
    return tuple(dict.fromkeys(filter(None, own or pace or rhythms or map(said_day, dates))))


def _without_note(text: str) -> str:
    """A task's words without the bracket behind them that says who and until when: both have columns of their own.

    >>> _without_note("公布名录。（区绿化局负责）"), _without_note("公布名录（含驿站）。")
    ('公布名录。', '公布名录（含驿站）。')
    """
    bracket = _BRACKET.search(text)
    return text[: bracket.start()] if bracket and is_note(bracket["note"]) and bracket.start() else text


def said_day(date: EffectiveDeadline) -> str:
    """A date as offices write it: 2025年底前, 2025年6月底前, 2025年6月10日前; where the words admit two readings, those words.

    >>> import datetime
    >>> said_day(EffectiveDeadline("own", None, datetime.date(2025, 6, 30)))
    '2025年6月底前'
    """
    if len(date.days) != 1:
        return date.surface
    [day] = date.days
    if (day.month, day.day) == (12, 31):
        return f"{day.year}年底前"
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{day.year}年{day.month}月底前"
    return f"{day.year}年{day.month}月{day.day}日前"
