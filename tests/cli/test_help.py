"""The help: every command has examples (tests/language runs them); every mistake answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planlineage.cli.registry import COMMANDS

from .conftest import Run


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_help_shows_its_examples(run: Run, command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    outcome = run(name, "--help")
    assert outcome.status == 0
    for line in command.examples:  # type: ignore[attr-defined]
        assert line in outcome.out


def test_main_help_names_every_command(run: Run, in_english: None) -> None:
    help_, bare = run("--help"), run()
    assert help_.status == bare.status == 0
    assert help_.out == bare.out
    for command in COMMANDS:
        assert f"  {command.name} " in help_.out
        assert command.summary in help_.out
    assert "planlineage demo" in help_.out


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("planlineage 0.")


def test_as_a_module(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "planlineage", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("planlineage ")


def test_starts_light() -> None:
    code = (
        "import sys; from planlineage.cli.main import main; main(['coverage', '--help']); main(['bake'])\n"
        "heavy = {'pandas', 'numpy', 'networkx', 'scipy', 'pydantic', 'sklearn'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
