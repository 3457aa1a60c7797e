"""Plans of several levels as one graph; a task's chain up to the centre, with the levels that are not held."""

from __future__ import annotations

from functools import cache

import pytest

import planlineage as pl
from planlineage import Level, LevelOrderError, LineageGraph, UnknownTaskError


@cache
def shipped() -> LineageGraph:
    return pl.network(["weibin_2021", "central_2021", "shanting_2021"])


def test_plans_stand_in_the_order_of_their_levels_whatever_order_they_came_in() -> None:
    levels = [p.level.rank for p in shipped().plans if p.level]
    assert levels == sorted(levels)
    assert shipped().plans[0].id == "central_2021"


def test_every_statement_hangs_below_its_plan() -> None:
    graph = shipped().graph
    for plan in shipped().plans:
        for statement in plan.statements:
            node = f"{plan.id}#{statement.id}"
            assert graph.nodes[node]["text"] == statement.text
            at, steps = node, 0
            while at != f"plan:{plan.id}":
                above = [a for a, _, d in graph.in_edges(at, data=True) if d["type"] == "contains"]
                assert len(above) == 1
                at, steps = above[0], steps + 1
                assert steps < 20


def test_lineage_edges_run_from_the_lower_statement_up_with_their_attributes() -> None:
    graph = shipped().graph
    edges = [(a, b, d) for a, b, d in graph.edges(data=True) if d["type"] == "lineage"]
    assert len(edges) == sum(len(lineage.edges) for lineage in shipped().lineages)
    for lower, upper, data in edges:
        assert upper.startswith("central_2021#")
        assert not lower.startswith("central_2021#")
        assert data["relation"] in {"verbatim", "adapted", "partial", "thematic"}
        assert data["prov"] in {"wasQuotedFrom", "wasDerivedFrom", "wasInfluencedBy"}
        assert 0 <= data["confidence"] <= 1


def test_cited_plans_that_are_not_held_stand_in_the_graph_as_such() -> None:
    graph = shipped().graph
    cited = {b for a, b, d in graph.edges("plan:weibin_2021", data=True) if d["type"] == "implements"}
    assert "plan:central_2021" in cited
    missing = {graph.nodes[n]["number"] for n in cited if not graph.nodes[n]["held"]}
    assert {"豫发〔2021〕31号", "新发〔2022〕5号"} <= missing


def test_a_trace_ends_at_the_centre_and_names_the_levels_that_are_not_held() -> None:
    traces = pl.trace("行政执法协调监督工作体系", "weibin_2021", "central_2021")
    assert traces
    first = traces[0]
    assert first.steps[0].plan.id == "central_2021"
    assert "行政执法协调监督工作体系" in first.steps[0].statement.text
    assert [str(d.latest) for d in first.steps[0].statement.deadlines] == ["2024-12-31"]
    assert [m.level for m in first.missing] == [Level.MUNICIPAL, Level.PROVINCIAL]
    assert "豫发〔2021〕31号" in first.text
    assert "not held" in first.text


@pytest.mark.parametrize(
    ("district", "words", "day"),
    [
        ("weibin_2021", "行政执法协调监督工作体系", "2024-12-31"),
        ("shanting_2021", "行政执法监督体系", "2024-12-31"),
        ("weibin_2021", "权责清单", "2022-06-30"),
    ],
)
def test_the_centres_deadline_is_found_from_the_districts_words(district: str, words: str, day: str) -> None:
    reached = [
        (step.statement.text, str(deadline.latest))
        for found in pl.trace(words, district, "central_2021")
        for step in found.steps
        for deadline in step.statement.deadlines
    ]
    assert any(words[-2:] in text and latest == day for text, latest in reached)


def test_a_trace_can_start_from_the_upper_plans_words() -> None:
    down = pl.trace("2024年年底前基本建成省市县乡全覆盖", "weibin_2021", "central_2021")
    assert {t.local.id for t in down} == {"weibin_2021"}


@pytest.mark.parametrize("words", ["no such task", "", "天气预报预警信号发布"])
def test_what_answers_to_nothing_is_told(words: str) -> None:
    with pytest.raises(UnknownTaskError) as refused:
        pl.trace(words, "weibin_2021", "central_2021")
    assert refused.value.hint


def test_a_task_is_found_in_the_graph_by_plan_and_id() -> None:
    task = pl.load("weibin_2021").tasks[0]
    assert [t.statement.id for t in shipped().trace(f"weibin_2021#{task.id}")] == [task.id]
    with pytest.raises(UnknownTaskError):
        shipped().trace("weibin_2021#no-such-id")


def test_plans_that_can_not_be_ordered_are_refused() -> None:
    with pytest.raises(LevelOrderError, match="same id"):
        pl.network(["central_2021", "central_2021"])
    nameless = pl.parse_text("一、职责\n健全制度。\n二、保障\n加强保障。", id="nameless")
    with pytest.raises(LevelOrderError, match="level"):
        pl.network(["central_2021", nameless])


def plan(id: str, level: str, place: str) -> pl.Plan:
    text = (
        f"一、主要任务\n（一）健全清单。2023年年底前，{place}各部门编制并公布权责清单。\n"
        "（二）规范执法。全面推行执法全过程记录制度。"
    )
    return pl.parse_text(text, id=id, level=level, place=place, title=f"{place}法治建设实施方案（2021—2025年）")


def test_with_the_levels_between_held_each_plan_hangs_on_its_direct_parent() -> None:
    chain = pl.network(
        [
            plan("district", "district", "河南省新乡市卫滨区"),
            plan("city", "municipal", "河南省新乡市"),
            plan("province", "provincial", "河南省"),
            plan("other", "provincial", "山东省"),
            "central_2021",
        ]
    )
    parents = {x.local.id: [u.id for u in x.uppers] for x in chain.lineages}
    assert parents["district"] == ["city"]
    assert parents["city"] == ["province"]
    assert parents["province"] == ["central_2021"]
