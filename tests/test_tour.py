"""The steps of the tour run as they stand, in their order, in both languages of the page."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from planlineage.cli.main import main

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("tour.md", "tour.zh-CN.md")


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def steps(page: str) -> list[tuple[str, int]]:
    """The command lines of a page, and the status that each ends with."""
    found = re.findall(r"^ *\$ planlineage (.+?)(?: +# status (\d))?$", text_of(page), re.M)
    return [(line, int(status or 0)) for line, status in found]


@pytest.mark.parametrize("page", PAGES)
def test_the_steps_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (plan,) = re.findall(r"```text\n(.+?)```", text_of(page), re.S)
    Path("plan.txt").write_text(plan, encoding="utf-8")
    assert len(steps(page)) > 15
    for line, status in steps(page):
        assert main(shlex.split(line)) == status, line
        if "--out" in line and not status:
            assert Path(re.findall(r"--out (\S+)", line)[0]).exists(), line


def test_both_pages_show_the_same_steps() -> None:
    english, chinese = map(steps, PAGES)
    assert english == chinese


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_print_what_they_show(page: str) -> None:
    outcome = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert (outcome.attempted > 5, outcome.failed) == (True, 0)


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_and_link_is_there(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", text_of(page))
    assert [t for t in targets if "://" not in t and not (DOCS / t).exists()] == []
