"""At which hop of the chain of levels a task disappeared, a deadline was lost, or a number shrank.

Each hop is the way from a plan to one below it. What an upper plan asks for may be lost on the first hop or on the last; a
task that the province dropped cannot be held against the district, which never saw it.
"""

from __future__ import annotations

from typing import ClassVar

from ..comparing.answer import Answer
from ..comparing.lineage import Lineage
from ..graph.network import LineageGraph
from ..model.plan import Plan
from ..model.report import Report, Row
from ..model.wording import shown
from .coverage import Coverage

_LOSSES = {
    ("deadline", "dropped"): "deadline lost",
    ("deadline", "lapsed"): "deadline lost",
    ("deadline", "later"): "deadline later",
    ("target", "dropped"): "number lost",
    ("target", "lowered"): "number changed",
    ("target", "raised"): "number changed",
    ("target", "weakened"): "number softened",
    ("recurrence", "dropped"): "rhythm lost",
    ("recurrence", "lowered"): "rhythm slower",
    ("recurrence", "weakened"): "rhythm softened",
    ("strength", "weakened"): "wording weaker",
}


class Hops(Report):
    """What was lost on which hop, over all the levels of a network.

    `hop` names the two plans; `upper_id` the task of the upper one. `origins` are the statements of the topmost plans that
    this task carries itself (`PLAN#ID`), the task itself where its plan is the topmost, none where a level in between added
    it. `loss` says what happened: task disappeared, deadline lost or later, number lost or changed for the weaker, rhythm
    lost or slower, wording weaker.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "hop", "loss", "upper_id", "local_id", "upper_value", "local_value", "days_min", "days_max", "origins", "article",
        "text", "reason", "upper_plan", "local_plan",
    )  # fmt: skip
    exact_columns: ClassVar[frozenset[str]] = frozenset({"upper_value", "local_value"})

    def __init__(self, network: LineageGraph) -> None:
        self.network = network
        self._rows = [row for lineage in network.lineages for row in self._hop(lineage)]

    def rows(self) -> list[Row]:
        """The losses, hop by hop from the top down."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{len(self._rows)} losses on {len(self.network.lineages)} hops"

    def counts(self) -> dict[str, dict[str, int]]:
        """How often each loss happened on each hop."""
        found: dict[str, dict[str, int]] = {}
        for row in self._rows:
            hop = found.setdefault(row["hop"], {})
            hop[row["loss"]] = hop.get(row["loss"], 0) + 1
        return found

    def of(self, origin: str) -> list[Row]:
        """What became of a statement of a topmost plan (`PLAN#ID`), over all hops."""
        return [r for r in self._rows if origin in str(r["origins"]).split()]

    def _hop(self, lineage: Lineage) -> list[Row]:
        gone = [
            self._row(lineage, lineage.upper(row["upper_plan"]), row["upper_id"], "task disappeared", deadline=row["deadline"],
                      reason=row["reason"])
            for row in Coverage(lineage).rows()
            if row["status"] in ("missing", "thematic")
        ]  # fmt: skip
        missing = {(r["upper_plan"], r["upper_id"]) for r in gone}
        changed = [
            self._row(lineage, answer.above.plan, answer.upper_id, loss, answer)
            for answer in lineage.answers
            if answer.above and (loss := _loss(answer)) and answer.above.key not in missing
        ]
        return gone + changed

    def _row(
        self, lineage: Lineage, upper: Plan, upper_id: str, loss: str, answer: Answer | None = None, *,
        deadline: str = "", reason: str = "",
    ) -> Row:  # fmt: skip
        statement = upper.statement(upper_id)
        return {
            "hop": f"{upper.id} → {lineage.local.id}",
            "loss": loss,
            "upper_id": statement.id,
            "local_id": answer.local_id if answer else "",
            "upper_value": answer.upper_value if answer else deadline,
            "local_value": answer.local_value if answer else "",
            "days_min": answer.days_min if answer else None,
            "days_max": answer.days_max if answer else None,
            "origins": " ".join(self._origins(upper, statement.id)),
            "article": upper.article(statement),
            "text": statement.text,
            "reason": shown(answer.reasons, "en") if answer else reason,
            "upper_plan": upper.id,
            "local_plan": lineage.local.id,
        }

    def _origins(self, plan: Plan, statement_id: str) -> list[str]:
        """The statements of topmost plans that a statement carries; none where a level in between added it itself."""
        tops = {p.id for p in self.network.tops}
        if plan.id in tops:
            return [f"{plan.id}#{statement_id}"]
        paths = [p for p in self.network.paths(f"{plan.id}#{statement_id}") if p.relation.is_coverage]
        return list(dict.fromkeys("#".join(p.upper) for p in paths if p.upper[0] in tops))


def _loss(answer: Answer) -> str:
    """What was lost; empty where nothing was, or it can't be compared."""
    if answer.comparable == "no" or answer.effect != "weaker":
        return ""
    return _LOSSES.get((answer.aspect, answer.change), "")
