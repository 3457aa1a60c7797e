"""The lineage of a plan: its edges to the upper plans as a report, with all that follows from them for single tasks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..linking.explain import Explanation
from ..linking.linker import link_plans
from ..linking.links import Links
from ..linking.review import Decisions
from ..linking.review_apply import apply
from ..linking.units import LinkOptions
from ..model.disk import write_text
from ..model.lineage import Relation
from ..model.plan import Plan
from ..model.report import Report
from .answers import Answers
from .trace import Trace, trace_task


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One edge, with the words of both statements."""

    local_id: str
    local_kind: str
    local_start: int
    local_end: int
    upper_plan: str
    upper_id: str
    upper_kind: str
    upper_start: int
    upper_end: int
    relation: Relation
    confidence: float
    local_text: str
    upper_text: str


class Lineage(Links, Report[EdgeRow]):
    """The edges from a local plan to one or several upper plans.

    `locals` is the local plan, or the files that it stands in. `edges` are in the order of the local text; `frame` gives one
    row for each. Edges whose relation is `thematic` share a topic only and never count as coverage. `answers` say which
    commitment below answers to which above. `options` are those it was linked with; `decided` says which decisions of people
    were applied and which were not, None where there were none.
    """

    shown_columns = ("local_text", "relation", "upper_text", "confidence")

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{'、'.join(p.name for p in self.locals)} → {'、'.join(u.name for u in self.uppers)}"

    @cached_property
    def records(self) -> Sequence[EdgeRow]:
        """One record for each edge."""
        return [
            EdgeRow(
                e.local_id,
                e.local_kind,
                e.local_span.start,
                e.local_span.end,
                e.upper_plan,
                e.upper_id,
                e.upper_kind,
                e.upper_span.start,
                e.upper_span.end,
                e.relation,
                e.confidence,
                self.lower(e.local_plan).statement(e.local_id).text,
                self.upper(e.upper_plan).statement(e.upper_id).text,
            )
            for e in self.edges
        ]

    @cached_property
    def answers(self) -> Answers:
        """Which commitment below answers to which above, and how it changed; worked out once for all reports."""
        return Answers(self)

    def reviewed(self, decisions: Decisions) -> Lineage:
        """The lineage as people decided; the one given stays as it is, and applying twice is the same as once."""
        return apply(self, decisions)

    def trace(self, task: str) -> list[Trace]:
        """The chain from a local task up to its central clause, or from an upper task down to what carries it.

        `task` is a statement's id, the number of a clause (2.4) or a phrase that occurs in a statement of either plan.
        Raises `UnknownTaskError` where nothing, or nothing with a lineage, answers to it.
        """
        return [trace_task(self.answers, plan, statement) for plan, statement in self.named(task)]

    def explain(self, task: str) -> Explanation:
        """What was considered for a task, best first: why the winner won, and what the others lacked. `task` as for `trace`.

        >>> from planlineage import link
        >>> link("weibin_2021", "central_2021").explain("2.5.10-p663e").rows()[0]["outcome"]
        'linked'
        """
        return Explanation(self, self.named(task))

    def to_json(self, path: str | Path) -> Path:
        """Write the edges with their evidence, and the digests of the sources they rest on, as JSON."""
        return write_text(path, json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n")

    def as_dict(self) -> dict[str, Any]:
        """The lineage as plain data: plans with the digests of their sources, and edges with evidence."""
        return {
            "schema_version": 1,
            "local": self.local.id,
            "uppers": [u.id for u in self.uppers],
            "plans": {
                p.id: {"title": p.title, "source": p.source.name, "sha256": p.source.sha256}
                for p in (*self.locals, *self.uppers)
            },
            "edges": [e.model_dump(mode="json", exclude_none=True) for e in self.edges],
        }


def linked(
    locals_: Plan | Sequence[Plan],
    uppers: Sequence[Plan],
    options: LinkOptions | None = None,
    decisions: Decisions | None = None,
) -> Lineage:
    """Link a local plan, in one file or several, to upper plans, and apply what people decided. Raises as `link_plans`."""
    found = Lineage(locals_, uppers, link_plans(locals_, uppers, options), options=options)
    return found.reviewed(decisions) if decisions is not None else found
