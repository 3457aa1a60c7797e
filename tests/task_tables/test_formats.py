"""Official task tables, written in every format: each row is one task with who and when, and the same in all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from planlineage.model.plan import Plan
from planlineage.reading.commitments import NOBODY, assigned
from planlineage.reading.parse import parse, parse_text
from task_tables import FORMATS

TABLES = json.loads((Path(__file__).parent / "tables.json").read_text("utf-8"))
UNEVEN = "blank cells leave no line behind, and a header in between breaks the count"


def read(table: Mapping[str, Any], form: str, tmp_path: Path) -> Plan:
    path = tmp_path / "table"
    path.write_bytes(FORMATS[form](table))
    return parse(path, id="x", level="district", place="青云区")


def tasks(plan: Plan) -> list[list[str]]:
    """Each task with its lead and support units, and its day or pace."""
    notes = assigned(plan)
    found = []
    for task in plan.tasks:
        note = notes.get(task.id, NOBODY)
        days = [str(day) for deadline in (*task.deadlines, *note.deadlines) for day in deadline.days]
        found.append([task.text, " ".join(note.lead), " ".join(note.support), *(days or [note.pace or ""])])
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["id"])
def test_a_row_is_one_task_in_every_format(table: Mapping[str, Any], form: str, tmp_path: Path) -> None:
    if form == "one cell a line" and (table.get("again") or not all(map(all, table["rows"]))):
        pytest.skip(UNEVEN)
    found = tasks(read(table, form, tmp_path))
    if table["tasks"] is None:
        assert not any(lead or support for _, lead, support, _ in found)
    else:
        assert found == table["tasks"]


def test_cells_of_one_line_each_under_a_merged_name(tmp_path: Path) -> None:
    """As copied from a page: blank lines between, the name of the task printed once for two rows, a cell of two lines."""
    text = (
        "分工表\n序号\n\n任务名称\n\n任务内容\n\n牵头部门\n\n时间节点\n\n1\n\n推进改造\n\n改造箱房40处。\n\n区住建局、\n\n区城管局\n\n"
        "2024年5月\n\n2\n\n增配巡查人员。\n\n各街镇\n\n2024年\n\n二、保障\n\n加强督查。"
    )
    path = tmp_path / "table.txt"
    path.write_text(text, "utf-8")
    assert tasks(parse(path, id="x", level="district", place="青云区"))[:2] == [
        ["改造箱房40处。", "区住建局 区城管局", "", "2024-05-31"],
        ["增配巡查人员。", "各街镇", "", "2024-12-31"],
    ]


def test_a_row_that_restates_the_body_is_no_second_task() -> None:
    text = (
        "青云区实施方案\n二、重点任务\n（一）完善网络。建成绿道30公里。开展管护评比。\n附件：任务分解表\n序号\t任务\t责任单位\t完成时间\n"
        "1\t建成绿道30公里\t区建设局\t2026年底前\n2\t更新养护标准手册\t区绿化局\t2025年底前"
    )
    plan = parse_text(text, id="x", level="district", place="青云区")
    assert tasks(plan) == [
        ["建成绿道30公里。", "区建设局", "", "2026-12-31"],
        ["开展管护评比。", "", "", ""],
        ["更新养护标准手册", "区绿化局", "", "2025-12-31"],
    ]
