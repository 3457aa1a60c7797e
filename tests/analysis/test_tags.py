"""Codes of one's own: by rules, by a person, and beside the rows of other reports."""

from __future__ import annotations

from pathlib import Path

import pytest

import planlineage as pl
from planlineage.model.errors import TagFileError

TEXT = "一、任务\n（一）保障。2026年6月底前安排培训资金。\n（二）平台。建设数据平台，规范平台经济。\n（三）示范。开展示范创建。"
RULES = """
[[tag]]
family = "工具"
name = "供给"
any = ["资金", "数据"]
none = ["平台经济"]
[[tag]]
family = "工具"
name = "需求"
all = ["示范", "创建"]
[[tag]]
family = "主题"
name = "人才"
any = ["培训"]
"""


@pytest.fixture
def plan() -> pl.Plan:
    return pl.parse_text(TEXT, id="x", level="district")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_rules_say_by_which_words(plan: pl.Plan, rules: Path) -> None:
    found = pl.tags(plan, rules)
    first, second, third = (task.id for task in plan.tasks)
    assert [(one.id, one.family, one.tag, one.because) for one in found] == [
        (first, "工具", "供给", ("资金",)),
        (first, "主题", "人才", ("培训",)),
        (third, "工具", "需求", ("示范", "创建")),
    ]
    assert found.of(first) == {"工具": ("供给",), "主题": ("人才",)}
    assert found.of(second) == {}


def test_a_person_wins_over_the_rules(plan: pl.Plan, rules: Path, tmp_path: Path) -> None:
    first, second, _ = (task.id for task in plan.tasks)
    written = pl.tags(plan, rules).to_csv(tmp_path / "tags.csv")
    text = written.read_text("utf-8-sig")
    edited = text.replace("供给", "环境").replace(f"{first},主题,人才", f"{first},主题,")
    edited += f"{second},工具,供给,,,\n{second},工具,环境,,,\n"
    written.write_text(edited, encoding="utf-8")
    found = pl.tags(plan, rules, decided=written)
    assert found.of(first) == {"工具": ("环境",)}
    assert found.of(second) == {"工具": ("供给", "环境")}
    assert {one.by for one in found} == {"person"}


def test_tags_beside_the_rows_of_other_reports(plan: pl.Plan, rules: Path) -> None:
    found = pl.tags(plan, rules)
    frame = found.on(pl.deadlines(plan, as_of="2026-01-01"))
    assert frame.groupby("工具").size().to_dict() == {"": 1, "供给": 1, "需求": 1}
    assert set(found.on(pl.link(plan, plan.model_copy(update={"id": "up"}))).columns) >= {"工具", "主题"}
    with pytest.raises(ValueError, match="names no tasks"):
        found.on(pl.deadlines(plan, as_of="2026-01-01").by("unit"))


@pytest.mark.parametrize(
    "text", ["tag = 3", "[[tag]]\nfamily = 'a'", "[[tag]\n", "[[tag]]\nfamily='a'\nname='b'\nsome=['c']"]
)
def test_rules_that_cannot_be_read(plan: pl.Plan, tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TagFileError, match=r"rules\.toml"):
        pl.tags(plan, path)
    with pytest.raises(TagFileError):
        pl.tags(plan, tmp_path / "nowhere.toml")


def test_tags_of_a_task_that_there_is_not(plan: pl.Plan, tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_text("id,family,tag\n9-nowhere,工具,供给\n", encoding="utf-8")
    with pytest.raises(TagFileError, match="9-nowhere"):
        pl.tags(plan, decided=path)
