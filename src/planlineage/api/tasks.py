"""The task table of a plan, out and back."""

from __future__ import annotations

from pathlib import Path

from ..analysis.tags import Tags, persons_tags, tag_rules
from ..analysis.task_sheet import TaskSheet
from ..model.errors import UnknownTaskError
from ..model.task_decision import TaskDecisions
from ..output.task_import import TaskImport, take_task_sheet
from ..reading.decided_tasks import DecidedPlan
from ..tabular.imported import BadRows, Defaults
from .inputs import PlanLike, load

TaskDecisionsLike = TaskDecisions | str | Path
"""Decisions about tasks, or the path of their file."""


def task_sheet(plan: PlanLike, unit: str = "") -> TaskSheet:
    """The task table of a plan as its office prints it, each task once; with `unit`, the tasks of one body by any of its names.

    `write_task_sheet` writes it, `read_task_sheet` takes it back edited. Raises `UnknownTaskError` where the plan gives the body
    nothing to do.

    >>> from planlineage import parse_text
    >>> text = "一、任务\\n（一）公示。建立平台。（区司法局负责）\\n（二）督查。开展督查。（区财政局负责）"
    >>> plan = parse_text(text, level="district")
    >>> [(task.item, task.lead) for task in task_sheet(plan, unit="司法局")]
    [('公示', ('区司法局',))]
    """
    sheet = TaskSheet(load(plan))
    if not unit:
        return sheet
    found = sheet.units.named(unit)
    if found is None:
        known = tuple(one.unit for one in sheet.units[:8])
        raise UnknownTaskError("no such unit", where=sheet.plan.id, hint="units", unit=unit, known=known)
    return sheet.of(found)


def read_task_sheet(
    path: str | Path,
    plan: PlanLike,
    decisions: TaskDecisionsLike | None = None,
    *,
    reviewer: str = "",
    bad_rows: BadRows = "refuse",
) -> TaskImport:
    """Take an edited task table (XLSX or CSV) back: `.plan` is the plan as decided, `.decisions` what to keep, `.problems` the
    cells that could not be taken.

    With `bad_rows="refuse"` one bad row is enough and nothing is taken; with "skip" the good rows are. Raises
    `DecisionFileError` where a file can't be read at all.

    >>> import csv, pathlib, tempfile
    >>> from planlineage import parse_text, write_task_sheet
    >>> plan = parse_text("一、任务\\n（一）公示。建立平台。（区司法局负责）", id="x", level="district")
    >>> path = write_task_sheet(task_sheet(plan), pathlib.Path(tempfile.mkdtemp()) / "tasks.csv")
    >>> edited = path.read_text("utf-8-sig").replace("区司法局", "区财政局")
    >>> _ = path.write_text(edited, "utf-8")
    >>> taken = read_task_sheet(path, plan, reviewer="李四")
    >>> [(d.lead, d.reviewer) for d in taken.decisions.made], [task.lead for task in task_sheet(taken.plan)]
    ([(('区财政局',), '李四')], [('区财政局',)])
    """
    earlier = TaskDecisions() if decisions is None else _given(decisions)
    return take_task_sheet(path, load(plan), earlier, bad_rows=bad_rows, defaults=Defaults(reporter=reviewer))


def tags(plan: PlanLike, rules: str | Path = "policy_tools", decided: str | Path | None = None) -> Tags:
    """The tags of a plan's tasks by a file of rules, or by one that comes with the package; `decided` is a table (XLSX or CSV) of
    what a person decided, which wins.

    `.on(report)` is the frame of another report on the plan with a column for each family. Raises `TagFileError` for a file that
    can't be read.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、任务\\n（一）保障。安排专项资金。\\n（二）示范。开展示范创建。", level="district")
    >>> [(one.text[-7:], one.tag, one.because) for one in tags(plan)]
    [('安排专项资金。', '供给型', ('专项资金',)), ('开展示范创建。', '需求型', ('示范',))]
    """
    found = load(plan)
    return Tags(found, tag_rules(rules), persons_tags(decided, found) if decided else {})


def apply_tasks(plan: PlanLike, decisions: TaskDecisionsLike) -> DecidedPlan:
    """A plan with people's decisions about its tasks in it (`.plan`), and how each stands, also for a new text of the plan.

    A decision is applied where the words of its task are still there. Raises `DecisionFileError` for a broken decision file.

    >>> from planlineage import TaskDecision, TaskDecisions, parse_text
    >>> plan = parse_text("一、任务\\n（一）公示。建立平台。", id="x")
    >>> later = TaskDecision(action="assign", plan="x", id=plan.tasks[0].id, due=("2027年6月底前",))
    >>> [str(d.latest) for d in apply_tasks(plan, TaskDecisions((later,))).plan.tasks[0].deadlines]
    ['2027-06-30']
    """
    return DecidedPlan(load(plan), _given(decisions))


def _given(decisions: TaskDecisionsLike) -> TaskDecisions:
    return decisions if isinstance(decisions, TaskDecisions) else TaskDecisions.load(decisions)
