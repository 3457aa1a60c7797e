"""Learn how far a coverage rate can be off, and show how often its interval holds on families that were left out.

    python tools/train_interval.py [--shared DIR] [--write]

For each labelled pair (`linking_gold.py`) the linker and its calibration are trained without the pair's family, and what they
say is set against the labels: how many upper tasks are carried without an edge, and how far the chances of one document err
together. Those two are learnt again without the family before its intervals are tried, on parts of each upper plan (articles
drawn at random). Where careful readers differ (`soft`), half of them count as carried. With `--write` the parameters learnt
from all go to `src/planlineage/analysis/interval.json`. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from linking_gold import ROOT, Reading, readings
from train_linking import calibrated, linked, predictions, train

from planlineage.analysis.coverage_rows import NEARLY_ALL
from planlineage.analysis.intervals import Calibration, weighted_range
from planlineage.linking.align import tiles
from planlineage.linking.normalise import compared
from planlineage.model.lineage import Relation

PARAMETERS = ROOT / "src" / "planlineage" / "analysis" / "interval.json"
SPREADS = tuple(k / 10 for k in range(16))
ENOUGH = 0.98
"""Share of the intervals of the pairs learnt from that must hold: more than 0.95, since a family not seen errs more."""
WHOLE = {"verbatim", "adapted"}


@dataclass
class Seen:
    """The upper tasks of a pair: in which article, how sure an edge is, what status follows, what the readers say."""

    name: str
    family: str
    gold: bool
    articles: list[str]
    chances: list[float | None]
    statuses: list[str]
    core: list[bool]
    soft: list[bool]
    whole: list[bool]
    draws: list[tuple[np.ndarray, int]] = field(default_factory=list)

    def draw(self, times: int) -> None:
        """Parts of the upper plan, each with how many of its tasks are carried."""
        chance = np.random.default_rng(len(self.articles))
        names = sorted(set(self.articles))
        while len(self.draws) < times:
            size = max(2, int(len(names) * chance.uniform(0.4, 1)))
            some = set(chance.choice(names, size, replace=False))
            kept = np.array([a in some for a in self.articles])
            carried = int(np.sum(np.array(self.core) & kept))
            self.draws.append((kept, carried + int(chance.binomial(np.sum(np.array(self.soft) & kept), 0.5))))

    def held(self, learnt: Calibration) -> tuple[float, float]:
        """The share of draws whose interval holds what is carried, and the mean width of the intervals."""
        held, width = 0, 0.0
        for kept, carried in self.draws:
            own = [c for c, k in zip(self.chances, kept, strict=True) if k]
            found = [c for c in own if c is not None]
            unseen = learnt.unseen(sum(found), len(own) - len(found))
            chances = [unseen if c is None else c for c in own]
            low, high = weighted_range(chances, [1] * len(own), spread=learnt.spread)
            counted = sum(s in ("covered", "partly") for s, k in zip(self.statuses, kept, strict=True) if k)
            low, high = min(low, counted), max(high, counted)
            held += low <= carried <= high
            width += (high - low) / len(own)
        return held / len(self.draws), width / len(self.draws)


def seen(reading: Reading, model: dict) -> Seen:
    """What a model says of a pair, beside its labels."""
    plan = reading.real[1].plan
    edges = linked(*reading.units, model)
    soft = {j for i, j in reading.soft if not _thematic(reading, i, j)}
    found = Seen(reading.name, reading.family or reading.name, reading.gold, [], [], [], [], [], [])
    for k, row in enumerate(reading.upper):
        start, end = int(row["start"]), int(row["end"])
        shared = [min(end, s.span.end) - max(start, s.span.start) for s in plan.statements]
        statement = plan.statements[int(np.argmax(shared))]
        if max(shared) <= 0 or not statement.is_task:
            continue
        own = [e for e in edges if e.upper == k]
        labels = [r for (i, j), relations in reading.core.items() for r in relations if j == k]
        found.articles.append(plan.article(statement))
        found.chances.append(1 - float(np.prod([1 - e.confidence for e in own])) if own else None)
        found.statuses.append(_status(reading, own, k))
        found.core.append(bool(labels))
        found.soft.append(k in soft and not labels)
        found.whole.append(bool(WHOLE & set(labels)))
    return found


def _thematic(reading: Reading, i: int, j: int) -> bool:
    ids = reading.local[i]["id"], reading.upper[j]["id"]
    rows = [r for r in reading.lineage if (r["local"], r.get("central") or r.get("upper")) == ids]
    return all(set(r["relation"].split("|")) <= {"thematic", "none"} for r in rows)


def _status(reading: Reading, edges: Sequence, upper: int) -> str:
    relations = {e.relation for e in edges}
    if relations & {Relation.VERBATIM, Relation.ADAPTED}:
        return "covered"
    if Relation.PARTIAL not in relations:
        return "thematic" if edges else "missing"
    above, marked = compared(reading.units[1][upper].text).text, set()
    for edge in edges:
        if edge.relation is Relation.PARTIAL:
            for _, start, size in tiles(compared(reading.units[0][edge.local].text).text, above):
                marked.update(range(start, start + size))
    return "covered" if len(marked) >= NEARLY_ALL * len(above) else "partly"


def learnt(found: Sequence[Seen]) -> Calibration:
    """The parameters that follow from some pairs: the least spread with which their intervals hold often enough."""
    edged = sum(sum(c for c in s.chances if c is not None) for s in found)
    lost = sum(
        core + soft / 2 for s in found for c, core, soft in zip(s.chances, s.core, s.soft, strict=True) if c is None
    )
    whole = {status: _whole(found, status) for status in ("covered", "partly", "thematic", "missing")}
    for spread in SPREADS:
        result = Calibration(round(lost / edged, 3), spread, whole)
        if np.mean([s.held(result)[0] for s in found]) >= ENOUGH:
            break
    return result


def _whole(found: Sequence[Seen], status: str) -> float:
    carried = [w for s in found for w, t, c in zip(s.whole, s.statuses, s.core, strict=True) if c and t == status]
    return round((sum(carried) + 1) / (len(carried) + 2), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--write", action="store_true", help="store the parameters")
    parser.add_argument("--times", type=int, default=200, help="parts drawn from each upper plan")
    options = parser.parse_args()
    every = readings(options.shared)
    known = [r for r in every if r.family]
    families = list(dict.fromkeys(r.family for r in known))
    bare = {family: train([r for r in known if r.family != family]) for family in families}
    unseen = [predictions(r, bare[r.family]) for r in known if r.gold]
    models = {f: calibrated(bare[f], [p for p in unseen if p.reading.family != f]) for f in families}
    models[""] = calibrated(train(known), unseen)
    found = [seen(r, models[r.family]) for r in every]
    for one in found:
        one.draw(options.times)
    print("| pair | tasks | share carried, by the readers | expected | counted | intervals that hold | mean width |")
    print("|" + " --- |" * 7)
    held = []
    for one in found:
        apart = learnt([s for s in found if s.family != one.family])
        share, width = one.held(apart)
        held.append(share)
        size, core, soft = len(one.core), sum(one.core), sum(one.soft)
        edged = [c for c in one.chances if c is not None]
        expected = (sum(edged) + (size - len(edged)) * apart.unseen(sum(edged), size - len(edged))) / size
        counted = sum(s in ("covered", "partly") for s in one.statuses) / size
        said = f"{core / size:.3f}" + (f"–{(core + soft) / size:.3f}" if soft else "")
        print(f"| {one.name} | {size} | {said} | {expected:.3f} | {counted:.3f} | {share:.3f} | {width:.2f} |")
    print(f"\nall pairs: {np.mean(held):.3f} of {len(held) * options.times} intervals hold")
    result = learnt(found)
    print(result)
    if options.write:
        about = "By tools/train_interval.py; see docs/coverage.md and analysis/intervals.py."
        stored = {"about": about, "missed": result.missed, "spread": result.spread, "whole": result.whole}
        PARAMETERS.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
