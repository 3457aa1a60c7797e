"""Plans of all levels as one graph, and what was lost at which hop."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.hops import Hops
from ..graph.network import LineageGraph, build_network
from ..linking.units import LinkOptions
from .inputs import DecisionsLike, PlanLike, given_decisions, load


def network(plans: Sequence[PlanLike], *, options: LinkOptions | None = None) -> LineageGraph:
    """Plans of several levels as one graph, each linked to the nearest level above it that is held.

    >>> held = network(["weibin_2021", "central_2021", "shanting_2021"])
    >>> [plan.id for plan in held.parents("weibin_2021")]
    ['central_2021']
    """
    return build_network([load(p) for p in plans], options)


def hops(network: LineageGraph, *, decisions: DecisionsLike | None = None) -> Hops:
    """At which hop of a network's levels a task disappeared, a deadline was lost, or a number shrank.

    >>> report = hops(network(["central_2021", "weibin_2021"]))
    >>> {row["hop"] for row in report.rows()}
    {'central_2021 → weibin_2021'}
    """
    return Hops(network if decisions is None else network.reviewed(given_decisions(decisions)))
