"""The order of plans: parents by level, place and citation; what is not held; bad input."""

from __future__ import annotations

import pytest
from real import AT_HAND, CORPUS, WHY_NOT, read

import planlineage as pl
from planlineage import LevelOrderError, Plan, parse_text
from planlineage.graph.order import arrange, title_likeness
from planlineage.graph.registry import NotHeld


def made(plan_id: str, level: str, title: str, *, place: str = "", grounds: str = "") -> Plan:
    opening = f"为贯彻落实《{grounds}》，结合实际，制定本方案。\n" if grounds else ""
    text = f"{title}\n\n{opening}一、任务\n（一）登记。健全台账登记制度。\n（二）巡查。完善巡查制度。"
    return parse_text(text, id=plan_id, level=level, place=place)


TITLE = "养老服务实施方案（2021—2025年）"


def parents(*plans: Plan) -> dict[str, list[str]]:
    return {plan: [p.id for p in above] for plan, above in arrange(plans).parents.items()}


def test_each_plan_hangs_on_its_direct_parent() -> None:
    plans = [
        made("d", "district", f"卫滨区{TITLE}", place="卫滨区"),
        made("c", "central", TITLE),
        made("m", "municipal", f"新乡市{TITLE}", place="新乡市"),
        made("p", "provincial", f"河南省{TITLE}", place="河南省"),
    ]
    assert parents(*plans) == {"c": [], "p": ["c"], "m": ["p"], "d": ["m"]}
    assert [p.id for p in arrange(plans).plans] == ["c", "p", "m", "d"]


def test_a_missing_level_is_passed() -> None:
    found = parents(made("c", "central", TITLE), made("d", "district", f"卫滨区{TITLE}", place="卫滨区"))
    assert found["d"] == ["c"]


def test_a_plan_of_another_province_is_no_parent() -> None:
    found = parents(
        made("c", "central", TITLE),
        made("p", "provincial", f"山东省{TITLE}", place="山东省"),
        made("d", "district", f"卫滨区{TITLE}", place="卫滨区"),
    )
    assert found["d"] == ["c"]


def test_a_citation_makes_a_parent_where_titles_differ() -> None:
    found = parents(
        made("c", "central", "托育服务规划（2021—2025年）"),
        made("x", "central", "河道采砂管理办法"),
        made("p", "provincial", "河南省婴幼儿照护办法", place="河南省", grounds="托育服务规划（2021—2025年）"),
    )
    assert found["p"] == ["c"]


def test_parents_that_had_to_be_guessed_are_remarked() -> None:
    order = arrange(
        [made("c", "central", "托育服务规划"), made("p", "provincial", "河南省河道采砂办法", place="河南省")]
    )
    assert order.parents["p"][0].id == "c"
    assert any("p: cites none" in str(remark) for remark in order.remarks)


def test_a_place_that_no_list_knows_is_remarked() -> None:
    order = arrange([made("c", "central", TITLE), made("d", "district", f"火星区{TITLE}", place="火星区")])
    assert any("火星区" in str(remark) and "no such place" in str(remark) for remark in order.remarks)
    assert order.parents["d"][0].id == "c"


def test_an_ambiguous_place_is_reported_not_guessed() -> None:
    order = arrange([made("c", "central", TITLE), made("d", "district", f"鼓楼区{TITLE}", place="鼓楼区")])
    assert order.places["d"].status == "ambiguous"
    assert any("several places" in str(remark) for remark in order.remarks)


def test_a_circle_of_grounds_is_refused() -> None:
    one = made("a", "central", "甲事项规划", grounds="乙事项规划")
    two = made("b", "central", "乙事项规划", grounds="甲事项规划")
    with pytest.raises(LevelOrderError, match="each other's grounds"):
        arrange([one, two])


def test_two_plans_with_one_id_are_refused() -> None:
    with pytest.raises(LevelOrderError, match="same id"):
        arrange([made("a", "central", TITLE), made("a", "provincial", f"河南省{TITLE}", place="河南省")])


def test_what_is_cited_but_not_held_is_ranked() -> None:
    plans = [
        made("a", "district", f"卫滨区{TITLE}", place="卫滨区", grounds="新乡市养老服务实施方案（2021—2025年）"),
        made("b", "district", f"红旗区{TITLE}", place="红旗区", grounds="新乡市养老服务实施方案（2021—2025年）"),
        made("c", "district", f"凤泉区{TITLE}", place="凤泉区", grounds="凤泉区托育规划"),
    ]
    rows = NotHeld(plans).records
    assert (rows[0].title, rows[0].cited_by, rows[0].plans) == (
        "新乡市养老服务实施方案（2021—2025年）",
        2,
        ("a", "b"),
    )
    held = made("m", "municipal", "新乡市养老服务实施方案（2021—2025年）", place="新乡市")
    assert NotHeld([*plans, held]).records[0].cited_by == 1


def test_titles_of_one_matter_are_alike() -> None:
    assert title_likeness("法治政府建设实施纲要（2021—2025年）", "关于开展法治政府建设示范创建活动的意见") >= 0.5
    assert title_likeness("职业教育改革实施方案", "法治政府建设实施方案") < 0.5


def test_the_shipped_plans_stand_in_order() -> None:
    found = parents(*(pl.load(i) for i in pl.shipped_ids()))
    assert "central_2021" in found["shanting_2021"]
    assert "central_2021" in found["weibin_2021"]
    cited = NotHeld([pl.load("weibin_2021"), pl.load("central_2021")])
    assert {"新发〔2022〕5号", "豫发〔2021〕31号"} <= {r.number for r in cited.records}


@pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)
def test_the_business_environment_family_hangs_together() -> None:
    plans = [read(p) for p in CORPUS if p.parent.name == "business_environment"]
    assert parents(*plans) == {
        "central_state_council": [],
        "provincial_shandong": ["central_state_council"],
        "municipal_jinan": ["provincial_shandong"],
        "municipal_dezhou": ["provincial_shandong"],
    }
