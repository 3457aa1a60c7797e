"""The chain of levels on families with known truth: composition of hops, and what was lost where."""

from __future__ import annotations

import networkx as nx
import pytest
from family import Family, family

import planlineage as pl
from planlineage import Hops, LineageGraph
from planlineage.graph.paths import Path, Paths
from planlineage.model.base import Provenance, Span
from planlineage.model.lineage import AlignedPiece, Difference, Evidence, LineageEdge, Relation

SEEDS = (1, 2, 3, 5, 8)


@pytest.fixture(scope="module", params=SEEDS, name="made")
def made_family(request: pytest.FixtureRequest) -> Family:
    return family(request.param)


@pytest.fixture(scope="module", name="net")
def network_of(made: Family) -> LineageGraph:
    return pl.network(made.plans)


def tasks(plan: pl.Plan, pairs) -> set[tuple[str, str]]:
    return {(a, b) for a, b in pairs if plan.statement(a).is_task}


def test_plans_hang_on_each_other(net: LineageGraph) -> None:
    ids = [p.id for p in net.plans]
    assert [[u.id for u in net.parents(i)] for i in ids] == [[], [ids[0]], [ids[1]], [ids[2]]]


@pytest.mark.parametrize("low", [1, 2, 3])
def test_composition_agrees_with_linking_directly_and_with_the_truth(made: Family, net: LineageGraph, low: int) -> None:
    local, top = made.plans[low], made.plans[0]
    truth = made.true_pairs(low, 0)
    composed = tasks(local, net.composed(local.id, top.id))
    direct = tasks(local, {(e.local_id, e.upper_id) for e in pl.link(local, top).edges if e.relation.is_coverage})
    own = {local.tasks[-1].id}  # the level's own task, which nothing above asks for
    composed, direct = ({p for p in side if p[0] not in own} for side in (composed, direct))
    assert len(composed & truth) >= 0.9 * len(truth)
    assert len(composed - truth) <= 0.2 * len(truth)
    assert len(composed & direct) >= 0.8 * len(composed | direct)


def test_each_loss_is_named_on_its_hop(made: Family, net: LineageGraph) -> None:
    rows = Hops(net).records
    for low in (1, 2, 3):
        hop = f"{made.plans[low - 1].id} → {made.plans[low].id}"
        upper = made.generations[low - 1]
        for change in made.generations[low].changes:
            own = {r.loss for r in rows if r.hop == hop and r.upper_id == upper.statement(change.upper)}
            if change.kind == "moved":
                assert "deadline_later" in own
            elif change.kind == "date lost":
                assert "deadline_lost" in own
            elif change.kind == "number":
                assert "number_changed" in own


def test_most_dropped_tasks_are_named_and_no_kept_one(made: Family, net: LineageGraph) -> None:
    rows = [r for r in Hops(net).records if r.loss == "task_disappeared"]
    gone = {(r.hop, r.upper_id) for r in rows}
    dropped, kept = set(), set()
    for low in (1, 2, 3):
        hop = f"{made.plans[low - 1].id} → {made.plans[low].id}"
        upper = made.generations[low - 1]
        for change in made.generations[low].changes:
            (dropped if change.kind == "dropped" else kept).add((hop, upper.statement(change.upper)))
    assert len(dropped & gone) >= 0.8 * len(dropped)
    assert not kept & gone


def test_a_loss_leads_back_to_the_top(made: Family, net: LineageGraph) -> None:
    top = made.plans[0].id
    for row in Hops(net).records:
        assert all(origin.startswith(f"{top}#") for origin in row.origins)


def test_the_graph_has_all_levels(net: LineageGraph) -> None:
    assert isinstance(net.graph, nx.MultiDiGraph)
    levels = {a["level"] for _, a in net.graph.nodes(data=True) if a["type"] == "plan" and a["held"]}
    assert levels == {"central", "provincial", "municipal", "district"}


def edge(
    local: str, upper: str, relation: Relation, confidence: float, same: tuple[int, int] | None = None
) -> LineageEdge:
    one, two = local.split("#"), upper.split("#")
    span = Span(start=0, end=10)
    pieces = ()
    if same:
        part = Span(start=same[0], end=same[1])
        pieces = (AlignedPiece(difference=Difference.SAME, local="x", upper="x", local_span=part, upper_span=part),)
    return LineageEdge(
        local_plan=one[0],
        local_id=one[1],
        local_span=span,
        upper_plan=two[0],
        upper_id=two[1],
        upper_span=span,
        relation=relation,
        confidence=confidence,
        evidence=Evidence(pieces=pieces),
        provenance=Provenance(method="made"),
    )


class Edges:
    """What `Paths` needs of a lineage."""

    def __init__(self, *edges: LineageEdge) -> None:
        self.edges = edges


def test_a_path_is_as_loose_as_its_loosest_hop() -> None:
    path = Path((edge("d#1", "m#1", Relation.VERBATIM, 0.9), edge("m#1", "c#1", Relation.PARTIAL, 0.5)))
    assert path.relation is Relation.PARTIAL
    assert path.confidence == pytest.approx(0.45)


def test_parts_that_do_not_meet_carry_nothing() -> None:
    low, high = (
        edge("d#1", "m#1", Relation.PARTIAL, 1, (0, 4)),
        edge("m#1", "c#1", Relation.PARTIAL, 1, (6, 9)),
    )
    assert Paths([Edges(low, high)]).composed("d", "c") == {}
    meeting = edge("m#1", "c#1", Relation.PARTIAL, 1, (3, 9))
    assert set(Paths([Edges(low, meeting)]).composed("d", "c")) == {("1", "1")}
