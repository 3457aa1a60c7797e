"""Paths over several levels: the edges of each hop, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..linking.links import Links
from ..model.base import Span
from ..model.lineage import Difference, LineageEdge, Relation

_LOOSENESS = (Relation.VERBATIM, Relation.ADAPTED, Relation.PARTIAL, Relation.THEMATIC)


@dataclass(frozen=True, slots=True)
class Path:
    """A way up from a local statement, hop by hop; each edge starts where the one before it ended.

    Two hops that each carry a part come to nothing where the parts do not meet: what the middle plan took from above need
    not be what the local plan took from it. `meets` says whether they do.
    """

    edges: tuple[LineageEdge, ...]
    meets: bool = True

    @property
    def relation(self) -> Relation:
        """The loosest relation along the way; thematic where parts do not meet."""
        if not self.meets:
            return Relation.THEMATIC
        return max((e.relation for e in self.edges), key=_LOOSENESS.index)

    @property
    def confidence(self) -> float:
        """The chance that every edge along the way is right, edges taken to be independent."""
        chance = 1.0
        for edge in self.edges:
            chance *= edge.confidence
        return chance

    @property
    def local(self) -> tuple[str, str]:
        """Plan and statement that it starts from."""
        return self.edges[0].local_plan, self.edges[0].local_id

    @property
    def upper(self) -> tuple[str, str]:
        """Plan and statement that it leads to."""
        return self.edges[-1].upper_plan, self.edges[-1].upper_id


class Paths:
    """All ways up over some lineages."""

    def __init__(self, lineages: Sequence[Links]) -> None:
        self._from: dict[tuple[str, str], list[LineageEdge]] = {}
        for lineage in lineages:
            for edge in lineage.edges:
                if edge.relation.is_coverage:
                    self._from.setdefault((edge.local_plan, edge.local_id), []).append(edge)

    def up(self, plan_id: str, statement_id: str) -> list[Path]:
        """The ways up from a statement to where they end, the surest first; empty where it carries nothing."""
        found = list(self._walk((plan_id, statement_id), ()))
        return sorted(found, key=lambda p: (_LOOSENESS.index(p.relation), -p.confidence, p.upper))

    def _walk(self, at: tuple[str, str], edges: tuple[LineageEdge, ...]) -> Iterator[Path]:
        onward = [e for e in self._from.get(at, ()) if all(e.upper_plan != before.local_plan for before in edges)]
        if not onward and edges:
            yield Path(edges, _all_meet(edges))
        for edge in onward:
            yield from self._walk((edge.upper_plan, edge.upper_id), (*edges, edge))

    def composed(self, local_plan: str, upper_plan: str) -> dict[tuple[str, str], Path]:
        """For each pair of statements of two plans the best way between them, over the plans in between."""
        found: dict[tuple[str, str], Path] = {}
        for plan, statement in list(self._from):
            if plan != local_plan:
                continue
            for path in self.up(plan, statement):
                for stop, edge in enumerate(path.edges, 1):
                    if edge.upper_plan == upper_plan:
                        part = Path(path.edges[:stop], _all_meet(path.edges[:stop]))
                        key = (statement, edge.upper_id)
                        if key not in found or _better(part, found[key]):
                            found[key] = part
        return {k: p for k, p in found.items() if p.relation.is_coverage}


def _better(one: Path, two: Path) -> bool:
    return (_LOOSENESS.index(one.relation), -one.confidence) < (
        _LOOSENESS.index(two.relation),
        -two.confidence,
    )


def _all_meet(edges: Sequence[LineageEdge]) -> bool:
    return all(meets(a, b) for a, b in pairwise(edges))


def meets(lower: LineageEdge, upper: LineageEdge) -> bool:
    """Whether what a lower edge takes from the middle statement has to do with what the upper edge brought there."""
    if lower.relation is not Relation.PARTIAL or upper.relation is not Relation.PARTIAL:
        return True
    taken = [p.upper_span for p in lower.evidence.pieces if p.difference is Difference.SAME and p.upper_span]
    brought: list[Span] = list(upper.evidence.carried) or [
        p.local_span for p in upper.evidence.pieces if p.difference is Difference.SAME and p.local_span
    ]
    return not taken or not brought or any(a.overlap(b) > 0 for a in taken for b in brought)
