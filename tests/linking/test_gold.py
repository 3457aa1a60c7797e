"""The shipped decision layer against the hand-made gold: a floor under what was measured, so that no change sinks it unseen.

These pairs were trained on; `docs/linking.md` reports what leave-one-out says.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from planlineage.linking import LinkOptions, Unit, link_units

PAIRS = [
    (
        "shanting_units",
        "central_units",
        "shanting_lineage",
        {"f1": 0.93, "relation": 0.90, "sourceless_left": 0.85},
    ),
    (
        "shandong_units",
        "state_council_units",
        "shandong_lineage",
        {"f1": 0.87, "relation": 0.80, "sourceless_left": 0.85},
    ),
    (
        "dezhou_units",
        "shandong_units",
        "dezhou_lineage",
        {"f1": 0.88, "relation": 0.80, "sourceless_left": 0.85},
    ),
]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_lineage", shared / "tools" / "score_lineage.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def units(rows: list[dict[str, str]]) -> list[Unit]:
    return [
        Unit(r["id"], r["text"], part=r.get("part") or "", article=r["article"], order=k)
        for k, r in enumerate(rows)
    ]


@pytest.mark.parametrize(("local", "upper", "lineage", "floors"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_gold(
    shared: Path, scorer: ModuleType, local: str, upper: str, lineage: str, floors: dict[str, float]
) -> None:
    ours, theirs, gold = (table(shared / "gold" / f"{name}.tsv") for name in (local, upper, lineage))
    edges = [
        {
            "local_start": ours[edge.local]["start"],
            "local_end": ours[edge.local]["end"],
            "upper_start": theirs[edge.upper]["start"],
            "upper_end": theirs[edge.upper]["end"],
            "relation": edge.relation.value,
            "confidence": edge.confidence,
        }
        for edge in link_units(units(ours), units(theirs), LinkOptions(evidence=False))
    ]
    figures: dict[str, Any] = scorer.score(edges, ours, theirs, gold)[0]
    for name, floor in floors.items():
        assert figures[name] >= floor, figures
    assert figures["ece"] <= 0.06, figures
