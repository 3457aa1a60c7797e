"""How results show themselves in notebooks: plain HTML that reads well without any style, in light and in dark.

GitHub shows notebooks without scripts and without styles; what matters is therefore said by elements (tables, `mark`, `ins`,
`del`), and the one style block only makes it more comfortable. Colours are mixed from the reader's own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from .lineage import AlignedPiece, Difference, LineageEdge

if TYPE_CHECKING:
    from .plan import Plan, Statement

LONGEST = 160
"""Characters of a cell that are shown in a table; the whole text stands in the frame."""

_STYLE = """<style>
.planlineage td, .planlineage th { text-align: left !important; vertical-align: top; }
.planlineage mark { background: color-mix(in srgb, orange 32%, transparent); color: inherit; }
.planlineage ins { background: color-mix(in srgb, dodgerblue 20%, transparent); }
.planlineage del { background: color-mix(in srgb, crimson 18%, transparent); text-decoration: underline dashed; }
</style>"""
_TAGS = {Difference.CHANGED: "mark", Difference.ADDED: "ins", Difference.DROPPED: "del"}


def framed(*parts: str) -> str:
    """Some HTML under one style block."""
    return f'<div class="planlineage">{_STYLE}{"".join(parts)}</div>'


def text_of(value: Any) -> str:
    """Any value as escaped text, cut where it is long."""
    if value is None:
        return ""
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return html.escape(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def heading(text: str) -> str:
    """A line above what is shown; empty where there is nothing to say."""
    return f"<p><b>{html.escape(text)}</b></p>" if text else ""


def note(text: str) -> str:
    """A small line."""
    return f"<p><small>{html.escape(text)}</small></p>" if text else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Placed(NamedTuple):
    """A piece by its places in the two clean texts; a side without words has (-1, -1)."""

    difference: Difference
    local: tuple[int, int]
    upper: tuple[int, int]


def placed(pieces: Sequence[AlignedPiece], local: str, upper: str) -> list[Placed]:
    """Where the aligned pieces of an edge stand in the clean texts of its two statements.

    A piece whose words are not found where they should be is left out: a wrong mark is worse than none.
    """
    ours = _starts([(p.local_span.start, p.local) for p in pieces if p.local_span and p.local], local)
    theirs = _starts([(p.upper_span.start, p.upper) for p in pieces if p.upper_span and p.upper], upper)
    found = []
    for piece in pieces:
        a = ours.get((piece.local_span.start, piece.local), -1) if piece.local_span and piece.local else -1
        b = theirs.get((piece.upper_span.start, piece.upper), -1) if piece.upper_span and piece.upper else -1
        if a >= 0 or b >= 0:
            found.append(Placed(piece.difference, _stretch(a, piece.local), _stretch(b, piece.upper)))
    return found


def _starts(wanted: Iterable[tuple[int, str]], text: str) -> dict[tuple[int, str], int]:
    """Where words that follow one another in the source stand in the clean text."""
    found: dict[tuple[int, str], int] = {}
    at = 0
    for key in sorted(set(wanted)):
        place = text.find(key[1], at)
        found[key] = place
        if place >= 0:
            at = place + len(key[1])
    return found


def _stretch(start: int, words: str) -> tuple[int, int]:
    return (start, start + len(words)) if start >= 0 else (-1, -1)


def marked(pieces: Sequence[AlignedPiece], local: str, upper: str) -> tuple[str, str]:
    """The two texts of an edge as HTML with what changed, came and went marked.

    >>> from planlineage.model.base import Span
    >>> piece = AlignedPiece(difference="changed", local="重奖", upper="奖励", local_span=Span(start=1, end=3),
    ...                      upper_span=Span(start=1, end=3))
    >>> marked([piece], "予重奖。", "予奖励。")
    ('予<mark>重奖</mark>。', '予<mark>奖励</mark>。')
    """
    places = placed(pieces, local, upper)
    return _side(local, [(p.difference, *p.local) for p in places]), _side(
        upper, [(p.difference, *p.upper) for p in places]
    )


def _side(text: str, marks: Sequence[tuple[Difference, int, int]]) -> str:
    tags = [""] * len(text)
    for difference, start, end in marks:
        tag = _TAGS.get(difference, "")
        if start < 0 or not tag:
            continue
        while start > 0 and _in_number(text, start):
            start -= 1  # noqa: PLW2901 - a number changes as a whole: 2024, not the 4 in it
        while end < len(text) and _in_number(text, end):
            end += 1  # noqa: PLW2901
        tags[start:end] = [tag] * (end - start)
    parts = []
    for tag, run in groupby(zip(tags, text, strict=True), key=lambda x: x[0]):
        words = html.escape("".join(c for _, c in run))
        parts.append(f"<{tag}>{words}</{tag}>" if tag else words)
    return "".join(parts)


def _in_number(text: str, at: int) -> bool:
    """Whether a place lies inside a number."""
    return text[at - 1] in "0123456789." and text[at] in "0123456789.%"


# -- single values -----------------------------------------------------------------------------------------------------


def statement_html(statement: Statement) -> str:
    """A statement: its words, its kind, and what was recognised in it."""
    found = [
        (html.escape(c.kind), html.escape(c.surface), f"<code>{html.escape(c.normal)}</code>")
        for c in statement.commitments
    ]
    kind = f"{statement.id} · {statement.kind}"
    words = f"<p>{html.escape(statement.text)}</p>"
    return framed(heading(kind), words, table(("kind", "words", "normal form"), found) if found else "")


def plan_html(plan: Plan) -> str:
    """A plan: what it is, and its outline down to the articles with the number of tasks in each."""
    facts = [
        plan.level.chinese if plan.level else "",
        plan.place,
        plan.issuer,
        plan.number,
        f"{plan.period.begins.year}–{plan.period.ends.year}" if plan.period else "",
        plan.status if plan.status != "unknown" else "",
        f"{len(plan.statements)} statements, {len(plan.tasks)} tasks, unread {plan.report.unread_share:.1%}",
    ]
    tasks = _tasks_below(plan)
    rows = [
        (html.escape(c.id), html.escape(f"{c.number}{c.title}"), str(tasks.get(c.id, 0)))
        for c in plan.clauses
        if c.number and len(plan.path(c.id)) <= _OUTLINE_DEPTH
    ]
    shown = table(("clause", "outline", "tasks"), rows[:LONGEST]) if rows else ""
    return framed(heading(plan.name), note(" · ".join(f for f in facts if f)), shown)


_OUTLINE_DEPTH = 2


def _tasks_below(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for task in plan.tasks:
        for clause in plan.path(task.clause):
            found[clause.id] = found.get(clause.id, 0) + 1
    return found


def edge_html(edge: LineageEdge) -> str:
    """An edge by itself: the aligned pieces of both sides, as far as it holds them."""
    sides: tuple[list[str], list[str]] = ([], [])
    for piece in edge.evidence.pieces:
        tag = _TAGS.get(piece.difference, "span")
        for side, words in zip(sides, (piece.local, piece.upper), strict=True):
            if words:
                side.append(f"<{tag}>{html.escape(words)}</{tag}>")
    title = f"{edge.local_plan} {edge.local_id} → {edge.upper_plan} {edge.upper_id}"
    kind = f"{edge.relation.chinese} {edge.relation.value}<br>{edge.confidence:.2f}"
    return framed(
        heading(title), table(("local", "relation", "upper"), [("".join(sides[0]), kind, "".join(sides[1]))])
    )
