"""What the READMEs show is what the library prints, and the two say the same."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from planlineage.cli.registry import COMMANDS
from planlineage.model.wording import LANGS, Lang, options

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")


EXAMPLES = {line for command in COMMANDS for line in (*command.examples, *command.own)}
"""Command lines that `tests/language` runs."""


def _commands(name: str) -> list[str]:
    return re.findall(r"^\$ (.+)$", (ROOT / name).read_text(encoding="utf-8"), re.M)


def _examples(name: str) -> list[str]:
    found = doctest.DocTestParser().get_examples((ROOT / name).read_text(encoding="utf-8"))
    return [example.source for example in found]


@pytest.mark.parametrize(("name", "lang"), [*zip(READMES, LANGS[::-1], strict=True)])
def test_every_example_prints_what_it_shows_in_its_language(name: str, lang: Lang) -> None:
    with options.speaking(lang):
        outcome = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 4
    assert outcome.failed == 0


def test_the_two_readmes_give_the_same_commands_and_examples() -> None:
    english, chinese = READMES
    assert _commands(english) == _commands(chinese)
    assert _examples(english) == _examples(chinese)
    assert len(_commands(english)) == 2


@pytest.mark.parametrize("name", READMES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)]+)\)", text) if "://" not in t]
    assert targets
    assert [t for t in targets if not (ROOT / t).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_is_one(name: str) -> None:
    shown = set(re.findall(r"`planlineage (\w+)", (ROOT / name).read_text(encoding="utf-8")))
    assert shown <= {c if isinstance(c, str) else c.name for c in COMMANDS}


def _shown(name: str) -> list[str]:
    return re.findall(r"^\| `(planlineage .+?)` \|", (ROOT / name).read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("line", [line for line in _shown("README.md") if line not in EXAMPLES])
def test_every_command_shown_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planlineage.cli.main import main

    monkeypatch.chdir(tmp_path)
    Path("our_plan.txt").write_text("某区实施方案\n一、总体要求\n2022年年底前编制完成权责清单。\n", encoding="utf-8")
    program, *argv = shlex.split(line)
    assert (program, main(argv)) == ("planlineage", 0)
    if "--out" in argv:
        assert Path(argv[argv.index("--out") + 1]).stat().st_size


def test_both_readmes_show_the_same_table_of_commands() -> None:
    english, chinese = map(_shown, READMES)
    assert english == chinese
    assert len(english) > 10


def test_the_readme_names_every_notebook_folder_and_extra() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [e for e in extras if e not in ("dev", "docs") and f"[{e}]" not in text] == []
        assert "(notebooks)" in text


def test_every_place_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w-]+/)+[\w.-]*)[`(]", text)) - {"tests/*"}
    missing = [
        n for n in named if not any((root / n).exists() for root in (ROOT, ROOT / "src", ROOT / "src" / "planlineage"))
    ]
    assert len(named) > 20
    assert missing == []
