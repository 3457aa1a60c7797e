"""Train the linker's decision layer and measure it honestly.

    python tools/train_linking.py [--shared DIR] [--write]

Reads the gold pairs in DIR (default: the folder `shared` beside the repository, or $PLANLINEAGE_SHARED) and the author's own
readings in `tools/linking_readings`, prints the figures that `docs/linking.md` reports, and with `--write` stores the parameters
in `src/planlineage/linking/parameters.json`. Needs scikit-learn; the library itself does not.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "2")

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from planlineage.linking.context import second_look, standing
from planlineage.linking.decision import relation_features, sigmoid, stacked
from planlineage.linking.ground import ground
from planlineage.linking.pairs import Pairs, pairs
from planlineage.linking.sides import side

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from bare_units import bare_units  # noqa: E402

READINGS = ROOT / "tools" / "linking_readings"
PARAMETERS = ROOT / "src" / "planlineage" / "linking" / "parameters.json"

RELATIONS = ("verbatim", "adapted", "partial")
# features of which more is not always more evidence; all others may only raise the trees' logit
FREE = {
    "titles", "measure title", "depths differ", "local weight", "upper weight", "local best", "articles alike", "headings",
    "best other", "best other upwards", "like the best other", "near the best other",
}  # fmt: skip
UNUSED = {"same wording", "meaning"}
HEADINGS = (
    "cosine", "same words", "local words kept", "upper words kept", "scope", "around", "between anchors", "cosine lead",
    "cosine lead upwards", "depths differ", "best clause pair", "first look",
)  # fmt: skip
RELATION = (
    "same words", "local words kept", "upper words kept", "cosine", "concepts kept", "upper concepts kept", "left over",
    "left out", "long runs", "titles", "measure title", "local weight", "upper weight", "local words kept squared",
    "upper words kept squared", "words kept on both sides", "run share", "first upper clause", "last upper clause",
    "first local clause", "last local clause", "votes",
)  # fmt: skip
TREES = 150
THRESHOLD = 0.45


@dataclass
class Reading:
    """A document pair with its labels, and its candidate pairs."""

    name: str
    local: list[dict[str, str]]
    upper: list[dict[str, str]]
    core: dict[tuple[int, int], set[str]]
    soft: set[tuple[int, int]]
    sourceless: set[int]
    gold: bool
    table: Pairs = field(init=False)
    base: Any = field(init=False)
    label: np.ndarray = field(init=False)
    counted: np.ndarray = field(init=False)

    def prepare(self) -> None:
        """Find the candidates."""
        ours, theirs = side(bare_units(self.local)), side(bare_units(self.upper))
        self.base = ground(ours, theirs)
        self.table = pairs(self.base, 0, ours.size)
        self.table.features.update(standing(self.table, ours, theirs))
        keys = list(zip(self.table.local.tolist(), self.table.upper.tolist(), strict=True))
        self.label = np.array([key in self.core for key in keys], dtype=np.float64)
        self.counted = np.array([key not in self.soft for key in keys])

    def folds(self) -> np.ndarray:
        """Each local unit's fold: its part, or an eighth of a regulation."""
        if self.local[0].get("part") is not None and any(r["part"] for r in self.local):
            names: dict[str, int] = {}
            return np.array([names.setdefault(r["part"], len(names)) for r in self.local])
        return np.arange(len(self.local)) * 8 // len(self.local)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def readings(shared: Path) -> list[Reading]:
    """The gold pairs, then the author's own."""
    gold = shared / "gold"

    def cut(name: str, source: Path) -> list[dict[str, str]]:
        text = source.read_text(encoding="utf-8")
        return [
            {**r, "text": text[int(r["start"]) : int(r["end"])]}
            for r in table(READINGS / f"{name}_units.tsv")
        ]

    weibin = cut("weibin", shared / "sources" / "weibin_2021_draft.txt")
    jinan = cut("jinan", shared / "corpus" / "business_environment" / "municipal_jinan.txt")
    central, state = table(gold / "central_units.tsv"), table(gold / "state_council_units.tsv")
    shandong, shanting = table(gold / "shandong_units.tsv"), table(gold / "shanting_units.tsv")
    found = [
        labelled("山亭区 → central outline", shanting, central, gold / "shanting_lineage.tsv", gold=True),
        labelled("山东省 → State Council", shandong, state, gold / "shandong_lineage.tsv", gold=True),
        labelled(
            "德州市 → 山东省",
            table(gold / "dezhou_units.tsv"),
            shandong,
            gold / "dezhou_lineage.tsv",
            gold=True,
        ),
        labelled("卫滨区 → central outline", weibin, central, READINGS / "weibin_lineage.tsv"),
        labelled("济南市 → 山东省", jinan, shandong, READINGS / "jinan_shandong_lineage.tsv"),
        labelled("济南市 → State Council", jinan, state, READINGS / "jinan_state_council_lineage.tsv"),
    ]
    for reading in found:
        reading.prepare()
    return found


def labelled(
    name: str, local: list[dict[str, str]], upper: list[dict[str, str]], lineage: Path, *, gold: bool = False
) -> Reading:
    ours, theirs = ({r["id"]: k for k, r in enumerate(rows)} for rows in (local, upper))
    core: dict[tuple[int, int], set[str]] = {}
    soft: set[tuple[int, int]] = set()
    none: set[int] = set()
    for row in table(lineage):
        target = row.get("central") or row.get("upper") or "-"
        if target == "-":
            if row["relation"] == "none":
                none.add(ours[row["local"]])
        elif target in theirs:
            key = ours[row["local"]], theirs[target]
            if row["status"] == "core":
                core[key] = set(row["relation"].split("|"))
            else:
                soft.add(key)
    return Reading(name, local, upper, core, soft, none, gold)


Part = tuple[Reading, np.ndarray]
"""A reading, and which of its local units to learn from."""


def logistic(
    values: np.ndarray, labels: np.ndarray, strength: float, weights: np.ndarray | None = None
) -> dict[str, Any]:
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=strength, max_iter=2000).fit(
        scaler.transform(values), labels, sample_weight=weights
    )
    return {"mean": scaler.mean_, "scale": scaler.scale_, "weights": model.coef_, "bias": model.intercept_}


def apply(model: dict[str, Any], features: dict[str, np.ndarray]) -> np.ndarray:
    values = (stacked(features, model["names"]) - model["mean"]) / model["scale"]
    return values @ model["weights"].T + model["bias"]


Seen = tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]
"""Features, which rows to use, labels."""


def gathered(parts: Iterable[Seen], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    values = [(stacked(features, names)[mask], labels[mask]) for features, mask, labels in parts]
    return np.concatenate([v for v, _ in values]), np.concatenate([y for _, y in values])


def first_look(parts: Sequence[Part]) -> dict[str, Any]:
    names = [name for name in parts[0][0].table.features if name not in UNUSED]
    values, labels = gathered(
        ((r.table.features, rows[r.table.local] & r.counted, r.label) for r, rows in parts), names
    )
    return {"names": names, **logistic(values, labels, 0.3)}


def looked_at(reading: Reading, model: dict[str, Any]) -> tuple[Pairs, np.ndarray, np.ndarray]:
    """The pairs of the second look with their labels, and which of them count."""
    chosen = second_look(reading.table, apply(model, reading.table.features)[:, 0], reading.base)
    keys = list(zip(chosen.local.tolist(), chosen.upper.tolist(), strict=True))
    label = np.array([key in reading.core for key in keys], dtype=np.float64)
    return chosen, label, np.array([key not in reading.soft for key in keys], dtype=bool)


def train(parts: Sequence[Part]) -> dict[str, Any]:
    """The first look, then trees and heading model on what an out-of-fold first look says."""
    model = {"first": first_look(parts)}
    seen = []
    for reading, rows in parts:
        others = [part for part in parts if part[0] is not reading]
        whole = bool(rows.all()) and others
        chosen, label, counted = looked_at(reading, first_look(others) if whole else model["first"])
        seen.append((chosen, rows[chosen.local] & counted, label))
    names = [name for name in seen[0][0].features if name not in UNUSED]
    values, labels = gathered(
        ((c.features, mask & (c.features["titles"] == 0), label) for c, mask, label in seen), names
    )
    grown = HistGradientBoostingClassifier(
        max_depth=3, learning_rate=0.06, max_iter=TREES, l2_regularization=3.0, min_samples_leaf=15, early_stopping=False,
        monotonic_cst=[0 if name in FREE else 1 for name in names], random_state=0,
    ).fit(values, labels)  # fmt: skip
    model["second"] = {"names": names, "model": grown}
    values, labels = gathered(
        ((c.features, mask & (c.features["titles"] > 0), label) for c, mask, label in seen), HEADINGS
    )
    model["headings"] = {"names": HEADINGS, **logistic(values, labels, 1.0)}
    return model


def predict(model: dict[str, Any], reading: Reading) -> tuple[Pairs, np.ndarray, np.ndarray, np.ndarray]:
    """Raw logits of the second look, with labels and which count."""
    chosen, label, counted = looked_at(reading, model["first"])
    names = model["second"]["names"]
    trees = model["second"]["model"].decision_function(stacked(chosen.features, names))
    headings = apply(model["headings"], chosen.features)[:, 0]
    return chosen, np.where(chosen.features["titles"] > 0, headings, trees), label, counted


def relation_model(parts: Sequence[Part]) -> dict[str, Any]:
    values, labels, weights = [], [], []
    for reading, rows in parts:
        features = stacked(relation_features(reading.table.features), RELATION)
        for k, key in enumerate(zip(reading.table.local.tolist(), reading.table.upper.tolist(), strict=True)):
            for name in reading.core.get(key, ()) if rows[key[0]] else ():
                values.append(features[k])
                labels.append(RELATIONS.index(name))
                weights.append(1.0 / len(reading.core[key]))
    return {"names": RELATION, **logistic(np.array(values), np.array(labels), 3.0, np.array(weights))}


def gold_only(parts: Sequence[Part]) -> list[Part]:
    """Relations are learnt from the gold only: the author's own readings told them apart less carefully."""
    return [part for part in parts if part[0].gold]


def everything(reading: Reading) -> Part:
    return reading, np.ones(len(reading.local), dtype=bool)


@dataclass
class Result:
    """Predictions for all candidate pairs of one reading."""

    reading: Reading
    local: np.ndarray
    upper: np.ndarray
    logit: np.ndarray
    label: np.ndarray
    counted: np.ndarray
    relation: list[str]

    def figures(self, slope: float = 1.0, shift: float = 0.0) -> dict[str, float]:
        sure = sigmoid(slope * self.logit + shift)
        chosen = (sure >= THRESHOLD) & self.counted
        hits = int((chosen & (self.label > 0)).sum())
        precision, recall = hits / max(1, int(chosen.sum())), hits / max(1, len(self.reading.core))
        linked = set(self.local[chosen].tolist())
        matched = np.flatnonzero(chosen & (self.label > 0)).tolist()
        right = [
            self.relation[k] in self.reading.core[int(self.local[k]), int(self.upper[k])] for k in matched
        ]
        bins = np.minimum(9, (sure[chosen] * 10).astype(int))
        error = sum(
            abs(float((sure[chosen][bins == b] - self.label[chosen][bins == b]).sum()))
            for b in set(bins.tolist())
        )
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / max(1e-9, precision + recall),
            "relation": float(np.mean(right)) if right else 0.0,
            "sourceless": len(self.reading.sourceless - linked) / max(1, len(self.reading.sourceless)),
            "ece": error / max(1, int(chosen.sum())),
        }


def result(
    reading: Reading, model: dict[str, Any], relation: dict[str, Any], rows: np.ndarray | None = None
) -> Result:
    chosen, logit, label, counted = predict(model, reading)
    kept = np.ones(len(chosen), dtype=bool) if rows is None else rows[chosen.local]
    named = apply(relation, relation_features(chosen.features)).argmax(axis=1)
    return Result(
        reading, chosen.local[kept], chosen.upper[kept], logit[kept], label[kept], counted[kept],
        [RELATIONS[k] for k in named[kept]],
    )  # fmt: skip


def joined(results: Sequence[Result]) -> Result:
    return Result(
        results[0].reading,
        *(
            np.concatenate([getattr(r, name) for r in results])
            for name in ("local", "upper", "logit", "label", "counted")
        ),
        [name for r in results for name in r.relation],
    )


def leave_pair_out(
    found: Sequence[Reading], reading: Reading, allowed: Callable[[Reading], bool] = lambda _: True
) -> Result:
    others = [everything(r) for r in found if r is not reading and allowed(r)]
    return result(reading, train(others), relation_model(gold_only(others)))


def leave_part_out(found: Sequence[Reading], reading: Reading) -> Result:
    others = [everything(r) for r in found if r is not reading]
    folds = reading.folds()
    parts = []
    for fold in sorted(set(folds.tolist())):
        inside = [*others, (reading, folds != fold)]
        parts.append(result(reading, train(inside), relation_model(gold_only(inside)), folds == fold))
    return joined(parts)


def calibrate(results: Sequence[Result]) -> tuple[float, float]:
    """Platt's slope and shift on predictions that were made without having seen the labels."""
    logits = np.concatenate([r.logit[r.counted] for r in results])
    labels = np.concatenate([r.label[r.counted] for r in results])
    model = LogisticRegression(C=1e6).fit(logits[:, None], labels)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def stored(model: dict[str, Any], relation: dict[str, Any], slope: float, shift: float) -> dict[str, Any]:
    def plain(linear: dict[str, Any]) -> dict[str, Any]:
        return {
            key: list(value) if key == "names" else np.round(np.asarray(value), 6).tolist()
            for key, value in linear.items()
        }

    grown = model["second"]["model"]
    trees = []
    depth = 0
    for (predictor,) in grown._predictors:
        nodes = predictor.nodes
        depth = max(depth, int(nodes["depth"].max()))
        trees.append(
            [
                [0, 0, k, k, round(float(n["value"]), 6)]
                if n["is_leaf"]
                else [
                    int(n["feature_idx"]),
                    float(f"{n['num_threshold']:.9g}"),
                    int(n["left"]),
                    int(n["right"]),
                    0,
                ]
                for k, n in enumerate(nodes)
            ]
        )
    return {
        "about": "By tools/train_linking.py; see docs/linking.md. Trees: nodes of feature, threshold, left, right, value.",
        "calibration": {"slope": round(slope, 6), "shift": round(shift, 6)},
        "first": plain(model["first"]),
        "headings": plain(model["headings"]),
        "relation": plain(relation),
        "second": {
            "names": list(model["second"]["names"]),
            "base": round(float(np.ravel(grown._baseline_prediction)[0]), 6),
            "depth": depth,
            "trees": trees,
        },
    }


def line(name: str, how: str, figures: dict[str, float]) -> str:
    return f"| {name} | {how} | " + " | ".join(f"{figures[k]:.3f}" for k in figures) + " |"


def reliability(results: Sequence[Result], slope: float, shift: float) -> None:
    sure = np.concatenate([sigmoid(slope * r.logit[r.counted] + shift) for r in results])
    label = np.concatenate([r.label[r.counted] for r in results])
    print("\n| confidence | pairs | mean confidence | share right |\n| --- | --- | --- | --- |")
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1 + (low > 0.85))
        if inside.any():
            print(
                f"| {low:.1f}–{low + 0.1:.1f} | {inside.sum()} | {sure[inside].mean():.3f} | {label[inside].mean():.3f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default)
    parser.add_argument("--write", action="store_true", help="store the parameters")
    options = parser.parse_args()
    found = readings(options.shared)
    unseen = [leave_part_out(found, r) if r.gold else leave_pair_out(found, r) for r in found]
    slope, shift = calibrate(unseen)
    whole = [everything(r) for r in found]
    model, relation = train(whole), relation_model([everything(r) for r in found if r.gold])
    print(
        "| pair | how | precision | recall | F1 | relation right | sourceless left | ECE |\n|" + " --- |" * 8
    )
    for reading, cross in zip(found, unseen, strict=True):
        if reading.gold:
            print(line(reading.name, "leave one part out", cross.figures(slope, shift)))
            print(
                line(reading.name, "leave the pair out", leave_pair_out(found, reading).figures(slope, shift))
            )
            strict = leave_pair_out(found, reading, lambda r: r.gold)
            print(line(reading.name, "leave the pair out, gold only", strict.figures(slope, shift)))
        else:
            print(line(reading.name, "leave the pair out", cross.figures(slope, shift)))
        print(line(reading.name, "fit", result(reading, model, relation).figures(slope, shift)), flush=True)
    print(f"\ncalibration: slope {slope:.3f}, shift {shift:.3f}")
    reliability(unseen, slope, shift)
    if options.write:
        text = json.dumps(stored(model, relation, slope, shift), ensure_ascii=False, separators=(",", ":"))
        PARAMETERS.write_text(
            text.replace('"trees":[', '"trees":[\n').replace("]],[[", "]],\n[[") + "\n", encoding="utf-8"
        )
        print(f"\nwrote {PARAMETERS.relative_to(ROOT)}, {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
