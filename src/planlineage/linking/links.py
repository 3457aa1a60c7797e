"""The edges between a local plan and its upper plans, looked up from either side. A local plan may stand in several files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Self

from ..model.errors import UnknownTaskError
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from .review import Decisions
from .review_check import DecisionCheck
from .units import LinkOptions


class Links:
    """Edges from the statements of a local plan to those of its upper plans.

    `locals` is the local plan, or the files that it stands in. `edges` are in the order of the local text. `options` are
    those it was linked with; `decided` says which decisions of people were applied and which were not, None where there
    were none.
    """

    def __init__(
        self,
        locals_: Plan | Sequence[Plan],
        uppers: Sequence[Plan],
        edges: Sequence[LineageEdge],
        *,
        options: LinkOptions | None = None,
        decided: DecisionCheck | None = None,
    ) -> None:
        self.locals = (locals_,) if isinstance(locals_, Plan) else tuple(locals_)
        self.uppers = tuple(uppers)
        self.edges = tuple(edges)
        self.options = options
        self.decided = decided
        for edge in self.edges:  # remembered by the edge, not a field of it: its citation needs both plans
            edge.__dict__["_ends"] = self._lower.get(edge.local_plan), self._upper.get(edge.upper_plan)

    def with_edges(self, edges: Sequence[LineageEdge], decided: DecisionCheck) -> Self:
        """The same plans with other edges, as people decided."""
        return type(self)(self.locals, self.uppers, edges, options=self.options, decided=decided)

    @property
    def local(self) -> Plan:
        """The local plan; the first of its files."""
        return self.locals[0]

    @property
    def decisions(self) -> Decisions:
        """What people decided about gaps and about what applies, as far as it holds."""
        return self.decided.in_force if self.decided is not None else Decisions()

    @cached_property
    def _lower(self) -> dict[str, Plan]:
        return {p.id: p for p in self.locals}

    @cached_property
    def _upper(self) -> dict[str, Plan]:
        return {u.id: u for u in self.uppers}

    def lower(self, plan_id: str) -> Plan:
        """The local plan, or file of it, of this id."""
        return self._lower[plan_id]

    def upper(self, plan_id: str) -> Plan:
        """The upper plan of this id."""
        return self._upper[plan_id]

    @cached_property
    def _from(self) -> dict[str, list[LineageEdge]]:
        found: dict[str, list[LineageEdge]] = defaultdict(list)
        for edge in sorted(self.edges, key=_surest_first):
            found[edge.local_id].append(edge)
        return found

    @cached_property
    def _to(self) -> dict[tuple[str, str], list[LineageEdge]]:
        found: dict[tuple[str, str], list[LineageEdge]] = defaultdict(list)
        for edge in sorted(self.edges, key=_surest_first):
            found[edge.upper_plan, edge.upper_id].append(edge)
        return found

    def sources(self, local_id: str, local_plan: str | None = None) -> list[LineageEdge]:
        """The edges from a local statement, the surest first, thematic ones last; of one file of the plan where it is named."""
        found = self._from.get(local_id, [])
        return [e for e in found if local_plan is None or e.local_plan == local_plan]

    def carriers(self, upper_plan: str, upper_id: str) -> list[LineageEdge]:
        """The edges to an upper statement, the surest first, thematic ones last."""
        return list(self._to.get((upper_plan, upper_id), []))

    def named(self, task: str) -> list[tuple[Plan, Statement]]:
        """The local statements that answer to an id, a clause number or a phrase of either side, each with its plan.

        Raises `UnknownTaskError` where there is none.
        """
        found = [(p, s) for p in self.locals for s in find_statements(p, task)]
        if not found:
            carried = [
                (edge.local_plan, edge.local_id)
                for upper in self.uppers
                for statement in find_statements(upper, task)
                for edge in self.carriers(upper.id, statement.id)
            ]
            found = [(self.lower(p), self.lower(p).statement(i)) for p, i in dict.fromkeys(carried)]
        if not found:
            raise UnknownTaskError("nothing found", where=self.local.id, hint="name a task", task=task)
        return found


def _surest_first(edge: LineageEdge) -> tuple[bool, float, str, str]:
    return edge.relation is Relation.THEMATIC, -edge.confidence, edge.upper_plan, edge.upper_id


def find_statements(plan: Plan, wanted: str) -> list[Statement]:
    """Statements that answer to an id, a clause number, or a phrase, in this order; empty where none does."""
    by_id = [s for s in plan.statements if s.id == wanted]
    if by_id:
        return by_id
    if any(c.id == wanted for c in plan.clauses):
        return [s for s in plan.within(wanted) if s.is_task]
    words = "".join(wanted.split())
    hits = [s for s in plan.statements if len(words) >= 2 and words in s.text and s.kind not in ("noise", "unread")]
    return [s for s in hits if s.is_task] or hits
