"""What the tests of the command line share: a folder to stand in, documents, and `main` run in process."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import planlineage as pl
from planlineage.cli.main import main

CITY = """\
新乡市法治政府建设实施方案（2021—2025年）

一、健全政府机构职能体系
（一）推进政府机构职能优化。2022年年底前编制完成市级部门权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
（二）深化“放管服”改革。到2023年年底前，全面推行证明事项告知承诺制。
二、健全依法行政制度体系
（三）加强规范性文件管理。落实规范性文件合法性审核制度，每年至少开展1次清理。
"""

DISTRICT = """\
卫滨区法治政府建设实施方案（2021—2025年）

一、健全政府机构职能体系
（一）推进政府机构职能优化。2023年年底前编制完成区级部门权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
（二）深化“放管服”改革。全面推行证明事项告知承诺制。
二、健全依法行政制度体系
（三）加强规范性文件管理。落实规范性文件合法性审核制度。
"""

WORK_REPORTS = {
    2024: "一、2023年工作回顾\n经济稳中有进。\n二、2024年重点工作\n城镇新增就业110万人以上。\n",
    2025: "一、2024年工作回顾\n城镇新增就业118万人。\n二、2025年重点工作\n城镇新增就业110万人以上。\n",
}


@cache
def small_survey() -> Path:
    """The dataset that the help's own examples speak of, made once."""
    folder = Path(tempfile.mkdtemp())
    pl.survey(["weibin_2021"], upper="central_2021", out=folder, workers=1)
    return folder


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with the documents that the help's own examples speak of."""
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "plan.txt").write_text(DISTRICT, encoding="utf-8")
    (tmp_path / "district.txt").write_text(DISTRICT, encoding="utf-8")
    (tmp_path / "city.txt").write_text(CITY, encoding="utf-8")
    assert main(["parse", "city.txt", "--level", "municipal", "--out", "city.json"]) == 0
    (tmp_path / "decisions.jsonl").write_text('{"format":"planlineage-decisions","version":1}\n', encoding="utf-8")
    for year, text in WORK_REPORTS.items():
        (tmp_path / f"report{year}.txt").write_text(f"某省{year}年政府工作报告\n\n{text}", encoding="utf-8")
    told = "新乡市卫滨区2026年政府工作报告\n\n一、2025年工作回顾\n权责清单编制完成。\n二、2026年重点工作\n发展工业。\n"
    (tmp_path / "report2026.txt").write_text(told, encoding="utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "district.txt").write_text(DISTRICT, encoding="utf-8")
    shutil.copytree(small_survey(), tmp_path / "dataset")
    for reader in ("first", "second"):
        told = f"plan,report,task_id,start,end,verdict\np,r,2-a,0,9,met\np,r,2-b,9,20,{reader}\n"
        (tmp_path / f"{reader}.csv").write_text(told, encoding="utf-8")
    (tmp_path / "tasks.csv").write_text("主要内容,任务编号\r\n", encoding="utf-8-sig")
    (tmp_path / "tasks.jsonl").write_text('{"format":"planlineage-task-decisions","version":1}\n', encoding="utf-8")
    (tmp_path / "review.csv").write_text("Decision,Local id,Upper id\r\n", encoding="utf-8-sig")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in the folder: `run("parse", "plan.txt")`."""

    def call(*argv: object) -> Outcome:
        capsys.readouterr()
        status = main([str(a) for a in argv])
        shown = capsys.readouterr()
        return Outcome(status, shown.out, shown.err)

    return call


@pytest.fixture
def plan_json(folder: Path) -> Callable[..., Path]:
    """Writes a plan JSON from the city's with some fields changed, or left out where None."""

    def write(**changes: object) -> Path:
        data = json.loads((folder / "city.json").read_text(encoding="utf-8"))
        for key, value in changes.items():
            if value is None:
                data.pop(key)
            else:
                data[key] = value
        path = folder / "changed.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write
