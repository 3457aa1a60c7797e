"""Nothing is written over that people filled in, and nothing that belongs elsewhere is passed over in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SHEETS = [
    ("review", "weibin_2021", "central_2021", "--out"),
    ("progress", "template", "shanting_2021", "--as-of", "2024-06-30", "--out"),
]


@pytest.mark.parametrize("command", SHEETS, ids=["review", "template"])
@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_a_sheet_that_was_filled_in_is_not_written_over(run: Run, tmp_path: Path, command: Any, name: str) -> None:
    sheet = tmp_path / name
    assert run(*command, sheet).status == 0
    assert run(*command, sheet).status == 0, "written again, the same"
    sheet.write_bytes(sheet.read_bytes() + b"filled in")
    kept = sheet.read_bytes()
    refused = run(*command, sheet)
    assert refused.status == 2
    assert "--force" in refused.err
    assert sheet.read_bytes() == kept
    assert run(*command, sheet, "--force").status == 0
    assert sheet.read_bytes() != kept


def test_nothing_that_is_read_is_written_over(in_english: None, run: Run, tmp_path: Path) -> None:
    ledger, sample = tmp_path / "ledger.csv", tmp_path / "sample.csv"
    run("progress", "sample", "shanting_2021", "--until", "2024-06-30", "--out", sample)
    run("progress", "import", ledger, sample, "shanting_2021")
    before = ledger.read_bytes(), sample.read_bytes()
    asked = [
        ("progress", "import", ledger, sample, "shanting_2021", "--out", sample),
        ("progress", "log", ledger, "--out", ledger),
        ("deadlines", "shanting_2021", "--progress", ledger, "--out", ledger),
    ]
    for command in asked:
        outcome = run(*command)
        assert outcome.status == 2
        assert "would be written over" in outcome.err
    assert (ledger.read_bytes(), sample.read_bytes()) == before


def test_a_ledger_of_another_plan_is_refused(run: Run, tmp_path: Path) -> None:
    ledger, sample = tmp_path / "ledger.db", tmp_path / "sample.csv"
    run("progress", "sample", "shanting_2021", "--until", "2024-06-30", "--out", sample)
    run("progress", "import", ledger, sample, "shanting_2021")
    outcome = run("deadlines", "weibin_2021", "--progress", ledger)
    assert outcome.status == 2
    assert "shanting_2021" in outcome.err


def test_decisions_about_other_plans_are_refused(run: Run, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.jsonl"
    one = {"action": "reject", "local_plan": "weibin_2021", "local_id": "2.5-x", "upper_plan": "central_2021"}
    lines = [{"format": "planlineage-decisions", "version": 1}, {**one, "upper_id": "2.5-y"}]
    decisions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    outcome = run("coverage", "shanting_2021", "central_2021", "--decisions", decisions)
    assert outcome.status == 2, outcome.out + outcome.err
    assert "weibin_2021" in outcome.err


def test_a_share_is_no_percentage(in_english: None, run: Run) -> None:
    outcome = run("coverage", "weibin_2021", "central_2021", "--fail-under", "0.6")
    assert outcome.status == 2
    assert "write 60" in outcome.err
    assert run("coverage", "weibin_2021", "central_2021", "--fail-under", "0.6%").status == 0


def test_two_plans_of_one_level_are_remarked_on(run: Run) -> None:
    outcome = run("coverage", "weibin_2021", "shanting_2021")
    assert outcome.status == 0
    assert "两份文件同为县（区）级" in outcome.out
