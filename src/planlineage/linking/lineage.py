"""The lineage of a plan: its edges to the upper plans as a report, and the trace of single tasks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..model.disk import write_text
from ..model.errors import UnknownTaskError
from ..model.lineage import LineageEdge, Relation
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from .trace import Trace, trace_task
from .units import LinkOptions

if TYPE_CHECKING:
    from .explain import Explanation
    from .review_check import DecisionCheck


class Lineage(Report):
    """The edges from a local plan to one or several upper plans.

    `edges` are in the order of the local text; `frame` gives one row an edge. Edges whose relation is `thematic` share a
    topic only and never count as coverage. `options` are those it was linked with; `decided` says which decisions of people
    were applied and which were not, None where there were none.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id", "local_kind", "local_start", "local_end", "upper_plan", "upper_id", "upper_kind", "upper_start",
        "upper_end", "relation", "confidence", "local_text", "upper_text",
    )  # fmt: skip

    def __init__(
        self,
        local: Plan,
        uppers: Sequence[Plan],
        edges: Sequence[LineageEdge],
        *,
        options: LinkOptions | None = None,
        decided: DecisionCheck | None = None,
    ) -> None:
        self.local = local
        self.uppers = tuple(uppers)
        self.edges = tuple(edges)
        self.options = options
        self.decided = decided

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.local.name} → {'、'.join(u.name for u in self.uppers)}"

    def rows(self) -> list[Row]:
        """One row an edge."""
        return [
            {
                "local_id": e.local_id,
                "local_kind": e.local_kind,
                "local_start": e.local_span.start,
                "local_end": e.local_span.end,
                "upper_plan": e.upper_plan,
                "upper_id": e.upper_id,
                "upper_kind": e.upper_kind,
                "upper_start": e.upper_span.start,
                "upper_end": e.upper_span.end,
                "relation": e.relation.value,
                "confidence": e.confidence,
                "local_text": self.local.statement(e.local_id).text,
                "upper_text": self.upper(e.upper_plan).statement(e.upper_id).text,
            }
            for e in self.edges
        ]

    @cached_property
    def _by_id(self) -> dict[str, Plan]:
        return {u.id: u for u in self.uppers}

    def upper(self, plan_id: str) -> Plan:
        """The upper plan of this id."""
        return self._by_id[plan_id]

    @cached_property
    def _from(self) -> dict[str, list[LineageEdge]]:
        found: dict[str, list[LineageEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.local_id].append(edge)
        return found

    @cached_property
    def _to(self) -> dict[tuple[str, str], list[LineageEdge]]:
        found: dict[tuple[str, str], list[LineageEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.upper_plan, edge.upper_id].append(edge)
        return found

    def sources(self, local_id: str) -> list[LineageEdge]:
        """The edges from a local statement, the surest first, thematic ones last."""
        return sorted(self._from.get(local_id, []), key=_strength)

    def carriers(self, upper_plan: str, upper_id: str) -> list[LineageEdge]:
        """The edges to an upper statement, the surest first, thematic ones last."""
        return sorted(self._to.get((upper_plan, upper_id), []), key=_strength)

    def trace(self, task: str) -> list[Trace]:
        """The chain from a local task up to its central clause, or from an upper task down to what carries it.

        `task` is a statement's id, the number of a clause (2.4) or a phrase that occurs in a statement of either plan.
        Raises `UnknownTaskError` where nothing, or nothing with a lineage, answers to it.
        """
        return [trace_task(self, statement) for statement in self.named(task)]

    def explain(self, task: str) -> Explanation:
        """What was considered for a task, best first: why the winner won, and what the others lacked. `task` as for `trace`.

        >>> from planlineage import link
        >>> link("weibin_2021", "central_2021").explain("2.5.10-p663e").rows()[0]["outcome"]
        'linked'
        """
        from .explain import Explanation  # links again

        return Explanation(self, self.named(task))

    def named(self, task: str) -> list[Statement]:
        """The local statements that `trace` and `explain` take `task` for. Raises `UnknownTaskError` where there is none."""
        found = find_statements(self.local, task)
        if not found:
            carried = [
                edge.local_id
                for upper in self.uppers
                for statement in find_statements(upper, task)
                for edge in self.carriers(upper.id, statement.id)
            ]
            found = [self.local.statement(i) for i in dict.fromkeys(carried)]
        if not found:
            raise UnknownTaskError(
                f"nothing answers to {task!r}",
                where=self.local.id,
                hint="give a statement's id, a clause number, or words of its text",
            )
        return found

    def to_json(self, path: str | Path) -> Path:
        """Write the edges with their evidence, and the digests of the sources they rest on, as JSON."""
        return write_text(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n")

    def as_dict(self) -> dict[str, Any]:
        """The lineage as plain data: plans with the digests of their sources, and edges with evidence."""
        plans = [self.local, *self.uppers]
        return {
            "schema_version": 1,
            "local": self.local.id,
            "uppers": [u.id for u in self.uppers],
            "plans": {
                p.id: {"title": p.title, "source": p.source.name, "sha256": p.source.sha256} for p in plans
            },
            "edges": [e.model_dump(mode="json", exclude_none=True) for e in self.edges],
        }


def _strength(edge: LineageEdge) -> tuple[bool, float, str, str]:
    return edge.relation is Relation.THEMATIC, -edge.confidence, edge.upper_plan, edge.upper_id


def find_statements(plan: Plan, wanted: str) -> list[Statement]:
    """Statements that answer to an id, a clause number, or a phrase, in this order; empty where none does."""
    by_id = [s for s in plan.statements if s.id == wanted]
    if by_id:
        return by_id
    if any(c.id == wanted for c in plan.clauses):
        return [s for s in plan.within(wanted) if s.is_task]
    words = "".join(wanted.split())
    hits = [
        s
        for s in plan.statements
        if len(words) >= 2 and words in s.text and s.kind not in ("noise", "unread")
    ]
    return [s for s in hits if s.is_task] or hits
