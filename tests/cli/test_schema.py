"""Every `--json` answer validates against the schema that `planlineage schema` publishes for it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from planlineage.cli.main import main
from planlineage.cli.schemas import names, schema

PAIR = "shanting_2021 central_2021"
LEDGER = "progress add ledger.db shanting_2021 9.29-2rwar --status 已完成 --on 2023-11-30"
REVIEW = f"review {PAIR} --below 0.5 --out sheet.csv"
ANSWERS: dict[str, tuple[str, ...]] = {
    "parse": ("parse plan.txt --level district",),
    "commitments": ("commitments shanting_2021",),
    "link": (f"link {PAIR}",),
    "coverage": (f"coverage {PAIR}",),
    "slippage": (f"slippage {PAIR}",),
    "trace": (f"trace 权责清单 {PAIR}", f"trace 权责清单 {PAIR} --explain"),
    "deadlines": ("deadlines shanting_2021 --as-of 2024-06-30", f"deadlines {PAIR} --as-of 2024-06-30"),
    "deadlines --progress": (f"deadlines {PAIR} --progress ledger.db --as-of 2024-06-30",),
    "progress log": ("progress log ledger.db",),
    "scorecard": ("scorecard shanting_2021 --as-of 2024-06-30",),
    "tags": ("tags shanting_2021",),
    "follow-up": ("follow-up y2024.txt y2025.txt",),
    "diff": ("diff y2024.txt y2025.txt",),
    "agree": ("agree first.csv first.csv",),
    "review": (f"review {PAIR} --below 0.5",),
    "review --import": (f"review {PAIR} --import sheet.csv --decisions decisions.json",),
    "review --check": (f"review {PAIR} --check --decisions decisions.json",),
    "tasks apply": ("tasks apply shanting_2021 --sheet tasks.xlsx --decisions edits.json",),
    "survey": ("survey shanting_2021 weibin_2021 --upper central_2021 --out dataset",),
    "diffusion": ("diffusion dataset --least 2",),
    "report": (f"report {PAIR} --out page.html",),
}


@pytest.fixture
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the commands speak of."""
    monkeypatch.chdir(tmp_path)
    Path("plan.txt").write_text("某区实施方案\n一、总体要求\n2022年年底前编制完成权责清单。\n", encoding="utf-8")
    for year in (2024, 2025):
        said = f"一、{year - 1}年工作回顾\n新建机场。粮食产量{year}万吨。\n二、{year}年工作安排\n新建机场。粮食产量{year}万吨。\n"
        Path(f"y{year}.txt").write_text(f"某省{year}年政府工作报告\n{said}", encoding="utf-8")
    return tmp_path


def test_each_schema_is_one_and_each_is_tried() -> None:
    assert sorted(ANSWERS) == names()
    for name in names():
        jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", list(ANSWERS))
def test_every_answer_validates(name: str, lang: str, at_hand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {
        "deadlines --progress": (LEDGER,),
        "progress log": (
            LEDGER,
            LEDGER.replace("--status 已完成", "--closed-on 2023-12-01 --approver 王某 --evidence 验收单"),
        ),
        "agree": ("follow-up y2024.txt y2025.txt --out first.csv",),
        "review --import": (REVIEW,),
        "review --check": (REVIEW, f"review {PAIR} --import sheet.csv --decisions decisions.json"),
        "diffusion": ("survey shanting_2021 weibin_2021 --upper central_2021 --out dataset",),
        "tasks apply": ("tasks shanting_2021 --out tasks.xlsx",),
    }
    for line in before.get(name, ()):
        assert main(shlex.split(line)) == 0, line
    for line in ANSWERS[name]:
        capsys.readouterr()
        told = [] if name in ("parse",) else ["--lang", lang]
        assert main([*shlex.split(line), "--json", *told]) in (0, 1)
        answer = json.loads(capsys.readouterr().out)
        jsonschema.Draft202012Validator(schema(name)).validate(answer)
        frame = schema(name)
        assert set(answer) <= set(frame["properties"]), "no key that the schema does not name"
        for key, rows in frame.get("$defs", {}).items() if name != "parse" else ():
            shown = next(k for k, v in frame["properties"].items() if f"defs/{key}'" in str(v))
            for row in answer.get(shown, [])[:5]:
                extra = set(row) - set(rows["properties"])
                assert extra <= {"status_key", "light_key", "duty"}, extra


def test_the_schemas_are_written_one_file_each(tmp_path: Path) -> None:
    assert main(["schema", "--out", str(tmp_path / "schemas")]) == 0
    files = sorted((tmp_path / "schemas").iterdir())
    assert len(files) == len(names())
    assert all(json.loads(f.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema") for f in files)


def test_a_command_without_a_schema_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "bake"]) == 2
    assert "coverage" in capsys.readouterr().err
