"""What carries an upper statement, over one local plan or a local plan that stands in several files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ..model.errors import LevelOrderError
from ..model.plan import Plan, Statement
from . import link_units
from .lineage import Lineage
from .linker import _edge, _PlanUnits, link_plans
from .pairing import Carrier
from .units import LinkOptions


def link_together(
    locals_: Sequence[Plan], uppers: Sequence[Plan], options: LinkOptions | None = None
) -> list[Lineage]:
    """The lineages of a local plan that stands in several files, linked as the one plan that it is.

    How sure an edge is depends on the words of the whole local plan; linking file by file would give other edges. Raises as
    `link_plans` does, and where two of the files have one id.
    """
    ids = [p.id for p in locals_]
    if len(set(ids)) < len(ids):
        raise LevelOrderError(
            "two local plans have the same id", where=", ".join(ids), hint="give each file its own `id`"
        )
    if len(locals_) == 1:
        return [Lineage(locals_[0], uppers, link_plans(locals_[0], uppers, options), options=options)]
    for local in locals_:
        link_plans(
            local.model_copy(update={"statements": ()}), uppers, options
        )  # says what is wrong with ids and levels
    ours = [_PlanUnits(p) for p in locals_]
    theirs = {upper.id: _PlanUnits(upper) for upper in uppers}
    starts = [0, *accumulate(len(o.units) for o in ours)]
    units = [unit for own in ours for unit in own.units]
    found = link_units(units, {key: plan.units for key, plan in theirs.items()}, options)
    lineages = []
    for own, start, end in zip(ours, starts, starts[1:], strict=False):
        edges = [
            _edge(replace(e, local=e.local - start), own, theirs[e.upper_plan])
            for e in found
            if start <= e.local < end
        ]
        lineages.append(Lineage(own.plan, uppers, edges, options=options))
    return lineages


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
