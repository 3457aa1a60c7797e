"""Mermaid charts: one trace, or the plans of a network with their parents."""

from __future__ import annotations

from ...comparing.trace import Trace
from ...graph.network import LineageGraph
from ...model.plan import Plan, Statement

WIDTH = 16
"""Characters a line in a box."""

LINES = 4
"""Lines a box at most."""


def trace_mermaid(trace: Trace) -> str:
    """The trace of one task as a Mermaid flowchart: the task below, what it carries above, with relation and deadline."""
    lines = ["flowchart BT", f"  local[{_box(trace.local, trace.statement)}]"]
    for number, step in enumerate(trace.steps):
        lines.append(f"  upper{number}[{_box(step.plan, step.statement)}]")
        words = f"{step.edge.relation.value} {step.edge.confidence:.2f}"
        words += "".join(f"<br/>deadline {answer.text()}" for answer in step.dates)
        arrow = "-.->" if step.edge.relation.value == "thematic" else "-->"
        lines.append(f"  local {arrow}|{_quoted(words)}| upper{number}")
    for number, missing in enumerate(trace.missing):
        lines.append(f"  missing{number}([{_quoted(missing.text)}]):::missing")
        lines.append(f"  local -.- missing{number}")
    lines.append("  classDef missing stroke-dasharray: 4 4")
    return "\n".join([*lines, ""])


def network_mermaid(network: LineageGraph) -> str:
    """The plans of a network and their parents as a Mermaid flowchart; edges carry the number of lineage edges."""
    names = {plan.id: f"plan{number}" for number, plan in enumerate(network.plans)}
    lines = ["flowchart BT"]
    for plan in network.plans:
        level = plan.level.chinese if plan.level else ""
        lines.append(f"  {names[plan.id]}[{_quoted(f'{level}<br/>{_wrapped(plan.name)}')}]")
    for lineage in network.lineages:
        for upper in lineage.uppers:
            count = sum(e.upper_plan == upper.id and e.relation.is_coverage for e in lineage.edges)
            lines.append(f"  {names[lineage.local.id]} -->|{count}| {names[upper.id]}")
    return "\n".join([*lines, ""])


def _box(plan: Plan, statement: Statement) -> str:
    level = plan.level.chinese if plan.level else ""
    return _quoted(f"{level} {_escaped(plan.label(statement.clause))}<br/>{_wrapped(statement.text)}")


def _wrapped(text: str) -> str:
    lines = [text[i : i + WIDTH] for i in range(0, len(text), WIDTH)]
    shown = lines[:LINES]
    if len(lines) > LINES:
        shown[-1] += "…"
    return "<br/>".join(_escaped(line) for line in shown)


def _escaped(text: str) -> str:
    """Text that Mermaid does not read as marks: its own escapes for quotes and the like."""
    return (
        text.replace("#", "#35;")
        .replace('"', "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("`", "#96;")
    )


def _quoted(text: str) -> str:
    return f'"{text}"'
