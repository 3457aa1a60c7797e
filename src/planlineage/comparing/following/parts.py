"""What of a document promises and what looks back, told by the titles of its parts, else by the kinds of its statements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.base import Span
from ...model.commitments import Target
from ...model.parts import Statement
from ...model.plan import Plan
from .lexicon import pattern

_SHORT = 5
"""A clause of fewer characters asks for nothing by itself."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One target, or one thing that a task asks for. `target` is None for a task; `around` is a target's clause with the
    one before it, which often names the subject, and the whole statement of what a task asks for.
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
    own = pattern_of_year(plan)
    ahead = [c for c in parts if c not in back and (own.search(c.title) or pattern("ahead").search(c.title))]
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


def pattern_of_year(plan: Plan) -> re.Pattern[str]:
    """Words that name the year of a plan."""
    return re.compile(f"今年|{plan.period.begins.year}" if plan.period else "今年")


def promises(plan: Plan) -> list[Promise]:
    """The targets and tasks that a plan sets for its own period, in the order of the text."""
    start = turn(plan)
    found: list[Promise] = []
    for statement in plan.statements:
        if statement.span.start < start or statement.kind in ("noise", "closing", "contents", "outcome"):
            continue
        top = plan.path(statement.clause)[0]
        if top.kind == "annex" or (pattern("years").search(top.title) and not pattern_of_year(plan).search(top.title)):
            continue
        if statement.is_task or statement.kind in ("unread", "procedure"):
            found += [
                Promise(statement, span, plan.source.at(span), None, plan.source.at(statement.span))
                for span in _asked(statement, plan.source.at(statement.span))
            ]
        found += [
            Promise(statement, target.item, plan.source.at(target.item), target, _around(plan, statement, target))
            for target in statement.targets
        ]
    return found


def _asked(statement: Statement, text: str) -> list[Span]:
    """The stretches of a task that each ask for one thing: its clauses, with what only opens or closes one beside it."""
    start = statement.span.start
    return [Span(start=start + a, end=start + b) for a, b in asked(text)]


def asked(text: str) -> list[tuple[int, int]]:
    """Where each thing that a sentence asks for begins and ends.

    >>> text = "聚焦重点领域，建成枣庄机场，抓好“一企一业，一业一企”试点，让群众满意。"
    >>> [text[start:end] for start, end in asked(text)]
    ['聚焦重点领域，建成枣庄机场', '抓好“一企一业，一业一企”试点，让群众满意']
    """
    clauses: list[list[int]] = []
    depth = start = 0
    for at, character in enumerate(text + "。"):
        depth += (character in "“《（(") - (character in "”》）)")
        if character in "，；;。！\n" and (depth <= 0 or at >= len(text)):
            if text[start:at].strip():
                clauses.append([start, at])
            start, depth = at + 1, 0
    found: list[list[int]] = []
    opening = False
    for a, b in clauses:
        if found and (opening or pattern("closing").search(text[a:b])):
            found[-1][1] = b
        else:
            found.append([a, b])
        opening = bool(pattern("opening").search(text[a:b].strip())) or b - a < _SHORT
    return [(a, b) for a, b in found]


def _around(plan: Plan, statement: Statement, target: Target) -> str:
    text = plan.source.at(statement.span)
    start, end = target.item.start - statement.span.start, target.item.end - statement.span.start
    before = [0, 0, *(m.end() for m in re.finditer("[，、；：。\n]", text[:start]))]
    after = re.search("[，、；：。\n]", text[end:])
    return text[before[-2] : end + after.start() if after else len(text)]


def looks_back(plan: Plan) -> list[Statement]:
    """The statements of a report that tell what was done; what follows in a paragraph on its troubles does not."""
    end = turn(plan)
    troubled: set[str] = set()
    found = []
    for s in plan.statements:
        if pattern("troubles").search(s.text):
            troubled.add(s.clause)
        told = s.span.end <= end and s.clause not in troubled
        if told and s.kind not in ("heading", "noise", "contents", "lead-in"):
            found.append(s)
    return found


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
