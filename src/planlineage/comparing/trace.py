"""The trace of one task: up the levels to the central clause and its deadline, saying which levels are not held."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.commitments import due_text
from ..model.levels import Level
from ..model.lineage import LineageEdge
from ..model.parts import CitedPlan, Statement
from ..model.plan import Plan
from ..model.show import Showable
from ..model.wording import shown
from .answer import Answer
from .answers import Answers
from .setting import levels_above


@dataclass(frozen=True, slots=True)
class MissingLevel:
    """A level between two plans that is not held: known by a citation, or not known at all."""

    level: Level
    cited: tuple[CitedPlan, ...]

    @property
    def text(self) -> str:
        """The level and how its plan is known."""
        if not self.cited:
            return f"{self.level.chinese}: not held, and not cited by the local plan"
        names = "；".join(f"《{c.title}》" + (f"（{c.number}）" if c.number else "") for c in self.cited)
        return f"{self.level.chinese}: {names}, cited but not held"


@dataclass(frozen=True, slots=True)
class Step:
    """An upper statement that the task carries, with the edge to it; `dates` say what became of its deadlines."""

    plan: Plan
    statement: Statement
    edge: LineageEdge
    dates: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Trace(Showable):
    """The chain of one local statement. `steps` are its upper statements, surest first; `missing` the levels not held.

    >>> from planlineage import trace
    >>> [found] = trace("60学时", "weibin_2021", "central_2021")
    >>> found.statement.id, found.steps[0].statement.id
    ('10.34.90-gx5xt', '10.34-duyu5')
    """

    local: Plan
    statement: Statement
    steps: tuple[Step, ...]
    missing: tuple[MissingLevel, ...]

    @property
    def text(self) -> str:
        """The trace as lines of text."""
        lines = [_line(self.local, self.statement)]
        said: set[str] = set()
        for step in self.steps:
            if step.plan.id not in said:
                lines += [f"  │ {missing.text}" for missing in self.between(step.plan)]
                said.add(step.plan.id)
            lines.append(f"  └─ {step.edge.relation.value}, confidence {step.edge.confidence:.2f}")
            lines.append("     " + _line(step.plan, step.statement).replace("\n", "\n     "))
            for answer in step.dates:
                reason = f": {shown(answer.reasons, 'en')}" if answer.reasons else ""
                lines.append(f"     deadline {answer.text()}{reason}")
        if not self.steps:
            lines.append("  └─ no upper statement found that it carries down")
        return "\n".join(lines)

    def between(self, upper: Plan) -> list[MissingLevel]:
        """The levels not held between an upper plan and the local one."""
        if upper.level is None:
            return []
        return [m for m in self.missing if upper.level.is_above(m.level)]

    def __repr__(self) -> str:
        return f"Trace({self.local.id}#{self.statement.id}, {len(self.steps)} steps)"

    def __str__(self) -> str:
        return self.text


def _line(plan: Plan, statement: Statement) -> str:
    level = plan.level.chinese if plan.level else "?"
    due = f"\n  due {due_text(statement.deadlines)}" if statement.deadlines else ""
    return f"[{level}] {plan.name} {plan.label(statement.clause)} · {statement.id}\n  {statement.text}{due}"


def trace_task(answers: Answers, plan: Plan, statement: Statement) -> Trace:
    """The trace of one local statement."""
    links = answers.links
    steps = tuple(
        Step(upper, above, edge, answers.dates_between(plan, statement, upper, above))
        for edge in links.sources(statement.id, plan.id)
        for upper in [links.upper(edge.upper_plan)]
        for above in [upper.statement(edge.upper_id)]
    )
    return Trace(plan, statement, steps, missing_levels(plan, links.uppers))


def missing_levels(local: Plan, held: tuple[Plan, ...]) -> tuple[MissingLevel, ...]:
    """The levels above a local plan of which no plan is held, from the lowest up."""
    held_levels = {p.level for p in held}
    return tuple(
        MissingLevel(lv, tuple(c for c in local.implements if c.level is lv))
        for lv in levels_above(local)
        if lv not in held_levels
    )
