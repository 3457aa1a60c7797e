"""What each command writes: the columns that other programs rely on, JSON, tables, exit statuses."""

from __future__ import annotations

import csv
import datetime
import json
import typing
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.cli.commands.commitments import KINDS
from planlineage.cli.main import main
from planlineage.model.commitments import Commitment
from planlineage.model.wording import percentage

from .conftest import DISTRICT, Run

COLUMNS = {
    "parse": ["id", "clause", "number", "kind", "start", "end", "text"],
    "link": [
        "local_id",
        "local_kind",
        "local_start",
        "local_end",
        "upper_plan",
        "upper_id",
        "upper_kind",
        "upper_start",
        "upper_end",
        "relation",
        "confidence",
    ],
    "commitments": ["statement", "start", "end", "surface", "kind", "normal"],
    "coverage": ["upper_id", "article", "text", "status", "applicable", "confidence", "local_ids"],
    "deadlines": [
        "序号",
        "工作事项",
        "主要内容",
        "牵头单位",
        "配合单位",
        "完成时限",
        "上级条款",
        "上级时限",
        "偏差天数",
        "状态",
    ],
}
ARGUMENTS = {
    "parse": ["district.txt"],
    "commitments": ["district.txt"],
    "link": ["district.txt", "city.json"],
    "coverage": ["district.txt", "city.json"],
    "deadlines": ["district.txt", "city.json"],
    "trace": ["1.1", "district.txt", "city.json"],
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("command", COLUMNS)
def test_csv_columns(run: Run, folder: Path, command: str) -> None:
    outcome = run(command, *ARGUMENTS[command], "--out", "out.csv")
    data = (folder / "out.csv").read_bytes()
    assert (outcome.status, outcome.err) == (0, "")
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    found = rows(folder / "out.csv")
    assert list(found[0])[: len(COLUMNS[command])] == COLUMNS[command]
    assert f"{len(found)} " in outcome.out
    cells = [cell for row in found for cell in row.values()]
    assert not [
        c for c in cells if c.startswith(("=", "+", "@", "\t", "\r")) or (c.startswith("-") and not c[1:].isdigit())
    ]


@pytest.mark.parametrize("command", ARGUMENTS)
def test_json_is_the_same_on_screen_and_in_a_file(run: Run, folder: Path, command: str) -> None:
    outcome = run(command, *ARGUMENTS[command], "--json", "--out", "out.json")
    assert (outcome.status, outcome.err) == (0, "")
    assert json.loads(outcome.out)["schema_version"] == 1
    assert outcome.out == (folder / "out.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ARGUMENTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_table(run: Run, command: str, language: str) -> None:
    outcome = run(command, *ARGUMENTS[command], "--lang", language)
    assert (outcome.status, outcome.err) == (0, "")
    assert "卫滨区" in outcome.out
    assert "\x1b" not in outcome.out
    if language == "en":
        assert "已承接" not in outcome.out
        assert "时限变化" not in outcome.out


def test_statements_stand_where_they_say(run: Run, folder: Path) -> None:
    run("parse", "plan.txt", "--out", "statements.csv")
    text = (folder / "plan.txt").read_text(encoding="utf-8")
    found = rows(folder / "statements.csv")
    assert all(row["text"] in text[int(row["start"]) : int(row["end"])] for row in found)
    assert [r["number"] for r in found if r["kind"] == "heading"][1:3] == ["一、", "（一）"]


def test_plan_json_comes_back_equal(run: Run, folder: Path) -> None:
    told = [
        "--level",
        "district",
        "--place",
        "河南省新乡市卫滨区",
        "--issuer",
        "卫滨区人民政府",
        "--number",
        "卫政〔2022〕9号",
    ]
    run(
        "parse",
        "plan.txt",
        *told,
        "--issued",
        "2022-03-01",
        "--id",
        "mine",
        "--title",
        "方案",
        "--out",
        "mine.json",
    )
    plan = pl.load("mine.json")
    assert (plan.id, plan.level, plan.place, plan.title) == (
        "mine",
        pl.Level.DISTRICT,
        "河南省新乡市卫滨区",
        "方案",
    )
    assert (plan.issuer, plan.number, plan.issued) == (
        "卫滨区人民政府",
        "卫政〔2022〕9号",
        datetime.date(2022, 3, 1),
    )
    again = run("parse", "mine.json", "--json").out
    assert again == (folder / "mine.json").read_text(encoding="utf-8")


def test_reading_report_tells_what_is_not_held(run: Run) -> None:
    out = run("parse", "weibin_2021").out
    assert "新发〔2022〕5号" in out
    assert "未收录" in out
    assert "已收录" in out
    assert "征求意见稿" in out
    assert "未能识读 0.00%" in out


def test_reading_report_tells_of_cleaning_and_spam(run: Run) -> None:
    out = run("parse", "shanting_2021").out
    assert "半角标点" in out
    assert "365直播" in out


def test_commitments_are_exact(run: Run, folder: Path) -> None:
    run("commitments", "shanting_2021", "--out", "found.csv")
    plan = pl.load("shanting_2021")
    expected = [(c.span.start, plan.raw(c.span), c.kind, c.normal) for s in plan.statements for c in s.commitments]
    found = [
        (int(r["start"]), r["surface"], r["kind"], r["normal"].removeprefix(" ")) for r in rows(folder / "found.csv")
    ]
    assert found == expected


def test_commitments_of_some_kinds(run: Run, folder: Path) -> None:
    run("commitments", "shanting_2021", "--kind", "deadline", "--kind", "target", "--out", "found.csv")
    assert {r["kind"] for r in rows(folder / "found.csv")} == {"deadline", "target"}
    everything, strength = (
        run("commitments", "shanting_2021").out,
        run("commitments", "shanting_2021", "--kind", "strength").out,
    )
    assert "--kind strength" in everything
    assert "degree=" not in everything
    assert "degree=" in strength


def test_kinds_are_those_of_the_model() -> None:
    union = typing.get_args(typing.get_args(Commitment)[0])
    assert set(KINDS) == {member.model_fields["kind"].default for member in union}


def test_edges_are_those_of_the_library(run: Run, folder: Path) -> None:
    run("link", "district.txt", "city.json", "--level", "district", "--out", "edges.csv")
    lineage = pl.link(pl.parse("district.txt", level="district"), "city.json")
    assert [(r["local_id"], r["upper_id"]) for r in rows(folder / "edges.csv")] == [
        (e.local_id, e.upper_id) for e in lineage.edges
    ]
    assert lineage.edges


def test_several_upper_plans(run: Run, folder: Path) -> None:
    run("link", "district.txt", "city.json", "central_2021", "--level", "district", "--out", "edges.csv")
    assert {r["upper_plan"] for r in rows(folder / "edges.csv")} == {"city", "central_2021"}
    assert "新乡市" in run("coverage", "district.txt", "city.json", "central_2021", "--level", "district").out


def test_coverage_check(in_english: None, run: Run, folder: Path) -> None:
    (folder / "half.txt").write_text(DISTRICT[: DISTRICT.index("（二）")], encoding="utf-8")
    rate = pl.coverage("half.txt", "city.json").rate * 100
    assert 0 < rate < 100
    passed = run("coverage", "half.txt", "city.json", "--fail-under", f"{rate - 0.01}%", "--out", "c.csv")
    failed = run("coverage", "half.txt", "city.json", "--fail-under", rate + 0.01, "--out", "c.csv")
    assert (passed.status, passed.err) == (0, "")
    assert failed.status == 1
    assert failed.err.startswith("planlineage: check failed: coverage is")
    assert failed.err.count("\n") == 1


def test_coverage_of_every_task(run: Run) -> None:
    few, all_ = (
        run("coverage", "district.txt", "city.json").out,
        run("coverage", "district.txt", "city.json", "--all").out,
    )
    assert "缺口" in few
    assert "缺口" not in all_
    assert all(task.id in all_ for task in pl.load("city.json").tasks)


def test_coverage_figures_agree(run: Run) -> None:
    report = pl.coverage("weibin_2021", "central_2021")
    data = json.loads(run("coverage", "weibin_2021", "central_2021", "--json").out)
    assert data["rate"] == report.rate
    assert data["interval"] == list(report.interval)
    assert len(data["tasks"]) == len(report)
    assert percentage(report.rate) in run("coverage", "weibin_2021", "central_2021").out


def test_trace_goes_up_and_down(run: Run) -> None:
    up = run("trace", "行政执法协调监督工作体系", "weibin_2021", "central_2021").out
    down = run("trace", "省市县乡全覆盖的比较完善的行政执法协调监督工作体系", "shanting_2021", "central_2021").out
    assert "新发〔2022〕5号" in up
    assert "有引用，未收录" in up
    assert up.index("[县（区）]") < up.index("[中央]")
    assert "2024-12-31" in up
    assert "推后 0–365 天，“2025年前”有两种读法" in down


def test_trace_says_missing_levels_once(run: Run) -> None:
    out = run("trace", "2.4.4", "weibin_2021", "central_2021").out
    assert out.count("河南省法治政府建设实施方案") == 1
    assert "市、省：同上" in out


def test_trace_table_has_a_row_for_a_task_without_source(run: Run, folder: Path) -> None:
    lineage = pl.link("weibin_2021", "central_2021")
    sourced = {
        task.clause: {bool(lineage.sources(t.id)) for t in lineage.local.within(task.clause) if t.is_task}
        for task in lineage.local.tasks
    }
    clause = next(c for c, kinds in sourced.items() if kinds == {True, False})
    run("trace", clause, "weibin_2021", "central_2021", "--out", "trace.csv")
    found = rows(folder / "trace.csv")
    assert {bool(r["upper_id"]) for r in found} == {True, False}
    assert {r["levels_not_held"] for r in found} == {"municipal provincial"}


def test_deadlines_on_a_day(run: Run, folder: Path) -> None:
    early = run("deadlines", "shanting_2021", "--as-of", "2021-01-01").out
    late = run("deadlines", "shanting_2021", "central_2021", "--as-of", "2040-01-01").out
    assert "已过" not in early
    assert "未到 11" in early
    assert "已过 11" in late
    assert "晚 0–365 天" in late
    assert "另有" in late


def test_deadlines_of_dated_tasks_only(run: Run, folder: Path) -> None:
    for name, more in (("all", []), ("dated", ["--tasks", "dated"])):
        run("deadlines", "shanting_2021", *more, "--out", f"{name}.csv")
    assert len(rows(folder / "dated.csv")) == 11 < len(rows(folder / "all.csv"))
    screen = run("deadlines", "shanting_2021", "--tasks", "all").out
    assert "未到" in screen or "已过" in screen
    assert "另有" not in screen


def test_deadlines_in_english(run: Run, folder: Path) -> None:
    run("deadlines", "shanting_2021", "--lang", "en", "--out", "out.csv")
    assert list(rows(folder / "out.csv")[0])[:6] == [
        "No.",
        "Item",
        "Content",
        "Lead unit",
        "Supporting units",
        "Due",
    ]


def test_deadlines_as_json_carry_the_key_of_their_status(run: Run) -> None:
    data = json.loads(run("deadlines", "shanting_2021", "--as-of", "2030-01-01", "--json").out)
    assert data["as_of"] == "2030-01-01"
    assert {row["status_key"] for row in data["tasks"]} == {"past"}


def test_demo(run: Run, folder: Path) -> None:
    outcome = run("demo", "--as-of", "2024-06-30", "--out-dir", "reports")
    assert (outcome.status, outcome.err) == (0, "")
    local = [i for i in pl.shipped_ids() if (level := pl.load(i).level) and pl.Level.CENTRAL.is_above(level)]
    assert local
    assert sorted(p.name for p in (folder / "reports").iterdir()) == sorted(
        f"{i}-{kind}.csv" for i in local for kind in ("coverage", "edges", "deadlines")
    )
    for plan_id in local:
        report = pl.coverage(plan_id, "central_2021")
        assert pl.load(plan_id).title in outcome.out
        assert percentage(report.rate) in outcome.out
        assert report.gaps[0].text[:20] in outcome.out
    assert "晚 0–365 天" not in outcome.out, "in June 2024 that one is still ahead"
    assert "已过 " in outcome.out


def test_demo_on_an_early_and_a_late_day(run: Run) -> None:
    assert "没有已过或临近的时限" in run("demo", "--as-of", "2021-01-01").out
    late = run("demo", "--as-of", "2030-01-01", "--lang", "en").out
    assert "0–365 d later" in late
    assert "Deadlines" in late


def test_what_the_demo_proposes_works(run: Run, folder: Path) -> None:
    lines = [line.split() for line in run("demo").out.splitlines() if line.startswith("    planlineage ")]
    (folder / "我的规划.txt").write_bytes((folder / "plan.txt").read_bytes())
    assert len(lines) == 3
    for _, *argv in lines:
        assert run(*argv).status == 0, argv


def test_two_documents_of_one_file_name_go_by_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for year in (2024, 2025):
        Path(f"y{year}").mkdir()
        said = f"一、{year - 1}年工作回顾\n新建机场。\n二、{year}年工作安排\n新建机场。\n"
        Path(f"y{year}/report.txt").write_text(f"某省{year}年政府工作报告\n{said}", encoding="utf-8")
    assert main(["follow-up", "y2024/report.txt", "y2025/report.txt", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["plan"], told["report"]) == ("y2024_report", "y2025_report")
    assert main(["export", "y2024/report.txt", "y2024/report.txt", "--out", "x.graphml"]) == 2
    assert "不止一次" in capsys.readouterr().err
    Path("a/same").mkdir(parents=True)
    Path("b/same").mkdir(parents=True)
    for folder, year in (("a", 2024), ("b", 2025)):
        Path(f"{folder}/same/report.txt").write_bytes(Path(f"y{year}/report.txt").read_bytes())
    assert main(["follow-up", "a/same/report.txt", "b/same/report.txt"]) == 2
    assert "planlineage parse a/same/report.txt --id" in capsys.readouterr().err
