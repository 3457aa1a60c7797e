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
from bare_units import bare_units

from planlineage.linking import LinkOptions, link_units

PAIRS = [
    ("shanting_units", "central_units", "shanting_lineage", (0.93, 0.90, 0.85, 0.05)),
    ("shandong_units", "state_council_units", "shandong_lineage", (0.86, 0.80, 0.85, 0.09)),
    ("dezhou_units", "shandong_units", "dezhou_lineage", (0.88, 0.80, 0.85, 0.09)),
]
"""Local and upper units, gold, and floors: F1, relation right, sourceless left alone; ceiling of the calibration error."""


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


@pytest.mark.parametrize(("local", "upper", "lineage", "floors"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_gold(
    shared: Path, scorer: ModuleType, local: str, upper: str, lineage: str, floors: tuple[float, ...]
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
        for edge in link_units(bare_units(ours), bare_units(theirs), LinkOptions(evidence=False))
    ]
    figures: dict[str, Any] = scorer.score(edges, ours, theirs, gold)[0]
    for name, floor in zip(("f1", "relation", "sourceless_left"), floors, strict=False):
        assert figures[name] >= floor, figures
    assert figures["ece"] <= floors[-1], figures
