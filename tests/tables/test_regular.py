"""Tables whose columns hold."""

from __future__ import annotations

from collections.abc import Callable

from planlineage.reading.tables import Table

Reader = Callable[[str], Table]


def test_group_lines_head_the_rows_below_them(only_table: Reader) -> None:
    table = only_table(
        "序号 | 改革举措 | 主 要 内 容 | 责任单位\n一、放权方面（共2项） | | |\n1 | 告知承诺 | 一次告知条件。 | 审批局\n"
        "2 | 容缺受理 | 先收件后补正。 | 审批局\n二、监管方面（共1项） | | |\n四、服务方面 | | |\n"
        "5 | 帮办代办 | 全程帮办。 | 街道\n"
    )
    assert table.kind == "regular"
    assert [cell.text for cell in table.header] == ["序号", "改革举措", "主要内容", "责任单位"]
    assert [(row.number, row.group, row.text, row.kind) for row in table.rows] == [
        (None, "一、放权方面（共2项）", "", "heading"),
        ("1", "一、放权方面（共2项）", "告知承诺", "item"),
        ("2", "一、放权方面（共2项）", "容缺受理", "item"),
        (None, "二、监管方面（共1项）", "", "heading"),
        (None, "四、服务方面", "", "heading"),
        ("5", "四、服务方面", "帮办代办", "item"),
    ]
    assert table.missing == ("3", "4")
    assert [cell.text for cell in table.rows[1].cells if cell.role == "text"] == [
        "告知承诺",
        "一次告知条件。",
        "审批局",
    ]


def test_numbers_in_the_item_column_and_merged_cells(only_table: Reader) -> None:
    table = only_table(
        "一级指标 | 二级指标 | 三级指标 | 指标性质\n一、质量 | （一）功能 | 1.门诊人次 | 定量\n | | 2.手术占比▲ | 定量\n"
        "二、效率 | （二）资源 | 3. 床位工作 负担 | 定性\n"
    )
    rows = [(row.number, row.group, row.heading, row.text, row.quality) for row in table.rows]
    assert rows == [
        ("1", "一、质量", "（一）功能", "门诊人次", "clean"),
        ("2", "一、质量", "（一）功能", "手术占比▲", "clean"),
        ("3", "二、效率", "（二）资源", "床位工作负担", "repaired"),
    ]


def test_framed_tables_with_a_ruling(only_table: Reader) -> None:
    table = only_table("| 序号 | 事项 |\n|---|---|\n| 1 | 公开清单 |\n| 2 | 清理收费 |\n")
    assert [(row.number, row.text) for row in table.rows] == [("1", "公开清单"), ("2", "清理收费")]


def test_a_line_of_another_width_is_kept_and_doubtful(only_table: Reader) -> None:
    lines = "".join(f"{n}\t事项{n}\t单位{n}\n" for n in range(1, 20))
    table = only_table(f"序号\t事项\t责任单位\n{lines}20\t事项\t单位\t余下\n")
    assert table.rows[-1].quality == "doubtful"
    assert [cell.text for cell in table.rows[-1].cells] == ["20", "事项", "单位", "余下"]


def test_blank_cells_trimmed_from_the_end_of_a_task_tables_line_make_no_doubt(only_table: Reader) -> None:
    table = only_table("序号\t事项\t责任单位\n1\t事项一\t单位一\n2\t事项二\n3\t事项三\t单位三\n")
    assert [row.quality for row in table.rows] == ["clean"] * 3


def test_bonus_and_deduction_rows_are_told_by_their_heading(only_table: Reader) -> None:
    table = only_table("类别\t事项\t分值\n加分项\t获得表彰\t5\n减分项\t弄虚作假\t5\n基本项\t公开清单\t5\n")
    assert [row.kind for row in table.rows] == ["bonus", "deduction", "item"]
