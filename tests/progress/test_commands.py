"""The ledger from the command line, from template to report, and what it says when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from planlineage.cli.main import main


@pytest.fixture(autouse=True)
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(line: str) -> int:
    return main(line.split())


def test_from_sample_to_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("progress sample shanting_2021 --until 2024-06-30 --out sample.csv") == 0
    assert run("progress import ledger.db sample.csv shanting_2021") == 0
    first = capsys.readouterr().out
    assert run("progress import ledger.db sample.csv shanting_2021") == 0
    assert "新增0条" in capsys.readouterr().out
    assert "虚构" in first
    assert run("progress log ledger.db --json") == 0
    events = json.loads(capsys.readouterr().out)["events"]
    assert all("虚构" in e["note"] for e in events)
    assert run("progress verify ledger.db") == 0
    assert run(f"progress verify ledger.db --head {events[9]['digest'][:12]}") == 0
    assert run("progress verify ledger.db --head 0000000000000000") == 1
    assert run("deadlines shanting_2021 --progress ledger.db --as-of 2024-06-30") == 0
    assert "红灯" in capsys.readouterr().out
    for ending in ("csv", "json", "xlsx", "ics"):
        assert run(f"deadlines shanting_2021 --progress ledger.db --as-of 2024-06-30 --lang en --out t.{ending}") == 0
    assert run("progress log ledger.db --out log.csv --task 9.29-2rwar") == 0
    assert run("progress report ledger.db shanting_2021 --year 2023 --out r.md") == 0
    assert run("progress report ledger.db shanting_2021 --year 2023 --out r.docx --lang en") == 0
    assert {p.name for p in tmp_path.iterdir()} == {
        "sample.csv",
        "ledger.db",
        "t.csv",
        "t.json",
        "t.xlsx",
        "t.ics",
        "log.csv",
        "r.md",
        "r.docx",
    }
    assert openpyxl.load_workbook("t.xlsx").sheetnames[0] == "Tasks"


def test_a_correction_by_the_beginning_of_an_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("progress add ledger.db shanting_2021 9.29-2rwar --status 已完成 --on 2023-03-01") == 0
    assert run("progress log ledger.db --json") == 0
    event = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))["events"][0]
    line = f"progress add ledger.db shanting_2021 9.29-2rwar --percent 50 --on 2023-03-01 --corrects {event['id'][:6]}"
    assert run(line) == 0
    assert run("progress log ledger.db") == 0
    assert "更正" in capsys.readouterr().out


def test_bad_rows_give_status_1_and_their_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "任务编号,进展状态,完成率,截至日期\n9.29-2rwar,已完成,,2023-05-01\n9.30-zxpb5,进行中,130,2024-06-30\n"
    (tmp_path / "in.csv").write_text(rows, encoding="utf-8")
    assert run("progress import ledger.db in.csv shanting_2021 --out bad.csv") == 1
    assert "C3" in capsys.readouterr().out
    assert "C3" in (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert run("progress import ledger.db in.csv shanting_2021 --bad-rows skip") == 1
    assert "新增1条" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("progress", "required: ACTION"),
        ("progress log none.db", "no such file"),
        ("progress verify none.db", "no such file"),
        ("deadlines shanting_2021 --progress none.db", "no such file"),
        ("progress import l.db none.csv shanting_2021", "no such file"),
        ("progress add l.db shanting_2021 9.99-zzzzz --percent 5", "no task"),
        ("progress add l.db shanting_2021 9.29-2rwar --status 已完成", "no day is given"),
        ("progress add l.db shanting_2021 9.29-2rwar --percent 105", "not a percentage"),
        ("progress add l.db shanting_2021 9.29-2rwar --status 已完成 --on 2019-01-01", "before the plan"),
        ("progress template nowhere_2021 --out t.xlsx", "neither a shipped plan nor a file"),
        ("progress template shanting_2021 --out t.pdf", "no ending that names a format"),
    ],
)
def test_mistakes_are_said_in_one_line_and_make_no_ledger(
    in_english: None, line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_damaged_ledger_gives_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("progress add ledger.db shanting_2021 9.29-2rwar --percent 10 --on 2023-03-01") == 0
    path = tmp_path / "ledger.db"
    path.write_bytes(path.read_bytes().replace(b"9.29-2rwar", b"9.29-2rwax"))
    assert run("progress verify ledger.db") == 1
    assert "已损坏" in capsys.readouterr().out
