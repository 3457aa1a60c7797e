"""The Mermaid chart of a network: its plans with their parents."""

from __future__ import annotations

from ...graph.network import LineageGraph

WIDTH = 16
"""Characters per line in a box."""

LINES = 4
"""Lines per box at most."""


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


def _wrapped(text: str) -> str:
    lines = [text[i : i + WIDTH] for i in range(0, len(text), WIDTH)]
    shown = lines[:LINES]
    if len(lines) > LINES:
        shown[-1] += "…"
    return "<br/>".join(_escaped(line) for line in shown)


def _escaped(text: str) -> str:
    """Text that Mermaid does not read as marks: its own escapes for quotes and the like."""
    return (
        text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
    )


def _quoted(text: str) -> str:
    return f'"{text}"'
