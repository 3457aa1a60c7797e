"""What must hold of two texts set side by side clause by clause, whatever the clauses; and of what survives."""

from __future__ import annotations

import pytest
from family import family
from hypothesis import given, settings, strategies as st
from tied import lineage, tie

import planlineage as pl
from planlineage.comparing.clausewise import clausewise
from planlineage.comparing.contents import content, contents, share
from planlineage.comparing.lineage import Lineage
from planlineage.comparing.nearest import Nearest
from planlineage.comparing.setting import Setting
from planlineage.model.lineage import Relation

CLAUSES = (
    "编制河道采砂权责清单",
    "开展校外培训专项检查",
    "公布电梯安全监测数据",
    "推动养老机构等级评定",
    "完成燃气管网更新改造",
    "建立快递包装回收台账",
    "规范种子市场经营秩序",
)
SOME = st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=6, unique=True)
PLAN = "{}方案\n一、任务\n（一）清单。{}\n"


def sentence(clauses: list[str]) -> str:
    return "，".join(clauses) + "。"


def told(upper: list[str], lower: list[str]) -> set[tuple[str, str]]:
    return {(c.change, c.upper or c.lower) for c in clausewise(sentence(upper), sentence(lower)).told}


@given(SOME, st.randoms(use_true_random=False))
def test_clauses_in_another_order_are_the_same(clauses: list[str], random) -> None:
    mixed = random.sample(clauses, len(clauses))
    assert told(clauses, mixed) == set()


@given(SOME, st.data())
def test_a_clause_that_was_cut_is_a_row_and_one_that_came_is_one(clauses: list[str], data) -> None:
    gone = data.draw(st.sampled_from(clauses))
    left = [c for c in clauses if c != gone]
    assert told(clauses, left) == {("cut", gone)}
    assert told(left, clauses) == {("added", gone)}


@given(SOME, SOME, st.sampled_from(CLAUSES))
def test_the_same_clause_above_and_below_is_no_row(upper: list[str], lower: list[str], clause: str) -> None:
    one, two = ([c for c in clauses if c != clause] for clauses in (upper, lower))
    assert told([*one, clause], [clause, *two]) == told(one, two) if one and two else True


@given(SOME, st.data())
def test_what_another_carrier_holds_is_not_cut_and_what_another_task_asks_is_not_added(
    clauses: list[str], data
) -> None:
    gone = data.draw(st.sampled_from(clauses))
    whole, left = sentence(clauses), sentence([c for c in clauses if c != gone])
    assert not clausewise(whole, left, beside=[sentence([gone])]).told
    assert not clausewise(left, whole, others=[sentence([gone])]).told


@pytest.mark.parametrize(
    ("one", "two"),
    [("强化市级统筹", "加强区级统筹"), ("完善清单制度", "健全清单制度"), ("提高管理水平", "提升管理水平")],
)
def test_words_of_equal_weight_and_levels_are_no_content(one: str, two: str) -> None:
    assert content(one) == content(two)


@given(SOME, SOME)
def test_a_share_of_content_grows_with_the_texts_that_hold_it(clauses: list[str], more: list[str]) -> None:
    part = share(sentence(clauses), contents(more))
    assert 0.0 <= part <= share(sentence(clauses), contents([*more, clauses[0]])) <= 1.0
    assert share(sentence(clauses), contents(clauses)) == 1.0


@settings(max_examples=20, deadline=None)
@given(SOME)
def test_cutting_a_clause_of_a_plan_is_a_row_of_its_slippage(clauses: list[str]) -> None:
    above, below = sentence(clauses), sentence(clauses[1:])
    upper = pl.parse_text(PLAN.format("上级", above), id="above", level="municipal")
    local = pl.parse_text(PLAN.format("下级", below), id="below", level="district")
    rows = pl.Slippage(lineage(local, upper, [(below, above, Relation.ADAPTED, 0.9)])).of("clause")
    assert [(r.change, r.sentence.text("zh")) for r in rows] == [("cut", f"删去“{clauses[0]}”")]


@pytest.mark.parametrize("plan", ["central_2021", "shanting_2021", "weibin_2021"])
def test_a_plan_against_itself_slips_nowhere_and_survives_whole(plan: str) -> None:
    upper = pl.load(plan)
    edges = [tie(upper, upper, s, s, Relation.VERBATIM, 0.99) for s in upper.statements if s.kind != "noise"]
    itself = Lineage(upper, [upper], edges)
    report = pl.Slippage(itself)
    assert not report.changed
    assert not report.of("clause")
    survival = pl.Coverage(itself, "survival")
    assert survival.rate == pytest.approx(1.0)
    assert {task.survival for task in survival.survival} == {1.0}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40), st.data())
def test_survival_lies_between_nothing_and_the_rate(seed: int, data) -> None:
    upper, _, _, local = family(seed).plans
    made = pl.link(local, upper)
    kept = [e for e in made.edges if data.draw(st.booleans())]
    some = Lineage(local, [upper], kept)
    counted, survives = pl.Coverage(some), pl.Coverage(some, "survival")
    assert 0.0 <= survives.rate <= counted.rate + 1e-9
    assert survives.strict_rate <= counted.strict_rate + 1e-9
    low, high = survives.interval
    assert low <= survives.rate <= high
    assert low <= survives.expected <= high
    assert all(0.0 <= t.survival <= t.content <= 1.0 for t in survives.survival)


def test_the_nearest_task_is_named_only_where_one_stands_out() -> None:
    upper = pl.parse_text(PLAN.format("上级", "。".join(CLAUSES) + "。"), id="above", level="municipal")
    local = pl.parse_text(
        PLAN.format("下级", "电梯安全监测数据按月公布。做好其他有关工作。"), id="below", level="district"
    )
    nearest = Nearest(Setting(Lineage(local, [upper], [])))
    found = [nearest.of(s) for s in local.tasks]
    assert [f.statement.text if f else None for f in found] == ["公布电梯安全监测数据。", None]
