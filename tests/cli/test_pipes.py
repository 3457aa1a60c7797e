"""Standard input and output in place of files, conditions that fail a script, and the language of the screen."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import planlineage as pl
from planlineage.cli.main import main
from planlineage.model.wording import system_language

Run = Callable[..., Any]


class Bytes(io.TextIOWrapper):
    """Standard input as a terminal gives it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def test_a_plan_comes_from_standard_input_and_the_table_goes_to_standard_output(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = pl.load("weibin_2021").source.text
    monkeypatch.setattr("sys.stdin", Bytes(text.encode("gb18030", "replace")))
    outcome = run("coverage", "-", "central_2021", "--level", "district", "--out", "-")
    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert lines[0].startswith("upper_id,article,text,status")
    assert len(lines) == 1 + len(pl.load("central_2021").tasks)
    monkeypatch.setattr("sys.stdin", Bytes(pl.model.files.plan_json(pl.load("weibin_2021")).encode()))
    parsed = run("parse", "-", "--out", "-")
    assert parsed.out.startswith("id,clause,number,kind,start,end,text")


@pytest.mark.parametrize(
    ("command", "asked", "status"),
    [
        ("coverage", "gap", 1),
        ("coverage", "dated-gap", 0),
        ("slippage", "target-lowered", 1),
        ("slippage", "strength-readdressed", 0),
        ("slippage", "strength-readdressed, weaker", 1),
        ("slippage", "targets-lowered", 2),
        ("coverage", "gaps", 2),
    ],
)
def test_a_script_can_fail_on_what_it_names(in_english: None, run: Run, command: str, asked: str, status: int) -> None:
    outcome = run(command, "shanting_2021", "central_2021", "--fail-on", asked)
    assert outcome.status == status
    if status == 1:
        assert "check failed" in outcome.err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"PLANLINEAGE_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_screen_speaks_as_the_system_does(environment: dict[str, str], expected: str) -> None:
    assert system_language(environment) == expected


def test_the_language_of_files_is_chinese_unless_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANLINEAGE_LANG", "en")
    assert "carried down" in run("coverage", "weibin_2021", "central_2021").out
    outcome = run("deadlines", "weibin_2021", "--out", "d.csv")
    assert "rows" in outcome.out
    assert Path("d.csv").read_text(encoding="utf-8-sig").startswith("序号,工作事项")
    assert main(["deadlines", "weibin_2021", "--lang", "en", "--out", "d.csv"]) == 0
    assert Path("d.csv").read_text(encoding="utf-8-sig").startswith("No.")


def _shell(line: str, folder: Path) -> tuple[int, str]:
    command = f"{sys.executable} -m planlineage {line}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        ["sh", "-c", command], check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=100
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("coverage weibin_2021 central_2021 --out c.csv >&-", 0, ""),
        ("coverage weibin_2021 central_2021 >&-", 0, ""),
        ("coverage nonsense central_2021 2>&-", 2, ""),
        ("coverage - central_2021 <&-", 2, "standard input is closed"),
        ("coverage weibin_2021 central_2021 >/dev/full", 2, "No space left"),
    ],
)
def test_streams_that_are_closed_or_full(in_english: None, tmp_path: Path, line: str, status: int, said: str) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    code, errors = _shell(line, tmp_path)
    assert (code, "Traceback" in errors) == (status, False)
    assert said in errors
    assert (tmp_path / "c.csv").exists() == ("c.csv" in line)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipes_devices_and_links_named_as_output_are_written_to_and_stay(run: Run, tmp_path: Path) -> None:
    os.mkfifo("pipe.csv")
    Path("null.csv").symlink_to("/dev/null")
    Path("link.csv").symlink_to("real.csv")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe.csv").read_text(encoding="utf-8-sig")))
    reader.start()
    for name in ("pipe.csv", "null.csv", "link.csv"):
        assert run("coverage", "weibin_2021", "central_2021", "--out", name).status == 0
    reader.join(30)
    assert got[0].startswith("upper_id,")
    assert stat.S_ISFIFO(Path("pipe.csv").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert Path("null.csv").is_symlink() and Path("link.csv").is_symlink()
    assert Path("real.csv").read_text(encoding="utf-8-sig") == got[0]
