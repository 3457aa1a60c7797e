"""A project file names plans, what stands above them, and defaults; checks are written for build servers and for people."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Run

PROJECT = """\
language = "en"
decisions = "decisions.jsonl"

[rules]
yellow_behind = 5

[plans.city]
file = "city.txt"
level = "municipal"
place = "河南省新乡市"

[plans.ours]
file = "plan.txt"
level = "district"
place = "河南省新乡市卫滨区"
uppers = ["city"]
"""


def test_plans_go_by_their_names_with_what_stands_above(run: Run, folder: Path) -> None:
    (folder / "planlineage.toml").write_text(PROJECT, encoding="utf-8")
    named = run("coverage", "ours", "--out", "named.csv")
    place = ("--level", "district", "--place", "河南省新乡市卫滨区", "--id", "ours")
    plain = run("coverage", "plan.txt", "city.json", *place, "--out", "plain.csv")
    assert (named.status, plain.status) == (0, 0), named.err + plain.err
    assert (folder / "named.csv").read_text("utf-8") == (folder / "plain.csv").read_text("utf-8")
    assert run("coverage", "ours", "city", "--place", "河南省新乡市红旗区").status == 0, "the command line wins"


def test_the_language_of_the_project_unless_the_environment_has_one(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "planlineage.toml").write_text(PROJECT, encoding="utf-8")
    monkeypatch.delenv("PLANLINEAGE_LANG")
    assert "Coverage" in run("coverage", "ours").out
    monkeypatch.setenv("PLANLINEAGE_LANG", "zh")
    assert "承接" in run("coverage", "ours").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lamguage = 'zh'", "lamguage"),
        ("language = 'fr'", "fr"),
        ("[plans.a]\nlevel = 'district'", "“a”"),
        ("[plans.a]\nfile = 3", "plans.a.file"),
        ("[plans]\na = 'x.txt'", "plans.a"),
        ("[rules]\nlight = 'red'", "rules.light"),
        ("plans = [", "planlineage.toml"),
    ],
)
def test_a_project_file_that_says_what_nobody_knows(run: Run, folder: Path, text: str, said: str) -> None:
    (folder / "planlineage.toml").write_text(text, encoding="utf-8")
    outcome = run("coverage", "weibin_2021", "central_2021")
    assert outcome.status == 2
    assert "planlineage.toml" in outcome.err
    assert said in outcome.err


def test_no_upper_plan_anywhere(run: Run) -> None:
    outcome = run("coverage", "plan.txt")
    assert outcome.status == 2
    assert "uppers" in outcome.err


def test_checks_as_junit_and_as_a_page(run: Run, folder: Path) -> None:
    asked = ("--fail-under", "1", "--fail-on", "gap", "--junit", "checks.xml", "--summary", "checks.md")
    outcome = run("coverage", "weibin_2021", "central_2021", *asked)
    assert outcome.status == 1
    suite = ElementTree.parse(folder / "checks.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failed = {case.get("name"): case.find("failure") is not None for case in suite}
    assert failed == {"fail-under 1": False, "gap": True}
    page = (folder / "checks.md").read_text(encoding="utf-8")
    assert "| fail-under 1 | 通过 | – |" in page
    gaps = page.split("## gap")[1].strip().splitlines()
    assert f"gap：{len(gaps)} 项" in outcome.err
    outcome = run("slippage", "weibin_2021", "central_2021", "--fail-on", "weaker", "--summary", "slip.md")
    assert outcome.status == 1
    assert "## weaker" in (folder / "slip.md").read_text(encoding="utf-8")
