"""What a careful reader ties in a small invented pair of plans, and what must not be tied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bare_units import bare_units

from planlineage.linking import LinkOptions, Unit, UnitEdge, explain_units, link_units
from planlineage.model.lineage import Difference

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


def units(side: str) -> list[Unit]:
    return bare_units([dict(zip(("id", "text", "part", "article"), row, strict=True)) for row in CASES[side]])


LOCAL, UPPER = units("local"), units("upper")


@pytest.fixture(scope="module")
def edges() -> dict[tuple[str, str], UnitEdge]:
    return {(edge.local_id, edge.upper_id): edge for edge in link_units(LOCAL, UPPER) if edge.relation.is_coverage}


@pytest.mark.parametrize(("local", "upper", "relations", "why"), CASES["edges"])
def test_what_a_reader_ties(
    edges: dict[tuple[str, str], UnitEdge], local: str, upper: str, relations: list[str], why: str
) -> None:
    assert (local, upper) in edges, why
    assert edges[local, upper].relation.value in relations, why


@pytest.mark.parametrize("local", CASES["none"])
def test_what_carries_nothing_is_left_alone(edges: dict[tuple[str, str], UnitEdge], local: str) -> None:
    assert not [key for key in edges if key[0] == local]


@pytest.mark.parametrize(("local", "upper", "why"), CASES["not"])
def test_what_fools_surface_similarity(
    edges: dict[tuple[str, str], UnitEdge], local: str, upper: str, why: str
) -> None:
    assert (local, upper) not in edges, why


def test_evidence_shows_the_words_that_changed(edges: dict[tuple[str, str], UnitEdge]) -> None:
    edge = edges["l3", "u3"]
    local, upper = LOCAL[edge.local].text, UPPER[edge.upper].text
    changed = [
        (local[slice(*piece.local)], upper[slice(*piece.upper)])
        for piece in edge.pieces
        if piece.difference is Difference.CHANGED and piece.local and piece.upper
    ]
    assert ("6", "5") in changed
    assert ("35", "40") in changed


def test_evidence_says_which_clause_is_carried(edges: dict[tuple[str, str], UnitEdge]) -> None:
    carried = {
        upper: [LOCAL[edges["l5", upper].local].text[slice(*place)] for place in edges["l5", upper].carried]
        for upper in ("u5", "u6")
    }
    assert carried == {"u5": ["支持社会力量运营公办养老机构"], "u6": ["建立健全老年人能力综合评估制度"]}


def test_explaining_names_the_winner_and_what_the_others_lack() -> None:
    candidates = explain_units(LOCAL, UPPER, [18])[0]
    assert candidates[0].upper_id == "u17"
    assert candidates[0].relation is not None
    assert candidates[0].lacks, "for the winner: what speaks for it"
    assert all(one.relation is None or one.confidence >= LinkOptions().threshold for one in candidates)
    assert [one.confidence for one in candidates] == sorted((one.confidence for one in candidates), reverse=True)
    assert candidates[1].lacks
    assert set(candidates[1].lacks) <= set(candidates[1].features)


def test_explaining_agrees_with_linking(edges: dict[tuple[str, str], UnitEdge]) -> None:
    explained = explain_units(LOCAL, UPPER, range(len(LOCAL)))
    for unit, candidates in zip(LOCAL, explained, strict=True):
        for candidate in candidates:
            edge = edges.get((unit.id, candidate.upper_id))
            assert (edge.relation if edge else None) == candidate.relation
            assert edge is None or edge.confidence == candidate.confidence


def test_explaining_a_unit_that_is_not_there() -> None:
    with pytest.raises(IndexError, match="there are 20"):
        explain_units(LOCAL, UPPER, [20])
