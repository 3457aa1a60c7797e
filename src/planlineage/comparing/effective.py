"""A task's effective deadline: its own, else its clause's, else the plan's catch-all sentence, else the plan's period end."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.commitments import Deadline, Responsibility
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Term
from ..reading.commitments import Assigned, assigned, is_catch_all, is_note

Origin = Literal["own", "clause", "catch_all", "period", "none"]


@dataclass(frozen=True, slots=True)
class EffectiveDeadline:
    """The deadline that holds for a task, and where it comes from (`none` where there is none).

    `statement` is the id of the statement that states it (None where it follows from the plan's period). `latest` is the last
    day (strict reading), `alternate` the loose reading where the words are ambiguous; both None where only an anchor is known.
    """

    origin: Origin
    statement: str | None
    latest: datetime.date | None
    alternate: datetime.date | None = None
    hedge: str | None = None
    surface: str = ""
    deadline: Deadline | None = None

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The possible last days, earliest first."""
        return tuple(sorted({d for d in (self.latest, self.alternate) if d is not None}))

    @property
    def origin_term(self) -> Term:
        """Where it comes from, as a word."""
        return Term(f"origin.{self.origin}")

    @property
    def text(self) -> str:
        """The day or days as text, with the words of the plan where they say more."""
        if not self.days:
            return self.surface
        return " / ".join(d.isoformat() for d in self.days)


_OPENS = re.compile(r"(?:[（(][一二三四五六七八九十]{1,2}[）)])?到[0-9〇一二三四五六七八九]{2,4}年")

UNDATED = EffectiveDeadline("none", None, None)
"""What stands for a task in place of a date where the plan gives none."""


def effective_deadlines(plan: Plan) -> dict[str, tuple[EffectiveDeadline, ...]]:
    """For each statement of a plan (by id) the deadlines that hold for it.

    Several only where a statement states several itself; empty where none is known.
    """
    by_heading = {plan.numbered(s.clause).id: s for s in plan.statements if s.deadlines and _speaks_for_clause(s)}
    general = _general(plan)
    notes, openings = assigned(plan), opening_goals(plan)
    found: dict[str, tuple[EffectiveDeadline, ...]] = {}
    for statement in plan.statements:
        own = tuple(_stated("own", statement, d) for d in _own(statement))
        found[statement.id] = (
            own
            or _from_note(plan, notes.get(statement.id))
            or _from_opening(openings.get(statement.id))
            or _from_headings(plan, statement, by_heading)
            or general
        )
    return found


def opening_goals(plan: Plan) -> dict[str, Statement]:
    """For goals without a date, by id, the goal before them that opens with the date of them all: 到2025年，…建成。…提高。"""
    found: dict[str, Statement] = {}
    opening: Statement | None = None
    for statement in plan.statements:
        if statement.deadlines or statement.kind != "goal":
            opens = statement.kind == "goal" and bool(statement.deadlines) and _OPENS.match(statement.text)
            opening = statement if opens else None
        elif opening is not None:
            found[statement.id] = opening
    return found


def _own(statement: Statement) -> Sequence[Deadline]:
    """The deadlines of a statement, without those of its responsibility note that say the same day again."""
    notes = [c.span for c in statement.commitments if isinstance(c, Responsibility)]
    said = {_day(d) for d in statement.deadlines if not any(n.contains(d.span) for n in notes)}
    return [d for d in statement.deadlines if _day(d) not in said or not any(n.contains(d.span) for n in notes)]


def _day(deadline: Deadline) -> tuple[object, ...]:
    return deadline.latest, deadline.alternate, deadline.relative, deadline.anchor


def _from_note(plan: Plan, note: Assigned | None) -> tuple[EffectiveDeadline, ...]:
    """The dates of the responsibility note that covers a statement."""
    if note is None:
        return ()
    said = [plan.statement(note_id) for note_id in note.notes]
    return tuple(
        _stated("clause", next((s for s in said if deadline in s.deadlines), said[0]), deadline)
        for deadline in note.deadlines
    )


def _from_opening(opening: Statement | None) -> tuple[EffectiveDeadline, ...]:
    return (_stated("clause", opening, opening.deadlines[0]),) if opening is not None else ()


def _speaks_for_clause(statement: Statement) -> bool:
    """Whether a statement gives the date of its whole clause: a heading, or a note such as （完成时限：2023年12月底前）."""
    if statement.kind == "heading":
        return True
    units = any(isinstance(c, Responsibility) for c in statement.commitments)
    return statement.kind == "procedure" and not units and is_note(statement.text)


def _from_headings(plan: Plan, statement: Statement, by_heading: dict[str, Statement]) -> tuple[EffectiveDeadline, ...]:
    if not by_heading:
        return ()
    for clause in reversed(plan.path(statement.clause)):
        heading = by_heading.get(clause.id)
        if heading is not None and heading.id != statement.id:
            return (_stated("clause", heading, heading.deadlines[-1]),)
    return ()


def _general(plan: Plan) -> tuple[EffectiveDeadline, ...]:
    """What holds for every task of the plan: its catch-all sentence, else the end of its period."""
    catch_all = next((s for s in plan.statements if s.deadlines and is_catch_all(s.text)), None)
    if catch_all is not None:
        return (_stated("catch_all", catch_all, catch_all.deadlines[-1]),)
    if plan.period is not None:
        return (EffectiveDeadline("period", None, plan.period.ends, surface=f"{plan.period.ends.year}年规划期末"),)
    return ()


def _stated(origin: Origin, statement: Statement, deadline: Deadline) -> EffectiveDeadline:
    return EffectiveDeadline(
        origin, statement.id, deadline.latest, deadline.alternate, deadline.hedge, deadline.surface, deadline
    )
