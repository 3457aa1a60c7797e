"""`planlineage report`: which plans are set against which, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.cli.main import main

from .conftest import LOCAL, UPPER


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, central: pl.Plan, district: pl.Plan) -> Path:
    monkeypatch.chdir(tmp_path)
    pl.save_plan(central, "central.json")
    pl.save_plan(district, "weibin.json")
    other = district.model_copy(update={"id": "hongqi", "place": "河南省新乡市红旗区"})
    pl.save_plan(other, "hongqi.json")
    (tmp_path / "local.txt").write_text(LOCAL, encoding="utf-8")
    (tmp_path / "upper.txt").write_text(UPPER, encoding="utf-8")
    return tmp_path


def places(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    assert main(["report", *argv, "--json"]) == 0
    return [f"{p['local']} < {' '.join(p['uppers'])}" for p in json.loads(capsys.readouterr().out)["places"]]


def test_plain_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "weibin.json", "central.json", "--out", "r.html", "--as-of", "2024-06-30"]) == 0
    assert "r.html" in capsys.readouterr().out
    assert (folder / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_several_places_in_any_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = {"weibin < central", "hongqi < central"}
    assert set(places(capsys, "weibin.json", "hongqi.json", "central.json")) == expected
    assert set(places(capsys, "central.json", "hongqi.json", "weibin.json")) == expected
    assert set(places(capsys, "hongqi.json", "weibin.json", "--upper", "central.json")) == expected


def test_documents_that_do_not_say_their_level(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert places(capsys, "local.txt", "upper.txt", "--upper", "central.json")
    assert len(places(capsys, "local.txt", "upper.txt")) == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["weibin.json", "hongqi.json"], "--upper"),
        (["weibin.json", "weibin.json", "central.json"], "more than once"),
        (["weibin.json", "central.json", "--out", "r.pdf"], ".html"),
        (["weibin.json", "central.json", "--decisions", "none.jsonl"], "none.jsonl"),
        (["nowhere.json", "central.json"], "nowhere.json"),
    ],
)
def test_what_can_not_be_done_is_said(
    in_english: None, folder: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    assert main(["report", *argv]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_source_is_not_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.html").write_text("<p>" + LOCAL, encoding="utf-8")
    assert main(["report", "plan.html", "central.json", "--out", "plan.html"]) == 2
    assert "会被覆盖" in capsys.readouterr().err


def test_decisions_are_applied(folder: Path, capsys: pytest.CaptureFixture[str], known: object) -> None:
    gap = next(t for t in pl.load("central.json").tasks if "掌上执法" in t.text)
    line = {
        "action": "justify",
        "local_plan": "weibin",
        "upper_plan": "central",
        "upper_id": gap.id,
        "note": "无此事项",
    }
    head = {"format": "planlineage-decisions", "version": 1}
    text = "\n".join(json.dumps(x, ensure_ascii=False) for x in (head, line)) + "\n"
    (folder / "d.jsonl").write_text(text, encoding="utf-8")
    assert main(["report", "weibin.json", "central.json", "--decisions", "d.jsonl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["places"][0]["counts"][5] == 1
