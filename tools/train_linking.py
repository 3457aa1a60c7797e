"""Train the linker's decision layer and measure it on families of documents that it has not seen.

    python tools/train_linking.py [--shared DIR] [--write]

Reads the labelled pairs (`linking_gold.py`) in DIR (default: the folder `shared` beside the repository, or
$PLANLINEAGE_SHARED), prints the figures that `docs/linking.md` reports, and with `--write` stores the parameters in
`src/planlineage/linking/parameters.json`. Needs scikit-learn; the library itself does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from linking_gold import ROOT, Reading, Row, readings
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from planlineage.linking import LinkOptions, Unit, engine
from planlineage.linking.align import tiles
from planlineage.linking.context import second_look
from planlineage.linking.decision import FAR, RELATIONS, Decision, Linear, relation_features, stacked
from planlineage.linking.kept import kept
from planlineage.linking.normalise import compared
from planlineage.linking.pairs import Pairs

PARAMETERS = ROOT / "src" / "planlineage" / "linking" / "parameters.json"

# features of which more is not always more evidence; all others may only raise the trees' logit
FREE = {
    "local title",
    "upper title",
    "titles",
    "measure title",
    "depths differ",
    "local weight",
    "upper weight",
    "local best",
    "articles alike",
    "headings",
    "best other",
    "best other upwards",
    "like the best other",
    "near the best other",
}
UNUSED = {"same wording", "meaning"}
TITLES = (
    "cosine",
    "same words",
    "local words kept",
    "upper words kept",
    "scope",
    "around",
    "between anchors",
    "cosine lead",
    "cosine lead upwards",
    "depths differ",
    "best clause pair",
    "first look",
    "measure title",
)
TREES = 100
NETS, HIDDEN = 4, 24


def logistic(
    values: np.ndarray,
    labels: np.ndarray,
    strength: float,
    names: Sequence[str],
    weights: np.ndarray | None = None,
) -> dict[str, Any]:
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(values), labels, sample_weight=weights)
    return {
        "names": list(names),
        "mean": rounded(scaler.mean_),
        "scale": rounded(scaler.scale_),
        "weights": rounded(model.coef_),
        "bias": rounded(model.intercept_),
    }


def rounded(values: Any) -> Any:
    return np.round(np.asarray(values, dtype=np.float64), 6).tolist()


Seen = tuple[Pairs, np.ndarray, np.ndarray]
"""Candidate pairs, which of them are gold, which count."""


def gathered(
    parts: Iterable[Seen], names: Sequence[str], wanted: Callable[[Pairs], np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    values, labels = [], []
    for found, label, counted in parts:
        mask = counted & wanted(found) if wanted else counted
        values.append(stacked(found.features, names)[mask])
        labels.append(label[mask])
    return np.concatenate(values), np.concatenate(labels)


def usable(found: Pairs) -> list[str]:
    return [name for name in found.features if name not in UNUSED]


def first_look(found: Sequence[Reading]) -> dict[str, Any]:
    names = usable(found[0].table)
    return logistic(*gathered(((r.table, *r.labels(r.table)) for r in found), names), 0.3, names)


def looked_at(reading: Reading, first: dict[str, Any]) -> Seen:
    chosen = second_look(reading.table, Linear.read(first).logits(reading.table.features)[:, 0], reading.base)
    return (chosen, *reading.labels(chosen))


def train(found: Sequence[Reading]) -> dict[str, Any]:
    """All that is stored: the second look is learnt from what a first look says that has not seen the pair."""
    seen = []
    for reading in found:
        first = first_look([other for other in found if other is not reading])
        seen += [looked_at(part, first) for part in [reading, *reading.cuttings()]]
    names = usable(seen[0][0])
    values, labels = gathered(seen, names, lambda pairs: pairs.features["local title"] == 0)
    titles = gathered(seen, TITLES, lambda pairs: pairs.features["local title"] > 0)
    return {
        "about": "By tools/train_linking.py; see docs/linking.md. Trees: nodes of feature, threshold, left, right, value.",
        "calibration": {"slope": 1.0, "shift": 0.0},
        "first": first_look(found),
        "titles": logistic(*titles, 1.0, TITLES),
        "relation": relation_model([r for r in found if r.gold]),
        "nets": nets(values, labels, names),
        "second": trees(values, labels, names),
    }


def relation_model(found: Sequence[Reading]) -> dict[str, Any]:
    """Relations are learnt from the gold only."""
    measures, labels, weights = [], [], []
    for reading in found:
        for (i, j), relations in reading.core.items():
            ours, theirs = (compared(units[k].text).text for units, k in zip(reading.units, (i, j), strict=True))
            for name in relations:
                measures.append(kept(ours, theirs, tiles(ours, theirs)))
                labels.append([r.value for r in RELATIONS].index(name))
                weights.append(1.0 / len(relations))
    features = relation_features(measures)
    return logistic(stacked(features, list(features)), np.array(labels), 1.0, list(features), np.array(weights))


def trees(values: np.ndarray, labels: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    grown = HistGradientBoostingClassifier(
        max_depth=3,
        learning_rate=0.06,
        max_iter=TREES,
        l2_regularization=3.0,
        min_samples_leaf=15,
        early_stopping=False,
        monotonic_cst=[0 if name in FREE else 1 for name in names],
        random_state=0,
    ).fit(values, labels)
    stored, depth = [], 0
    for (predictor,) in grown._predictors:
        depth = max(depth, int(predictor.nodes["depth"].max()))
        stored.append([_node(k, node) for k, node in enumerate(predictor.nodes)])
    base = round(float(np.ravel(grown._baseline_prediction)[0]), 6)
    return {"names": list(names), "base": base, "depth": depth, "trees": stored}


def _node(place: int, node: Any) -> list[float]:
    if node["is_leaf"]:
        return [0, 0, place, place, round(float(node["value"]), 6)]
    threshold = float(f"{node['num_threshold']:.9g}")
    return [int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"]), 0]


def nets(values: np.ndarray, labels: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    """Several small nets side by side; their mean is one net."""
    scaler = StandardScaler().fit(values)
    scaled = np.clip(scaler.transform(values), -FAR, FAR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = [
            MLPClassifier((HIDDEN,), alpha=3.0, max_iter=120, learning_rate_init=2e-3, random_state=seed).fit(
                scaled, labels
            )
            for seed in range(NETS)
        ]
    return {
        "names": list(names),
        "mean": rounded(scaler.mean_),
        "scale": rounded(scaler.scale_),
        "hidden": np.round(np.concatenate([net.coefs_[0] for net in found], axis=1), 4).tolist(),
        "shift": np.round(np.concatenate([net.intercepts_[0] for net in found]), 4).tolist(),
        "weights": np.round(np.concatenate([net.coefs_[1][:, 0] for net in found]) / NETS, 5).tolist(),
        "bias": round(float(np.mean([net.intercepts_[1][0] for net in found])), 6),
    }


@dataclass
class Predictions:
    """What a model says of the candidate pairs of a reading it was not trained on."""

    reading: Reading
    logit: np.ndarray
    label: np.ndarray


def predictions(reading: Reading, model: dict[str, Any]) -> Predictions:
    chosen, label, counted = looked_at(reading, model["first"])
    logit = Decision.read(model).second_look(chosen.features)
    return Predictions(reading, logit[counted], label[counted])


def calibrated(model: dict[str, Any], unseen: Sequence[Predictions]) -> dict[str, Any]:
    """The model with Platt's slope and shift, fitted on predictions for families that were not learnt from."""
    platt = LogisticRegression(C=1e6).fit(
        np.concatenate([p.logit for p in unseen])[:, None], np.concatenate([p.label for p in unseen])
    )
    found = {"slope": round(float(platt.coef_[0, 0]), 6), "shift": round(float(platt.intercept_[0]), 6)}
    return {**model, "calibration": found}


def linked(ours: Sequence[Unit], theirs: Sequence[Unit], model: dict[str, Any]) -> list[Any]:
    engine.decision = lambda: Decision.read(model)
    return engine.link(ours, theirs, LinkOptions(evidence=False))


def edges(reading: Reading, model: dict[str, Any], *, real: bool = False) -> list[dict[str, Any]]:
    """Edges as the scorer takes them: between gold units, or between what our reader makes of the documents."""
    if real:
        ours, theirs = reading.real
        places = [[(s.span.start, s.span.end) for s in plan.statements] for plan in (ours, theirs)]
        found = linked(ours.units, theirs.units, model)
    else:
        places = [[(int(r["start"]), int(r["end"])) for r in rows] for rows in (reading.local, reading.upper)]
        found = linked(*reading.units, model)
    return [
        {
            "local_start": places[0][e.local][0],
            "local_end": places[0][e.local][1],
            "upper_start": places[1][e.upper][0],
            "upper_end": places[1][e.upper][1],
            "relation": e.relation.value,
            "confidence": e.confidence,
        }
        for e in found
    ]


def lax(reading: Reading, found: Sequence[dict[str, Any]], score: Any) -> float:
    """F1 where the right article of the upper plan is enough: the gold's upper units are taken for their articles."""
    outline = reading.base.theirs.outline
    first: dict[int, int] = {}
    group = [first.setdefault(int(a), k) for k, a in enumerate(outline.article)]
    names = {row["id"]: reading.upper[group[k]]["id"] for k, row in enumerate(reading.upper)}
    heads = {(int(r["start"]), int(r["end"])): reading.upper[group[k]] for k, r in enumerate(reading.upper)}
    key = "central" if "central" in reading.lineage[0] else "upper"
    lineage = [{**row, key: names.get(row[key], row[key])} for row in reading.lineage]
    moved = [
        {**e, "upper_start": head["start"], "upper_end": head["end"]}
        for e in found
        for head in [heads[e["upper_start"], e["upper_end"]]]
    ]
    return float(score(moved, reading.local, reading.upper, lineage)[0]["f1"])


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_lineage", shared / "tools" / "score_lineage.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score


COLUMNS = ("precision", "recall", "f1", "relation", "sourceless_left", "ece")


def line(reading: Reading, how: str, model: dict[str, Any], score: Any) -> str:
    args: tuple[list[Row], list[Row], list[Row]] = (reading.local, reading.upper, reading.lineage)
    found = edges(reading, model)
    figures = score(found, *args)[0]
    real = score(edges(reading, model, real=True), *args)[0]
    numbers = [figures[k] for k in COLUMNS] + [
        lax(reading, found, score),
        real["f1"],
        reading.candidate_recall,
    ]
    return f"| {reading.name} | {how} | " + " | ".join(f"{n:.3f}" for n in numbers) + " |"


def reliability(unseen: Sequence[Predictions], models: Sequence[dict[str, Any]]) -> None:
    sure = np.concatenate(
        [
            1 / (1 + np.exp(-m["calibration"]["slope"] * p.logit - m["calibration"]["shift"]))
            for p, m in zip(unseen, models, strict=True)
        ]
    )
    label = np.concatenate([p.label for p in unseen])
    print("\n| confidence | pairs | mean confidence | share right |\n| --- | --- | --- | --- |")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1 + (low > 0.85))
        if inside.any():
            print(
                f"| {low:.1f}–{low + 0.1:.1f} | {inside.sum()} | {sure[inside].mean():.3f} | {label[inside].mean():.3f} |"
            )
            error += abs(float((sure[inside] - label[inside]).sum())) * (low >= 0.35)
    print(f"\npooled calibration error from 0.4 up: {error / max(1, (sure >= 0.4).sum()):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default)
    parser.add_argument("--write", action="store_true", help="store the parameters")
    options = parser.parse_args()
    every, score = readings(options.shared), scorer(options.shared)
    found = [r for r in every if r.family]
    families = list(dict.fromkeys(r.family for r in found))
    bare = {family: train([r for r in found if r.family != family]) for family in families}
    unseen = [predictions(r, bare[r.family]) for r in found if r.gold]
    left_out = {f: calibrated(bare[f], [p for p in unseen if p.reading.family != f]) for f in families}
    model = calibrated(train(found), unseen)
    print(
        "| pair | how | precision | recall | F1 | relation right | sourceless left | calibration error | F1, right article"
        " | F1, real documents | candidate recall |\n|" + " --- |" * 11
    )
    for reading in (r for r in found if r.gold):
        print(line(reading, "family left out", left_out[reading.family], score), flush=True)
        print(line(reading, "fit", model, score), flush=True)
    for reading in (r for r in every if not r.family):
        print(line(reading, "never learnt from", model, score), flush=True)
    print(f"\ncalibration: {model['calibration']}")
    reliability(unseen, [left_out[p.reading.family] for p in unseen])
    if options.write:
        text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
        text = text.replace('"trees":[', '"trees":[\n').replace("]],[[", "]],\n[[") + "\n"
        PARAMETERS.write_text(text, encoding="utf-8")
        print(f"\nwrote {PARAMETERS.relative_to(ROOT)}, {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
