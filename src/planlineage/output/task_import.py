"""An edited task table back into decisions about its tasks: units, dates, and tasks cut into several. Nothing is written here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec

from ..analysis.task_sheet import NOTHING, SheetTask, TaskSheet, said_day
from ..comparing.effective import EffectiveDeadline
from ..model.deciding import first_words
from ..model.errors import DecisionFileError
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.task_decision import ROLES, TaskDecision, TaskDecisions
from ..model.wording import Lang, Reason, told
from ..reading.commitments import bodies
from ..reading.decided_tasks import DecidedPlan, pieces, times_said
from ..tabular.cells import day_of, text_of
from ..tabular.columns import Columns
from ..tabular.imported import NOT_COMPUTED, BadRows, Defaults, ImportReport, Problem
from ..tabular.sheets import Cell, Layout, read_sheet

COLUMNS = Columns("sheet", ("number", "item", "content", *ROLES, "due", "id"))
LAYOUT = Layout(COLUMNS, "id", "new task sheet", DecisionFileError)

P = ParamSpec("P")


class TaskImport(ImportReport):
    """What became of an edited task table. `decided` is the plan as decided, with how each decision stands; `decisions` are the
    earlier ones with those of the table, or the earlier ones alone where it is `refused`. Nothing is written:
    `decisions.save(path)` and `save_plan(plan, path)` do.
    """

    def __init__(self, path: Path, plan: Plan, earlier: TaskDecisions, lang: Lang = "zh") -> None:
        super().__init__(path, "sheet", lang)
        self.decided = DecidedPlan(plan, earlier)

    def collect(self, read: Callable[P, TaskDecision | None], *args: P.args, **kwargs: P.kwargs) -> list[TaskDecision]:
        """What a reader finds, or nothing and a problem more."""
        try:
            found = read(*args, **kwargs)
        except _BadRowError as error:
            self.problems.append(error.problem)
            return []
        return [found] if found else []

    @property
    def plan(self) -> Plan:
        """The plan as decided."""
        return self.decided.plan

    @property
    def decisions(self) -> TaskDecisions:
        """All decisions, those of the table among them."""
        return self.decided.decisions


class _BadRowError(Exception):
    """A row that can't be taken: the cell and what is wrong with it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.problem)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: its number, and its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    @property
    def blank(self) -> bool:
        """Whether it is about no task."""
        return all(self.cells[name].blank for name in ("id", "content") if name in self.cells)

    def text(self, column: str) -> str:
        """What stands in a cell; empty for a dash."""
        cell = self.cells.get(column)
        if cell is not None and cell.formula:
            raise self.bad(column, NOT_COMPUTED)
        words = text_of(cell)
        return "" if words == NOTHING else words

    def says(self, column: str, words: str) -> bool:
        """Whether a cell says what is known; one of a column that the table lacks says nothing else."""
        return column not in self.cells or _bare(self.text(column)) == _bare(words)

    def bad(self, column: str, problem: Reason) -> _BadRowError:
        """The error of a cell."""
        return _BadRowError(Problem.at(self.number, self.cells, column, problem, key="id"))


def take_task_sheet(
    path: str | Path,
    plan: Plan,
    decisions: TaskDecisions | None = None,
    *,
    bad_rows: BadRows = "refuse",
    defaults: Defaults | None = None,
    lang: Lang = "zh",
) -> TaskImport:
    """Read an edited task table (XLSX or CSV) of a plan.

    What differs from the table as it would be written now is a decision: other units, another date. A task whose row stands
    several times, each with some of its words, is split. Rows that are gone decide nothing. With `bad_rows="refuse"` one bad
    row is enough and nothing is taken; with "skip" the good rows are.

    Raises `DecisionFileError` where the file can't be read at all.
    """
    path = Path(path)
    reader = _Reader(plan, decisions or TaskDecisions(), defaults or Defaults())
    report = TaskImport(path, plan, reader.earlier, lang)
    rows: dict[str, list[_Row]] = {}
    for number, cells in read_sheet(path, LAYOUT).rows:
        row = _Row(number, _leading(cells))
        if row.blank:
            report.blank += 1
        else:
            rows.setdefault(text_of(cells.get("id")), []).append(row)
    splits = [made for group in rows.values() for made in report.collect(reader.split, group)]
    fresh = splits + [
        made for row, task in reader.cut(rows, splits) for made in report.collect(reader.assign, row, task)
    ]
    report.refused = bool(report.problems) and bad_rows == "refuse"
    if not report.refused:
        held = {made.slot: made.says for made in reader.earlier.made}
        new = [made for made in fresh if held.get(made.slot) != made.says]
        report.added, report.known = len(new), len(fresh) - len(new)
        report.decided = DecidedPlan(plan, reader.earlier.with_(new))
    return report


class _Reader:
    """Makes decisions of rows, by what the table of the plan would say now."""

    def __init__(self, plan: Plan, earlier: TaskDecisions, defaults: Defaults) -> None:
        self.given, self.earlier = plan, earlier
        self.plan = DecidedPlan(plan, earlier).plan
        self.now = {one.id: one for one in TaskSheet(self.plan)}
        self.uncut = {one.id: one for one in TaskSheet(plan)} | self.now
        self.reviewer, self.day = defaults.reporter, defaults.reported_on or datetime.date.today()

    def split(self, rows: Sequence[_Row]) -> TaskDecision | None:
        """The decision that a task is several, where it has several rows. Raises `_BadRowError`."""
        [first, *more] = rows
        known = (self.uncut if more else self.now).get(first.text("id"))
        if known is None and first.text("id") in self.uncut:
            raise first.bad("id", told("sheet", "several tasks"))
        if known is None:
            raise first.bad("id", told("sheet", "no such task"))
        words = [row.text("content") for row in rows]
        if not more:
            if _bare(words[0]) != _bare(known.content):
                raise first.bad("content", told("sheet", "not its words"))
            return None
        if not pieces(known.content, words):
            raise more[-1].bad("content", told("sheet", "all words"))
        return self._made(known, action="split", parts=tuple(words))

    def cut(
        self, rows: Mapping[str, Sequence[_Row]], splits: Sequence[TaskDecision]
    ) -> Iterator[tuple[_Row, SheetTask]]:
        """Each row that can be taken, with its task as it stands once the splits are made."""
        cut = {made.id: self._statement(made.id).span for made in splits}
        self.plan = DecidedPlan(self.given, self.earlier.with_(splits)).plan
        now = {one.id: one for one in TaskSheet(self.plan)}
        for task, group in rows.items():
            if task in cut:
                parts = [s.id for s in self.plan.statements if cut[task].contains(s.span) and s.id in now]
                yield from ((row, now[part]) for row, part in zip(group, parts, strict=True))
            elif task in now and len(group) == 1:
                yield group[0], now[task]

    def assign(self, row: _Row, known: SheetTask) -> TaskDecision | None:
        """The decision of a row; None where it says what is known. Raises `_BadRowError`."""
        units: dict[str, tuple[str, ...]] = {}
        for role in ROLES:
            before = getattr(known, role)
            units[role] = before if row.says(role, "、".join(before)) else tuple(bodies(row.text(role))[0])
        changed = any(units[role] != getattr(known, role) for role in ROLES)
        due = None if row.says("due", "；".join(known.due)) else self._due(row)
        if not changed and due is None:
            return None
        return self._made(known, action="assign", due=due, **(units if changed else {}))

    def _due(self, row: _Row) -> tuple[str, ...]:
        cell = row.cells["due"]
        if isinstance(cell.value, datetime.date):
            return (said_day(EffectiveDeadline("own", None, day_of(cell))),)
        said = tuple(filter(None, re.split(r"[；;\n]", row.text("due"))))
        for words in said:
            if times_said(self.plan, words) is None:
                raise row.bad("due", told("sheet", "no date"))
        return said

    def _statement(self, task: str) -> Statement:
        """A task as it stands, or as it stood before it was split."""
        return next(s for plan in (self.plan, self.given) for s in plan.statements if s.id == task)

    def _made(self, known: SheetTask, **rest: Any) -> TaskDecision:
        statement = self._statement(known.id)
        return TaskDecision(
            plan=self.given.id,
            id=statement.id,
            fingerprint=statement.fingerprint,
            text=first_words(statement),
            reviewer=self.reviewer,
            date=self.day,
            **rest,
        )


def _leading(cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The cells of a row; 责任单位 leads where there is no 牵头单位."""
    return cells if "lead" in cells else {"lead" if c == "responsible" else c: cell for c, cell in cells.items()}


def _bare(text: str) -> str:
    return "".join(text.split())
