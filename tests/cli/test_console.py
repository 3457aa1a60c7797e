"""The console: colour and progress on a terminal only; quiet when a pipe breaks or the user stops."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planlineage.cli.console import Console

PROGRAM = [sys.executable, "-m", "planlineage"]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("out", "environment", "coloured"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour(out: io.StringIO, environment: dict[str, str], coloured: bool) -> None:
    assert Console(out, io.StringIO(), environment).in_colour is coloured


@pytest.mark.parametrize(
    ("told", "columns"), [("80", 80), ("200", 140), ("0", 100), ("wide", 100), ("-5", 100), ("²", 100)]
)
def test_width(monkeypatch: pytest.MonkeyPatch, told: str, columns: int) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert Console(io.StringIO(), io.StringIO(), {"COLUMNS": told}).columns == columns


def test_progress_on_a_terminal_only() -> None:
    for err, shown in ((Terminal(), True), (io.StringIO(), False)):
        with Console(io.StringIO(), err, {}).working("reading", "规划\x1b.txt"):
            during = err.getvalue()
        assert ("规划␛.txt" in during) is shown
        assert ("\x1b[2K" in err.getvalue().removeprefix(during)) is shown


def on_a_terminal(folder: Path, *argv: str, **environment: str) -> str:
    """What a command shows on a real terminal, standard error included."""
    leader, follower = pty.openpty()
    try:
        process = subprocess.Popen(
            [*PROGRAM, *argv],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=folder,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        os.close(follower)
        shown = b""
        while True:
            if select.select([leader], [], [], 60)[0]:
                try:
                    piece = os.read(leader, 65536)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece
        assert process.wait(60) == 0
    finally:
        os.close(leader)
    return shown.decode("utf-8")


def test_on_a_real_terminal(folder: Path) -> None:
    argv = ("coverage", "district.txt", "city.json")
    coloured, plain = on_a_terminal(folder, *argv), on_a_terminal(folder, *argv, NO_COLOR="1")
    assert "\x1b[1m" in coloured
    assert "读取 district.txt" in coloured
    assert "\x1b[1m" not in plain


def test_quiet_in_a_pipe(folder: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "coverage", "district.txt", "city.json"], cwd=folder, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout


def test_broken_pipe_is_quiet(folder: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "commitments", "central_2021"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


def test_interrupt_is_quiet(folder: Path) -> None:
    os.mkfifo(folder / "slow.txt")
    process = subprocess.Popen(
        [*PROGRAM, "parse", "slow.txt"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - a job in the background ignores it
    )
    writer = os.open(folder / "slow.txt", os.O_WRONLY)  # waits until the command has opened the other end
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(writer)
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_narrow_console_shows_what_it_can(folder: Path, encoding: str) -> None:
    done = subprocess.run(
        [*PROGRAM, "parse", "plan.txt"],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_a_full_disk_is_one_line(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "parse", "plan.txt"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("planlineage: 错误：")
    assert done.stderr.count(b"\n") == 1
