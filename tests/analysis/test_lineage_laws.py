"""Laws of linking and coverage, on the shipped plans."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import planlineage as pl
from planlineage import Coverage, Lineage, Plan, load, parse_text, shipped_ids

RANKS = {"missing": 0, "thematic": 1, "partly": 2, "covered": 3}
DISTRICTS = ("shanting_2021", "weibin_2021")
SHIPPED = [plan_id for plan_id in shipped_ids() if plan_id != "five_year_plan_2021"]
"""One of the two five-year plans is enough; each is as long as all the others together."""


@cache
def lineage(local: str) -> Lineage:
    return pl.link(local, "central_2021")


def raw_of(plan: Plan, span: pl.Span | None) -> str:
    return plan.raw(span) if span is not None else ""


@pytest.mark.parametrize("plan_id", SHIPPED)
def test_a_plan_covers_itself_fully(plan_id: str) -> None:
    plan = load(plan_id)
    found = pl.coverage(plan, plan)
    assert found.rate == 1
    assert {r.status for r in found.applicable} == {"covered"}


@pytest.mark.parametrize("plan_id", SHIPPED)
def test_every_task_of_a_plan_is_found_in_the_plan_itself_in_its_own_words(plan_id: str) -> None:
    own = pl.link(plan_id, plan_id)
    for task in load(plan_id).tasks:
        first = own.sources(task.id)[0]
        words = own.upper(plan_id).statement(first.upper_id).text
        assert first.relation is pl.Relation.VERBATIM
        assert words == task.text


@settings(max_examples=25)
@given(st.data())
def test_taking_an_edge_away_never_raises_coverage(data: st.DataObject) -> None:
    whole = lineage(data.draw(st.sampled_from(DISTRICTS)))
    gone = data.draw(st.sets(st.integers(0, len(whole.edges) - 1), min_size=1))
    fewer = Lineage(whole.local, whole.uppers, [e for i, e in enumerate(whole.edges) if i not in gone])
    before, after = Coverage(whole), Coverage(fewer)
    assert after.rate <= before.rate
    assert after.strict_rate <= before.strict_rate
    for old, new in zip(before.applicable, after.applicable, strict=True):
        assert old.upper_id == new.upper_id
        assert RANKS[new.status] <= RANKS[old.status]
        assert new.confidence <= old.confidence + 1e-12


@pytest.mark.parametrize("local", DISTRICTS)
def test_without_edges_nothing_is_covered(local: str) -> None:
    whole = lineage(local)
    empty = Coverage(Lineage(whole.local, whole.uppers, []))
    assert empty.rate == 0
    assert {r.status for r in empty.applicable} == {"missing"}


@pytest.mark.parametrize("local", DISTRICTS)
def test_the_order_of_upper_plans_does_not_matter(local: str) -> None:
    uppers = ["central_2021", "demonstration_indicators_2019"]
    one, two = pl.link(local, uppers), pl.link(local, uppers[::-1])
    assert {e.key: e for e in one.edges} == {e.key: e for e in two.edges}
    by_plan = [{r.upper_plan + r.upper_id: r for r in Coverage(x).records} for x in (one, two)]
    assert by_plan[0] == by_plan[1]


@pytest.mark.parametrize("local", DISTRICTS)
def test_another_upper_plan_changes_nothing_for_the_first(local: str) -> None:
    both = pl.link(local, ["central_2021", "demonstration_indicators_2019"])
    assert [e for e in both.edges if e.upper_plan == "central_2021"] == list(lineage(local).edges)


@pytest.mark.parametrize("local", DISTRICTS)
def test_linking_twice_gives_the_same_edges(local: str) -> None:
    assert pl.link(local, "central_2021").edges == lineage(local).edges


@pytest.mark.parametrize("local", DISTRICTS)
def test_evidence_leads_back_to_both_pages(local: str) -> None:
    found = lineage(local)
    for edge in found.edges:
        upper = found.upper(edge.upper_plan)
        assert found.local.statement(edge.local_id).span == edge.local_span
        assert upper.statement(edge.upper_id).span == edge.upper_span
        for piece in edge.evidence.pieces:
            if piece.local_span is not None:
                assert edge.local_span.contains(piece.local_span)
                assert len(piece.local) <= len(raw_of(found.local, piece.local_span))
            if piece.upper_span is not None:
                assert edge.upper_span.contains(piece.upper_span)
            assert 0 <= edge.confidence <= 1


@pytest.mark.parametrize("local", DISTRICTS)
def test_rates_lie_in_their_intervals_and_thematic_edges_never_count(local: str) -> None:
    found = Coverage(lineage(local))
    assert 0 <= found.interval[0] <= found.rate <= found.interval[1] <= 1
    assert found.strict_rate <= found.rate
    for row in found.records:
        edges = lineage(local).carriers(row.upper_plan, row.upper_id)
        if edges and all(e.relation is pl.Relation.THEMATIC for e in edges) and row.applicable:
            assert row.status == "thematic"


@pytest.mark.parametrize("local", DISTRICTS)
def test_the_status_counts_add_up(local: str) -> None:
    found = Coverage(lineage(local))
    statuses = ("covered", "partly", "thematic", "missing", "not_applicable", "justified")
    assert sum(found.count(s) for s in statuses) == len(found) == len(load("central_2021").tasks)
    assert len(found.applicable) == len(found) - found.count("not_applicable") - found.count("justified")


def test_an_unrelated_plan_covers_nothing() -> None:
    menu = parse_text(
        "一、早餐供应\n每天早上七点供应豆浆和油条。\n二、午餐供应\n中午供应米饭、面条和两样素菜。",
        level="township",
    )
    assert pl.coverage(menu, "central_2021").rate == 0


def test_a_saved_lineage_names_its_plans_by_their_digests(tmp_path: Path) -> None:
    path = lineage("shanting_2021").to_json(tmp_path / "edges.json")
    text = path.read_text(encoding="utf-8")
    assert load("shanting_2021").source.sha256 in text
    assert load("central_2021").source.sha256 in text
