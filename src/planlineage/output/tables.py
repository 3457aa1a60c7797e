"""Tables that only re-arrange a plan: its statements, and the expressions recognised in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from ..linking.trace import Step, Trace
from ..model.commitments import Actor, Deadline
from ..model.plan import Plan
from ..model.report import Report, Row


class StatementTable(Report):
    """The statements of a plan, one row each, in the order of the text; `text` is the clean reading."""

    columns: ClassVar[tuple[str, ...]] = (
        "id", "clause", "number", "kind", "start", "end", "text", "label", "commitments",
        "actors",
    )  # fmt: skip

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.plan.name}: {len(self.plan.statements)} statements"

    def rows(self) -> list[Row]:
        """One row a statement; `number` is the printed number of its clause, `label` the clause's name for people."""
        return [
            {
                "id": s.id,
                "clause": s.clause,
                "number": self.plan.clause(s.clause).number,
                "kind": s.kind,
                "start": s.span.start,
                "end": s.span.end,
                "text": s.text,
                "label": self.plan.label(s.clause),
                "commitments": " ".join(dict.fromkeys(c.kind for c in s.commitments)),
                "actors": "; ".join(_actor(a) for a in self.plan.actors(s)) if s.is_task else "",
            }
            for s in self.plan.statements
        ]


def _actor(actor: Actor) -> str:
    """An actor as text; one that is not named says that it follows from the plan's level."""
    return f"{actor.normal} (the plan's own level)" if actor.inherited else actor.normal


class CommitmentTable(Report):
    """The expressions recognised in a plan, one row each; `surface` is what stands on the page, `normal` the standard form.

    `kinds` picks some kinds; none picks all.
    """

    columns: ClassVar[tuple[str, ...]] = ("statement", "start", "end", "surface", "kind", "normal")
    exact_columns: ClassVar[frozenset[str]] = frozenset({"normal"})

    def __init__(self, plan: Plan, kinds: Collection[str] = ()) -> None:
        self.plan = plan
        self.kinds = frozenset(kinds)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.plan.name}: {len(self)} expressions"

    def rows(self) -> list[Row]:
        """One row an expression, in the order of the text."""
        return [
            {
                "statement": s.id,
                "start": c.span.start,
                "end": c.span.end,
                "surface": self.plan.raw(c.span),
                "kind": c.kind,
                "normal": c.normal,
            }
            for s in self.plan.statements
            for c in s.commitments
            if not self.kinds or c.kind in self.kinds
        ]


class TraceTable(Report):
    """Traces as a table: one row a local statement and upper statement; one with empty upper columns where there is none."""

    columns: ClassVar[tuple[str, ...]] = (
        "local_plan", "local_id", "local_text", "local_due", "upper_plan", "upper_id", "upper_text", "upper_due",
        "relation", "confidence", "deadline_change", "days_min", "days_max", "reason", "levels_not_held",
    )  # fmt: skip

    def __init__(self, traces: list[Trace]) -> None:
        self.traces = traces

    def rows(self) -> list[Row]:
        """The rows, in the order of the local text, the surest upper statement first."""
        found: list[Row] = []
        for trace in self.traces:
            start: Row = {
                "local_plan": trace.local.id,
                "local_id": trace.statement.id,
                "local_text": trace.statement.text,
                "local_due": due_text(trace.statement.deadlines),
                "levels_not_held": " ".join(m.level.value for m in trace.missing),
            }
            found += [{**start, **_step(step)} for step in trace.steps] or [start]
        return found


def _step(step: Step) -> Row:
    return {
        "upper_plan": step.plan.id,
        "upper_id": step.statement.id,
        "upper_text": step.statement.text,
        "upper_due": due_text(step.statement.deadlines),
        "relation": step.edge.relation.value,
        "confidence": step.edge.confidence,
        "deadline_change": step.deadline.change,
        "days_min": step.deadline.days_min,
        "days_max": step.deadline.days_max,
        "reason": step.deadline.reason,
    }


def due_text(deadlines: Sequence[Deadline]) -> str:
    """The days of some deadlines: `2024-12-31 / 2025-12-31` where one can be read two ways, `;` between several."""
    return "; ".join(
        " / ".join(str(day) for day in (d.latest, d.alternate) if day) or d.surface for d in deadlines
    )
