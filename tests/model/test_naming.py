"""What people read a plan called: place, title and years, where the title has neither."""

from __future__ import annotations

import datetime

import pytest

import planlineage as pl
from planlineage.model.naming import own_place, years
from planlineage.model.plan import Period


@pytest.mark.parametrize(
    ("place", "title", "name"),
    [
        ("山东省", "政府工作报告", "山东省政府工作报告"),
        ("山东省枣庄市", "政府工作报告", "枣庄市政府工作报告"),
        ("新疆维吾尔自治区乌鲁木齐市新市区", "政府工作报告", "新市区政府工作报告"),
        ("内蒙古自治区", "政府工作报告", "内蒙古自治区政府工作报告"),
        ("云南省大理白族自治州", "关于推进减污降碳的实施方案", "大理白族自治州关于推进减污降碳的实施方案"),
        ("上海市", "上海道路运输行业规划", "上海道路运输行业规划"),
        ("山西省晋城市城区", "城区更新方案", "城区更新方案"),
        ("", "法治政府建设实施纲要（2021—2025年）", "法治政府建设实施纲要（2021—2025年）"),
    ],
)
def test_the_place_is_named_where_the_title_lacks_it(place: str, title: str, name: str) -> None:
    assert pl.parse_text("一、任务\n修建公路。", title=title, place=place or None).name == name


def test_years_are_named_where_the_title_lacks_them() -> None:
    year = Period(begins=datetime.date(2025, 1, 1), ends=datetime.date(2025, 12, 31))
    plan = pl.parse_text("一、任务\n修建公路。", title="政府工作报告", place="山东省").model_copy(
        update={"period": year}
    )
    titles = ("报告", "2025年报告", "“十四五”规划", "二〇二五年要点")
    said = {title: years(year.begins, year.ends, title) for title in titles}
    assert said == {"报告": "（2025年）", "2025年报告": "", "“十四五”规划": "", "二〇二五年要点": ""}
    assert plan.name == "山东省政府工作报告（2025年）"
    assert plan.cite().title == "政府工作报告", "a citation has the printed title"


def test_no_place_is_no_name() -> None:
    assert (own_place("", "规划"), own_place("山东省", "")) == ("", "山东省")
