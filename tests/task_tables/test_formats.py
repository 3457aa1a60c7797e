"""Official task tables, written in every format: each row is one task with who and when, and the same in all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from laws import assert_lawful

from planlineage.model.plan import Plan
from planlineage.reading.commitments import NOBODY, assigned
from planlineage.reading.parse import parse, parse_text
from task_tables import FORMATS, HAS_FONT, tasks

TABLES = json.loads((Path(__file__).parent / "tables.json").read_text("utf-8"))
PLAIN = (
    "cells merged",
    "number merged",
    "header again",
    "groups",
    "header of two",
    "group as a line",
    "no numbers",
    "items below",
)
"""Tables that can't be told from other text where each cell stands on a line of its own."""

WEAK = {
    (
        "pdf, unruled",
        "cells merged downward",
    ): "without rules nothing shows how far a cell reaches: a row of two words is none",
    ("pdf, unruled", "header of two lines"): "only one line of a header is looked for",
    ("pdf, unruled", "boundaries are no tasks"): "a header of unknown words is not seen",
    ("tabs, ends trimmed", "group as a line across the table"): "without its tabs the line is no row",
}


def read(table: Mapping[str, Any], form: str, folder: Path) -> Plan:
    if form.startswith("pdf"):
        pytest.importorskip("pypdfium2")
        if not HAS_FONT:
            pytest.skip("needs the Debian package fonts-wqy-zenhei")
    path = folder / "table"
    path.write_bytes(FORMATS[form](table))
    return parse(path, id="x", level="district", place="青云区")


def cases() -> list[Any]:
    """Each table in each format, those apart that are known not to be read."""
    found = []
    for table in TABLES:
        for form in FORMATS:
            weak = WEAK.get((form, table["id"]))
            marks = [pytest.mark.xfail(reason=weak, strict=True)] if weak else []
            if form != "one cell a line" or not table["id"].startswith(PLAIN):
                found.append(pytest.param(table, form, id=f"{table['id']}, {form}", marks=marks))
    return found


@pytest.mark.parametrize(("table", "form"), cases())
def test_a_row_is_one_task_in_every_format(table: Mapping[str, Any], form: str, tmp_path: Path) -> None:
    plan = read(table, form, tmp_path)
    assert tasks(plan) == (table["tasks"] or [])
    assert_lawful(plan)


@pytest.mark.parametrize(
    ("table", "form"),
    [
        c
        for c in cases()
        if "targets" in c.values[0]
        and c.values[1] != "one cell a line"
        # two columns without rules may be anything
        and (len(c.values[0]["header"]) > 2 or c.values[1] != "pdf, unruled")
    ],
)
def test_indicators_are_targets(table: Mapping[str, Any], form: str, tmp_path: Path) -> None:
    found = [
        [
            t.indicator,
            t.year and str(t.year),
            t.value,
            t.unit,
            t.baseline,
            t.baseline_year and str(t.baseline_year),
            t.nature,
        ]
        for s in read(table, form, tmp_path).statements
        if s.kind == "goal"
        for t in s.targets
    ]
    assert found == table["targets"]


def test_a_table_with_words_on_what_was_done_looks_back(tmp_path: Path) -> None:
    header = ["重点事项", "牵头单位", "完成情况"]
    rows = [["加装电梯", "市住建局", "已加装电梯52台。"], ["改造泵房", "市水务局", "改造泵房39座。"]]
    plan = read({"title": "2022年民生实事完成情况", "header": header, "rows": rows}, "html", tmp_path)
    assert [s.text for s in plan.statements if s.kind == "outcome"] == [
        "加装电梯",
        "已加装电梯52台。",
        "改造泵房",
        "改造泵房39座。",
    ]
    assert plan.tasks == ()
    blank = {"title": "2022年民生实事", "header": header, "rows": [[*row[:2], ""] for row in rows]}
    assert tasks(read(blank, "html", tmp_path)) == [["加装电梯", "市住建局", "", ""], ["改造泵房", "市水务局", "", ""]]


def test_one_cell_a_line_the_cell_before_the_first_body_is_the_content() -> None:
    rows = """序号 重点任务 工作内容 牵头单位 配合单位 时间节点
1 健全制度 制定公园管理办法。 区绿化局 区财政局 2022年3月
2 建设口袋公园10处。 区绿化局 区财政局 区水务局 2022年6月
3 改善设施 更新健身步道。 区体育局 2022年9月"""
    plan = parse_text("公园工作分工表\n" + re.sub(r"\s", "\n\n", rows), id="x", level="district", place="青云区")
    assert tasks(plan) == [
        ["制定公园管理办法。", "区绿化局", "区财政局", "2022-03-31"],
        ["建设口袋公园10处。", "区绿化局", "区财政局 区水务局", "2022-06-30"],
        ["更新健身步道。", "区体育局", "", "2022-09-30"],
    ]


CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
OFFICIAL = ("html", "docx", "xlsx", "pdf, ruled", "csv", "bars", "one cell a line")


def table_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a case."""
    if case.get("table"):
        return {"title": "任务分工表", "header": case["table"][0], "rows": case["table"][1:]}
    _, title, header, *rows = case["text"].split("\n")
    return {"title": title, "header": header.split("\t"), "rows": [row.split("\t") for row in rows]}


def answers(plan: Plan, expect: list[dict[str, Any]]) -> bool:
    """Whether the tasks of a plan say all that a case expects of them."""
    if expect == [{"targets": []}]:
        return not any(s.targets for s in plan.statements)
    notes = assigned(plan)
    if len(plan.tasks) != len(expect):
        return False
    for task, wanted in zip(plan.tasks, expect, strict=True):
        note = notes.get(task.id, NOBODY)
        days = {str(d.latest) for d in (*task.deadlines, *note.deadlines)}
        actors = [a for a in plan.actors(task) if not a.inherited]
        rhythms = [
            r.normal for c in (task, *map(plan.statement, note.notes)) for r in c.commitments if r.kind == "recurrence"
        ]
        held: dict[str, Any] = {
            "task": task.text if isinstance(wanted.get("task"), str) else True,
            "number": plan.clause(task.clause).number or wanted.get("number"),
            "lead": list(note.lead),
            "support": list(note.support),
            "guide": list(note.guide),
            "due": next(iter(days)) if len(days) == 1 else None,
            "continuing": note.pace == "continuing",
            "recurrence": next(iter(rhythms), None),
            "actors": [a.body for a in actors],
            "binds": [level.value for a in actors for level in a.levels],
        }
        if any(held[key] != value for key, value in wanted.items()):
            return False
    return True


@pytest.mark.parametrize("form", OFFICIAL)
@pytest.mark.parametrize(
    "case", [c for c in CASES if c["id"] in ("official-table", "merged-first-column")], ids=lambda c: c["id"]
)
def test_the_official_tables_of_the_cases(case: Mapping[str, Any], form: str, tmp_path: Path) -> None:
    if case["id"] == "merged-first-column" and form not in ("html", "docx", "xlsx", "pdf, ruled"):
        pytest.skip("has merged cells")
    assert answers(read(table_of(case), form, tmp_path), case["expect"])


@pytest.mark.parametrize("case", [c for c in CASES if c["text"]], ids=lambda c: c["id"])
def test_reads_what_a_careful_reader_reads(case: Mapping[str, Any]) -> None:
    upper = case["id"] == "district-body-in-an-upper-plan"
    plan = parse_text(
        case["text"], id="x", level="municipal" if upper else "district", place="青云市" if upper else "青云区"
    )
    assert answers(plan, case["expect"])


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
