"""What must hold of coverage and slippage whatever the plans: laws, tried on made families and made edges."""

from __future__ import annotations

import pytest
from family import LEVELS, Family, family, text_of
from hypothesis import given, settings, strategies as st

import planlineage as pl
from planlineage import Coverage, Decisions, Lineage, LineageEdge, Plan, Relation, Slippage
from planlineage.analysis.intervals import weighted_range
from planlineage.comparing.strength import strength_change
from planlineage.model.base import Provenance

SEEDS = st.integers(0, 40)


@pytest.fixture(scope="module", name="made")
def made_family() -> Family:
    return family(7)


def edges_of(local: Plan, upper: Plan, choices: list[tuple[int, int, Relation, float]]) -> list[LineageEdge]:
    """Edges between tasks by position; each pair once."""
    found: dict[tuple[str, str], LineageEdge] = {}
    for i, j, relation, confidence in choices:
        one, two = local.tasks[i % len(local.tasks)], upper.tasks[j % len(upper.tasks)]
        found[one.id, two.id] = LineageEdge(
            local_plan=local.id,
            local_id=one.id,
            local_kind="task",
            local_span=one.span,
            upper_plan=upper.id,
            upper_id=two.id,
            upper_kind="task",
            upper_span=two.span,
            relation=relation,
            confidence=confidence,
            provenance=Provenance(method="made"),
        )
    return list(found.values())


CHOICES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(list(Relation)), st.floats(0, 1)),
    max_size=20,
)


@given(CHOICES, st.data())
def test_coverage_never_rises_when_an_edge_is_removed(made: Family, choices, data) -> None:
    local, upper = made.plans[3], made.plans[0]
    edges = edges_of(local, upper, choices)
    if not edges:
        return
    gone = data.draw(st.integers(0, len(edges) - 1))
    weight = data.draw(st.sampled_from(["count", "length"]))
    full = Coverage(Lineage(local, [upper], edges), weight=weight)
    less = Coverage(Lineage(local, [upper], edges[:gone] + edges[gone + 1 :]), weight=weight)
    assert less.rate <= full.rate
    assert less.strict_rate <= full.strict_rate


@given(CHOICES, st.sampled_from(["count", "length"]))
def test_rates_and_intervals_are_in_order(made: Family, choices, weight) -> None:
    local, upper = made.plans[3], made.plans[0]
    found = Coverage(Lineage(local, [upper], edges_of(local, upper, choices)), weight=weight)
    low, high = found.interval
    assert 0 <= low <= found.rate <= high <= 1
    assert found.strict_rate <= found.rate
    assert sum(
        found.count(s) for s in ("covered", "partly", "thematic", "missing", "not_applicable", "justified")
    ) == len(upper.tasks)
    assert sum(found.origin.shares().values()) == pytest.approx(1)


@given(CHOICES, st.sets(st.integers(0, 23)))
def test_what_does_not_apply_never_changes_a_rate(made: Family, choices, apart) -> None:
    local, upper = made.plans[3], made.plans[0]
    ids = {upper.tasks[i % len(upper.tasks)].id for i in apart}
    edges = edges_of(local, upper, choices)
    decisions = Decisions(applies=dict.fromkeys(ids, False))
    with_edges, without = (
        Coverage(Lineage(local, [upper], found).reviewed(decisions))
        for found in (edges, [e for e in edges if e.upper_id not in ids])
    )
    assert with_edges.rate == without.rate
    assert with_edges.interval == without.interval
    assert with_edges.count("not_applicable") == len(ids)


@given(CHOICES, st.integers(1, 15))
def test_edges_of_two_files_together_say_the_same(made: Family, choices, cut) -> None:
    local, upper = made.plans[3], made.plans[0]
    edges = edges_of(local, upper, choices)
    first = {t.id for t in local.tasks[:cut]}
    head = local.model_copy(update={"id": "head", "statements": tuple(s for s in local.statements if s.id in first)})
    tail = local.model_copy(
        update={"id": "tail", "statements": tuple(s for s in local.statements if s.id not in first)}
    )
    moved = [
        e.model_copy(update={"local_plan": "head" if e.local_id in first else "tail"})
        for e in sorted(edges, key=lambda e: e.local_id not in first)
    ]
    one, two = (Coverage(found) for found in (Lineage(local, [upper], edges), Lineage([head, tail], [upper], moved)))
    assert [r.status for r in one.records] == [r.status for r in two.records]
    assert one.rate == two.rate


@given(SEEDS)
@settings(max_examples=12)
def test_a_plan_covers_itself_and_slips_nowhere(seed: int) -> None:
    plan = family(seed, 12).plans[0]
    copy = plan.model_copy(update={"id": "copy"})
    assert pl.coverage(copy, plan).strict_rate == 1
    assert pl.slippage(copy, plan).changed == []


@pytest.mark.parametrize("plan", ["central_2021", "shanting_2021", "weibin_2021"])
def test_a_shipped_plan_covers_itself_and_slips_nowhere(plan: str) -> None:
    upper = pl.load(plan)
    copy = upper.model_copy(update={"id": "copy"})
    assert pl.coverage(copy, upper).strict_rate == 1
    assert pl.slippage(copy, upper).changed == []


@given(SEEDS, st.integers(1, 3))
@settings(max_examples=12)
def test_a_local_plan_in_two_files_changes_nothing(seed: int, cut: int) -> None:
    made = family(seed, 18)
    upper, whole = made.plans[0], made.generations[3]
    lines = text_of(whole.sentences, LEVELS[3]).split("\n")
    starts = [i for i, line in enumerate(lines) if "批任务" in line]
    if len(starts) <= cut:
        return
    at = starts[cut]
    parts = [
        pl.parse_text("\n".join(part), id=name, level="district", place=made.plans[3].place)
        for name, part in (("head", lines[:at]), ("tail", lines[at:]))
    ]
    one, two = pl.coverage(made.plans[3], upper), pl.coverage(parts, upper)
    assert [r.status for r in one.records] == [r.status for r in two.records]
    changes = [
        sorted((a.upper_id, a.aspect, a.change, a.upper_value, a.local_value) for a in s)
        for s in (pl.slippage(made.plans[3], upper), pl.slippage(parts, upper))
    ]
    assert changes[0] == changes[1]


@given(SEEDS)
@settings(max_examples=20)
def test_known_changes_are_found(seed: int) -> None:
    made = family(seed)
    upper, lower = made.generations[0], made.generations[1]
    rows = pl.slippage(lower.plan, upper.plan).records
    for change in lower.changes:
        own = [r for r in rows if r.upper_id == upper.statement(change.upper)]
        if change.kind == "moved":
            assert [(r.change, r.days_min, r.days_max) for r in own if r.aspect == "deadline"] == [
                ("later", change.days, change.days)
            ]
        elif change.kind == "date lost":
            assert [r.change for r in own if r.aspect == "deadline"] == ["dropped"]
        elif change.kind == "number":
            assert [(r.change, r.effect) for r in own if r.aspect == "target"] == [("lowered", "weaker")]
        elif change.kind == "kept":
            assert {r.change for r in own if r.aspect in ("deadline", "target")} <= {"kept"}


def test_a_justified_gap_leaves_the_rate_and_the_gaps(made: Family) -> None:
    local, upper = made.plans[3], made.plans[0]
    before = Coverage(Lineage(local, [upper], []))
    gap = before.gaps[0].upper_id
    after = Coverage(Lineage(local, [upper], []).reviewed(Decisions(justified={gap: "done in 2020"})))
    assert after.count("justified") == 1
    assert len(after.applicable) == len(before.applicable) - 1
    assert gap not in {r.upper_id for r in after.gaps}
    assert "done in 2020" in {r.reason for r in after.records}


def test_plans_of_different_domains_get_a_remark_not_an_error(made: Family) -> None:
    found = pl.coverage(made.plans[3], "central_2021")
    assert found.rate < 0.02
    assert any("different domains" in str(remark) for remark in found.remarks)


def test_gaps_come_dated_first_then_quantified(made: Family) -> None:
    local, upper = made.plans[3], made.plans[0]
    kinds = [r.kind for r in Coverage(Lineage(local, [upper], [])).gaps]
    order = ["dated", "quantified", "recurring", "plain"]
    assert kinds == sorted(kinds, key=order.index)
    dates = [r.deadline for r in Coverage(Lineage(local, [upper], [])).gaps if r.kind == "dated"]
    assert dates == sorted(dates)


def test_nothing_to_compare_is_no_error(made: Family) -> None:
    local, upper = made.plans[3], made.plans[0]
    empty = Slippage(Lineage(local, [upper], []))
    assert {a.change for a in empty} <= {"dropped", "added"}


@given(st.lists(st.floats(0, 1), max_size=12), st.data())
def test_a_range_holds_what_is_certain(chances: list[float], data) -> None:
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(chances), max_size=len(chances)))
    low, high = weighted_range(chances, weights)
    assert 0 <= low <= high <= sum(weights)
    assert high >= sum(w for c, w in zip(chances, weights, strict=True) if c == 1)
    assert low <= sum(w for c, w in zip(chances, weights, strict=True) if c > 0)


WORDS = st.text(alphabet="健全完善逐步全面实现应当不得、，。和与从到镇村", max_size=40)


@given(WORDS, WORDS)
def test_strength_never_fails_and_is_kept_by_a_copy(one: str, two: str) -> None:
    assert strength_change(one, one).change == "kept"
    assert strength_change(one, two).change in ("kept", "weakened", "strengthened", "mixed")
