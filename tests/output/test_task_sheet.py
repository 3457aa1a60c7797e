"""The task table as an office prints it: written, it reads back as the same tasks, units and dates."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

import planlineage as pl
from planlineage.analysis.task_sheet import TaskSheet, said_day
from planlineage.cli.main import main
from planlineage.comparing.effective import EffectiveDeadline
from planlineage.output.task_sheet import write_sheets_by_unit, write_task_sheet
from planlineage.reading.commitments.cells import cell_times
from planlineage.reading.commitments.context import Context

TEXT = """青云区绿道实施方案（2024—2027年）
一、主要任务
（一）完善网络。建成绿道30公里。（区建设局牵头，区水务局、各街道配合，2026年6月底前完成）
（二）加强管护。建立绿道台账。（责任单位：区绿化局；完成时限：长期坚持）
（三）开展评价。每年12月底前评价绿道质量。
（四）公布名录。公布驿站名录。（市园林局指导，区绿化局负责）
"""


@pytest.fixture(scope="module")
def plan() -> pl.Plan:
    return pl.parse_text(TEXT, id="plan", level="district", place="青云区")


def shown(sheet: TaskSheet) -> list[tuple[object, ...]]:
    return [(t.content, t.lead, t.support, t.guide, "；".join(t.due)) for t in sheet]


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
@pytest.mark.parametrize("which", ["plan", "shanting_2021", "weibin_2021"])
def test_what_is_written_reads_back_as_the_same(which: str, ending: str, plan: pl.Plan, tmp_path: Path) -> None:
    sheet = TaskSheet(plan if which == "plan" else pl.load(which))
    path = write_task_sheet(sheet, tmp_path / f"tasks{ending}")
    again = TaskSheet(pl.parse(path, level="district", place=sheet.plan.place))
    assert shown(again) == shown(sheet)


def test_the_workbook_prints_on_a4_with_its_header_on_each_page(plan: pl.Plan, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_task_sheet(TaskSheet(plan), tmp_path / "tasks.xlsx"))
    page = book.worksheets[0]
    assert page["A1"].value == "青云区绿道实施方案（2024—2027年）任务分工表"
    assert [c.value for c in page[2]] == [
        "序号",
        "工作事项",
        "主要内容",
        "牵头单位",
        "配合单位",
        "指导单位",
        "完成时限",
        "任务编号",
    ]
    assert [c.value for c in page[3]][3:7] == ["区建设局", "区水务局、各街道", "—", "2026年6月底前"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == (
        "landscape",
        9,
        "$2:$2",
    )


def test_where_nobody_only_supports_the_units_are_responsible() -> None:
    alone = pl.parse_text("一、任务\n（一）公示。建立平台。（区司法局负责）", level="district")
    assert TaskSheet(alone).titles["lead"] == "责任单位"


ROWS = """青云区绿道任务分工表
序号\t工作事项\t主要内容\t牵头单位\t责任单位\t配合单位\t完成时限
1\t完善网络\t建成绿道30公里。\t区建设局\t区水务局\t各街道\t2025年底前
2\t加强管护\t建立绿道台账。\t区绿化局\t各街道、区城管局\t\t长期坚持
3\t加强宣传\t开展宣传。\t区文旅局\t\t区融媒体中心\t每年12月底前
"""


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".csv"])
def test_an_official_table_with_responsible_beside_lead_comes_back_whole(ending: str, tmp_path: Path) -> None:
    def cells(plan: pl.Plan) -> list[tuple[object, ...]]:
        return [(r.item, r.content, r.lead, r.responsible, r.support, r.due) for r in pl.task_sheet(plan)]

    plan = pl.parse_text(ROWS, level="district", place="青云区")
    assert cells(plan)[0] == (
        "完善网络",
        "建成绿道30公里。",
        ("区建设局",),
        ("区水务局",),
        ("各街道",),
        ("2025年底前",),
    )
    path = pl.write_task_sheet(pl.task_sheet(plan), tmp_path / f"tasks{ending}")
    assert cells(pl.parse(path, level="district", place="青云区")) == cells(plan)


def test_one_workbook_for_each_body(plan: pl.Plan, tmp_path: Path) -> None:
    made = list(write_sheets_by_unit(TaskSheet(plan), tmp_path))
    assert [path.name for path in made] == [
        "01_区绿化局.xlsx",
        "02_区建设局.xlsx",
        "03_区水务局.xlsx",
        "04_各街道.xlsx",
    ]
    contents = [t.text for t in pl.parse(made[0], level="district").tasks]
    assert contents == ["建立绿道台账。", "公布驿站名录。"]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "shanting_2021", "--out", str(tmp_path / "t.docx")]) == 0
    assert main(["tasks", "shanting_2021", "--unit", "区审计局", "--out", str(tmp_path / "t.xlsx")]) == 2
    assert "没有任务归“区审计局”承担" in capsys.readouterr().err
    assert main(["tasks", "shanting_2021", "--out", str(tmp_path / "t.pdf")]) == 2


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
@settings(max_examples=200)
def test_every_day_reads_back(day: datetime.date) -> None:
    [found] = cell_times(said_day(EffectiveDeadline("own", None, day)), Context())
    assert found.days == (day,)  # type: ignore[union-attr]
