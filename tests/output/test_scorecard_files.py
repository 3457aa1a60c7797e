"""The roll-up, the scorecard and the yearly report, on the sample ledger."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import planlineage as pl
from planlineage.output.ledger_template import write_template
from planlineage.output.scorecard_book import write_scorecard
from planlineage.output.yearly_report import YearlyReport
from planlineage.progress.duties import schedule_of
from planlineage.progress.history import AsOf
from planlineage.progress.importing import import_ledger
from planlineage.progress.roll_up import RollUp
from planlineage.progress.sample import write_sample_ledger
from planlineage.progress.scorecard import Inputs, Scorecard
from planlineage.progress.status import status
from planlineage.progress.store import Progress

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


def test_a_central_clause_stands_as_its_places_do(plan: pl.Plan, lineage: pl.Lineage, ledger: Progress) -> None:
    weibin = pl.load("weibin_2021")
    statuses = [status([plan, weibin], ledger, DAY)]
    rolled = RollUp([lineage, pl.link(weibin, "central_2021")], statuses)
    for row in rolled:
        assert row.places == row.carried + row.missing
        assert row.carried == row.done + row.late + row.running
        assert row.places in (0, 2)
    detail = rolled.detail.frame
    assert len(detail) == 2 * len(rolled)
    clause = next(c for c in rolled.clauses if c.statement.id == "7.22-hrafa")
    place = next(p for p in clause.places if p.plan.id == plan.id)
    assert any(s.duty.task == "7.22-sk6kk" for s in place.duties)


@pytest.fixture(scope="module")
def card(plan: pl.Plan, ledger: Progress) -> Scorecard:
    indicators = pl.load(INDICATORS)
    inputs = Inputs(ledger, AsOf(DAY), named_on=datetime.date(2022, 10, 1))
    return Scorecard(plan, indicators, pl.link(plan, indicators), inputs)


def test_the_scorecard_counts_all_hundred(card: Scorecard) -> None:
    assert len(card.indicators) == 100
    assert [i.kind for i in card.items].count("bonus") == 2
    assert [i.kind for i in card.items].count("deduction") == 2
    groups = card.by_group()
    assert len(groups) == 8
    assert sum(group.indicators for group in groups) == 100
    assert sum(card.count(o) for o in ("met", "not_met", "partly", "unknown")) == 100
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
        assert outcome("62") == "not_met"
        store.add(indicators, statement.id, value=100, effective_on="2024-05-01", place=place)
        assert outcome("62") == "met"
        assert Scorecard(pl.load("weibin_2021"), indicators, None, Inputs(store, AsOf(DAY))).count("met") == 0


def test_nine_in_ten_pass_unless_a_ground_occurred(plan: pl.Plan, tmp_path: Path) -> None:
    indicators = pl.load(INDICATORS)
    with Progress(tmp_path / "l.db") as store:
        rows = [c.id for c in indicators.clauses if c.kind == "row"][:90]
        from planlineage.progress.measures import measures_of

        for statement in indicators.tasks:
            if statement.clause in rows:
                for measure in measures_of(statement):
                    store.add(
                        indicators,
                        statement.id,
                        measure=measure.number,
                        value=measure.threshold or 1,
                        effective_on="2024-01-01",
                        place=plan.place,
                    )
                for duty in schedule_of(indicators).duties[statement.id]:
                    for due in duty.occurrences:
                        if due <= datetime.date(2024, 12, 31):
                            store.add(
                                indicators,
                                statement.id,
                                status="done",
                                duty=duty.number,
                                occurrence=due,
                                effective_on=max(due.replace(day=1), datetime.date(2019, 6, 1)),
                                place=plan.place,
                                reported_on="2025-01-01",
                            )
                store.add(indicators, statement.id, status="done", effective_on="2024-01-01", place=plan.place)
        references = {s.id: 1 for s in indicators.tasks}
        inputs = Inputs(store, AsOf(DAY), references=references)  # type: ignore[arg-type]
        found = Scorecard(plan, indicators, None, inputs)
        missed = [
            (i.number, i.outcome, [p.grounds for p in i.parts]) for i in found.indicators[:90] if i.outcome != "met"
        ]
        assert not missed
        assert (found.share_met, found.verdict) == (0.9, "passes")
        ground = found.grounds[1]
        store.add(indicators, ground.id, status="未发生", effective_on="2024-02-01", place=plan.place)
        assert Scorecard(plan, indicators, None, inputs).verdict == "passes"
        store.add(indicators, ground.id, status="已发生", effective_on="2024-03-01", place=plan.place)
        assert Scorecard(plan, indicators, None, inputs).verdict == "fails"


def test_a_named_place_owes_a_report_each_january(card: Scorecard, plan: pl.Plan) -> None:
    duties = [d for d in card.duties if d.id.startswith("4.1-")]
    assert [str(d.due) for d in duties] == ["2023-01-31", "2024-01-31", "2025-01-31"]
    assert [d.outcome for d in duties] == ["no_report", "no_report", "open"]
    unnamed = Scorecard(plan, card.plan, None, Inputs(None, AsOf(DAY)))
    assert not [d for d in unnamed.duties if d.id.startswith("4.1-")]


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
    assert text.count("\n## ") == 9
    due = [d for d in report.due if d.due.startswith("2023")]
    assert len(due) == 10
    cited = set(re.findall(r"\[(\d+)\\\]", text.rpartition("\n## ")[0]))
    listed = set(re.findall(r"^\| \\\[(\d+)\\\]", text.rpartition("\n## ")[2], re.M))
    assert cited == listed != set()
    path = report.to_docx(tmp_path / "report.docx")
    document = docx.Document(str(path))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert len(document.tables) == sum(type(b).__name__ == "Table" for b in report.blocks)
    assert report.to_markdown(tmp_path / "report.md").read_text(encoding="utf-8") == text


def test_marks_in_notes_mark_up_nothing_in_the_yearly_report(plan: pl.Plan, tmp_path: Path) -> None:
    marks = "<img src=x onerror=y> | *a* [x](javascript:y) `q`\n# 标题 &lt;b&gt;"
    with Progress(tmp_path / "ledger.db") as store:
        store.add(
            plan, "9.29-2rwar", status="done", effective_on="2023-11-30", note=marks, evidence=marks, reporter=marks
        )
        text = YearlyReport(status(plan, store, datetime.date(2024, 1, 31)), 2023).markdown
    assert "onerror" in text
    assert not re.search(r"(?<!\\)(?:<|&|`|\[|\n# 标题|\*a)", text)


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
            assert bool(places[plan.id].duties) == bool(direct[clause.statement.id].duties)
            assert places[plan.id].confidence <= places["city"].confidence + 1e-9 or places["city"].confidence == 0


def test_a_place_assesses_itself_through_the_template(plan: pl.Plan, tmp_path: Path) -> None:
    indicators = pl.load(INDICATORS)
    path = write_template(indicators, tmp_path / "t.xlsx", as_of=DAY, place=plan.place)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = {c.value: c.column for c in sheet[3]}
    row = next(
        r
        for r in range(4, sheet.max_row + 1)
        if "执法机关制定重大" in str(sheet.cell(r, 3).value)
        or sheet.cell(r, names["任务编号"]).value.startswith("annex1.table.64-")
    )
    sheet.cell(row, names["进展状态"]).value = "已完成"
    sheet.cell(row, names["截至日期"]).value = datetime.date(2024, 5, 1)
    book.save(path)
    with Progress(tmp_path / "l.db") as store:
        assert import_ledger(store, path, indicators).added == 1
        assert next(store.events()).place == plan.place
        assert Scorecard(plan, indicators, None, Inputs(store, AsOf(DAY))).count("met") == 1
