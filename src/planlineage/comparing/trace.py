"""The trace of one task: up the levels to the central clause and its deadline, saying which levels are not held."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.commitments import due_text
from ..model.levels import Level
from ..model.lineage import LineageEdge
from ..model.parts import CitedPlan, Statement
from ..model.plan import Plan
from ..model.show import Showable
from ..model.wording import options, shown, words
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
        lang = options.language
        level = words(f"level.{self.level}", lang)
        if not self.cited:
            return words("trace.not held", lang, level=level, how=words("not held nor cited", lang))
        names = "；".join(f"《{c.title}》" + (f"（{c.number}）" if c.number else "") for c in self.cited)
        return words("trace.cited", lang, level=level, names=names, how=words("cited not held", lang))


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
        lang = options.language
        lines = [_line(self.local, self.statement)]
        said: set[str] = set()
        for step in self.steps:
            if step.plan.id not in said:
                lines += [f"  │ {missing.text}" for missing in self.between(step.plan)]
                said.add(step.plan.id)
            relation = words(f"relation.{step.edge.relation}", lang)
            lines.append(
                f"  └─ {words('trace.edge', lang, relation=relation, confidence=f'{step.edge.confidence:.2f}')}"
            )
            lines.append("     " + _line(step.plan, step.statement).replace("\n", "\n     "))
            for answer in step.dates:
                key = "trace.date because" if answer.reasons else "trace.date"
                why = shown(answer.reasons, lang)
                lines.append(f"     {words(key, lang, change=answer.text(lang), why=why)}")
        if not self.steps:
            lines.append(f"  └─ {words('no upper statement', lang)}")
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
    lang = options.language
    level = words(f"level.{plan.level}", lang) if plan.level else "?"
    due = f"\n  {words('trace.due', lang, due=due_text(statement.deadlines))}" if statement.deadlines else ""
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
