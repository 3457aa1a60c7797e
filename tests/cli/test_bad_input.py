"""Bad input ends with status 2 and one clear line on standard error; a text without an outline is no bad input."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Outcome, Run

pytestmark = pytest.mark.usefixtures("in_english")

READING = ("parse", "commitments", "deadlines")
COMPARING = ("link", "coverage", "deadlines")


def refused(outcome: Outcome, *words: str) -> None:
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err.startswith("planlineage: error: ")
    assert outcome.err.count("\n") == 1, outcome.err
    assert outcome.err.endswith(")\n"), "says what to try"
    for word in words:
        assert word in outcome.err


@pytest.mark.parametrize("command", READING)
def test_missing_file(run: Run, command: str) -> None:
    refused(run(command, "nowhere.txt"), "nowhere.txt", "no such file")


@pytest.mark.parametrize("command", READING)
def test_folder(run: Run, folder: Path, command: str) -> None:
    (folder / "docs.txt").mkdir()
    refused(run(command, "docs.txt"), "docs.txt", "folder")


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("content", [b"", b" \n\xe3\x80\x80\r\n", b"\xef\xbb\xbf"])
def test_empty_file(run: Run, folder: Path, command: str, content: bytes) -> None:
    (folder / "empty.txt").write_bytes(content)
    refused(run(command, "empty.txt"), "empty.txt", "no text")


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03" * 100, b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xd0\xcf\x11\xe0" + bytes(600)]
)
def test_binary_file(run: Run, folder: Path, content: bytes) -> None:
    (folder / "binary.txt").write_bytes(content)
    refused(run("parse", "binary.txt"), "binary.txt")


def test_wrong_encoding(run: Run, folder: Path) -> None:
    (folder / "latin.txt").write_bytes("Première étape: améliorer la qualité".encode("latin-1"))
    refused(run("parse", "latin.txt"), "latin.txt", "UTF-8")


@pytest.mark.parametrize("field", ["title", "source", "statements", "report"])
def test_plan_json_with_a_missing_or_wrong_field(run: Run, plan_json: Callable[..., Path], field: str) -> None:
    outcome = run("parse", plan_json(**{field: 17 if field == "title" else None}))
    if field == "statements":  # a plan may have none; what is left is a plan without tasks
        assert outcome.status == 0
    else:
        refused(outcome, "changed.json", field)


def test_broken_json(run: Run, folder: Path) -> None:
    (folder / "broken.json").write_text('{"schema_version": 1,', encoding="utf-8")
    refused(run("coverage", "district.txt", "broken.json"), "broken.json", "not valid JSON")


@pytest.mark.parametrize("content", ["[1, 2]", "17", "{}", '"text"'])
def test_json_that_is_no_plan(run: Run, folder: Path, content: str) -> None:
    (folder / "other.json").write_text(content, encoding="utf-8")
    refused(run("parse", "other.json"), "other.json", "schema_version")


def test_newer_schema_version(run: Run, plan_json: Callable[..., Path]) -> None:
    refused(run("parse", plan_json(schema_version=999)), "999", "upgrade planlineage")


@pytest.mark.parametrize("command", COMPARING)
def test_unknown_shipped_id(run: Run, command: str) -> None:
    refused(run(command, "weibin_2021", "central_1999"), "central_1999", "central_2021")


@pytest.mark.parametrize("command", COMPARING)
def test_two_plans_swapped(run: Run, command: str) -> None:
    refused(run(command, "central_2021", "weibin_2021"), "swapped")


def test_unknown_task(run: Run) -> None:
    refused(run("trace", "修建月球基地", "district.txt", "city.json"), "修建月球基地")


@pytest.mark.parametrize("day", ["2024-02-30", "30.6.2024", "20240630", "2024-W26-7", "heute", ""])
@pytest.mark.parametrize(
    "argv", [["demo", "--as-of"], ["deadlines", "plan.txt", "--as-of"], ["parse", "plan.txt", "--issued"]]
)
def test_bad_day(run: Run, argv: list[str], day: str) -> None:
    refused(run(*argv, day), "YYYY-MM-DD")


@pytest.mark.parametrize("share", ["-1", "101", "many", "nan", "inf"])
def test_bad_percentage(run: Run, share: str) -> None:
    refused(run("coverage", "district.txt", "city.json", "--fail-under", share), "percentage")


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.csv.gz", ".csv"])
@pytest.mark.parametrize("argv", [["parse", "plan.txt"], ["link", "district.txt", "city.json"]])
def test_unknown_ending(run: Run, folder: Path, argv: list[str], name: str) -> None:
    refused(run(*argv, "--out", name), ".csv", ".json")
    assert not (folder / name).exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc, where nobody can write")
@pytest.mark.parametrize("name", ["/proc/out.csv", "/proc/out.json"])
def test_unwritable_output(run: Run, name: str) -> None:
    refused(run("parse", "plan.txt", "--out", name), name)


def test_output_in_the_place_of_a_folder(run: Run, folder: Path) -> None:
    (folder / "taken.csv").mkdir()
    refused(run("parse", "plan.txt", "--out", "taken.csv"), "taken.csv", "folder")


def test_output_folder_that_is_a_file(run: Run, folder: Path) -> None:
    refused(run("parse", "plan.txt", "--out", "city.txt/out.csv"), "city.txt")


def test_demo_into_a_file(run: Run) -> None:
    outcome = run("demo", "--out-dir", "city.txt")
    assert outcome.status == 2
    assert "city.txt" in outcome.err


def test_output_folder_is_made(run: Run, folder: Path) -> None:
    assert run("parse", "plan.txt", "--out", "new/folder/statements.csv").status == 0
    assert (folder / "new/folder/statements.csv").exists()


@pytest.mark.parametrize("read", ["plan.json", "linked.json"])
def test_a_document_is_not_written_over(run: Run, folder: Path, read: str) -> None:
    (folder / "plan.json").write_bytes((folder / "city.json").read_bytes())
    os.link(folder / "plan.json", folder / "linked.json")
    refused(run("commitments", read, "--out", "plan.json"), "plan.json", "read")
    assert (folder / "plan.json").read_bytes() == (folder / "city.json").read_bytes()


@pytest.mark.parametrize("option", ["--level", "--id", "--issued"])
def test_what_is_known_of_a_plan_can_not_be_told_otherwise(run: Run, option: str) -> None:
    value = {"--level": "district", "--id": "other", "--issued": "2022-01-01"}[option]
    refused(run("parse", "weibin_2021", option, value), option, "weibin_2021")
    refused(run("parse", "city.json", option, value), option, "city.json")


@pytest.mark.parametrize(
    "argv",
    [
        ["bake"],
        ["parse"],
        ["parse", "plan.txt", "more.txt"],
        ["parse", "plan.txt", "--lvel", "district"],
        ["parse", "plan.txt", "--level", "galactic"],
        ["parse", "plan.txt", "--lang", "fr"],
        ["commitments", "plan.txt", "--kind", "promise"],
        ["demo", "now"],
        ["parse", "plan.txt", "--title", "\udcff"],
    ],
)
def test_bad_usage(run: Run, argv: list[str]) -> None:
    refused(run(*argv), "--help")


def test_two_upper_plans_of_one_name(run: Run) -> None:
    refused(run("link", "district.txt", "city.json", "city.json", "--level", "district"), "more than once")


def test_no_outline_is_no_error(run: Run, folder: Path) -> None:
    (folder / "loose.txt").write_text("今年要把政务服务做好。\n明年年底前建成平台。\n", encoding="utf-8")
    chinese, english = (run("parse", "loose.txt", "--lang", lang) for lang in ("zh", "en"))
    assert (chinese.status, chinese.err) == (0, "")
    assert "未发现编号提纲" in chinese.out
    assert "no numbered outline" in english.out
    assert run("parse", "loose.txt", "--out", "loose.csv").status == 0


def test_hostile_error_messages_are_harmless(run: Run) -> None:
    outcome = run("parse", "evil\x1b[31m\u202etxt.txt")
    refused(outcome, "␛[31m")
    assert "\x1b" not in outcome.err
    assert "\u202e" not in outcome.err


def test_a_file_name_that_is_no_text(run: Run, folder: Path) -> None:
    name = os.fsdecode("计划".encode("gbk") + b".txt")
    try:
        (folder / name).write_text("一、总则\n（一）健全清单制度。编制清单。", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert run("parse", name, "--out", "named.json").status == 0
    assert run("parse", "named.json").status == 0


def test_a_glob_of_local_plans_is_no_upper_side(run: Run) -> None:
    for command in ("coverage", "link", "slippage"):
        outcome = run(command, "plan.txt", "district.txt", "plans/district.txt", "--level", "district")
        assert outcome.status == 2
        assert "planlineage survey" in outcome.err
        assert outcome.out == ""
