"""Templates out, filled-in files in: each bad cell is named, and the same file twice changes nothing."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import planlineage as pl
from planlineage.output.ledger_template import write_template
from planlineage.progress.columns import LEDGER, TEMPLATE
from planlineage.progress.errors import LedgerFileError
from planlineage.progress.importing import import_ledger
from planlineage.progress.status import status
from planlineage.progress.store import Progress
from planlineage.tabular.cells import CellError, day_of, percent_of, value_of
from planlineage.tabular.imported import Defaults
from planlineage.tabular.sheets import Cell

DAY = datetime.date(2024, 6, 30)
ZH = LEDGER.titles("zh")


def fill(source: Path, target: Path, entries: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Fill a template in: fields by task id. Returns the row of each task (its first)."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[3]}
    rows: dict[str, int] = {}
    for row in range(4, sheet.max_row + 1):
        rows.setdefault(sheet.cell(row, columns[ZH["task"]]).value, row)
    for task, fields in entries.items():
        for name, value in fields.items():
            sheet.cell(rows[task], columns[ZH[name]]).value = value
    book.save(target)
    return rows


@pytest.fixture
def template(tmp_path: Path, plan: pl.Plan) -> Path:
    """A template of the plan."""
    return write_template(plan, tmp_path / "template.xlsx", as_of=DAY)


GOOD = {
    "9.29-2rwar": {
        "status": "已完成",
        "effective_on": datetime.date(2023, 12, 20),
        "evidence": "公告",
        "reporter": "甲",
    },
    "9.30-zxpb5": {"status": "进行中", "percent": "60％", "effective_on": "2024年6月30日"},
    "3.9-bpt8b": {"value": 96, "effective_on": "2024/6/30"},
}


def test_from_template_to_status(ledger: Progress, plan: pl.Plan, template: Path, tmp_path: Path) -> None:
    fill(template, tmp_path / "in.xlsx", GOOD)
    report = import_ledger(ledger, tmp_path / "in.xlsx", plan)
    assert (report.added, report.known, report.bad) == (3, 0, 0)
    again = import_ledger(ledger, tmp_path / "in.xlsx", plan)
    assert (again.added, again.known) == (0, 3)
    assert len(ledger) == 3
    found = status(plan, ledger, DAY)
    assert found.of("9.29-2rwar").verdict.status == "done"
    assert found.of("9.30-zxpb5").verdict.percent == 60
    event = next(e for e in ledger.events(task="3.9-bpt8b"))
    assert (str(event.value), event.unit, event.source) == ("96", "%", "in.xlsx")


BAD = {
    "9.29-2rwar": ("effective_on", {"status": "已完成"}),
    "9.30-zxpb5": ("percent", {"percent": 130, "effective_on": "2024-06-01"}),
    "3.9-bpt8b": ("value", {"value": "很高", "effective_on": "2024-06-01"}),
    "9.31-ejyc4": ("effective_on", {"status": "进行中", "effective_on": "2019-06-01"}),
    "7.22-sk6kk": ("status", {"status": "差不多了", "effective_on": "2024-06-01"}),
    "5.13-5c8du": ("percent", {"status": "进行中", "percent": "=1+1", "effective_on": "2024-06-01"}),
}


def test_each_bad_row_is_named_with_its_cell(ledger: Progress, plan: pl.Plan, template: Path, tmp_path: Path) -> None:
    good = {"2.4-s6wbq": {"status": "进行中", "percent": 50, "effective_on": "2024-06-01"}}
    rows = fill(template, tmp_path / "in.xlsx", good | {task: fields for task, (_, fields) in BAD.items()})
    refused = import_ledger(ledger, tmp_path / "in.xlsx", plan)
    assert refused.refused
    assert len(ledger) == 0
    letters = {name: openpyxl.utils.get_column_letter(i) for i, name in enumerate(TEMPLATE, 1)}
    expected = {f"{letters[column]}{rows[task]}" for task, (column, _) in BAD.items()}
    assert {r["cell"] for r in refused.rows()} == expected
    kept = import_ledger(ledger, tmp_path / "in.xlsx", plan, bad_rows="skip")
    assert (kept.added, kept.bad, len(ledger)) == (1, len(BAD), 1)


def test_the_template_protects_and_offers(template: Path, plan: pl.Plan) -> None:
    sheet = openpyxl.load_workbook(template).worksheets[0]
    assert sheet.protection.sheet
    locked = {ZH_NAME: sheet.cell(4, i).protection.locked for i, ZH_NAME in enumerate(TEMPLATE, 1)}
    assert locked["task"] and locked["content"]
    assert not locked["status"] and not locked["effective_on"]
    lists = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert '"未启动,进行中,已完成,已终止"' in lists
    assert any("2024-12-31" in text for text in lists)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.max_row - 3 >= len(plan.tasks)


def test_a_template_of_another_plan_is_refused(ledger: Progress, template: Path) -> None:
    with pytest.raises(LedgerFileError, match="was made for the plan"):
        import_ledger(ledger, template, pl.load("weibin_2021"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_as_offices_save_it(ledger: Progress, plan: pl.Plan, tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "in.csv"
    titles_ = ["任务编号", "进展状态", "完成率（%）", "截至日期", "备注"]
    entry = ["9.30-zxpb5", "进行中", "60%", "2024.6.30", "含，逗号"]
    path.write_text(f"{delimiter.join(titles_)}\n{delimiter.join(entry)}", encoding=encoding)
    assert import_ledger(ledger, path, plan).added == 1


def test_csv_template_round_trip(ledger: Progress, plan: pl.Plan, tmp_path: Path) -> None:
    path = write_template(plan, tmp_path / "t.csv", as_of=DAY, lang="en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["Task id"] == "10.33-yyys8":
            row |= {"Status": "done", "Effective on": "2024-06-01"}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert import_ledger(ledger, path, plan).added == 1
    assert next(ledger.events()).occurrence == datetime.date(2024, 12, 31)


def test_what_a_file_leaves_open_can_be_said_for_all_of_it(ledger: Progress, plan: pl.Plan, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("任务编号,完成率,期次\n9.30-zxpb5,60,\n10.33-yyys8,50,2024\n", encoding="utf-8")
    defaults = Defaults(effective_on=DAY, reported_on=DAY + datetime.timedelta(days=5), reporter="督查室")
    assert import_ledger(ledger, path, plan, defaults=defaults).added == 2
    first, second = ledger.events()
    assert (first.effective_on, first.reported_on, first.reporter) == (
        DAY,
        datetime.date(2024, 7, 5),
        "督查室",
    )
    assert second.occurrence == datetime.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "no row of titles"),
        (b"PK\x03\x04 not a zip", "read as a workbook"),
        (b"\xd0\xcf\x11\xe0 old", "old or encrypted"),
        (b"\xff\xfe\x00\x01\xff\xff", "neither a workbook nor text"),
        ("任务编号,状态,进展状态\n".encode(), "two columns"),
    ],
)
def test_files_that_are_no_ledgers(ledger: Progress, plan: pl.Plan, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    with pytest.raises(LedgerFileError, match=said):
        import_ledger(ledger, path, plan)


def test_no_such_file(ledger: Progress, plan: pl.Plan, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(LedgerFileError):
            import_ledger(ledger, path, plan)


def test_an_unknown_task_is_named_by_its_cell(ledger: Progress, plan: pl.Plan, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("备注,任务编号,完成率\n,9.99-zzzzz,60\n", encoding="utf-8")
    report = import_ledger(ledger, path, plan)
    assert [(r["cell"], r["column"]) for r in report.rows()] == [("B2", "任务编号")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_cells_are_read_or_refused_never_worse(text: str) -> None:
    for reader in (day_of, percent_of, value_of):
        try:
            reader(Cell("A1", text))
        except CellError as error:
            assert str(error)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_imported_or_refused_with_a_type(plan: pl.Plan, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"\xe4\xbb\xbb\xe5\x8a\xa1\xe7\xbc\x96\xe5\x8f\xb7,status\n" + content)
    with Progress(tmp_path / "ledger.db") as store:
        try:
            import_ledger(store, path, plan, bad_rows="skip")
        except pl.PlanLineageError as error:
            assert str(error)
