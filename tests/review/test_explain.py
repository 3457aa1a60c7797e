"""Explaining: what was considered, why the winner won, what the others lack."""

from __future__ import annotations

import json

import pytest

import planlineage as pl
from planlineage import Decision, Decisions, Lineage, Relation, UnknownTaskError
from planlineage.linking.decision import decision as trained
from planlineage.linking.explain import feature_words

TASK = "2.5.10-p663e"


@pytest.fixture(scope="module")
def shipped() -> Lineage:
    return pl.link("weibin_2021", "central_2021")


def test_the_candidates_stand_in_order_with_their_outcome(shipped: Lineage) -> None:
    explanation = shipped.explain(TASK)
    (one,) = explanation.considered
    assert one.statement.id == TASK
    sure = [c.confidence for c in one.candidates]
    assert sure == sorted(sure, reverse=True)
    linked = {(c.plan.id, c.statement.id): c.relation for c in one.candidates if c.outcome in ("linked", "topic only")}
    assert linked == {(e.upper_plan, e.upper_id): e.relation for e in shipped.sources(TASK)}
    for edge in shipped.sources(TASK):
        shown = next(c for c in one.candidates if c.statement.id == edge.upper_id)
        assert shown.confidence == edge.confidence
    assert one.candidates[0].best
    assert one.candidates[0].points
    assert all(c.points for c in one.candidates[1:3])
    assert explanation.frame.columns.tolist() == list(explanation.columns)
    assert "for it:" in explanation.text
    assert "lacks:" in explanation.text


def test_a_clause_or_a_phrase_may_be_explained(shipped: Lineage) -> None:
    traced = [t.statement.id for t in shipped.trace("2.5.10")]
    assert [s.id for _, s in shipped.explain("2.5.10").statements] == traced
    with pytest.raises(UnknownTaskError):
        shipped.explain("没有这样的话")


def test_what_people_decided_is_told(shipped: Lineage) -> None:
    local, upper = shipped.local, shipped.uppers[0]
    first, second, third = (c.statement.id for c in shipped.explain(TASK).considered[0].candidates[:3])
    far = next(s.id for s in upper.tasks if s.id not in (first, second, third))
    made = (
        Decision.about("reject", upper, first, local, TASK, reviewer="李四"),
        Decision.about("accept", upper, third, local, TASK, relation=Relation.PARTIAL, reviewer="王五"),
        Decision.about("add", upper, far, local, TASK, relation=Relation.PARTIAL, reviewer="王五"),
    )
    explained = pl.link(local, upper, decisions=Decisions(made=made)).explain(TASK)
    found = {c.statement.id: (c.outcome, c.reviewer) for c in explained.considered[0].candidates}
    assert found[first] == ("rejected", "李四")
    assert found[third] == found[far] == ("accepted", "王五")
    assert explained.rows()[0]["outcome"] == "accepted"


def test_every_feature_has_words_in_both_languages() -> None:
    names = {n for n in trained().second.names if n not in ("standing", "same wording")}
    assert not [n for n in names if feature_words(n, "zh") == n]


def test_the_table_is_plain_data(shipped: Lineage) -> None:
    json.dumps([dict(r) for r in shipped.explain(TASK).rows()])
