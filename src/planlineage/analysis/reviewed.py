"""Lineages as people decided: what coverage and slippage are counted on."""

from __future__ import annotations

from collections.abc import Sequence

from ..linking.lineage import Lineage
from ..linking.review import Decisions
from ..linking.review_apply import apply
from ..linking.review_check import DecisionCheck
from ..linking.several import Carriers


class Reviewed:
    """One lineage or several with decisions applied; where none are given, with those the lineages were linked with.

    `carriers` hold the edges as decided, `in_force` what holds about gaps and about what applies. `decided` lists every
    decision with its state; None where there are none.
    """

    def __init__(self, lineages: Lineage | Sequence[Lineage], decisions: Decisions) -> None:
        many = [lineages] if isinstance(lineages, Lineage) else list(lineages)
        for lineage in many:
            if not decisions and lineage.decided is not None:
                decisions = lineage.decided.decisions
        self.in_force = decisions
        self.decided: DecisionCheck | None = None
        if decisions.made:
            many = [apply(lineage, decisions) for lineage in many]
            uppers = {u.id: u for lineage in many for u in lineage.uppers}
            self.decided = DecisionCheck(
                decisions, [lineage.local for lineage in many], list(uppers.values())
            )
            self.in_force = self.decided.in_force
        self.carriers = Carriers(many)
