"""Plan after plan: kept, raised, lowered, dropped, new; numbers of one indicator side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import planlineage as pl
from planlineage.analysis.succession import Succession


def plan(year: int, *lines: str, place: str = "某市") -> pl.Plan:
    body = "\n".join(lines)
    return pl.parse_text(f"一、今年重点工作\n{body}", title=f"{place}{year}年政府工作报告", id=f"report{year}")


def succeeded(old: str, new: str) -> Succession:
    return pl.succession(plan(2024, old), plan(2025, new))


@pytest.mark.parametrize(
    ("old", "new", "status", "change", "effect"),
    [
        ("城镇新增就业110万人以上。", "城镇新增就业110万人以上。", "kept", "kept", "same"),
        ("城镇新增就业110万人以上。", "城镇新增就业120万人以上。", "raised", "raised", "stronger"),
        ("地区生产总值增长6%以上。", "地区生产总值增长5%以上。", "lowered", "lowered", "weaker"),
        ("居民消费价格涨幅控制在3%以内。", "居民消费价格涨幅控制在2%以内。", "raised", "lowered", "stronger"),
        ("规模以上工业增加值增长6%。", "规上工业增加值增长5.5%。", "lowered", "lowered", "weaker"),
    ],
)
def test_numbers_of_one_indicator(old: str, new: str, status: str, change: str, effect: str) -> None:
    found = succeeded(old, new)
    [target] = found.targets.paired
    assert (target.change, target.effect) == (change, effect)
    assert [r.status for r in found if r.old_id] == [status]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("高中阶段教育毛入学率提高到92%以上。", "高中阶段教育完成率达到88%以上。"),
        ("建设10亿元以上项目20个。", "建设50亿元以上项目30个。"),
        ("新增省级先进制造业集群5个。", "新增国家先进制造业集群3个。"),
        ("城镇新增就业110万人。", "地区生产总值增长5%。"),
    ],
)
def test_different_indicators_stay_apart(old: str, new: str) -> None:
    assert succeeded(old, new).targets.paired == []


def test_dropped_and_new() -> None:
    found = succeeded("建设市级博物馆新馆。", "推进公共数据有序开放。")
    assert [(r.status, r.old_text or r.new_text) for r in found] == [
        ("dropped", "建设市级博物馆新馆。"),
        ("new", "推进公共数据有序开放。"),
    ]
    assert found.counts == {"dropped": 1, "new": 1}
    assert [r.new_id for r in found.of("dropped")] == [""]


def test_dates_that_move() -> None:
    found = succeeded("2024年6月底前建成统一执法监督平台。", "2024年12月底前建成统一执法监督平台。")
    [row] = [r for r in found if r.old_id]
    assert row.status == "lowered"
    assert "2024-06-30" in row.changes[0].text("zh") and "2024-12-31" in row.changes[0].text("zh")


def test_unlikely_couples() -> None:
    with pytest.raises(pl.ReportOrderError, match="earlier"):
        pl.succession(plan(2025, "新增就业5万人。"), plan(2024, "新增就业5万人。"))
    told = pl.succession(plan(2024, "发展工业。", place="山东省"), plan(2025, "发展工业。", place="河南省")).remarks
    assert any("地方" in remark.text("zh") for remark in told)


def test_both_may_have_one_id() -> None:
    old, new = plan(2024, "建设博物馆。"), plan(2025, "建设博物馆。")
    found = pl.succession(old, new.model_copy(update={"id": old.id}))
    assert [r.status for r in found] == ["kept"]


LINES = st.lists(
    st.sampled_from(
        [
            "城镇新增就业110万人以上。",
            "建设市级博物馆新馆。",
            "推进公共数据有序开放。",
            "粮食产量达到50亿斤。",
            "2024年底前开通地铁3号线。",
        ]
    ),
    min_size=1,
    unique=True,
)


@settings(max_examples=15, deadline=None)
@given(LINES)
def test_a_plan_after_itself_keeps_everything(lines: list[str]) -> None:
    found = pl.succession(plan(2024, *lines), plan(2024, *lines))
    assert {r.status for r in found} <= {"kept"}
    assert all(t.change == "kept" for t in found.targets)


@settings(max_examples=15, deadline=None)
@given(LINES, LINES)
def test_every_task_is_counted_once(old: list[str], new: list[str]) -> None:
    first, second = plan(2024, *old), plan(2025, *new)
    found = pl.succession(first, second)
    counted = [s.id for s in first.statements if s.kind in ("task", "goal")]
    assert [r.old_id for r in found if r.old_id] == counted
    told = {i for r in found for i in (r.new_id, *r.also) if i}
    assert {s.id for s in second.statements if s.kind in ("task", "goal")} <= told
