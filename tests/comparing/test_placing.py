"""Beside which upper task a new date or number stands."""

from __future__ import annotations

from tied import Tie, lineage

import planlineage as pl
from planlineage.comparing.answer import Answer
from planlineage.model.lineage import Relation

UPPER = "某市实施方案\n一、主要任务\n（一）总则。{}\n"
LOWER = "某区实施方案\n一、主要任务\n（一）总则。{}\n"


def answers(above: str, below: str, *ties: Tie) -> dict[str, Answer]:
    """The answers by their lower value."""
    upper = pl.parse_text(UPPER.format(above), id="upper", level="municipal")
    lower = pl.parse_text(LOWER.format(below), id="lower", level="district")
    return {a.local_value: a for a in lineage(lower, upper, ties).answers.dates_and_numbers}


def test_the_later_pieces_of_a_sentence_are_steps_of_the_task_that_opens_it() -> None:
    found = answers(
        "加快推进焚烧厂项目，2023年3月底前开工建设。",
        "焚烧厂项目开工建设：2023年6月底前完成选址；2023年9月底前完成环评；2023年12月底前开工建设。",
        ("焚烧厂项目开工", "加快推进焚烧厂", Relation.PARTIAL, 0.7),
    )
    steps = [found[f"latest=2023-{day}"] for day in ("06-30", "09-30", "12-31")]
    assert [a.change for a in steps] == ["added", "added", "later"]
    assert {a.upper_id for a in steps} == {steps[0].upper_id} != {""}


def test_under_a_mere_title_a_number_belongs_to_the_sentence_that_speaks_of_it() -> None:
    found = answers(
        "一是提升收运能力。完成湿垃圾收运车辆配置。规范标识。",
        "新增18辆湿垃圾收运车辆，进一步提升收运能力。",
        ("新增18辆", "一是提升", Relation.PARTIAL, 0.9),
        ("新增18辆", "完成湿垃圾", Relation.THEMATIC, 0.3),
    )
    assert found["= 18 辆"].above is not None
    assert found["= 18 辆"].above.statement.text.startswith("完成湿垃圾")


def test_the_date_of_a_goal_that_opens_a_paragraph_holds_for_the_goals_after_it() -> None:
    upper = pl.parse_text(
        "某市规划\n一、工作目标\n到2025年，建成统一平台。养护质量明显提高。\n", id="upper", level="municipal"
    )
    lower = pl.parse_text("某区规划\n一、工作目标\n到2025年，建成统一平台。\n", id="lower", level="district")
    found = pl.slippage(lower, upper).having("dropped")
    assert [(a.upper_value, a.above and a.above.statement.text) for a in found] == [
        ("latest=2025-12-31", "养护质量明显提高。")
    ]


def test_a_condition_that_came_is_told_and_binds_neither_more_nor_less() -> None:
    found = answers(
        "对考核优秀的单位按规定给予表彰奖励。",
        "对连续2年考核优秀的单位按规定给予表彰奖励。",
        ("考核优秀", "考核优秀", Relation.ADAPTED, 0.9),
    )
    assert [(a.change, a.effect) for a in found.values()] == [("added", "")]
