"""Tables that only re-arrange a plan: its statements, and the expressions recognised in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..comparing.answer import Stated
from ..comparing.trace import Trace
from ..model.commitments import Actor, Deadline, due_text
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Reason, told


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement: `number` is its clause's printed number, `label` the clause's name for people, `text` the clean reading."""

    id: str
    clause: str
    number: str
    kind: str
    start: int
    end: int
    text: str
    label: str
    commitments: tuple[str, ...]
    actors: tuple[str, ...] = column(joint="; ")


class StatementTable(Report[StatementRow]):
    """The statements of a plan, one row each, in the order of the text."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def heading(self) -> str:
        """What the table shows."""
        return str(told("heading", "statements", plan=self.plan.name, count=len(self.plan.statements)))

    @cached_property
    def records(self) -> list[StatementRow]:
        """One record per statement."""
        return [
            StatementRow(
                id=s.id,
                clause=s.clause,
                number=self.plan.clause(s.clause).number,
                kind=s.kind,
                start=s.span.start,
                end=s.span.end,
                text=s.text,
                label=self.plan.label(s.clause),
                commitments=tuple(dict.fromkeys(c.kind for c in s.commitments)),
                actors=tuple(map(_actor, self.plan.actors(s))) if s.is_task else (),
            )
            for s in self.plan.statements
        ]


def _actor(actor: Actor) -> str:
    """An actor as text; one that is not named says that it follows from the plan's level."""
    return f"{actor.normal} (the plan's own level)" if actor.inherited else actor.normal


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """An expression: `surface` is what stands on the page, `normal` the standard form."""

    statement: str
    start: int
    end: int
    surface: str
    kind: str
    normal: str = column(exact=True)


class CommitmentTable(Report[CommitmentRow]):
    """The expressions recognised in a plan, in the order of the text. `kinds` picks some kinds; none picks all."""

    def __init__(self, plan: Plan, kinds: Collection[str] = ()) -> None:
        self.plan = plan
        self.kinds = frozenset(kinds)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return str(told("heading", "expressions", plan=self.plan.name, count=len(self)))

    @cached_property
    def records(self) -> list[CommitmentRow]:
        """One record per expression."""
        return [
            CommitmentRow(s.id, c.span.start, c.span.end, self.plan.raw(c.span), c.kind, c.normal)
            for s in self.plan.statements
            for c in s.commitments
            if not self.kinds or c.kind in self.kinds
        ]


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A local statement and an upper one, and what became of one date between them; upper columns empty where there is none."""

    local_plan: str
    local_id: str
    local_text: str
    local_due: str
    upper_plan: str = ""
    upper_id: str = ""
    upper_text: str = ""
    upper_due: str = ""
    relation: str = ""
    confidence: float | None = None
    deadline_change: str = ""
    days_min: int | None = None
    days_max: int | None = None
    reason: tuple[Reason, ...] = ()
    levels_not_held: tuple[str, ...] = ()


class TraceTable(Report[TraceRow]):
    """Traces as a table: one row for each local statement, upper statement and date that answers to another."""

    def __init__(self, traces: list[Trace]) -> None:
        self.traces = traces

    @property
    def records(self) -> list[TraceRow]:
        """The rows, in the order of the local text, the surest upper statement first."""
        return [row for trace in self.traces for row in _rows(trace)]


def _rows(trace: Trace) -> Iterator[TraceRow]:
    missing = tuple(m.level.value for m in trace.missing)
    local = trace.statement
    due = due_text(local.deadlines)
    if not trace.steps:
        yield TraceRow(trace.local.id, local.id, local.text, due, levels_not_held=missing)
    for step in trace.steps:
        upper = step.statement
        for answer in step.dates or (None,):
            above, below = (answer.above, answer.below) if answer else (None, None)
            yield TraceRow(
                trace.local.id,
                local.id,
                local.text,
                _own(below, due),
                step.plan.id,
                upper.id,
                upper.text,
                _own(above, due_text(upper.deadlines)),
                step.edge.relation.value,
                step.edge.confidence,
                answer.change if answer else "",
                answer.days_min if answer else None,
                answer.days_max if answer else None,
                answer.reasons if answer else (),
                missing,
            )


def _own(side: Stated | None, otherwise: str) -> str:
    """The date that is meant on one side; all dates of the statement where none is."""
    return side.commitment.days_text if side and isinstance(side.commitment, Deadline) else otherwise
