"""Two plans → lineage edges: which upper statement each local statement carries down, how surely, and by which words.

The work is done in numpy and scipy, which are imported when the first plans are linked, not before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .units import Encoder, LinkOptions, Offsets, Piece, Unit, UnitCandidate, UnitEdge

__all__ = [
    "Encoder",
    "LinkOptions",
    "Offsets",
    "Piece",
    "Unit",
    "UnitCandidate",
    "UnitEdge",
    "explain_units",
    "link_units",
]

Upper = Sequence[Unit] | Mapping[str, Sequence[Unit]]


def link_units(local: Sequence[Unit], upper: Upper, options: LinkOptions | None = None) -> list[UnitEdge]:
    """The edges from a local plan's units to those of one upper plan, or of several by name.

    Each upper plan is decided by itself, so that adding one changes nothing for the others. Edges come in the order of the
    local units, then of the upper plans' names, then of the upper units.

    >>> plan = [Unit("a", "推行行政执法APP掌上执法。"), Unit("b", "建立并实施行政执法监督员制度。")]
    >>> [(edge.local_id, edge.upper_id, edge.relation.value) for edge in link_units(plan, plan)]
    [('a', 'a', 'verbatim'), ('b', 'b', 'verbatim')]
    """
    from .engine import link

    return link(local, upper, options or LinkOptions())


def explain_units(
    local: Sequence[Unit], upper: Upper, positions: Sequence[int], options: LinkOptions | None = None
) -> list[list[UnitCandidate]]:
    """What was considered for the local units at some positions, best first, and what each candidate lacked.

    >>> plan = [Unit("a", "推行行政执法APP掌上执法。"), Unit("b", "建立并实施行政执法监督员制度。")]
    >>> [found[0].upper_id for found in explain_units(plan, plan, [0, 1])]
    ['a', 'b']
    """
    from .engine import explain

    return explain(local, upper, positions, options or LinkOptions())
