"""The shipped decision layer on real documents against the hand-made gold: a floor under what was measured.

These pairs were trained on; `docs/linking.md` reports what it does on families of documents that it has not seen.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import planlineage as pl

LAW = "sources/central_2021_announcement.txt"
ROADS, WASTE, RULES = (
    "corpus/chains/roads_shanghai",
    "corpus/chains/garbage_shanghai",
    "corpus/business_environment",
)
CITY_ROADS, CITY_WASTE = f"{ROADS}/provincial_上海市_农村公路.txt", f"{WASTE}/provincial_上海市_生活垃圾.txt"
PAIRS = [
    ("shanting", "central", "sources/shanting_2021.txt", LAW, (0.92, 0.86, 0.05)),
    ("weibin", "central", "sources/weibin_2021_draft.txt", LAW, (0.90, 0.85, 0.05)),
    ("roads_chongming", "roads_upper", f"{ROADS}/district_崇明区_农村公路.txt", CITY_ROADS, (0.95, 0.74, 0.06)),
    ("roads_fengxian", "roads_upper", f"{ROADS}/district_奉贤区_农村公路.txt", CITY_ROADS, (0.86, 0.84, 0.08)),
    ("garbage_baoshan", "garbage_upper", f"{WASTE}/district_宝山区_生活垃圾.txt", CITY_WASTE, (0.88, 0.84, 0.06)),
    (
        "shandong",
        "state_council",
        f"{RULES}/provincial_shandong.txt",
        f"{RULES}/central_state_council.txt",
        (0.86, 0.77, 0.06),
    ),
    ("dezhou", "shandong", f"{RULES}/municipal_dezhou.txt", f"{RULES}/provincial_shandong.txt", (0.86, 0.74, 0.06)),
]
"""Gold of the local and of the upper document, the documents; floors of F1 and relation, ceiling of the calibration error."""


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


@pytest.mark.parametrize(("local", "upper", "document", "above", "floors"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_gold(
    shared: Path,
    scorer: ModuleType,
    local: str,
    upper: str,
    document: str,
    above: str,
    floors: tuple[float, ...],
) -> None:
    names = (f"{local}_units", f"{upper}_units", f"{local}_lineage")
    gold = [table(shared / "gold" / f"{name}.tsv") for name in names]
    lineage = pl.link(pl.parse(shared / document), pl.parse(shared / above))
    edges = [
        {
            "local_start": edge.local_span.start,
            "local_end": edge.local_span.end,
            "upper_start": edge.upper_span.start,
            "upper_end": edge.upper_span.end,
            "relation": edge.relation.value,
            "confidence": edge.confidence,
        }
        for edge in lineage.edges
    ]
    figures: dict[str, Any] = scorer.score(edges, *gold)[0]
    for name, floor in zip(("f1", "relation"), floors, strict=False):
        assert figures[name] >= floor, figures
    assert figures["ece"] <= floors[-1], figures
