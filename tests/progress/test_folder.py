"""One workbook a unit goes out and comes back: late, double and contradicting answers are told before anything is taken."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

import planlineage as pl
from planlineage.cli.main import main
from planlineage.output.ledger_template import write_templates_by_unit
from planlineage.progress.columns import LEDGER
from planlineage.progress.folder import import_folder
from planlineage.progress.store import Progress

PLAN = """青云区法治建设工作方案（2024—2025年）

一、任务
（一）公示。2024年3月底前建立公示平台。（区司法局负责）
（二）督查。2024年6月底前开展督查。（区财政局、区司法局负责）
（三）清理。2024年8月底前完成清理。（区财政局负责）
"""


@pytest.fixture
def plan() -> pl.Plan:
    return pl.parse_text(PLAN, level="district", id="qingyun")


@pytest.fixture
def units(plan: pl.Plan, tmp_path: Path) -> Path:
    list(write_templates_by_unit(plan, tmp_path / "units"))
    return tmp_path / "units"


def fill(path: Path, words: str, **values: object) -> None:
    """Fill in the row whose content has some words."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    titles = next(r for r in rows if any(c.value == "主要内容" for c in r))
    columns = {LEDGER.of(c.value): c.column for c in titles if c.value}
    row = next(r for r in rows if any(words in str(c.value) for c in r) and r[0].row > titles[0].row)
    for name, value in values.items():
        sheet.cell(row=row[0].row, column=columns[name], value=value)
    book.save(path)


def test_each_unit_gets_its_own_tasks(units: Path) -> None:
    assert [p.name for p in sorted(units.iterdir())] == ["01_区司法局.xlsx", "02_区财政局.xlsx"]
    text = str([[c.value for c in r] for r in openpyxl.load_workbook(units / "02_区财政局.xlsx").worksheets[0].rows])
    assert ("督查" in text, "清理" in text, "公示" in text) == (True, True, False)
    for title in ("存在问题", "下一步措施", "责任人", "联系电话", "区财政局"):
        assert title in text


RHYTHM = "（四）评查。每年12月底前开展评查，合格率达到95%以上。（区司法局负责）\n（五）培训。每季度培训1次。（区司法局负责）\n"


@pytest.mark.parametrize("more", ["", RHYTHM])
def test_a_workbook_prints_on_a_page_that_can_be_read(more: str, tmp_path: Path) -> None:
    """Text of nine points, of which A4 landscape holds 170 characters in a line: it is not made smaller than eight."""
    plan = pl.parse_text(PLAN + more, level="district", id="qingyun")
    sheet = openpyxl.load_workbook(next(write_templates_by_unit(plan, tmp_path))).worksheets[0]
    first, last = (
        openpyxl.utils.cell.coordinate_from_string(c.replace("$", ""))
        for c in sheet.print_area.split("!")[1].split(":")
    )
    printed = range(1, openpyxl.utils.column_index_from_string(last[0]) + 1)
    widths = {
        sheet.cell(3, i).value: sheet.column_dimensions[openpyxl.utils.get_column_letter(i)].width for i in printed
    }
    assert (first, last[1]) == (("A", 1), sheet.max_row)
    assert {"主要内容", "完成率（%）", "存在问题", "下一步措施", "责任人", "联系电话"} <= set(widths)
    assert "任务编号" not in widths
    assert sum(widths.values()) <= 170
    assert min(widths["存在问题"], widths["下一步措施"], widths["主要内容"]) >= 10


def test_what_comes_back_is_taken_with_remarks(plan: pl.Plan, units: Path, tmp_path: Path) -> None:
    day = datetime.date(2024, 8, 1)
    said = {"problems": "经费没有落实", "next_step": "报区政府研究", "contact": "张某", "phone": "0632-1"}
    fill(units / "02_区财政局.xlsx", "清理", status="进行中", percent=40, effective_on=day, **said)
    fill(units / "01_区司法局.xlsx", "公示", problems="平台尚在招标", effective_on=day)
    with Progress(tmp_path / "l.db") as ledger:
        found = import_folder(ledger, units, plan)
        assert (found.added, found.refused, len(found)) == (2, False, 0)
        events = {e.source: e for e in ledger.events()}
        assert {name: getattr(events["02_区财政局.xlsx"], name) for name in said} == said
        assert events["01_区司法局.xlsx"].problems == "平台尚在招标", "remarks alone are welcome"
        assert {e.reporter for e in ledger.events()} == {"区司法局", "区财政局"}
        assert import_folder(ledger, units, plan).known == 2


def test_a_closing_comes_back_from_the_workbook(plan: pl.Plan, units: Path, tmp_path: Path) -> None:
    day, closed = datetime.date(2024, 8, 1), datetime.date(2024, 8, 5)
    done = {"status": "已完成", "effective_on": day}
    fill(units / "02_区财政局.xlsx", "清理", **done, closed_on=closed, approver="王某", evidence="验收单1号")
    fill(units / "01_区司法局.xlsx", "公示", **done, approver="王某", evidence="验收单2号")
    with Progress(tmp_path / "l.db") as ledger:
        found = import_folder(ledger, units, plan, bad_rows="skip")
        assert [(e.closed_on, e.approver, e.evidence) for e in ledger.events()] == [(closed, "王某", "验收单1号")]
        (bad,) = [problem for report in found.files for problem in report.problems]
        assert "销号日期" in bad.problem.text("zh")


def test_contradicting_double_and_late_answers_are_told(plan: pl.Plan, units: Path, tmp_path: Path) -> None:
    day = datetime.date(2024, 7, 1)
    for name, percent in (("01_区司法局.xlsx", 40), ("02_区财政局.xlsx", 70)):
        fill(units / name, "督查", status="进行中", percent=percent, effective_on=day)
    fill(units / "02_区财政局.xlsx", "清理", percent=10, effective_on=day, reported_on=datetime.date(2024, 7, 20))
    answer_by = datetime.date(2024, 7, 10)
    with Progress(tmp_path / "l.db") as ledger:
        found = import_folder(ledger, units, plan, answer_by=answer_by)
        assert (found.refused, found.added, list(ledger.events())) == (True, 0, [])
        (contradiction,) = found.having("contradicting")
        assert ("70%" in contradiction.said, "40%" in contradiction.other) == (True, True)
        assert "清理" in str([plan.statement(a.task).text for a in found.having("late")])
        taken = import_folder(ledger, units, plan, answer_by=answer_by, bad_rows="skip")
        assert (taken.added, [e.percent for e in ledger.events()]) == (1, [10.0]), "what contradicts is not taken"
    fill(units / "02_区财政局.xlsx", "督查", percent=40)
    with Progress(tmp_path / "l.db") as ledger:
        found = import_folder(ledger, units, plan)
        assert (len(found.having("double")), found.refused) == (1, False)


def test_the_commands(plan: pl.Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.save_plan(plan, tmp_path / "q.json")
    given, units, ledger = str(tmp_path / "q.json"), str(tmp_path / "u"), str(tmp_path / "l.db")
    assert main(["progress", "template", given, "--by-unit", "--out", units]) == 0
    assert main(["progress", "template", given, "--by-unit", "--out", units]) == 2, (
        "filled-in sheets are not written over"
    )
    fill(tmp_path / "u" / "02_区财政局.xlsx", "清理", status="已完成", effective_on=datetime.date(2024, 8, 1))
    (tmp_path / "u" / "notes.csv").write_text("a,b\n", encoding="utf-8")
    assert main(["progress", "import", ledger, units, given, "--look"]) == 0
    assert "无法读取" in capsys.readouterr().out
    assert main(["progress", "import", ledger, units, given]) == 1
    (tmp_path / "u" / "notes.csv").unlink()
    assert main(["progress", "import", ledger, units, given, "--out", str(tmp_path / "answers.csv")]) == 0
    assert "新增 1 条" in capsys.readouterr().out
