"""Lineages and traces in notebooks: both texts side by side, with what changed on the way down marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.commitments import Deadline
from ..model.lineage import LineageEdge
from ..model.plan import Plan, Statement
from ..model.show import framed, heading, marked, note, table

if TYPE_CHECKING:
    from .lineage import Lineage
    from .trace import Trace

_LEGEND = "<p><small><mark>改动 changed</mark> · <ins>本级增加 added</ins> · <del>上级有而本级无 dropped</del></small></p>"


def trace_html(trace: Trace) -> str:
    """A trace: the task, and beside it each upper statement that it carries."""
    title = heading(
        f"{trace.local.name} · {trace.local.label(trace.statement.clause)} · {trace.statement.id}"
    )
    missing = note("；".join(m.text for m in trace.missing))
    if not trace.steps:
        words = html.escape(trace.statement.text)
        none = note("没有找到它所承接的上级语句 no upper statement found that it carries down")
        return framed(title, f"<p>{words}</p>", _due(trace.statement.deadlines), none, missing)
    rows = []
    for step in trace.steps:
        ours, theirs = marked(step.edge.evidence.pieces, trace.statement.text, step.statement.text)
        change = step.deadline.text if step.deadline.change != "none" else ""
        why = (
            f"<br><small>{html.escape(step.deadline.reason)}</small>"
            if change and step.deadline.reason
            else ""
        )
        rows.append(
            [
                ours + _due(trace.statement.deadlines),
                _relation(step.edge) + (f"<br>{html.escape(change)}{why}" if change else ""),
                theirs + _due(step.statement.deadlines) + _place(step.plan, step.statement),
            ]
        )
    return framed(title, table(("本级 local", "关系 relation", "上级 upper"), rows), _LEGEND, missing)


def lineage_html(lineage: Lineage) -> str:
    """A lineage: the first edges, both texts beside each other."""
    shown = lineage.edges[: lineage.shown_rows]
    rows = []
    for edge in shown:
        plan = lineage.upper(edge.upper_plan)
        local, upper = lineage.local.statement(edge.local_id), plan.statement(edge.upper_id)
        ours, theirs = marked(edge.evidence.pieces, local.text, upper.text)
        rows.append([ours + _place(lineage.local, local), _relation(edge), theirs + _place(plan, upper)])
    more = len(lineage.edges) - len(shown)
    left = note(f"… {more} more edges; see .frame") if more > 0 else ""
    head = heading(f"{lineage.heading}: {len(lineage.edges)} edges")
    return framed(head, _LEGEND, table(("本级 local", "关系 relation", "上级 upper"), rows), left)


def _relation(edge: LineageEdge) -> str:
    return f"{edge.relation.chinese} {edge.relation.value}<br>{edge.confidence:.2f}"


def _place(plan: Plan, statement: Statement) -> str:
    return f"<br><small>{html.escape(f'{plan.label(statement.clause)} · {statement.id}')}</small>"


def _due(deadlines: Sequence[Deadline]) -> str:
    days = "; ".join(
        " / ".join(str(day) for day in (d.latest, d.alternate) if day) or d.surface for d in deadlines
    )
    return f"<br><b>{html.escape(days)}</b>" if days else ""
