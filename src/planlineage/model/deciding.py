"""Whether what a person decided still stands: the statement that an id answers to, and decisions that contradict each other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal, Protocol

from .errors import UnknownTaskError
from .parts import Statement
from .plan import Plan
from .wording import Reason, because

State = Literal["holds", "moved", "suspect", "unknown", "conflict", "superseded", "elsewhere"]
APPLIED: tuple[State, ...] = ("holds", "moved")
BROKEN: tuple[State, ...] = ("suspect", "unknown", "conflict")
SEVERITY: tuple[State, ...] = ("holds", "moved", "suspect", "unknown")
WORDS_KEPT = 60
"""Characters of each text that a decision keeps, so that its line can be read and a changed text recognised."""


class Made(Protocol):
    """A decision of any kind: the day it was made, and what it says leaving aside who, when and why."""

    @property
    def date(self) -> datetime.date | None:
        """When it was made."""

    @property
    def says(self) -> Any:
        """What it decides."""


def first_words(statement: Statement) -> str:
    """The beginning of a statement."""
    return statement.text[:WORDS_KEPT]


def contested(decisions: Sequence[Made]) -> list[tuple[int, State]]:
    """Which of the decisions on one slot do not hold: the older ones, and the latest where they differ."""
    if len(decisions) < 2:
        return []
    days = [d.date or datetime.date.min for d in decisions]
    latest = [i for i, day in enumerate(days) if day == max(days)]
    lost: list[tuple[int, State]] = [(i, "superseded") for i in range(len(decisions)) if i not in latest]
    if len({decisions[i].says for i in latest}) > 1:
        lost += [(i, "conflict") for i in latest]
    else:
        lost += [(i, "superseded") for i in latest[:-1]]
    return lost


def decided_on(
    plan: Plan, statement_id: str, fingerprint: str, words: str
) -> tuple[Statement | None, State, tuple[Reason, ...]]:
    """The statement that an id answers to, and whether its words are still those that were decided on."""
    told = {"plan": plan.id, "id": statement_id}
    statement = _statement(plan, statement_id)
    if statement is not None:
        if fingerprint in ("", statement.fingerprint):
            return statement, "holds", ()
        now = first_words(statement)
        why = because("words were", **told, was=words, now=now) if words else because("words are", **told, now=now)
        return statement, "suspect", (why,)
    clause, _, code = statement_id.rpartition("-")
    same = [s for s in plan.statements if fingerprint and s.fingerprint == fingerprint]
    if len(same) == 1 and code and same[0].id.rpartition("-")[2] == code:
        return same[0], "moved", (because("is now", **told, now=same[0].id),)
    if same:
        return None, "unknown", (because("stands at", **told, at=" ".join(s.id for s in same[:5])),)
    if fingerprint and any(c.id == clause for c in plan.clauses):
        gone = (
            because("words gone", **told, was=words, clause=clause) if words else because("gone", **told, clause=clause)
        )
        return None, "suspect", (gone,)
    return None, "unknown", (because("no statement", **told),)


def _statement(plan: Plan, statement_id: str) -> Statement | None:
    try:
        return plan.statement(statement_id)
    except UnknownTaskError:
        return None
