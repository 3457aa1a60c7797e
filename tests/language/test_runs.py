"""No Chinese run shows an English sentence, and no English run a Chinese one: over all commands, their help and their errors."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from planlineage.cli.main import main
from planlineage.cli.registry import COMMANDS
from planlineage.model.wording import table

LINES = [line for command in COMMANDS for line in (*command.examples, *command.own)]
HELP = [f"planlineage {command.name} --help" for command in COMMANDS] + ["planlineage --help"]
HELP += [f"planlineage progress {action} --help" for action in ("template", "sample", "import", "add", "log", "report")]
MISTAKES = [
    "planlineage coverage",
    "planlineage coverage nowhere.txt central_2021",
    "planlineage coverage weibin_2021 central_2021 --fail-under 200",
    "planlineage coverage weibin_2021 central_2021 --fail-on gap",
    "planlineage link central_2021 weibin_2021",
    "planlineage deadlines weibin_2021 --as-of tomorrow",
    "planlineage trace 修建月球基地 weibin_2021 central_2021",
    "planlineage report weibin_2021 --out x.pdf",
    "planlineage progress add l.db shanting_2021 9.29-2rwar --status 已完成",
    "planlineage progress log none.db",
    "planlineage follow-up weibin_2021 weibin_2021",
    "planlineage bake",
    "planlineage coverage weibin_2021 central_2021 --lnag zh",
    "planlineage tasks shanting_2021 --unit 区气象局 --out t.xlsx",
    "planlineage export weibin_2021 --out x.txt",
]
_ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z]* ){3,}[a-z]{2,}")
_CODE = re.compile(r"`[^`]*`|(?m:^ +planlineage .*$)|\[-h\].*?\n\n|(?:pip install|ocrmypdf|soffice) .*", re.S)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


def said(line: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """All that a command line prints in a language, without what is to be typed. An example has to run."""
    monkeypatch.setenv("PLANLINEAGE_LANG", language)
    capsys.readouterr()
    status = main(shlex.split(line)[1:])
    shown = capsys.readouterr()
    if line in LINES:
        assert (status, shown.err, bool(shown.out)) == (0, "", True)
    return _CODE.sub("", shown.out + shown.err)


@pytest.mark.parametrize("line", [*LINES, *HELP, *MISTAKES])
def test_a_chinese_run_shows_no_english_sentence(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = said(line, "zh", capsys, monkeypatch)
    assert "--lang en" in line or _ENGLISH.findall(text) == []


@pytest.mark.parametrize("line", [*LINES, *MISTAKES])
def test_an_english_run_shows_no_words_of_the_chinese_table(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plans are Chinese and are quoted; what the package itself says in Chinese is known."""
    text = said(line, "en", capsys, monkeypatch)
    entries = {key: entry["zh"] for key, entry in table().items() if not key.startswith("option.")}
    own = {words for entry in entries.values() for words in _CHINESE.findall(entry) if len(words) > 5}
    assert [words for words in own if words in text] == []


def test_no_words_of_the_table_are_mixed() -> None:
    """Chinese words hold no English sentence, and English ones no Chinese but names and forms that they quote."""
    mixed: list[str] = []
    mended: Callable[[str], str] = lambda text: _CODE.sub("", text)  # noqa: E731
    for key, entry in table().items():
        if _ENGLISH.search(mended(entry["zh"])):
            mixed.append(key)
        if not re.search("[a-zA-Z{%]", entry["en"]) and _CHINESE.search(entry["en"]):
            mixed.append(key)
    assert mixed == []
