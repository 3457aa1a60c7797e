"""The task table edited in Excel comes back into the plan: units, dates and splits, as decisions that a new text keeps."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from laws import assert_lawful

import planlineage as pl
from planlineage.reading.commitments import assigned

TEXT = (
    "青云区绿道实施方案（2026—2027年）\n一、重点任务\n"
    "（一）完善网络。建成绿道30公里，建立绿道台账，2026年9月底前完成。（区建设局牵头，区水务局配合）\n"
    "（二）加强管护。每年开展2次评比。公布驿站名录。（责任单位：区绿化局）\n"
    "（三）督查。开展督查。\n"
)


def plan_of(text: str = TEXT, id: str = "x") -> pl.Plan:
    return pl.parse_text(text, id=id, level="district", place="青云区")


def edited(plan: pl.Plan, folder: Path, change: Any, ending: str = ".xlsx") -> Path:
    """The table of a plan as somebody edited it: `change` gets the rows as records by title, and gives those to write."""
    path = pl.write_task_sheet(pl.task_sheet(plan), folder / f"tasks{ending}")
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = change(list(csv.DictReader(file)))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [c.value for c in sheet[2]]
    rows = change([dict(zip(titles, [c.value for c in row], strict=True)) for row in sheet.iter_rows(min_row=3)])
    sheet.delete_rows(3, sheet.max_row)
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    book.save(path)
    return path


def table(plan: pl.Plan) -> list[tuple[str, str, str, str]]:
    rows = pl.task_sheet(plan)
    return [(r.content, "、".join(r.lead), "、".join(r.support), "；".join(r.due)) for r in rows]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_units_dates_and_splits_come_back(tmp_path: Path, ending: str) -> None:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        first, second, third, fourth = rows
        words = first["主要内容"]
        cut = words.index("建立")
        return [
            {**first, "主要内容": words[:cut], "完成时限": "2026年6月底前"},
            {**first, "主要内容": words[cut:], "牵头单位": "区档案局", "配合单位": "—"},
            {**second, "牵头单位": "区绿化局、区司法局"},
            {**third, "完成时限": datetime.date(2027, 3, 31) if ending == ".xlsx" else "2027年3月"},
            {**fourth, "完成时限": "长期坚持"},
        ]

    plan = plan_of()
    taken = pl.read_task_sheet(edited(plan, tmp_path, change, ending), plan, reviewer="李四")
    assert not taken.problems
    assert table(taken.plan) == [
        ("建成绿道30公里，", "区建设局", "区水务局", "2026年6月底前"),
        ("建立绿道台账，2026年9月底前完成。", "区档案局", "", "2026年9月底前"),
        ("每年开展2次评比。", "区绿化局、区司法局", "", "2027年底前"),
        ("公布驿站名录。", "区绿化局", "", "2027年3月底前"),
        ("开展督查。", "", "", "持续推进"),
    ]
    assert_lawful(taken.plan)
    assert taken.plan.source.text == plan.source.text
    decided = [c for s in taken.plan.tasks for c in s.commitments if c.provenance.reviewer]
    assert decided
    assert {c.provenance.reviewer for c in decided} == {"李四"}


def test_what_was_decided_holds_everywhere(tmp_path: Path) -> None:
    plan = plan_of()
    path = edited(
        plan, tmp_path, lambda rows: [{**r, "完成时限": "2027年3月底前", "牵头单位": "区司法局"} for r in rows]
    )
    decided = pl.read_task_sheet(path, plan).plan
    pl.save_plan(decided, tmp_path / "plan.json")
    again = pl.load(tmp_path / "plan.json")
    assert again == decided
    dated = {
        str(r.due_latest) for r in pl.deadlines(again, as_of="2026-01-01") if r.id in {t.id for t in decided.tasks}
    }
    assert dated == {"2027-03-31"}
    assert [(u.unit, u.lead) for u in pl.deadlines(again, as_of="2026-01-01").by("unit") if u.lead] == [("区司法局", 4)]
    moved = [r for r in pl.slippage(again, plan) if r.aspect == "deadline" and r.change == "later"]
    assert [r.local_value for r in moved] == ["latest=2027-03-31"]


def test_the_table_as_it_was_written_decides_nothing(tmp_path: Path) -> None:
    for name in ("shanting_2021", "weibin_2021"):
        plan = pl.load(name)
        taken = pl.read_task_sheet(edited(plan, tmp_path, lambda rows: rows), plan)
        assert (len(taken.decisions.made), taken.problems) == (0, [])


def test_the_same_table_twice_is_known(tmp_path: Path) -> None:
    plan = plan_of()
    path = edited(plan, tmp_path, lambda rows: [{**r, "牵头单位": "区司法局"} for r in rows])
    first = pl.read_task_sheet(path, plan)
    again = pl.read_task_sheet(path, plan, first.decisions)
    assert (again.added, again.problems) == (0, [])
    assert again.decisions.text == first.decisions.text


def test_a_new_text_keeps_decisions_where_the_words_are_still_there(tmp_path: Path) -> None:
    plan = plan_of()
    path = edited(plan, tmp_path, lambda rows: [{**r, "牵头单位": "区司法局"} for r in rows])
    made = pl.read_task_sheet(path, plan).decisions
    made.save(tmp_path / "tasks.jsonl")
    text = TEXT.replace("（二）加强管护。", "（二）统筹。加强统筹。\n（三）加强管护。").replace(
        "（三）督查。开展", "（四）督查。每月开展"
    )
    decided = pl.apply_tasks(plan_of(text, id="newer"), tmp_path / "tasks.jsonl")
    assert sorted((one.text[:4], one.state) for one in decided) == [
        ("公布驿站", "moved"),
        ("建成绿道", "holds"),
        ("开展督查", "suspect"),
        ("每年开展", "moved"),
    ]
    leads = {
        s.text[:4]: note.lead for i, note in assigned(decided.plan).items() if (s := decided.plan.statement(i)).is_task
    }
    assert leads == {"建成绿道": ("区司法局",), "每年开展": ("区司法局",), "公布驿站": ("区司法局",)}


def first_row(**cells: Any) -> Any:
    return lambda rows: [{**rows[0], **cells}, *rows[1:]]


def cut_badly(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**rows[0], "主要内容": "建成绿道30公里"}, {**rows[0], "主要内容": "建立台账"}, *rows[1:]]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (first_row(主要内容="建成绿道50公里。"), "主要内容"),
        (first_row(任务编号="2-nothing"), "任务编号"),
        (first_row(任务编号=None), "任务编号"),
        (first_row(完成时限="尽快"), "完成时限"),
        (first_row(牵头单位="=A1"), "牵头单位"),
        (cut_badly, "主要内容"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_refuses_all(tmp_path: Path, change: Any, column: str) -> None:
    plan = plan_of()
    taken = pl.read_task_sheet(edited(plan, tmp_path, change), plan)
    assert taken.refused
    assert [row["column"] for row in taken.rows()] == [column]
    assert taken.decisions.made == ()
    assert taken.plan == plan


def test_good_rows_are_taken_where_bad_ones_are_skipped(tmp_path: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**rows[0], "完成时限": "尽快"}, {**rows[1], "牵头单位": "区司法局"}, *rows[2:]]

    plan = plan_of()
    taken = pl.read_task_sheet(edited(plan, tmp_path, change), plan, bad_rows="skip")
    assert [d.lead for d in taken.decisions.made] == [("区司法局",)]


UNITS = st.lists(st.sampled_from(["区司法局", "区财政局", "各街道", "区水务局"]), max_size=2, unique=True)


@given(
    st.lists(
        st.tuples(UNITS, UNITS, st.sampled_from(["2026年6月底前", "2027年3月10日前", "持续推进"])),
        min_size=4,
        max_size=4,
    )
)
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_whatever_units_and_dates_are_written_are_those_of_the_plan(
    tmp_path: Path, wanted: list[tuple[list[str], list[str], str]]
) -> None:
    cells = [("、".join(lead), "、".join(u for u in support if u not in lead), due) for lead, support, due in wanted]

    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        titled = [dict(zip(("牵头单位", "配合单位", "完成时限"), row, strict=True)) for row in cells]
        return [{**row, **new} for row, new in zip(rows, titled, strict=True)]

    plan = plan_of()
    taken = pl.read_task_sheet(edited(plan, tmp_path, change), plan)
    assert [row[1:] for row in table(taken.plan)] == cells


def test_a_broken_decision_file_names_its_line() -> None:
    with pytest.raises(pl.DecisionFileError, match="line 2"):
        pl.TaskDecisions.parse(
            '{"format":"planlineage-task-decisions","version":1}\n{"action":"split","plan":"x","id":"1-a"}\n'
        )
    with pytest.raises(pl.DecisionFileError, match="not a decision file"):
        pl.TaskDecisions.parse('{"format":"planlineage-decisions","version":1}\n')
