"""What of a document promises and what looks back, told by the titles of its parts, else by the kinds of its statements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.base import Span
from ...model.commitments import Target
from ...model.plan import Plan, Statement
from .lexicon import pattern


@dataclass(frozen=True, slots=True)
class Promise:
    """One target, or one task with all that it asks for. `target` is None for a task; `around` is
    the target's clause with the one before it, which often names the subject.
    """

    statement: Statement
    span: Span
    text: str
    target: Target | None = None
    around: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report between two marks; `before` is what its sentence said before it; `years` says that it
    stands in a review of several years.
    """

    span: Span
    text: str
    before: str
    years: bool = False


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
            Promise(statement, target.item, plan.source.at(target.item), target, _around(plan, statement, target))
            for target in statement.targets
        ]
    return found


def _around(plan: Plan, statement: Statement, target: Target) -> str:
    text = plan.source.at(statement.span)
    start, end = target.item.start - statement.span.start, target.item.end - statement.span.start
    before = [0, 0, *(m.end() for m in re.finditer("[，、；：。\n]", text[:start]))]
    after = re.search("[，、；：。\n]", text[end:])
    return text[before[-2] : end + after.start() if after else len(text)]


def looks_back(plan: Plan) -> list[Statement]:
    """The statements of a report that tell what was done."""
    end = turn(plan)
    return [
        s for s in plan.statements if s.span.end <= end and s.kind not in ("heading", "noise", "contents", "lead-in")
    ]


def pieces(plan: Plan) -> list[Piece]:
    """What looks back, in pieces between marks."""
    found: list[Piece] = []
    opened: dict[str, bool] = {}
    several = pattern("several_years")
    for statement in looks_back(plan):
        opened.setdefault(statement.clause, bool(several.search(statement.text[:25])))
        text = plan.source.at(statement.span)
        sentence = start = 0
        for at, character in enumerate(text + "。"):
            if character in "，。；、：\n":
                if at > start:
                    span = Span(start=statement.span.start + start, end=statement.span.start + at)
                    years = opened[statement.clause] or bool(several.search(text[sentence:at]))
                    found.append(Piece(span, text[start:at], text[sentence:start], years))
                start = at + 1
                if character in "。；\n":
                    sentence = start
    return found
