"""The commands `slippage` and `export`: files by their ending, and one clear line where something is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from planlineage.cli.main import main


@pytest.fixture(autouse=True)
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_slippage_as_csv() -> None:
    assert main(["slippage", "weibin_2021", "central_2021", "--out", "x.csv"]) == 0
    with Path("x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:10] == [
        "local_id",
        "upper_id",
        "aspect",
        "change",
        "upper_value",
        "local_value",
        "days_min",
        "days_max",
        "comparable",
        "reason",
    ]
    assert {r["comparable"] for r in rows} == {"yes", "partly", "no"}


@pytest.mark.parametrize(("name", "module"), [("x.xlsx", "openpyxl"), ("x.parquet", "pyarrow")])
def test_slippage_as_a_binary_table(name: str, module: str) -> None:
    pytest.importorskip(module)
    assert main(["slippage", "weibin_2021", "central_2021", "--out", name]) == 0
    assert Path(name).stat().st_size > 1000


def test_slippage_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slippage", "weibin_2021", "central_2021", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["local"] == "weibin_2021"
    assert {"deadline", "target", "strength"} <= set(data["counts"])


def test_export_opens_in_networkx() -> None:
    assert main(["export", "central_2021", "shanting_2021", "--out", "x.graphml"]) == 0
    assert nx.read_graphml("x.graphml").number_of_nodes() > 500


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["export", "central_2021", "--out", "x.doc"], "no graph format"),
        (["export", "central_2021", "central_2021", "--out", "x.gexf"], "more than once"),
        (["export", "no_such_plan", "--out", "x.gexf"], "no_such_plan"),
        (["slippage", "central_2021", "shanting_2021"], "swapped"),
        (["slippage", "shanting_2021", "central_2021", "--out", "x.doc"], "ending"),
    ],
)
def test_bad_input_is_said_in_one_line(
    in_english: None, argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert not list(Path().iterdir())
