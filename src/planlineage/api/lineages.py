"""Plans set against each other: lineage, coverage, slippage, places, levels, and the review by people."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.comparison import Comparison
from ..analysis.coverage import Coverage, Weight
from ..analysis.hops import Hops
from ..analysis.slippage import Slippage
from ..comparing.lineage import Lineage, linked
from ..comparing.trace import Trace
from ..graph.network import LineageGraph, build_network
from ..linking.units import LinkOptions
from ..output.review_sheet import Review
from .inputs import DecisionsLike, PlanLike, Plans, given_decisions, load, load_all


def link(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Lineage:
    """The lineage edges from a local plan to one upper plan or several.

    A local plan that stands in several files is given as a sequence. `decisions` of people win over what the linker finds;
    `Lineage.decided` says which were applied, and which were not because the words have changed since.

    Raises `LevelOrderError` where an upper plan stands below the local one.

    >>> lineage = link("weibin_2021", "central_2021")
    >>> lineage.frame["relation"].isin(["verbatim", "adapted", "partial", "thematic"]).all()
    np.True_
    """
    made = given_decisions(decisions) if decisions is not None else None
    return linked(load_all(local), load_all(upper), options, made)


def trace(
    task: str,
    local: PlanLike,
    upper: Plans,
    *,
    decisions: DecisionsLike | None = None,
) -> list[Trace]:
    """The chain from a task up to the central clause with its deadline. `task` is an id, a clause number or a phrase.


    >>> [found] = trace("60学时", "weibin_2021", "central_2021")
    >>> [step.plan.id for step in found.steps], [missing.level.value for missing in found.missing]
    (['central_2021'], ['municipal', 'provincial'])
    """
    return link(local, upper, decisions=decisions).trace(task)


def coverage(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
    weight: Weight = "count",
) -> Coverage:
    """How much of the upper plan's tasks a local plan carries down.

    A local plan that stands in several files is given as a sequence. `decisions` are people's, or the path of a decision file:
    about edges, which tasks apply, which gaps are justified. `weight` counts each upper task once ("count") or by its
    characters ("length").

    >>> 0 < coverage("weibin_2021", "central_2021").rate < 1
    True
    """
    return Coverage(link(local, upper, options=options, decisions=decisions), weight)


def slippage(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Slippage:
    """What became of the upper plan's commitments in a local plan: deadlines, numbers, rhythms, strength, addressees.

    >>> report = slippage("weibin_2021", "central_2021")
    >>> [(a.change, a.upper_value, a.local_value) for a in report.of("target") if "学时" in a.local_value]
    [('kept', '>= 60 学时', '>= 60 学时')]
    """
    return Slippage(link(local, upper, options=options, decisions=decisions))


def compare(
    locals: Sequence[PlanLike],
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Comparison:
    """Several places against the same upper plan: what each carries of its articles, how alike they are.

    >>> compare(["shanting_2021", "weibin_2021"], "central_2021").names
    ('山亭区', '卫滨区')
    """
    return Comparison([link(local, upper, options=options, decisions=decisions) for local in locals])


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


def review(
    local: PlanLike,
    upper: Plans,
    *,
    below: float = 0.8,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Review:
    """What a person should look at: the edges under a confidence of `below` (0 to 1), and the gaps.

    What was decided already is left out. `to_xlsx` and `to_csv` write it with a column for the decision, `Review.read` takes
    the filled-in file back.

    >>> sheet = review("weibin_2021", "central_2021", below=0.5)
    >>> sorted({row["kind"] for row in sheet.rows()})
    ['edge', 'gap']
    """
    return Review(link(local, upper, options=options, decisions=decisions), below)
