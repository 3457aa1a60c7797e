"""What carries an upper statement, over one local plan or a local plan that stands in several files."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.plan import Plan, Statement
from .lineage import Lineage
from .pairing import Carrier


class Carriers:
    """The lower statements that carry upper ones, taken from one lineage or several with the same upper plans.

    A local plan in two files gives two lineages; together they say the same as the one of the plan in one file.
    """

    def __init__(self, lineages: Lineage | Sequence[Lineage]) -> None:
        self.lineages = (lineages,) if isinstance(lineages, Lineage) else tuple(lineages)
        uppers: dict[str, Plan] = {}
        for lineage in self.lineages:
            for upper in lineage.uppers:
                uppers.setdefault(upper.id, upper)
        self.uppers = tuple(uppers.values())
        self.locals = tuple(lineage.local for lineage in self.lineages)

    def of(self, upper_plan: str, upper_id: str) -> list[Carrier]:
        """What carries an upper statement, the surest first, those that only share its topic last."""
        return [
            Carrier(lineage.local, lineage.local.statement(edge.local_id), edge)
            for lineage in self.lineages
            if any(u.id == upper_plan for u in lineage.uppers)
            for edge in lineage.carriers(upper_plan, upper_id)
        ]

    def sources(self, local: Plan, statement: Statement) -> list[Carrier]:
        """The edges of a local statement to all upper plans, the surest first."""
        return [
            Carrier(local, statement, edge)
            for lineage in self.lineages
            if lineage.local is local
            for edge in lineage.sources(statement.id)
        ]

    def upper(self, plan_id: str) -> Plan:
        """The upper plan of an id."""
        return next(u for u in self.uppers if u.id == plan_id)
