"""`planlineage review`, and `--decisions` of the other commands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from planlineage import Decisions
from planlineage.cli.main import main
from planlineage.output.review_columns import REVIEW

from .conftest import LOCAL, UPPER

PLANS = ("weibin.json", "central.json")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with the two plans."""
    monkeypatch.chdir(tmp_path)
    for name, text, level in (("weibin", LOCAL, "district"), ("central", UPPER, "central")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert main(["parse", f"{name}.txt", "--level", level, "--out", f"{name}.json"]) == 0
    capsys.readouterr()
    return tmp_path


def fill(path: Path, decision: str, **more: str) -> int:
    """Put a decision into every row that has an edge; returns how many."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [REVIEW.of(c.value) for c in sheet[3]]
    count = 0
    for cells in sheet.iter_rows(min_row=4):
        if cells[names.index("local_text")].value:
            count += 1
            for name, value in {"decision": decision, **more}.items():
                cells[names.index(name)].value = value
    book.save(path)
    return count


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_out_in_and_check(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", *PLANS, "--below", "1", "--out", "r.xlsx"]) == 0
    count = fill(here / "r.xlsx", "否定")
    assert count
    assert main(["review", *PLANS, "--import", "r.xlsx", "--decisions", "d.jsonl", "--reviewer", "李四"]) == 0
    made = Decisions.load(here / "d.jsonl").made
    assert len(made) == count
    assert {d.reviewer for d in made} == {"李四"}
    before = snapshot(here)
    assert main(["review", *PLANS, "--import", "r.xlsx", "--decisions", "d.jsonl", "--reviewer", "李四"]) == 0
    assert main(["review", *PLANS, "--decisions", "d.jsonl", "--check"]) == 0
    assert main(["review", *PLANS, "--decisions", "d.jsonl"]) == 0
    assert snapshot(here) == before
    capsys.readouterr()
    assert main(["coverage", *PLANS, "--decisions", "d.jsonl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["strict_rate"] < 0.5


def test_a_changed_plan_makes_the_check_fail_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *PLANS, "--below", "1", "--out", "r.xlsx"]) == 0
    fill(here / "r.xlsx", "否定")
    assert main(["review", *PLANS, "--import", "r.xlsx", "--decisions", "d.jsonl"]) == 0
    (here / "new.txt").write_text(LOCAL.replace("40学时", "50学时"), encoding="utf-8")
    assert main(["parse", "new.txt", "--level", "district", "--id", "weibin", "--out", "new.json"]) == 0
    before = snapshot(here)
    capsys.readouterr()
    assert main(["review", "new.json", "central.json", "--decisions", "d.jsonl", "--check"]) == 1
    shown = capsys.readouterr()
    assert "存疑" in shown.out
    assert "40学时" in shown.out
    assert "检查未通过" in shown.err
    for command in ("link", "coverage", "slippage"):
        assert main([command, "new.json", "central.json", "--decisions", "d.jsonl"]) == 0
        assert "有 1 条决定没有采用：存疑 1" in capsys.readouterr().err
    assert main(["trace", "培训", "new.json", "central.json", "--decisions", "d.jsonl", "--explain"]) == 0
    assert "存疑 1" in capsys.readouterr().err
    assert main(["review", "new.json", "central.json", "--decisions", "d.jsonl", "--check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert snapshot(here) == before


def test_one_bad_row_takes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", *PLANS, "--below", "1", "--out", "r.csv", "--lang", "en"]) == 0
    rows = list(csv.reader(io.StringIO((here / "r.csv").read_text(encoding="utf-8-sig"))))
    at = rows[0].index("Decision")
    rows[1][at], rows[2][at] = "reject", "rejcet"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (here / "r.csv").write_text(out.getvalue(), encoding="utf-8-sig")
    capsys.readouterr()
    assert main(["review", *PLANS, "--import", "r.csv", "--decisions", "d.jsonl"]) == 1
    assert "H3" in capsys.readouterr().out
    assert not (here / "d.jsonl").exists()
    assert main(["review", *PLANS, "--import", "r.csv", "--decisions", "d.jsonl", "--bad-rows", "skip"]) == 1
    assert len(Decisions.load(here / "d.jsonl").made) == 1


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--check"], "needs the decision file"),
        (["--import", "r.csv"], "needs the decision file"),
        (["--decisions", "none.jsonl"], "no such file"),
        (["--decisions", "none.jsonl", "--check"], "no such file"),
        (["--decisions", "weibin.txt", "--check"], "is not JSON"),
        (["--import", "none.csv", "--decisions", "d.jsonl"], "no such file"),
        (["--import", "d.csv", "--decisions", "d.csv"], "are the same file"),
        (["--out", "r.pdf"], "no ending"),
        (["--below", "2"], "not a number from 0 to 1"),
        (["--check", "--out", "r.csv", "--decisions", "d.jsonl"], "not allowed with"),
    ],
)
def test_mistakes_take_one_line(
    in_english: None, here: Path, capsys: pytest.CaptureFixture[str], argv: list[str], told: str
) -> None:
    before = snapshot(here)
    assert main(["review", *PLANS, *argv]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""
    assert snapshot(here) == before


def test_explaining_a_task(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "一网通办", *PLANS, "--explain"]) == 0
    assert "胜出之处" in capsys.readouterr().out
    assert main(["trace", "一网通办", *PLANS, "--explain", "--lang", "en"]) == 0
    assert "for it:" in capsys.readouterr().out
    assert main(["trace", "一网通办", *PLANS, "--explain", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["rows"][0]["relation"] == "verbatim"
    assert data["explanation"][0]["outcome"] == "linked"
    assert main(["trace", "一网通办", *PLANS, "--explain", "--out", "why.csv"]) == 0
    assert (here / "why.csv").read_text(encoding="utf-8-sig").startswith("local_id,rank,upper_plan")
