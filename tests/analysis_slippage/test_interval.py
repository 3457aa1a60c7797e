"""The 95 % interval of the coverage rate holds what careful readers say, on parts of each upper plan drawn at random."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from real import AT_HAND, FOLDER, WHY_NOT, read

import planlineage as pl
from planlineage import Coverage

CHAINS, RULES = FOLDER / "corpus" / "chains", FOLDER / "corpus" / "business_environment"
LAW = FOLDER / "sources" / "central_2021_announcement.txt"
ROADS = CHAINS / "roads_shanghai" / "provincial_上海市_农村公路.txt"
PAIRS = [
    ("shanting", "central", FOLDER / "sources" / "shanting_2021.txt", LAW),
    ("weibin", "central", FOLDER / "sources" / "weibin_2021_draft.txt", LAW),
    ("roads_chongming", "roads_upper", CHAINS / "roads_shanghai" / "district_崇明区_农村公路.txt", ROADS),
    ("roads_fengxian", "roads_upper", CHAINS / "roads_shanghai" / "district_奉贤区_农村公路.txt", ROADS),
    (
        "garbage_baoshan",
        "garbage_upper",
        CHAINS / "garbage_shanghai" / "district_宝山区_生活垃圾.txt",
        CHAINS / "garbage_shanghai" / "provincial_上海市_生活垃圾.txt",
    ),
    ("shandong", "state_council", RULES / "provincial_shandong.txt", RULES / "central_state_council.txt"),
    ("dezhou", "shandong", RULES / "municipal_dezhou.txt", RULES / "provincial_shandong.txt"),
]
DRAWS = 60

pytestmark = pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / "gold" / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_readers(local: str, upper: str, plan: pl.Plan) -> tuple[set[str], set[str]]:
    """The upper statements that both readings see carried, and those that one of them does."""
    spans = {row["id"]: pl.Span(start=int(row["start"]), end=int(row["end"])) for row in table(f"{upper}_units")}
    sure, some = set(), set()
    for row in table(f"{local}_lineage"):
        target = row.get("central") or row.get("upper") or "-"
        if target not in spans or {"thematic", "none"} & set(row["relation"].split("|")):
            continue
        best = max(plan.statements, key=lambda s: s.span.overlap(spans[target]))
        (sure if row["status"] == "core" else some).add(best.id)
    return sure, some - sure


def holds(report: Coverage, sure: set[str], some: set[str], draw: random.Random) -> bool:
    """Whether the interval for some articles holds what is carried there; where readers differ, a coin decides."""
    articles = sorted({r.article for r in report.applicable})
    kept = set(draw.sample(articles, max(2, int(len(articles) * draw.uniform(0.4, 1)))))
    records = [r for r in report.applicable if r.article in kept]
    carried = sum(r.upper_id in sure or (r.upper_id in some and draw.random() < 0.5) for r in records)
    low, high = report.estimate(records).interval
    return low - 1e-9 <= carried / len(records) <= high + 1e-9


def test_intervals_hold_what_readers_say() -> None:
    shares = {}
    for local, upper, document, above in PAIRS:
        plan, draw = read(Path(above)), random.Random(1)
        report = pl.coverage(read(Path(document)), plan)
        sure, some = by_readers(local, upper, plan)
        shares[local] = sum(holds(report, sure, some, draw) for _ in range(DRAWS)) / DRAWS
    assert sum(shares.values()) / len(shares) >= 0.93, shares
