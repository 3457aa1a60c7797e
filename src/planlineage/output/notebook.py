"""How results show themselves in notebooks: plain HTML that reads well without any style, in light and in dark.

GitHub shows notebooks without scripts and without styles; what matters is therefore said by elements (tables, `mark`, `ins`,
`del`), and the one style block only makes it more comfortable. Colours are mixed from the reader's own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import singledispatch
from itertools import groupby
from typing import Any

from ..analysis.follow_up import FollowUp
from ..analysis.slippage import Slippage
from ..comparing.answer import Answer
from ..comparing.lineage import Lineage
from ..comparing.telling import Place
from ..comparing.trace import Trace
from ..linking.explain import Explanation
from ..model.commitments import Deadline, due_text
from ..model.lineage import AlignedPiece, Difference, LineageEdge
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import Lang, options, shown, title, words as in_words
from .differences import placed
from .excerpts import excerpt, pieces as in_pieces
from .exports.printed import told_row

LONGEST = 80
"""Characters of a cell that are shown in a table; the whole text stands in the frame."""

FOLDED = 60
"""Rows of a report that a notebook holds, those below the first folded."""

_OUTLINE_DEPTH = 2
_STYLE = """<style>
.planlineage td, .planlineage th { text-align: left !important; vertical-align: top; }
.planlineage mark { background: color-mix(in srgb, orange 32%, transparent); color: inherit; }
.planlineage ins { background: color-mix(in srgb, dodgerblue 20%, transparent); }
.planlineage del { background: color-mix(in srgb, crimson 18%, transparent); text-decoration: underline dashed; }
</style>"""
_TAGS = {Difference.CHANGED: "mark", Difference.ADDED: "ins", Difference.DROPPED: "del"}


@singledispatch
def html_of(value: Any) -> str:
    """A result as HTML; each kind of result that shows itself registers its own way. Raises `TypeError` for any other."""
    raise TypeError(f"{type(value).__name__} has no way to show itself")


@html_of.register(Report)
def _report(report: Report[Any]) -> str:
    """A report: a screen of rows with the columns that matter, more of them folded."""
    columns = report.shown_columns or report.columns
    titles = report.titles_in(report.speaks)
    rows = (told_row(report, record) for record in report.shown_records[:FOLDED])
    cells = [[text_of(row.get(c)) for c in columns] for row in rows]
    return _folded(report, [titles[c] for c in columns], cells)


def _folded(report: Report[Any], columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """The first rows of a report, and more of them folded."""
    first, more = cells[: report.shown_rows], cells[report.shown_rows :]
    summary = in_words("rows.more", report.speaks, count=len(more))
    folded = f"<details><summary>{summary}</summary>{table(columns, more)}</details>" if more else ""
    left = _left(len(report) - len(cells), report.speaks)
    return framed(heading(report.heading), table(columns, first) if first else "", folded, left)


@html_of.register
def _slippage(report: Slippage) -> str:
    """Slippage: what became of each commitment as a sentence, beside it both texts with the words marked that it speaks of."""
    columns = [title(c, report.speaks) for c in report.shown_columns]
    cells = [
        [
            html.escape(a.sentence.text(report.speaks)),
            _excerpt(a.upper_text, a.marks.upper),
            _excerpt(a.local_text, a.marks.local),
            f"<small>{html.escape(shown(a.reasons, report.speaks))}</small>",
        ]
        for a in report.shown_records[:FOLDED]
    ]
    return _folded(report, columns, cells)


@html_of.register
def _follow_up(report: FollowUp) -> str:
    """A follow-up: each promise, the verdict, and the report's own words."""
    lang, at = report.speaks, report.report.source.at
    columns = [in_words("follow.promise", lang), title("status", lang), in_words("follow.evidence", lang)]
    columns.append(title("confidence", lang))
    cells = [
        [
            text_of(row.words),
            html.escape(in_words(f"verdict.{row.settled}", lang)),
            text_of(" … ".join(at(span) for span in row.outcome.evidence)),
            f"{row.chance:.2f}",
        ]
        for row in report.shown_records[:FOLDED]
    ]
    return _folded(report, columns, cells)


def _excerpt(text: str, places: Sequence[Place]) -> str:
    part = in_pieces(*excerpt(text, places, LONGEST))
    return "".join(f"<mark>{html.escape(w)}</mark>" if marked else html.escape(w) for w, marked in part)


@html_of.register
def _explanation(explanation: Explanation) -> str:
    """An explanation: its text as it stands."""
    return f"<pre>{html.escape(explanation.text)}</pre>"


@html_of.register
def _statement(statement: Statement) -> str:
    """A statement: its words, its kind, and what was recognised in it."""
    found = [
        (
            html.escape(in_words(f"commitment.{c.kind}", options.language)),
            html.escape(c.surface),
            f"<code>{html.escape(c.normal)}</code>",
        )
        for c in statement.commitments
    ]
    lang = options.language
    kind = f"{statement.id} · {in_words(f'kind.{statement.kind}', lang)}"
    words = f"<p>{html.escape(statement.text)}</p>"
    titles = [title(c, lang) for c in ("kind", "surface", "normal")]
    return framed(heading(kind), words, table(titles, found) if found else "")


@html_of.register
def _plan(plan: Plan) -> str:
    """A plan: what it is, and its outline down to the articles with the number of tasks in each."""
    lang = options.language
    counts = {"statements": len(plan.statements), "tasks": len(plan.tasks), "unread": f"{plan.report.unread_share:.1%}"}
    facts = [
        in_words(f"level.{plan.level}", lang) if plan.level else "",
        plan.place,
        plan.issuer,
        plan.number,
        plan.period.years if plan.period else "",
        in_words(f"plan.{plan.status}", lang) if plan.status != "unknown" else "",
        in_words("shown.counts", lang, **counts),
    ]
    tasks = _tasks_below(plan)
    rows = [
        (html.escape(c.id), html.escape(f"{c.number}{c.title}"), str(tasks.get(c.id, 0)))
        for c in plan.clauses
        if c.number and len(plan.path(c.id)) <= _OUTLINE_DEPTH
    ]
    titles = [in_words(f"shown.{c}", lang) for c in ("clause", "outline", "tasks")]
    outline = table(titles, rows[:FOLDED]) if rows else ""
    return framed(heading(plan.name), note(" · ".join(f for f in facts if f)), outline)


def _tasks_below(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for task in plan.tasks:
        for clause in plan.path(task.clause):
            found[clause.id] = found.get(clause.id, 0) + 1
    return found


@html_of.register
def _edge(edge: LineageEdge) -> str:
    """An edge by itself: the aligned pieces of both sides, as far as it holds them."""
    sides: tuple[list[str], list[str]] = ([], [])
    for piece in edge.evidence.pieces:
        tag = _TAGS.get(piece.difference, "span")
        for side, words in zip(sides, (piece.local, piece.upper), strict=True):
            if words:
                side.append(f"<{tag}>{html.escape(words)}</{tag}>")
    names = f"{edge.local_plan} {edge.local_id} → {edge.upper_plan} {edge.upper_id}"
    cells = ("".join(sides[0]), _relation(edge), "".join(sides[1]))
    return framed(heading(names), table(_sides(), [cells]))


@html_of.register
def _trace(trace: Trace) -> str:
    """A trace: the task, and beside it each upper statement that it carries."""
    lang = options.language
    head = heading(f"{trace.local.name} · {trace.local.label(trace.statement.clause)} · {trace.statement.id}")
    missing = note(in_words("shown.semicolon", lang).join(m.text for m in trace.missing))
    if not trace.steps:
        words = html.escape(trace.statement.text)
        none = note(in_words("no upper statement", lang))
        return framed(head, f"<p>{words}</p>", _due(trace.statement.deadlines), none, missing)
    rows = []
    for step in trace.steps:
        ours, theirs = marked(step.edge.evidence.pieces, trace.statement.text, step.statement.text)
        change = "".join(f"<br>{html.escape(a.text(lang))}{_why(a, lang)}" for a in step.dates)
        rows.append(
            [
                ours + _due(trace.statement.deadlines),
                _relation(step.edge) + change,
                theirs + _due(step.statement.deadlines) + _place(step.plan, step.statement),
            ]
        )
    return framed(head, table(_sides(), rows), _legend(), missing)


@html_of.register
def _lineage(lineage: Lineage) -> str:
    """A lineage: the first edges, both texts beside each other."""
    first = lineage.edges[: lineage.shown_rows]
    rows = []
    for edge in first:
        plan, own = lineage.upper(edge.upper_plan), lineage.lower(edge.local_plan)
        local, upper = own.statement(edge.local_id), plan.statement(edge.upper_id)
        ours, theirs = marked(edge.evidence.pieces, local.text, upper.text)
        rows.append([ours + _place(own, local), _relation(edge), theirs + _place(plan, upper)])
    left = _left(len(lineage.edges) - len(first), options.language)
    head = heading(in_words("shown.edges", options.language, lineage=lineage.heading, count=len(lineage.edges)))
    return framed(head, _legend(), table(_sides(), rows), left)


def _sides() -> list[str]:
    return [in_words(f"shown.{side}", options.language) for side in ("local", "relation", "upper")]


def _legend() -> str:
    """What the marks in two texts mean."""
    told = (f"<{tag}>{in_words(f'difference.{kind}', options.language)}</{tag}>" for kind, tag in _TAGS.items())
    return f"<p><small>{' · '.join(told)}</small></p>"


def _relation(edge: LineageEdge) -> str:
    return f"{in_words(f'relation.{edge.relation}', options.language)}<br>{edge.confidence:.2f}"


def _place(plan: Plan, statement: Statement) -> str:
    return f"<br><small>{html.escape(f'{plan.label(statement.clause)} · {statement.id}')}</small>"


def _why(answer: Answer, lang: Lang) -> str:
    return f"<br><small>{html.escape(shown(answer.reasons, lang))}</small>" if answer.reasons else ""


def _due(deadlines: Sequence[Deadline]) -> str:
    return f"<br><b>{html.escape(due_text(deadlines))}</b>" if deadlines else ""


# -- parts -------------------------------------------------------------------------------------------------------------


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


def _left(more: int, lang: Lang) -> str:
    return note(in_words("shown.left", lang, count=more)) if more > 0 else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


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
