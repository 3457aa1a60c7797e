"""What of a document promises and what looks back, told by the titles of its parts, else by the kinds of its statements."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.base import Span
from ...model.commitments import Target
from ...model.plan import Plan, Statement
from .lexicon import pattern


@dataclass(frozen=True, slots=True)
class Promise:
    """One target, or one task with all that it asks for. `target` is None for a task."""

    statement: Statement
    span: Span
    text: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report between two marks; `before` is what its sentence said before it."""

    span: Span
    text: str
    before: str


def turn(plan: Plan) -> int:
    """Where a document turns from what was done to what is to be done, as a place in its source text.

    The first part whose title looks ahead begins it. A document without such titles turns where a sentence says so, else
    where the statements of outcomes before and the others after are most.
    """
    parts = [c for c in plan.clauses if c.parent is None and c.title]
    back = [c for c in parts if pattern("back").search(c.title)]
    own_year = str(plan.period.begins.year) if plan.period else "今年"
    ahead = [c for c in parts if c not in back and (own_year in c.title or pattern("ahead").search(c.title))]
    if ahead:
        return min(c.span.start for c in ahead)
    after = back[-1].span.start if back else 0
    for statement in plan.statements:
        if statement.span.start > after + 1000 and pattern("ending").search(statement.text):
            return statement.span.start
    best, most, seen = 0, 0, 0
    for statement in plan.statements:
        seen += 1 if statement.kind == "outcome" else -1
        if seen > most:
            best, most = statement.span.end, seen
    return best


def promises(plan: Plan) -> list[Promise]:
    """The targets and tasks that a plan sets for its own period, in the order of the text."""
    start = turn(plan)
    found: list[Promise] = []
    for statement in plan.statements:
        if statement.span.start < start or statement.kind in ("noise", "closing", "contents", "outcome"):
            continue
        top = plan.path(statement.clause)[0]
        if top.kind == "annex" or (
            pattern("years").search(top.title) and "工作" not in top.title and "任务" not in top.title
        ):
            continue
        if statement.is_task:
            found.append(Promise(statement, statement.span, statement.text))
        found += [
            Promise(statement, target.item, plan.source.at(target.item), target)
            for target in statement.targets
        ]
    return found


def looks_back(plan: Plan) -> list[Statement]:
    """The statements of a report that tell what was done."""
    end = turn(plan)
    return [
        s
        for s in plan.statements
        if s.span.end <= end and s.kind not in ("heading", "noise", "contents", "lead-in")
    ]


def pieces(plan: Plan) -> list[Piece]:
    """What looks back, in pieces between marks."""
    found: list[Piece] = []
    for statement in looks_back(plan):
        text = plan.source.at(statement.span)
        sentence = start = 0
        for at, character in enumerate(text + "。"):
            if character in "，。；、：\n":
                if at > start:
                    span = Span(start=statement.span.start + start, end=statement.span.start + at)
                    found.append(Piece(span, text[start:at], text[sentence:start]))
                start = at + 1
                if character in "。；\n":
                    sentence = start
    return found
