"""How single commitments are compared: dates, numbers, rhythms, strength, and whether they may be compared at all."""

from __future__ import annotations

import pytest

from planlineage import Level, Plan, parse_text
from planlineage.comparing.binding import applicability, comparability
from planlineage.comparing.clausewise import clausewise
from planlineage.comparing.dates import date_change
from planlineage.comparing.quantities import quantity_change
from planlineage.comparing.strength import strength_change


def plan_of(*sentences: str, level: str = "central") -> Plan:
    return parse_text("一、任务\n（一）总则。" + "".join(sentences), id="made", level=level)


def commitment(sentence: str, kind: str):
    return next(c for s in plan_of(sentence).statements for c in s.commitments if c.kind == kind)


@pytest.mark.parametrize(
    ("above", "below", "change", "days"),
    [
        ("2022年年底前完成清理。", "2022年年底前完成清理。", "kept", (0, 0)),
        ("2022年年底前完成清理。", "2023年6月底前完成清理。", "later", (181, 181)),
        ("2022年年底前完成清理。", "2022年6月底前完成清理。", "earlier", (-184, -184)),
        ("2024年年底前完成清理。", "2025年前完成清理。", "later", (0, 365)),
        ("2025年前完成清理。", "2025年前完成清理。", "kept", (0, 0)),
        ("2025年前完成清理。", "2025年年底前完成清理。", "later", (0, 365)),
        ("2026年前完成清理。", "2025年年底前完成清理。", "earlier", (-365, 0)),
        ("2025年前完成清理。", "2025年6月底前完成清理。", "uncertain", (-184, 181)),
    ],
)
def test_a_slip_is_a_range_where_a_date_has_two_readings(above, below, change, days) -> None:
    found = date_change(commitment(above, "deadline"), commitment(below, "deadline"))
    assert (found.name, (found.days_min, found.days_max)) == (change, days)


@pytest.mark.parametrize(
    ("above", "below", "kind", "change", "effect"),
    [
        ("每人每年培训不少于60学时。", "每人每年培训不少于40学时。", "target", "lowered", "weaker"),
        ("每人每年培训不少于40学时。", "每人每年培训不少于60学时。", "target", "raised", "stronger"),
        ("办结率达到100%。", "办结率达到90%。", "target", "lowered", "weaker"),
        ("审核时间不超过15个工作日。", "审核时间不超过10个工作日。", "duration", "lowered", "stronger"),
        ("公开时间不少于5个工作日。", "公开时间不少于7个工作日。", "duration", "raised", "stronger"),
        ("每年至少组织2次演练。", "每年至少组织1次演练。", "recurrence", "lowered", "weaker"),
        ("每年至少组织1次演练。", "每半年至少组织1次演练。", "recurrence", "raised", "stronger"),
        ("每年至少组织1次演练。", "每年至少组织1次演练。", "recurrence", "kept", "same"),
    ],
)
def test_which_way_is_better_depends_on_the_measure(above, below, kind, change, effect) -> None:
    found = quantity_change(commitment(above, kind), commitment(below, kind))
    assert (found.name, found.effect) == (change, effect)


@pytest.mark.parametrize(
    ("above", "below", "change"),
    [
        ("全面实行项目公示制度。", "探索建立项目公示制度。", "weakened"),
        ("审批前应当听取专家的意见。", "审批前应当注重听取专家的意见。", "weakened"),
        ("严格执行采购目录，规范采购行为。", "深入学习贯彻采购目录，规范采购行为。", "weakened"),
        ("实现档案资料的统一管理。", "逐步实现档案资料的统一管理。", "weakened"),
        ("将更多小微企业纳入补贴范围。", "将全部小微企业纳入补贴范围。", "strengthened"),
        ("做好河湖、湿地、林草巡查和执法。", "做好河湖巡查和执法。", "weakened"),
        ("鼓励、支持村集体参与农田管护。", "鼓励村集体参与农田管护。", "weakened"),
        ("对举报的有功人员依法予以奖励。", "对举报的有功人员依法予以重奖。", "strengthened"),
        ("加强小区物业考核，对履职不力的追究责任。", "加强小区物业考核。", "weakened"),
        ("规范停车收费，方便群众出行。", "规范停车收费，不得以任何名义加价。", "strengthened"),
        ("各级政府要完善值班制度。", "各级政府应当完善值班制度。", "kept"),
        ("健全食品抽检制度。", "健全完善食品抽检制度。", "kept"),
        ("推行告知承诺制度。", "推行告知承诺制度。", "kept"),
        ("在保护个人信息的同时，推进数据开放共享。", "推进数据开放共享。", "weakened"),
        ("规范停车收费。", "规范停车收费，将所需经费纳入本级财政预算。", "strengthened"),
        ("完成《河道管理实施方案》的修订。", "完成《河道管理实施细则》的修订。", "kept"),
        ("本方案自2020年9月1日起施行，《旧方案》同时废止。", "本方案自2022年1月1日起执行，原规定同时废止。", "kept"),
    ],
)
def test_strength(above: str, below: str, change: str) -> None:
    found = strength_change(above, below)
    assert found.change == change, found.reasons


def test_in_a_part_a_ban_that_came_counts_and_money_behind_it_or_a_weaker_word_beside_a_fuller_carrier_does_not() -> (
    None
):
    upper = "全面实行项目公示制度，规范停车收费。"
    assert strength_change(upper, "规范停车收费，不得擅自加价。", whole=False).change == "strengthened"
    assert strength_change(upper, "规范停车收费，将经费纳入财政预算。", whole=False).change == "kept"
    weaker = "探索建立项目公示制度。"
    assert strength_change(upper, weaker, whole=False).change == "weakened"
    fuller = clausewise(upper, weaker, best_above=False)
    assert strength_change(upper, weaker, whole=False, clauses=fuller).change == "kept"


def test_strength_of_the_reverse_is_the_reverse() -> None:
    assert strength_change("实现统一管理。", "逐步实现统一管理。").change == "weakened"
    assert strength_change("逐步实现统一管理。", "实现统一管理。").change == "strengthened"


@pytest.mark.parametrize(
    ("sentence", "level", "applies"),
    [
        ("2022年上半年编制完成国务院部门权责清单。", "district", False),
        ("各省（自治区、直辖市）统筹建成服务平台。", "district", False),
        ("各省（自治区、直辖市）统筹建成服务平台。", "provincial", True),
        ("各级政府要健全值班制度。", "district", True),
        ("地方政府应当公开收费目录。", "district", True),
        ("县级以上政府建立议事机构。", "district", True),
        ("县级以上政府建立议事机构。", "township", False),
        ("修改突发事件应对法。", "district", False),
        ("研究制定行政备案条例。", "district", False),
        ("加强重要领域立法。", "district", False),
        ("加强重要领域立法。", "provincial", True),
        ("健全食品抽检制度。", "district", True),
        ("成立法治建设评估专家库。", "district", True),
    ],
)
def test_whom_a_task_binds(sentence: str, level: str, applies: bool) -> None:
    found = applicability(plan_of(sentence).tasks[0], Level(level))
    assert found.applies is applies, found.reason
    assert found.reason


def test_what_is_bound_in_between_is_compared_in_part_where_it_is_taken_over() -> None:
    upper = plan_of("2023年年底前各省（自治区、直辖市）实现规章统一公开查询。").tasks[0]
    lower = plan_of("2023年年底前区实现文件统一公开查询。", level="district").tasks[0]
    assert comparability(upper, upper.deadlines[0], Level.DISTRICT, lower=lower, taken_over=True).comparable == "partly"
    assert comparability(upper, upper.deadlines[0], Level.DISTRICT).comparable == "no"


def test_something_of_the_whole_country_is_compared_in_part() -> None:
    task = plan_of("加快推进政务服务“跨省通办”，2021年年底前基本实现。").tasks[0]
    found = comparability(task, task.deadlines[0], Level.DISTRICT)
    assert found.comparable == "partly"
    assert found.reasons[0].value("a") == "跨省"
