"""Plans set against each other: lineage, coverage, slippage, places, levels, and the review by people."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.comparison import Comparison
from ..analysis.coverage import Coverage, Weight
from ..analysis.hops import Hops
from ..analysis.slippage import Slippage
from ..graph.network import LineageGraph, build_network
from ..linking.lineage import Lineage
from ..linking.linker import link_plans
from ..linking.review import Decisions
from ..linking.review_apply import apply
from ..linking.several import link_together
from ..linking.trace import Trace
from ..linking.units import LinkOptions
from ..output.review_sheet import Review
from .inputs import DecisionsLike, PlanLike, Plans, given_decisions, load, load_all


def link(
    local: PlanLike,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Lineage:
    """The lineage edges from a local plan to one upper plan or several.

    `decisions` of people win over what the linker finds; `Lineage.decided` says which were applied, and which were not because
    the words have changed since.

    Raises `LevelOrderError` where an upper plan stands below the local one.

    >>> lineage = link("weibin_2021", "central_2021")
    >>> lineage.frame["relation"].isin(["verbatim", "adapted", "partial", "thematic"]).all()
    np.True_
    """
    ours, uppers = load(local), load_all(upper)
    lineage = Lineage(ours, uppers, link_plans(ours, uppers, options), options=options)
    return apply(lineage, given_decisions(decisions)) if decisions is not None else lineage


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
    return Coverage(
        link_together(load_all(local), load_all(upper), options), given_decisions(decisions), weight
    )


def slippage(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Slippage:
    """What became of the upper plan's commitments in a local plan: deadlines, numbers, rhythms, strength, addressees.

    >>> report = slippage("weibin_2021", "central_2021")
    >>> [(r["change"], r["upper_value"], r["local_value"]) for r in report.of("target") if "学时" in r["local_value"]]
    [('kept', '>= 60 学时', '>= 60 学时')]
    """
    return Slippage(link_together(load_all(local), load_all(upper), options), given_decisions(decisions))


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
    return Comparison([link(local, upper, options=options) for local in locals], given_decisions(decisions))


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
    return Hops(network, given_decisions(decisions))


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
    lineage = link(local, upper, options=options, decisions=decisions or Decisions())
    return Review(lineage, below)
