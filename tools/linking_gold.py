"""The labelled pairs that the linker is trained on and measured with: gold, and one maker's reading where there is no gold."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from planlineage import parse
from planlineage.linking import Unit
from planlineage.linking.context import standing
from planlineage.linking.linker import PlanUnits
from planlineage.linking.matrices import PairMatrices, pair_matrices
from planlineage.linking.pairs import Pairs, pairs
from planlineage.linking.sides import side

ROOT = Path(__file__).resolve().parent.parent
READINGS = ROOT / "tools" / "linking_readings"

SOURCES = {
    "central": "sources/central_2021_announcement.txt",
    "shanting": "sources/shanting_2021.txt",
    "weibin": "sources/weibin_2021_draft.txt",
    "roads_upper": "corpus/chains/roads_shanghai/provincial_上海市_农村公路.txt",
    "roads_chongming": "corpus/chains/roads_shanghai/district_崇明区_农村公路.txt",
    "roads_fengxian": "corpus/chains/roads_shanghai/district_奉贤区_农村公路.txt",
    "garbage_upper": "corpus/chains/garbage_shanghai/provincial_上海市_生活垃圾.txt",
    "garbage_baoshan": "corpus/chains/garbage_shanghai/district_宝山区_生活垃圾.txt",
    "state_council": "corpus/business_environment/central_state_council.txt",
    "shandong": "corpus/business_environment/provincial_shandong.txt",
    "dezhou": "corpus/business_environment/municipal_dezhou.txt",
    "jinan": "corpus/business_environment/municipal_jinan.txt",
    "weather_upper": "corpus/laws/行政法规/气象灾害防御条例(2017-10-07).md",
    "weather_henan": "corpus/laws/DLC/河南地方法规/地方性法规/河南/河南省气象灾害防御条例(2020-06-04).md",
    "volunteers_upper": "corpus/laws/行政法规/志愿服务条例(2017-08-22).md",
    "volunteers_henan": "corpus/laws/DLC/河南地方法规/地方性法规/河南/河南省志愿服务条例(2018-11-30).md",
    "fitness_upper": "corpus/laws/行政法规/全民健身条例(2016-02-06).md",
    "fitness_beijing": "corpus/laws/DLC/北京地方法规/地方性法规/北京/北京市全民健身条例.md",
    "heritage_upper": "corpus/laws/行政法规/历史文化名城名镇名村保护条例(2017-10-07).md",
    "heritage_shandong": "corpus/laws/DLC/山东地方法规/地方性法规/山东/山东省历史文化名城名镇名村保护条例(2019-11-29).md",
}
PAIRS = (
    ("山亭区 → centre", "rule of law", "shanting", "central"),
    ("卫滨区 → centre", "rule of law", "weibin", "central"),
    ("崇明区 → 上海市", "roads", "roads_chongming", "roads_upper"),
    ("奉贤区 → 上海市", "roads", "roads_fengxian", "roads_upper"),
    ("宝山区 → 上海市", "waste", "garbage_baoshan", "garbage_upper"),
    ("山东省 → State Council", "business", "shandong", "state_council"),
    ("德州市 → 山东省", "business", "dezhou", "shandong"),
    ("济南市 → 山东省 (reading)", "business", "jinan", "shandong"),
    ("济南市 → State Council (reading)", "business", "jinan", "state_council"),
    ("河南省 → State Council, weather (reading)", "", "weather_henan", "weather_upper"),
    ("河南省 → State Council, volunteers (reading)", "", "volunteers_henan", "volunteers_upper"),
    ("北京市 → State Council, sport (reading)", "", "fitness_beijing", "fitness_upper"),
    ("山东省 → State Council, heritage (reading)", "", "heritage_shandong", "heritage_upper"),
)
"""Name, family, local and upper document. Pairs without a family are measured and never learnt from."""

STRETCH, CUTTINGS = 12, 1
"""Statements of the short upper plans that are cut out of a pair, and how many for each."""

Row = dict[str, str]


@dataclass
class Reading:
    """A pair of documents with its labels and its candidate pairs.

    `units` are the gold's pieces of text, each with the place in the outline that our reader gives to the statement it lies in;
    `real` what our reader makes of both documents.
    """

    name: str
    family: str
    local: list[Row]
    upper: list[Row]
    lineage: list[Row]
    gold: bool
    units: tuple[list[Unit], list[Unit]]
    real: tuple[PlanUnits, PlanUnits]
    core: dict[tuple[int, int], set[str]]
    soft: set[tuple[int, int]]
    base: PairMatrices = field(init=False)
    table: Pairs = field(init=False)

    def __post_init__(self) -> None:
        ours, theirs = (side(units) for units in self.units)
        self.base = pair_matrices(ours, theirs)
        self.table = pairs(self.base, 0, ours.size)
        self.table.features.update(standing(self.table, ours, theirs))

    def cut(self, ours: slice, theirs: slice) -> Reading:
        """The same pair where only some statements of either plan are known."""

        def inside(i: int, j: int) -> bool:
            return ours.start <= i < ours.stop and theirs.start <= j < theirs.stop

        return replace(
            self,
            local=self.local[ours],
            upper=self.upper[theirs],
            units=(self.units[0][ours], self.units[1][theirs]),
            core={(i - ours.start, j - theirs.start): v for (i, j), v in self.core.items() if inside(i, j)},
            soft={(i - ours.start, j - theirs.start) for i, j in self.soft if inside(i, j)},
        )

    def cuttings(self) -> list[Reading]:
        """Some short plans cut out of this pair, so that what is learnt holds for plans of a few statements too."""
        whole = slice(0, len(self.local))
        return [self.cut(whole, part) for part in _stretches(len(self.upper), STRETCH)]

    def labels(self, found: Pairs) -> tuple[np.ndarray, np.ndarray]:
        """Which pairs are gold, and which count (soft ones count neither way)."""
        keys = list(zip(found.local.tolist(), found.upper.tolist(), strict=True))
        return (
            np.array([key in self.core for key in keys], dtype=np.float64),
            np.array([key not in self.soft for key in keys], dtype=bool),
        )

    @property
    def candidate_recall(self) -> float:
        """The share of gold pairs that are looked at."""
        return float(self.labels(self.table)[0].sum()) / max(1, len(self.core))


def _stretches(size: int, length: int) -> list[slice]:
    """Every so many statements a stretch of this length."""
    step = max(length, size // CUTTINGS)
    return [slice(start, start + length) for start in range(0, size - length + 1, step)]


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def readings(shared: Path) -> list[Reading]:
    """All pairs."""
    return [_reading(shared, *pair) for pair in PAIRS]


def _reading(shared: Path, name: str, family: str, local: str, upper: str) -> Reading:
    own = READINGS / f"{local}_{upper}_lineage.tsv"
    lineage = table(own if own.exists() else shared / "gold" / f"{local}_lineage.tsv")
    rows = _rows(shared, local), _rows(shared, upper)
    real = _document(shared, local), _document(shared, upper)
    at, over = ({row["id"]: k for k, row in enumerate(some)} for some in rows)
    core: dict[tuple[int, int], set[str]] = {}
    soft: set[tuple[int, int]] = set()
    for row in lineage:
        target = row.get("central") or row.get("upper") or "-"
        if target not in over:
            continue
        key = at[row["local"]], over[target]
        if row["status"] == "core":
            core[key] = set(row["relation"].split("|"))
        else:
            soft.add(key)
    units = _placed(rows[0], real[0]), _placed(rows[1], real[1])
    return Reading(name, family, *rows, lineage, not own.exists(), units, real, core, soft)


def _rows(shared: Path, name: str) -> list[Row]:
    own = READINGS / f"{name}_units.tsv"
    if not own.exists():
        return table(shared / "gold" / f"{name}_units.tsv")
    text = (shared / SOURCES[name]).read_text(encoding="utf-8")
    return [{**row, "text": text[int(row["start"]) : int(row["end"])]} for row in table(own)]


@cache
def _document(shared: Path, name: str) -> PlanUnits:
    return PlanUnits(parse(shared / SOURCES[name]))


def _placed(rows: Sequence[Row], plan: PlanUnits) -> list[Unit]:
    """Gold units in the outline that our reader sees; what it takes for no part of the plan stands before the text."""
    spans = [statement.span for statement in plan.statements]
    seen: set[str] = set()
    result = []
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        shared = [min(end, span.end) - max(start, span.start) for span in spans]
        best = int(np.argmax(shared))
        unit = plan.units[best]
        if shared[best] <= 0:
            result.append(Unit(row["id"], row["text"], front=True))
            continue
        opens = unit.id not in seen
        seen.add(unit.id)
        result.append(
            replace(
                unit,
                id=row["id"],
                text=row["text"],
                title=unit.title and opens,
                rank=unit.rank if opens else 0,
            )
        )
    return result
