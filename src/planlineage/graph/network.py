"""Plans of all levels as one networkx graph: plans, clauses, statements; contains-edges and lineage edges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..linking.lineage import Lineage
from ..linking.linker import link_plans
from ..linking.trace import Trace
from ..linking.units import LinkOptions
from ..model.errors import LevelOrderError, UnknownTaskError
from ..model.plan import Plan

if TYPE_CHECKING:
    import networkx as nx


class LineageGraph:
    """Plans ordered by level, each linked to the nearest level above it that is held.

    `plans` run from the centre down; `lineages` hold one `Lineage` for each plan that has an upper plan. `graph` is a
    `networkx.MultiDiGraph` whose nodes are plans (`plan:ID`), clauses and statements (`ID#CLAUSE`, `ID#STATEMENT`) with a
    `type`, and whose edges are `contains`, `implements` (also to plans that are cited but not held) and `lineage`, from the
    lower statement to the upper one.
    """

    def __init__(self, plans: Sequence[Plan], lineages: Sequence[Lineage]) -> None:
        self.plans = tuple(plans)
        self.lineages = tuple(lineages)

    def trace(self, task: str) -> list[Trace]:
        """The chains of a task, in every plan that carries it. `task` as for `Lineage.trace`, or `PLAN#ID`."""
        plan_id, _, wanted = task.rpartition("#")
        chosen = [lin for lin in self.lineages if not plan_id or plan_id in (lin.local.id, *(u.id for u in lin.uppers))]
        found: list[Trace] = []
        for lineage in chosen:
            try:
                found += lineage.trace(wanted)
            except UnknownTaskError:
                continue
        if not found:
            raise UnknownTaskError(
                f"nothing answers to {task!r}", where="the plans given", hint="give a statement's id, a clause number, or words of its text"
            )
        return found

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """The graph, built when first asked for."""
        import networkx as nx  # noqa: PLC0415 - heavy, loaded when first asked for

        graph = nx.MultiDiGraph()
        for plan in self.plans:
            _add_plan(graph, plan)
        for plan in self.plans:
            _add_citations(graph, plan, {p.title: p for p in self.plans if p.title})
        for lineage in self.lineages:
            for edge in lineage.edges:
                graph.add_edge(
                    f"{edge.local_plan}#{edge.local_id}",
                    f"{edge.upper_plan}#{edge.upper_id}",
                    key="lineage",
                    type="lineage",
                    relation=edge.relation.value,
                    confidence=edge.confidence,
                    prov=edge.relation.prov,
                )
        return graph

    def __repr__(self) -> str:
        return f"LineageGraph({len(self.plans)} plans, {sum(len(x.edges) for x in self.lineages)} lineage edges)"


def _add_plan(graph: nx.MultiDiGraph, plan: Plan) -> None:
    root = f"plan:{plan.id}"
    level = plan.level.value if plan.level else ""
    graph.add_node(root, type="plan", title=plan.title, level=level, place=plan.place, number=plan.number, held=True)
    for clause in plan.clauses:
        node = f"{plan.id}#clause:{clause.id}"
        graph.add_node(node, type="clause", kind=clause.kind, number=clause.number, title=clause.title)
        parent = f"{plan.id}#clause:{clause.parent}" if clause.parent else root
        graph.add_edge(parent, node, key="contains", type="contains")
    for statement in plan.statements:
        node = f"{plan.id}#{statement.id}"
        graph.add_node(
            node, type="statement", kind=statement.kind, text=statement.text, start=statement.span.start,
            end=statement.span.end, **_attributes(statement.deadlines),
        )  # fmt: skip
        graph.add_edge(f"{plan.id}#clause:{statement.clause}", node, key="contains", type="contains")


def _attributes(deadlines: Sequence[Any]) -> dict[str, str]:
    days = [str(d.latest) for d in deadlines if d.latest]
    return {"deadline": days[-1]} if days else {}


def _add_citations(graph: nx.MultiDiGraph, plan: Plan, held: dict[str, Plan]) -> None:
    for cited in plan.implements:
        upper = held.get(cited.title)
        node = f"plan:{upper.id}" if upper is not None else f"cited:{cited.number or ''}{cited.title}"
        if upper is None and node not in graph:
            level = cited.level.value if cited.level else ""
            graph.add_node(
                node, type="plan", title=cited.title, level=level, place="", number=cited.number or "", held=False
            )
        graph.add_edge(f"plan:{plan.id}", node, key="implements", type="implements")


def build_network(plans: Sequence[Plan], options: LinkOptions | None = None) -> LineageGraph:
    """Order plans by level and link each to all plans of the nearest level above it that is held.

    Raises `LevelOrderError` where a plan's level is not known or two plans have the same id.
    """
    ids = [p.id for p in plans]
    if len(set(ids)) < len(ids):
        raise LevelOrderError("two plans have the same id", where=", ".join(sorted(ids)), hint="give each its own `id`")
    for plan in plans:
        if plan.level is None:
            raise LevelOrderError("the plan's level is not known", where=plan.id, hint="parse it with `level=...`")
    ordered = sorted(plans, key=lambda p: (p.level.rank if p.level else 99, p.id))
    lineages = []
    for plan in ordered:
        uppers = nearest_above(plan, ordered)
        if uppers:
            lineages.append(Lineage(plan, uppers, link_plans(plan, uppers, options)))
    return LineageGraph(ordered, lineages)


def nearest_above(plan: Plan, plans: Sequence[Plan]) -> list[Plan]:
    """The held plans of the nearest level above; of places, only those that the plan's own place lies in."""
    if plan.level is None:
        return []
    above = [
        p for p in plans
        if p.level is not None and p.level.is_above(plan.level)
        and (not p.place or not plan.place or plan.place.startswith(p.place) or p.place in plan.place)
    ]  # fmt: skip
    ranks = [p.level.rank for p in above if p.level is not None]
    return [p for p in above if p.level is not None and p.level.rank == max(ranks)] if ranks else []
