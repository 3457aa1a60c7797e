"""The reverse of coverage: what of a local plan is carried from above, from which upper plan, and what is its own."""

from __future__ import annotations

from typing import ClassVar

from ..comparing.lineage import Lineage
from ..model.plan import Plan, Statement
from ..model.report import Report, Row


class Origin(Report):
    """Where each task of a local plan comes from: the upper plan of its surest edge, or nowhere (`own`).

    A task may come from several upper plans; `sources` names them all, `from` the surest.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id", "article", "text", "from", "relation", "confidence", "sources", "upper_ids", "local_plan",
    )  # fmt: skip

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self._rows = [self._row(plan, s) for plan in lineage.locals for s in plan.statements if s.is_task]

    def _row(self, plan: Plan, task: Statement) -> Row:
        edges = [e for e in self.lineage.sources(task.id, plan.id) if e.relation.is_coverage]
        best = edges[0] if edges else None
        return {
            "local_id": task.id,
            "article": plan.article(task),
            "text": task.text,
            "from": best.upper_plan if best else "own",
            "relation": best.relation.value if best else "",
            "confidence": best.confidence if best else None,
            "sources": " ".join(dict.fromkeys(e.upper_plan for e in edges)),
            "upper_ids": " ".join(e.upper_id for e in edges),
            "local_plan": plan.id,
        }

    def rows(self) -> list[Row]:
        """One row a local task, in the order of the text."""
        return list(self._rows)

    def shares(self, *, by_length: bool = False) -> dict[str, float]:
        """The share of the local tasks that comes from each upper plan, and of its own (`own`); together 1."""
        total: dict[str, int] = {u.id: 0 for u in self.lineage.uppers} | {"own": 0}
        for row in self._rows:
            total[row["from"]] += len(row["text"]) if by_length else 1
        everything = sum(total.values())
        return {name: n / everything if everything else 0.0 for name, n in total.items()}

    @property
    def own(self) -> list[Row]:
        """The local tasks that carry no upper task."""
        return [r for r in self._rows if r["from"] == "own"]

    @property
    def heading(self) -> str:
        """The result in one line."""
        parts = "、".join(f"{name} {share:.0%}" for name, share in self.shares().items())
        return f"{'、'.join(p.name for p in self.lineage.locals)}: {parts}"
