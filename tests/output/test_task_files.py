"""The files that people and other programs open: workbook, calendar, CSV, JSON, scorecard, yearly report."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from dateutil.rrule import rrulestr

import planlineage as pl
from planlineage.output.calendar import calendar_text, write_calendar
from planlineage.output.task_table import write_task_table
from planlineage.progress.duties import schedule_of
from planlineage.progress.importing import import_ledger
from planlineage.progress.sample import write_sample_ledger
from planlineage.progress.status import status
from planlineage.progress.store import Progress
from planlineage.progress.task_table import TaskTable

DAY = datetime.date(2024, 6, 30)
INDICATORS = "demonstration_indicators_2019"


@pytest.fixture(scope="module")
def plan() -> pl.Plan:
    return pl.load("shanting_2021")


@pytest.fixture(scope="module")
def lineage(plan: pl.Plan) -> pl.Lineage:
    return pl.link(plan, "central_2021")


@pytest.fixture(scope="module")
def ledger(plan: pl.Plan, tmp_path_factory: pytest.TempPathFactory) -> Progress:
    """The sample ledger, taken in through a file."""
    folder = tmp_path_factory.mktemp("ledger")
    store = Progress(folder / "ledger.db")
    for name in (plan.id, "weibin_2021"):
        local = pl.load(name)
        path = write_sample_ledger(local, folder / f"{name}.csv", until=DAY)
        report = import_ledger(store, path, local)
        assert (report.bad, report.known) == (0, 0)
    return store


@pytest.fixture(scope="module")
def table(plan: pl.Plan, lineage: pl.Lineage, ledger: Progress) -> TaskTable:
    return TaskTable(status(plan, ledger, DAY), lineage)


# -- the task table ------------------------------------------------------------------------------------------------------


def test_csv_has_the_official_order_a_mark_and_no_formula(table: TaskTable, tmp_path: Path) -> None:
    path = table.to_csv(tmp_path / "tasks.csv")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][:6] == ["序号", "工作事项", "主要内容", "牵头单位", "配合单位", "完成时限"]
    assert rows[0][6:10] == ["上级条款", "上级时限", "偏差天数", "状态"]
    assert len(rows) - 1 == len(table) == sum(1 for _ in schedule_of(table.status.plans[0]))
    for row in rows[1:]:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t")) and not re.match(r"-\D", cell)


def test_no_report_can_smuggle_in_a_formula(plan: pl.Plan, tmp_path: Path) -> None:
    with Progress(tmp_path / "l.db") as store:
        for n, text in enumerate(('=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(1)", "\t=1", "　=1")):
            task = plan.tasks[n].id
            store.add(plan, task, percent=10, effective_on="2024-01-01", evidence=text, note=text, reporter=text)
        found = TaskTable(status(plan, store, DAY))
        text = found.csv_text()
        book = write_task_table(found, tmp_path / "t.xlsx", columns=("id", "evidence", "content"))
        log = store.events()
        assert all(e.evidence for e in log)
    assert not re.search(r'(^|,)"?[ 　\t]*[=@+]', text, re.M)
    for sheet in openpyxl.load_workbook(book).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_json_says_what_it_rests_on(table: TaskTable, plan: pl.Plan, tmp_path: Path) -> None:
    data = json.loads(table.to_json(tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert data["plans"][plan.id]["sha256"] == plan.source.sha256
    assert len(data["rows"]) == len(table)
    assert {"status", "status_key", "light_key", "id", "duty", "due"} <= set(data["rows"][0])


def test_english_titles_and_words(plan: pl.Plan, ledger: Progress) -> None:
    english = TaskTable(status(plan, ledger, DAY, lang="en"))
    text = english.csv_text(english.headers)
    assert text.startswith("No.,Item,Content,Lead unit,Supporting units,Due,")
    assert all(english.row(r)["status"] == r.status.replace("_", " ") for r in english)


def test_the_workbook_prints_on_a4_landscape(table: TaskTable, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_task_table(table, tmp_path / "tasks.xlsx"))
    assert book.sheetnames == ["任务表", "按月", "按牵头单位", "按状态"]
    sheet = book["任务表"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert [c.value for c in sheet[3]][:6] == [
        "序号",
        "工作事项",
        "主要内容",
        "牵头单位",
        "配合单位",
        "完成时限",
    ]
    lights = {sheet.cell(r, 11).value for r in range(4, sheet.max_row)}
    assert {"红灯", "黄灯", "绿灯"} <= lights
    months = book["按月"]
    total = next(row for row in months.iter_rows(values_only=True) if row[0] == "合计")
    assert total[1] == len(table)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_office_program_opens_it(table: TaskTable, tmp_path: Path) -> None:
    path = write_task_table(table, tmp_path / "tasks.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", profile, "--headless", "--convert-to", as_csv, path.name]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
    text = (tmp_path / "tasks.csv").read_text(encoding="utf-8")
    assert "完成时限" in text
    assert text.count("\n") >= len(table)


# -- the calendar --------------------------------------------------------------------------------------------------------


def test_an_independent_reader_takes_the_calendar(table: TaskTable, tmp_path: Path) -> None:
    path = write_calendar(table.status, tmp_path / "tasks.ics", components="both", all_tasks=True)
    data = path.read_bytes()
    calendar: Any = icalendar.Calendar.from_ical(data)
    todos, events = calendar.walk("VTODO"), calendar.walk("VEVENT")
    assert len(todos) == len(table)
    assert len(events) < len(table) / 4, "one a due day"
    assert all(len(str(e["SUMMARY"])) < 40 and len(e.walk("VALARM")) <= 1 for e in events)
    assert not [c for c in calendar.walk() if c.errors]
    uids = [str(c["UID"]) for c in (*todos, *events)]
    assert len(set(uids)) == len(uids)
    texts = {s.text for s in table.status.plans[0].statements}
    assert all(str(t["SUMMARY"]).rpartition("｜")[2] in texts for t in todos)
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")  # no character is cut in two


def test_rules_give_just_the_due_days(table: TaskTable) -> None:
    calendar: Any = icalendar.Calendar.from_ical(calendar_text(table.status, components="event"))
    duties = {f"{s.plan.id}.{s.duty.task}.{s.duty.number}.event@planlineage": s.duty for s in table.status.duties}
    seen = 0
    for event in calendar.walk("VEVENT"):
        rule = event.get("RRULE")
        start = event["DTSTART"].dt
        if rule is None:
            assert any(d.days[:1] == (start,) or d.occurrences[:1] == (start,) for d in duties.values())
            continue
        duty = duties[str(event["UID"])]
        seen += 1
        begin = datetime.datetime.combine(start, datetime.time())
        found = [d.date() for d in rrulestr(rule.to_ical().decode(), dtstart=begin)]
        assert tuple(found) == duty.occurrences
    assert seen >= 2, "rhythms, each once"


def test_only_what_has_a_day_of_its_own_is_in_the_calendar(table: TaskTable) -> None:
    def events(**asked: bool) -> list[Any]:
        calendar: Any = icalendar.Calendar.from_ical(calendar_text(table.status, **asked))
        assert not calendar.walk("VTODO")
        return list(calendar.walk("VEVENT"))

    named = "".join(str(e["DESCRIPTION"]) for e in events())
    whole = [s for s in table.status.duties if s.duty.effective and s.duty.effective.origin == "period"]
    assert whole
    assert not any(f"· {s.duty.task}" in named for s in whole if not s.duty.occurrences)
    everything = "".join(str(e["DESCRIPTION"]) for e in events(all_tasks=True))
    assert all(f"· {s.duty.task}" in everything for s in whole)
    single = [e["DTSTART"].dt for e in events() if "RRULE" not in e and "RDATE" not in e]
    assert len(single) == len(set(single))


def test_ids_stay_when_things_change(plan: pl.Plan, ledger: Progress) -> None:
    def uids(day: datetime.date) -> list[str]:
        return re.findall(r"UID:(\S+)", calendar_text(status(plan, ledger, day)).replace("\r\n ", ""))

    assert uids(DAY) == uids(datetime.date(2025, 1, 31))


def test_todos_say_how_far_they_are(table: TaskTable) -> None:
    calendar: Any = icalendar.Calendar.from_ical(calendar_text(table.status, components="todo"))
    states = {str(t["STATUS"]) for t in calendar.walk("VTODO")}
    assert {"COMPLETED", "IN-PROCESS", "NEEDS-ACTION"} <= states
    for todo in calendar.walk("VTODO"):
        assert "DUE" in todo
        if str(todo["STATUS"]) == "COMPLETED":
            assert todo["PERCENT-COMPLETE"] == 100
        if "DTSTART" in todo:
            assert todo["DTSTART"].dt < todo["DUE"].dt
    fewer = icalendar.Calendar.from_ical(calendar_text(table.status, components="todo", open_only=True))
    assert len(fewer.walk("VTODO")) < len(calendar.walk("VTODO"))
