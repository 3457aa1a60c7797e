"""Files that are larger, stranger or more hostile than any plan or table: a clear error, or an honest result, in seconds."""

from __future__ import annotations

import copy
import io
import json
import os
import resource
import signal
import stat
import threading
import time
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.cli.main import main
from planlineage.model.disk import write_bytes, write_text
from planlineage.model.errors import OutputError
from planlineage.model.files import plan_from_json, plan_json
from planlineage.model.report import guarded
from planlineage.output.calendar import calendar_text
from planlineage.output.exports.tables import write_table
from planlineage.progress.columns import LAYOUT
from planlineage.progress.errors import BadEntryError, LedgerFileError
from planlineage.progress.store import Progress
from planlineage.reading.source import decode
from planlineage.tabular.cells import CellError, count_of, percent_of, value_of
from planlineage.tabular.sheets import Cell, read_sheet

WEIBIN = pl.load("weibin_2021")


def book(**stray: str) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    workbook.active.append(["task", "percent", "责任单位"])
    workbook.active.append(["1.1", 80, "区司法局"])
    for address, value in stray.items():
        workbook.active[address] = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("address", ["XFD20", "A50000", "XFD1048576"])
def test_a_cell_typed_far_off_by_mistake_costs_nothing(address, tmp_path):
    read = decode(book(**{address: "误"}), name="a.xlsx")
    assert read.text.splitlines()[:2] == ["task\tpercent\t责任单位", "1.1\t80\t区司法局"]
    assert ("误" in read.text) != any(address in str(note.said) for note in read.notes)
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(**{address: "误"}))
    assert read_sheet(path, LAYOUT).rows[0][1]["percent"].value == 80


def test_a_chart_before_the_table_is_no_table(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.load_workbook(io.BytesIO(book()))
    workbook.create_chartsheet("图", 0).add_chart(openpyxl.chart.BarChart())
    workbook.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx", LAYOUT).rows[0][1]["percent"].value == 80
    with pytest.raises(LedgerFileError, match="图"):
        read_sheet(tmp_path / "a.xlsx", LAYOUT, "图")


@pytest.mark.parametrize("read", [count_of, percent_of, value_of])
def test_a_number_of_two_million_digits_is_none(read):
    with pytest.raises(CellError):
        read(Cell("A1", "1e2000000"))


def test_a_table_of_too_many_rows_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("task,percent\n" + "1.1,80\n" * 300_000, encoding="utf-8")
    with pytest.raises(LedgerFileError, match="rows"):
        read_sheet(path, LAYOUT)


def spoilt(change) -> str:
    data = json.loads(plan_json(WEIBIN))
    change(data)
    return json.dumps(data, ensure_ascii=False)


def deeper(data):
    clause = copy.copy(data["clauses"][0])
    for i in range(1000):
        data["clauses"].append({**clause, "id": f"x{i}", "parent": f"x{i - 1}" if i else None})


def wider(data):
    data["clauses"] += [{**data["clauses"][0], "id": f"x{i}"} for i in range(200_000)]


def ruled(rule):
    def change(data):
        for statement in data["statements"]:
            for found in statement["commitments"]:
                if found["kind"] == "recurrence":
                    found["rule"] = rule

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (deeper, "levels deep"),
        (wider, "clauses; at most"),
        (ruled("FREQ=SECONDLY"), "rule"),
        (ruled("FREQ=YEARLY;INTERVAL=0"), "rule"),
        (ruled("often"), "rule"),
    ],
)
def test_a_plan_json_beyond_all_plans_is_refused(change, told):
    with pytest.raises(pl.PlanFileError, match=told):
        plan_from_json(spoilt(change), where="plan.json")


def test_more_times_than_a_count_can_have_are_refused(tmp_path):
    with Progress(tmp_path / "l.db") as ledger, pytest.raises(BadEntryError):
        ledger.add(WEIBIN, WEIBIN.tasks[0].id, times=2**63, effective_on="2023-01-05")


@pytest.mark.parametrize("cell", ["one", "1.5", "²", "-1", "9" * 5000, 99])
def test_a_broken_version_cell_of_a_template_is_named(cell, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = pl.write_progress_template(WEIBIN, tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(path)
    hidden = next(sheet for sheet in workbook if sheet.sheet_state == "hidden")
    assert hidden["A1"].value == "version"
    hidden["B1"] = cell
    workbook.save(path)
    with pytest.raises(LedgerFileError, match=r"version|newer"):
        pl.import_progress(tmp_path / "l.db", path, WEIBIN)


def test_45_000_articles_of_one_line_are_read_in_seconds(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("某区方案\n\n" + "".join(f"第{i}条 加强领导{i}。\n" for i in range(1, 45_001)), encoding="utf-8")
    begin = time.process_time()
    assert len(pl.parse(path).clauses) > 45_000
    assert time.process_time() - begin < 30  # 7 seconds, on a machine that may be slower


def test_an_id_adds_no_line_to_a_calendar():
    evil = WEIBIN.model_copy(update={"id": "a\r\nBEGIN:VALARM\r\nX-EVIL:1", "title": "方案\r\nX-EVIL:2"})
    text = calendar_text(pl.status(evil, as_of="2023-01-01"), components="both", all_tasks=True)
    assert "\nX-EVIL" not in text.replace("\r\n ", "")


def test_control_characters_stop_no_workbook(tmp_path):
    pytest.importorskip("openpyxl")
    plan = WEIBIN.model_copy(update={"title": "某\x0b方\x01案"})
    assert write_table(pl.coverage(plan, "central_2021"), tmp_path / "a.xlsx").exists()
    assert pl.write_progress_template(plan, tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("text", ["＝1+1", "\u200b=1", "\ufeff@x", "\u2060+1", "－1", "\xad=1"])
def test_no_start_hides_a_formula(text):
    assert guarded(text) == "'" + text
    assert guarded(text, exact=True) == " " + text


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path):
    target = tmp_path / "target.csv"
    target.write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe: Path = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    write_text(pipe, "all")
    reader.join(10)
    assert found == ["all"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_fault_is_no_failed_check(monkeypatch, capsys):
    import planlineage.cli.main as entry

    def broken(*_):
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(entry, "_run", broken)
    assert main(["demo"]) == 70
    assert "请反馈" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_a_file_on_a_full_disk_stays_what_it_was(tmp_path: Path) -> None:
    path, before, after = tmp_path / "result.csv", b"before", bytes(range(256)) * 40
    for most in range(0, len(after), 777):
        path.write_bytes(before)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            try:
                write_bytes(path, after)
            except OutputError:
                os._exit(3)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
        assert path.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["result.csv"]
