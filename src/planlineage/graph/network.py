"""Plans of all levels as one networkx graph: plans, clauses, statements; contains-edges and lineage edges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..comparing.lineage import Lineage, linked
from ..comparing.trace import Trace
from ..linking.review import Decisions
from ..linking.units import LinkOptions
from ..model.errors import UnknownTaskError
from ..model.lineage import LineageEdge
from ..model.plan import Plan
from ..model.wording import told
from .order import Order, answers_to, arrange, nearest_above
from .paths import Path, Paths
from .registry import NotHeld

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LineageGraph", "build_network", "nearest_above"]


class LineageGraph:
    """Plans ordered by level, place and citations, each linked to its direct parents.

    `plans` run from the centre down; `lineages` hold one `Lineage` for each plan that has an upper plan; `remarks` what a
    reader should know (a place no code list knows, a plan whose parents had to be guessed). `graph` is a
    `networkx.MultiDiGraph` whose nodes are plans (`plan:ID`), clauses and statements (`ID#clause:CLAUSE`, `ID#STATEMENT`)
    with a `type`, and whose edges are `contains`, `implements` (also to plans that are cited but not held) and `lineage`,
    from the lower statement to the upper one.

    >>> from planlineage import network
    >>> held = network(["weibin_2021", "central_2021"])
    >>> [plan.id for plan in held.tops], held.lineage("weibin_2021") is not None
    (['central_2021'], True)
    """

    def __init__(self, plans: Sequence[Plan], lineages: Sequence[Lineage], order: Order | None = None) -> None:
        self.plans = tuple(plans)
        self.lineages = tuple(lineages)
        self.order = order
        self.remarks = order.remarks if order is not None else ()

    def plan(self, plan_id: str) -> Plan:
        """The plan of an id. Raises `UnknownTaskError`."""
        found = next((p for p in self.plans if p.id == plan_id), None)
        if found is None:
            raise UnknownTaskError(
                "no plan of this id",
                where=told("said", "given plans"),
                hint="plans",
                plan_id=plan_id,
                plans=tuple(p.id for p in self.plans),
            )
        return found

    def lineage(self, plan_id: str) -> Lineage | None:
        """The lineage of a plan to its direct parents; None where it has none."""
        return next((x for x in self.lineages if x.local.id == plan_id), None)

    def parents(self, plan_id: str) -> tuple[Plan, ...]:
        """The direct parents of a plan among those held."""
        lineage = self.lineage(plan_id)
        return lineage.uppers if lineage is not None else ()

    @property
    def tops(self) -> tuple[Plan, ...]:
        """The plans that have no parent here."""
        return tuple(p for p in self.plans if not self.parents(p.id))

    @property
    def not_held(self) -> NotHeld:
        """The plans that are cited but not held, those cited by most plans first."""
        return NotHeld(self.plans)

    def reviewed(self, decisions: Decisions) -> LineageGraph:
        """The same plans with their lineages as people decided."""
        return LineageGraph(self.plans, [x.reviewed(decisions) for x in self.lineages], self.order)

    @cached_property
    def _paths(self) -> Paths:
        return Paths(self.lineages)

    def paths(self, task: str) -> list[Path]:
        """The ways up from a statement (`PLAN#ID`) over all levels held, the surest first."""
        plan_id, _, statement = task.rpartition("#")
        self.plan(plan_id).statement(statement)
        return self._paths.up(plan_id, statement)

    def composed(self, local: str, upper: str) -> dict[tuple[str, str], Path]:
        """For each pair of statements of two plans the best way between them, over the plans that stand in between."""
        self.plan(local), self.plan(upper)
        return self._paths.composed(local, upper)

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
            raise UnknownTaskError("nothing found", where=told("said", "given plans"), hint="name a task", task=task)
        return found

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """The graph, built when first asked for."""
        import networkx as nx

        graph = nx.MultiDiGraph()
        for plan in self.plans:
            _add_plan(graph, plan)
        for plan in self.plans:
            _add_citations(graph, plan, self.plans, self.parents(plan.id))
        for lineage in self.lineages:
            for edge in lineage.edges:
                _add_lineage(graph, edge)
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
            node,
            type="statement",
            kind=statement.kind,
            text=statement.text,
            start=statement.span.start,
            end=statement.span.end,
            fingerprint=statement.fingerprint,
            **_attributes(statement.deadlines),
        )
        graph.add_edge(f"{plan.id}#clause:{statement.clause}", node, key="contains", type="contains")


def _attributes(deadlines: Sequence[Any]) -> dict[str, str]:
    days = [str(d.latest) for d in deadlines if d.latest]
    return {"deadline": days[-1]} if days else {}


def _add_citations(graph: nx.MultiDiGraph, plan: Plan, held: Sequence[Plan], parents: Sequence[Plan]) -> None:
    for cited in plan.cited:
        if cited.plan_role == "names":
            continue
        upper = next((p for p in held if p is not plan and answers_to(cited, p)), None)
        node = f"plan:{upper.id}" if upper is not None else f"cited:{cited.number or ''}{cited.title}"
        if upper is None and node not in graph:
            level = cited.level.value if cited.level else ""
            graph.add_node(
                node,
                type="plan",
                title=cited.title,
                level=level,
                place="",
                number=cited.number or "",
                held=False,
            )
        graph.add_edge(f"plan:{plan.id}", node, key=cited.role, type=cited.role)
    for parent in parents:
        graph.add_edge(f"plan:{plan.id}", f"plan:{parent.id}", key="parent", type="parent")


def _add_lineage(graph: nx.MultiDiGraph, edge: LineageEdge) -> None:
    graph.add_edge(
        f"{edge.local_plan}#{edge.local_id}",
        f"{edge.upper_plan}#{edge.upper_id}",
        key="lineage",
        type="lineage",
        relation=edge.relation.value,
        confidence=edge.confidence,
        prov=edge.relation.prov,
    )


def build_network(plans: Sequence[Plan], options: LinkOptions | None = None) -> LineageGraph:
    """Order plans by level, place and citations, and link each to its direct parents.

    Raises `LevelOrderError` where a plan's level is not known, two plans have the same id, or plans are each other's
    grounds.
    """
    order = arrange(plans)
    lineages = [linked(plan, order.parents[plan.id], options) for plan in order.plans if order.parents[plan.id]]
    return LineageGraph(order.plans, lineages, order)
