"""Many plans as a dataset: the same bytes however it is made, nothing read twice, bad files as rows, kills without a trace."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

import planlineage as pl

CITY = (
    "一、重点工作\n（一）健全清单制度。2023年年底前编制完成权责清单。\n（二）推进政务公开。全面推行行政执法公示制度。\n"
)
DISTRICT = "一、重点工作\n（一）健全清单制度。2023年6月底前编制完成权责清单。\n（二）加强培训。每年开展两次培训。\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    (folder / "山东省").mkdir(parents=True)
    (folder / "山东省" / "city.txt").write_text(f"山东省枣庄市2023年法治政府建设工作要点\n\n{CITY}", encoding="utf-8")
    for name in ("山亭区", "薛城区", "峄城区"):
        text = f"枣庄市{name}2023年法治政府建设工作要点\n\n{DISTRICT}"
        (folder / "山东省" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a document")
    return folder


def bytes_of(folder: Path) -> dict[str, str]:
    """The digest of every file of a dataset, without the folder of what is done."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".work" not in path.parts
    }


def test_what_a_survey_holds(plans: Path, tmp_path: Path) -> None:
    found = pl.survey(plans, upper="central_2021", out=tmp_path / "out", workers=1)
    assert sorted(found.plans["level"].dropna()) == ["central", "district", "district", "district", "municipal"]
    assert list(found.problems["source"]) == ["broken.docx"]
    assert len(found.ranking) == 4
    assert {row.rank for row in found.ranking} <= {1, 2, 3, 4}
    assert all(0 <= row.low <= row.rate <= row.high <= 1 for row in found.ranking)
    assert found.gaps[0].lacking >= found.gaps[-1].lacking
    [(count,)] = found.sql("SELECT count(*) FROM statements WHERE kind = 'task' AND level = 'district'").fetchall()
    assert count == 6
    assert "Survey(" in repr(found)


def test_the_range_of_a_rate_is_that_of_coverage(tmp_path: Path) -> None:
    found = pl.survey(["weibin_2021", "shanting_2021"], upper="central_2021", out=tmp_path / "out", workers=1)
    for row in found.ranking:
        alone = pl.coverage(row.plan, "central_2021")
        assert row.rate == pytest.approx(alone.rate)
        assert (row.low, row.high) == pytest.approx(alone.interval, abs=0.02)
    [both] = found.coverage(by="upper_plan")
    assert both.low < both.rate < both.high
    assert both.high - both.low < max(row.high - row.low for row in found.ranking)


def test_each_plan_is_linked_to_what_stands_above_it(plans: Path, tmp_path: Path) -> None:
    found = pl.survey(plans, out=tmp_path / "out", workers=1)
    edges = found.sql("SELECT DISTINCT local_plan, upper_plan FROM edges ORDER BY ALL").fetchall()
    assert {upper for _, upper in edges} == {"山东省/city"}
    assert len(edges) == 3


def test_the_same_bytes_by_any_number_of_workers(plans: Path, tmp_path: Path) -> None:
    pl.survey(plans, upper="central_2021", out=tmp_path / "one", workers=1)
    pl.survey(plans, upper="central_2021", out=tmp_path / "two", workers=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_only_what_changed_is_read_again(plans: Path, tmp_path: Path) -> None:
    done: list[tuple[str, int, int]] = []
    out = tmp_path / "out"
    (plans / "broken.docx").unlink()
    pl.survey(plans, out=out, workers=1)
    before = bytes_of(out)
    pl.survey(plans, out=out, workers=1, progress=lambda *told: done.append(told))
    assert bytes_of(out) == before
    assert [told for told in done if told[0] == "reading"] == [("reading", 0, 4), ("reading", 4, 4)], "nothing is read"
    changed = plans / "山东省" / "山亭区.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("6月", "9月"), encoding="utf-8")
    pl.survey(plans, out=out, workers=1)
    fresh = tmp_path / "fresh"
    pl.survey(plans, out=fresh, workers=1)
    assert bytes_of(out) == bytes_of(fresh) != before


def test_what_failed_is_tried_again(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planlineage.surveying import stages

    def missing(*_: object, **__: object) -> None:
        raise pl.SourceError("not installed", hint="install survey", module="lxml")

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(stages, "parse_text", missing)
        assert len(pl.survey(plans, out=out, workers=1).problems) == 5
    assert len(pl.survey(plans, out=out, workers=1).problems) == 1


def test_a_table_beside_the_files_fixes_what_names_do_not_say(plans: Path, tmp_path: Path) -> None:
    table = "file,id,level,place\nbroken.docx,,,\n山东省/山亭区.txt,shanting,district,山东省枣庄市山亭区\n"
    (plans / "plans.csv").write_text(table, encoding="utf-8")
    found = pl.survey(plans, out=tmp_path / "out", workers=1)
    [(place,)] = found.sql("SELECT place FROM plans WHERE plan = 'shanting'").fetchall()
    assert place == "山东省枣庄市山亭区"


def test_nothing_to_survey_and_no_survey(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(pl.SurveyError):
        pl.survey(tmp_path / "empty", out=tmp_path / "out")
    with pytest.raises(pl.SurveyError):
        pl.Survey.open(tmp_path / "empty")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_and_run_again(plans: Path, tmp_path: Path, kills: int) -> None:
    whole = tmp_path / "whole"
    pl.survey(plans, upper="central_2021", out=whole, workers=1)
    out = tmp_path / "out"
    program = "import sys, planlineage as pl; pl.survey(sys.argv[1], upper='central_2021', out=sys.argv[2], workers=1)"
    dice = random.Random(kills)
    for kill in range(kills):
        if kill % 10 == 9:  # from the beginning again
            shutil.rmtree(out, ignore_errors=True)
        run = subprocess.Popen([sys.executable, "-c", program, str(plans), str(out)], stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.5, 3.0))
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    pl.survey(plans, upper="central_2021", out=out, workers=1)
    assert bytes_of(out) == bytes_of(whole)
