"""What carries nothing and is carried by nothing, what answers only to its like, and plans of a few statements."""

from __future__ import annotations

import pytest

from planlineage.linking import Unit, link_units
from planlineage.linking.align import tiles
from planlineage.linking.kept import NAMES, kept
from planlineage.linking.ngrams import encode
from planlineage.linking.words import lexicon, tokens

SILENT = (
    "某府办发〔2021〕13号",
    "各镇人民政府，各街道办事处，区政府各委、办、局：",
    "区教育局、区财政局、区民政局",
    "（责任单位：区水务局、各镇政府）",
    "（市场监管总局、工业和信息化部负责）",
    "2023年6月",
    "9.61",
    "长期坚持",
    "牵头部门",
    "现将《某区养老服务实施方案》印发给你们，请认真按照执行。",
    "特此通知。",
    "附件2",
    "此件公开发布",
    "2019年9月27日市第十五届人民代表大会常务委员会第十次会议通过",
)
SPOKEN = (
    "区教育局牵头清理校外培训机构预收费用。",
    "建立健全养老服务中心",
    "各镇要设立河道保洁站：",
    "行政机关不得为市场主体指定中介服务机构；",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_carries_nothing_is_never_linked(text: str) -> None:
    plan = [Unit("a", text), Unit("b", "加强河道保洁。")]
    assert [(e.local_id, e.upper_id) for e in link_units(plan, plan)] == [("b", "b")]


@pytest.mark.parametrize("text", SPOKEN)
def test_what_looks_like_it_is_linked_all_the_same(text: str) -> None:
    plan = [Unit("a", text), Unit("b", "加强河道保洁。")]
    assert {(e.local_id, e.upper_id) for e in link_units(plan, plan)} == {("a", "a"), ("b", "b")}


def test_liability_answers_to_its_like_only() -> None:
    duty = Unit("duty", "中介服务机构应当公开办理法定行政审批中介服务的条件、流程、时限。", part="1")
    chapter = Unit("chapter", "第六章 法律责任", part="6", rank=20, depth=1, title=True)
    sanction = Unit("sanction", "不公开办理法定行政审批中介服务的条件、流程、时限的，责令改正。", part="6")
    local = Unit("local", "中介服务机构应当公布办理法定行政审批中介服务的条件、流程、时限。")
    found = {e.upper_id for e in link_units([local], [duty, chapter, sanction])}
    assert found == {"duty"}


def test_a_plan_of_three_tasks_is_linked_as_one_of_many_is() -> None:
    upper = [
        Unit("u1", "加强养老护理员职业技能培训，每人每年接受不少于40学时的岗位培训。"),
        Unit("u2", "对养老机构的消防安全、食品安全、服务质量开展“双随机、一公开”检查。"),
        Unit("u3", "将养老服务用地纳入国土空间规划，优先保障用地需求。"),
    ]
    local = [
        Unit("l1", "对养老机构的消防安全开展“双随机、一公开”检查。"),
        Unit("l2", "加强养老护理员职业技能培训，每人每年接受不少于60学时的岗位培训。"),
        Unit("l3", "开通老年人助餐配送小程序，在广场、公园设置取餐柜。"),
    ]
    found = {(e.local_id, e.upper_id) for e in link_units(local, upper) if e.relation.is_coverage}
    assert found == {("l1", "u2"), ("l2", "u1")}


def test_what_is_kept_tells_lost_from_new_clauses() -> None:
    local, upper = "加强行政执法，公开执法结果，接受群众监督", "加强行政执法，公开执法结果，完善投诉渠道"
    found = dict(zip(NAMES, kept(local, upper, tiles(local, upper)), strict=True))
    assert (found["new clauses"], found["lost clauses"], found["pieces"]) == (1, 1, 1)


def test_the_lexicon_cuts_statements_into_its_words() -> None:
    found = tokens(encode(["加强行政执法监督", "", "甲"]))
    assert found.size == 3
    assert len(found.words) >= 3
    assert set(found.units[:-1].tolist()) == {0}
    assert lexicon().vectors[found.words].any()
