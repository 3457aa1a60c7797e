"""The reverse of coverage: what of a local plan is carried from above, from which upper plan, and what is its own."""

from __future__ import annotations

from typing import ClassVar

from ..linking.several import Carriers
from ..model.report import Report, Row


class Origin(Report):
    """Where each task of a local plan comes from: the upper plan of its surest edge, or nowhere (`own`).

    A task may come from several upper plans; `sources` names them all, `from` the surest.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id", "article", "text", "from", "relation", "confidence", "sources", "upper_ids", "local_plan",
    )  # fmt: skip

    def __init__(self, carriers: Carriers) -> None:
        self.carriers = carriers
        self._rows = [
            self._row(k, i)
            for k, plan in enumerate(carriers.locals)
            for i, s in enumerate(plan.statements)
            if s.is_task
        ]

    def _row(self, plan_at: int, statement_at: int) -> Row:
        plan = self.carriers.locals[plan_at]
        task = plan.statements[statement_at]
        edges = [c.edge for c in self.carriers.sources(plan, task) if c.edge.relation.is_coverage]
        best = edges[0] if edges else None
        return {
            "local_id": task.id,
            "article": plan.label(plan.numbered(task.clause).id),
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
        total: dict[str, int] = {u.id: 0 for u in self.carriers.uppers} | {"own": 0}
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
        return f"{'、'.join(p.name for p in self.carriers.locals)}: {parts}"
