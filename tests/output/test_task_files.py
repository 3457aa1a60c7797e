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

import docx
import icalendar
import openpyxl
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

import planlineage as pl
from planlineage.output.calendar import calendar_text, folded, write_calendar
from planlineage.output.ledger_template import write_template
from planlineage.output.scorecard_book import write_scorecard
from planlineage.output.task_table import write_task_table
from planlineage.output.yearly_report import YearlyReport
from planlineage.progress.duties import schedule_of
from planlineage.progress.history import AsOf
from planlineage.progress.importing import import_ledger
from planlineage.progress.roll_up import RollUp
from planlineage.progress.sample import write_sample_ledger
from planlineage.progress.scorecard import Inputs, Scorecard
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
            store.add(
                plan, task, percent=10, effective_on="2024-01-01", evidence=text, note=text, reporter=text
            )
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
    assert all(r["status"] == r["status_key"] for r in english.rows())


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
    path = write_calendar(table.status, tmp_path / "tasks.ics")
    data = path.read_bytes()
    calendar: Any = icalendar.Calendar.from_ical(data)
    todos, events = calendar.walk("VTODO"), calendar.walk("VEVENT")
    assert len(todos) == len(events) == len(table)
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
    duties = {
        f"{s.plan.id}.{s.duty.task}.{s.duty.number}.event@planlineage": s.duty for s in table.status.standings
    }
    seen = 0
    for event in calendar.walk("VEVENT"):
        rule = event.get("RRULE")
        duty = duties[str(event["UID"])]
        start = event["DTSTART"].dt
        if rule is None:
            assert start == duty.days[0]
            continue
        seen += 1
        begin = datetime.datetime.combine(start, datetime.time())
        found = [d.date() for d in rrulestr(rule.to_ical().decode(), dtstart=begin)]
        assert tuple(found) == duty.occurrences
    assert seen >= 5


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


@given(st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=300))
def test_folding_loses_nothing(text: str) -> None:
    line = folded(f"SUMMARY:{text}")
    assert line.replace("\r\n ", "") == f"SUMMARY:{text}"
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))


# -- roll-up, scorecard, yearly report -----------------------------------------------------------------------------------


def test_a_central_clause_stands_as_its_places_do(
    plan: pl.Plan, lineage: pl.Lineage, ledger: Progress
) -> None:
    weibin = pl.load("weibin_2021")
    statuses = [status([plan, weibin], ledger, DAY)]
    rolled = RollUp([lineage, pl.link(weibin, "central_2021")], statuses)
    for row in rolled.rows():
        assert row["places"] == row["carried"] + row["missing"]
        assert row["carried"] == row["done"] + row["late"] + row["running"]
        assert row["places"] in (0, 2)
    detail = rolled.detail.frame
    assert len(detail) == 2 * len(rolled)
    clause = next(c for c in rolled.clauses if c.statement.id == "7.22-hrafa")
    place = next(p for p in clause.places if p.plan.id == plan.id)
    assert any(s.duty.task == "7.22-sk6kk" for s in place.standings)


@pytest.fixture(scope="module")
def card(plan: pl.Plan, ledger: Progress) -> Scorecard:
    indicators = pl.load(INDICATORS)
    inputs = Inputs(ledger, AsOf(DAY), named_on=datetime.date(2022, 10, 1))
    return Scorecard(plan, indicators, pl.link(plan, indicators), inputs)


def test_the_scorecard_counts_all_hundred(card: Scorecard) -> None:
    assert len(card.indicators) == 100
    assert [i.kind for i in card.items].count("bonus") == 2
    assert [i.kind for i in card.items].count("deduction") == 2
    groups = card.by_group().rows()
    assert len(groups) == 8
    assert sum(r["indicators"] for r in groups) == 100
    assert sum(card.count(o) for o in ("met", "not met", "partly", "unknown")) == 100
    assert len(card.gaps) == 100 - card.addressed
    assert len(card.grounds) == 4
    low, high = card.range
    assert 0 <= low <= high <= 1


def test_a_number_decides_an_indicator(plan: pl.Plan, tmp_path: Path) -> None:
    indicators = pl.load(INDICATORS)
    place = plan.place
    with Progress(tmp_path / "l.db") as store:

        def outcome(number: str) -> str:
            found = Scorecard(plan, indicators, None, Inputs(store, AsOf(DAY)))
            return next(i.outcome for i in found.indicators if i.number == number)

        statement = next(s for s in indicators.tasks if "法制审核制度执行比率达100%" in s.text)
        assert outcome("62") == "unknown"
        store.add(indicators, statement.id, value=99, effective_on="2024-01-01", place=place)
        assert outcome("62") == "not met"
        store.add(indicators, statement.id, value=100, effective_on="2024-05-01", place=place)
        assert outcome("62") == "met"
        assert Scorecard(pl.load("weibin_2021"), indicators, None, Inputs(store, AsOf(DAY))).count("met") == 0


def test_nine_in_ten_pass_unless_a_ground_occurred(plan: pl.Plan, tmp_path: Path) -> None:
    indicators = pl.load(INDICATORS)
    with Progress(tmp_path / "l.db") as store:
        rows = [c.id for c in indicators.clauses if c.kind == "row" and c.id.rpartition(".")[2].isdigit()][
            :90
        ]
        from planlineage.progress.measures import measures_of

        for statement in indicators.tasks:
            if statement.clause in rows:
                for measure in measures_of(statement):
                    store.add(
                        indicators, statement.id, measure=measure.number, value=measure.threshold or 1,
                        effective_on="2024-01-01", place=plan.place,
                    )  # fmt: skip
                for duty in schedule_of(indicators).duties[statement.id]:
                    for due in duty.occurrences:
                        if due <= datetime.date(2024, 12, 31):
                            store.add(
                                indicators, statement.id, status="done", duty=duty.number, occurrence=due,
                                effective_on=max(due.replace(day=1), datetime.date(2019, 6, 1)), place=plan.place,
                                reported_on="2025-01-01",
                            )  # fmt: skip
                store.add(
                    indicators, statement.id, status="done", effective_on="2024-01-01", place=plan.place
                )
        references = {s.id: 1 for s in indicators.tasks}
        inputs = Inputs(store, AsOf(DAY), references=references)  # type: ignore[arg-type]
        found = Scorecard(plan, indicators, None, inputs)
        missed = [
            (i.number, i.outcome, [p.grounds for p in i.parts])
            for i in found.indicators[:90]
            if i.outcome != "met"
        ]
        assert not missed
        assert (found.share_met, found.verdict) == (0.9, "passes")
        ground = found.grounds[1]
        store.add(indicators, ground.id, status="未发生", effective_on="2024-02-01", place=plan.place)
        assert Scorecard(plan, indicators, None, inputs).verdict == "passes"
        store.add(indicators, ground.id, status="已发生", effective_on="2024-03-01", place=plan.place)
        assert Scorecard(plan, indicators, None, inputs).verdict == "fails"


def test_a_named_place_owes_a_report_each_january(card: Scorecard, plan: pl.Plan) -> None:
    rows = [r for r in card.duties.rows() if str(r["id"]).startswith("4.1-")]
    assert [str(r["due"]) for r in rows] == ["2023-01-31", "2024-01-31", "2025-01-31"]
    assert [r["outcome"] for r in rows] == ["missed", "missed", "open"]
    unnamed = Scorecard(plan, card.plan, None, Inputs(None, AsOf(DAY)))
    assert not [r for r in unnamed.duties.rows() if str(r["id"]).startswith("4.1-")]


def test_the_scorecard_workbook(card: Scorecard, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_scorecard(card, tmp_path / "card.xlsx"))
    assert book.sheetnames == ["总览", "指标自评", "加减分与摘牌情形", "经常性义务", "未覆盖指标"]
    assert book["指标自评"].max_row == 3 + 104
    english = Scorecard(card.local, card.plan, None, Inputs(None, AsOf(DAY), lang="en"))
    assert "Summary" in openpyxl.load_workbook(write_scorecard(english, tmp_path / "en.xlsx")).sheetnames


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_yearly_report_names_its_sources(
    plan: pl.Plan, lineage: pl.Lineage, ledger: Progress, tmp_path: Path, lang: Any
) -> None:
    report = YearlyReport(status(plan, ledger, datetime.date(2024, 1, 31), lang=lang), 2023, lineage)
    text = report.markdown
    assert text.count("\n## ") == 6
    due = [d for d in report.due if d.due.startswith("2023")]
    assert len(due) == 10
    cited = set(re.findall(r"\[(\d+)\]", text.rpartition("\n## ")[0]))
    listed = set(re.findall(r"^\| \[(\d+)\]", text.rpartition("\n## ")[2], re.M))
    assert cited == listed != set()
    path = report.to_docx(tmp_path / "report.docx")
    document = docx.Document(str(path))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert len(document.tables) == sum(type(b).__name__ == "Table" for b in report.blocks)
    assert report.to_markdown(tmp_path / "report.md").read_text(encoding="utf-8") == text


def test_a_year_without_anything(plan: pl.Plan) -> None:
    report = YearlyReport(status(plan, None, datetime.date(2021, 6, 30)), 2020)
    assert "本年度没有到期事项" in report.markdown


def test_a_clause_is_reached_through_the_levels_in_between(
    plan: pl.Plan, lineage: pl.Lineage, ledger: Progress
) -> None:
    """The district's own edges, taken as those of a city, and a district that copies that city word for word."""
    city = plan.model_copy(update={"id": "city"})
    moved = [e.model_copy(update={"local_plan": "city"}) for e in lineage.edges]
    upper = pl.Lineage(city, lineage.uppers, moved)
    copied = pl.link(plan, city, options=pl.LinkOptions(evidence=False))
    rolled = RollUp([upper, copied], [status(plan, ledger, DAY)])
    whole = RollUp([lineage], [status(plan, ledger, DAY)])
    direct = {c.statement.id: c.places[0] for c in whole.clauses}
    for clause in rolled.clauses:
        if clause.plan.id == "central_2021":
            places = {p.plan.id: p for p in clause.places}
            assert set(places) == {"city", plan.id}
            assert bool(places[plan.id].standings) == bool(direct[clause.statement.id].standings)
            assert (
                places[plan.id].confidence <= places["city"].confidence + 1e-9
                or places["city"].confidence == 0
            )


def test_a_place_assesses_itself_through_the_template(plan: pl.Plan, tmp_path: Path) -> None:
    indicators = pl.load(INDICATORS)
    path = write_template(indicators, tmp_path / "t.xlsx", as_of=DAY, place=plan.place)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = {c.value: c.column for c in sheet[3]}
    row = next(r for r in range(4, sheet.max_row + 1) if "执法机关制定重大" in str(sheet.cell(r, 3).value) or
               sheet.cell(r, names["任务编号"]).value.startswith("annex1.table.64-"))  # fmt: skip
    sheet.cell(row, names["进展状态"]).value = "已完成"
    sheet.cell(row, names["截至日期"]).value = datetime.date(2024, 5, 1)
    book.save(path)
    with Progress(tmp_path / "l.db") as store:
        assert import_ledger(store, path, indicators).added == 1
        assert next(store.events()).place == plan.place
        assert Scorecard(plan, indicators, None, Inputs(store, AsOf(DAY))).count("met") == 1
