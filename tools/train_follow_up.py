"""Train the model of `pl.follow_up` on promises read by hand, and measure it with one pair left out at a time.

    train_follow_up.py GOLD.tsv REPORTS --more tools/followup_readings/readings.tsv [--write]

GOLD has the form of followup_dev.tsv; REPORTS is the folder of work reports. Each pair of GOLD is scored by a model that was
trained on all others; with --write a model of all pairs is written to the package.
"""

# ruff: noqa: N806  matrices have capital letters
from __future__ import annotations

import argparse
import csv
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small matrices: threads only wait for one another

import numpy as np
from scipy.optimize import minimize

import planlineage as pl
from planlineage.comparing.following import decide as d
from planlineage.comparing.following.features import Looked
from planlineage.comparing.following.parts import promises

MODEL = Path(d.__file__).with_name("model.json")
FOLDERS = ("政府工作报告-国务院", "政府工作报告-省自治区", "政府工作报告-主要城市", "政府工作报告-其他地市")
L2 = {"figure": 2.0, "target_piece": 3.0, "task_piece": 5.0, "target_verdict": 20.0, "task_verdict": 30.0}
COUNTS = {"target": 0.25, "task": 0.5}
"""How much a reading of --more counts in a decision beside one of GOLD, whose rules two readers settled."""


PAIRS: list[Pair] = []


def remembered(features: Any) -> Any:
    """Features are worked out once for the same promises and report."""
    known: dict[Any, Any] = {}

    def of(promises: list[Any], looked: Looked, *more: Any) -> Any:
        key = (id(looked), tuple((p.span, p.target is None) for p in promises))
        if key not in known:
            known[key] = features(promises, looked, *more)
        return known[key]

    return of


for name in ("target_features", "figure_features", "task_features"):
    setattr(d, name, remembered(getattr(d, name)))


def spans(text: str) -> list[tuple[int, int]]:
    return [tuple(map(int, s.split("-"))) for s in text.split(";") if s.strip()]  # type: ignore[misc]


def found(base: Path, place: str, year: str) -> Path:
    for folder in FOLDERS:
        path = base / folder / (f"{year}.md" if place == "国务院" else f"{place}/{year}.md")
        if path.exists() and (place != "国务院" or folder.endswith("国务院")):
            return path
    raise SystemExit(f"no report of {place} for {year}")


class Pair:
    """A plan and the report after it, its promises beside the gold rows that they answer to."""

    def __init__(self, name: str, rows: list[dict[str, str]], base: Path, more: bool) -> None:
        place, first, second = re.fullmatch(r"(.+?)(\d{4})-(\d{4})", name).groups()  # type: ignore[union-attr]
        plan, self.report = pl.load(found(base, place, first)), pl.load(found(base, place, second))
        self.name, self.looked, self.rows, self.more = name, Looked(self.report), rows, more
        every = self.every = promises(plan)
        self.of: list[Any] = []
        for row in rows:
            x, y = int(row["plan_start"]), int(row["plan_end"])
            hits = []
            for p in every:
                if (p.target is not None) == (row["kind"] == "target"):
                    o = min(y, p.span.end) - max(x, p.span.start)
                    length = y - x if p.target is None else min(y - x, p.span.end - p.span.start)
                    if o >= 0.5 * length:
                        hits.append((o, -len(hits), p))
            self.of.append(max(hits, key=lambda h: h[:2])[2] if hits else None)
        self.told = {}
        for kind in ("target", "task"):
            own = [(r, p) for r, p in zip(rows, self.of, strict=True) if r["kind"] == kind and p is not None]
            self.told[kind] = ([r for r, _ in own], [p for _, p in own])
        targets = self.told["target"][1]
        self.piece = d.target_features(targets, self.looked)
        self.figure = d.figure_features(targets, self.looked, self.piece)
        self.task = d.task_features(self.told["task"][1], self.looked, every)

    def candidates(self, kind: str, weights: dict[str, Any]) -> list[d.Candidate]:
        if kind == "target":
            return d.target_candidates(self.told[kind][1], self.looked, weights)
        return d.task_candidates(self.told[kind][1], self.looked, weights, self.every)

    def hit(self, kind: str, units: list[Any]) -> np.ndarray:
        rows = self.told[kind][0]
        return np.array(
            [[any(u.start < e and s < u.end for s, e in spans(r["report_spans"])) for u in units] for r in rows],
            dtype=float,
        )


def likest(tables: list[dict[str, np.ndarray]], hits: list[np.ndarray], l2: float) -> dict[str, float]:
    """Weights by which the right column of each line stands out among all of them, and above 0 only where there is one."""
    names = list(tables[0])
    X = np.concatenate([np.stack([t[n].ravel() for n in names], 1) for t in tables])
    X = np.c_[np.ones(len(X)), X]
    y = np.concatenate([h.ravel() for h in hits]) > 0
    starts = np.cumsum([0, *(h.shape[1] for h in hits for _ in range(h.shape[0]))])[:-1]
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(X)]))
    none = ~np.logical_or.reduceat(y, starts)

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        z = X @ b
        top = np.maximum(np.maximum.reduceat(z, starts), 0)
        e = np.exp(z - top[group])
        every = np.add.reduceat(e, starts) + np.exp(-top)
        right = np.add.reduceat(e * y, starts) + np.exp(-top) * none
        slope = e / every[group] - e * y / right[group]
        penalty = l2 * np.r_[0, b[1:]]
        return float(np.log(every / right).sum() + (penalty * b).sum() / 2), X.T @ slope + penalty

    b = minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B").x
    return {"": round(b[0], 3)} | {n: round(v, 3) for n, v in zip(names, b[1:], strict=True)}


def classes(
    seen: list[dict[str, float]], y: list[int], shares: list[float], ends: tuple[str, ...], l2: float
) -> dict[str, dict[str, float]]:
    """Weights of a decision between ends; what is seen is brought to one scale before weights are held small."""
    names = list(seen[0])
    X = np.array([[s[n] for n in names] for s in seen])
    middle, scale = X.mean(0), X.std(0) + 1e-6
    X = np.c_[np.ones(len(X)), (X - middle) / scale]
    Y, share = np.eye(len(ends))[y], np.array(shares)[:, None]

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        B = b.reshape(X.shape[1], -1)
        Z = X @ B
        Z -= Z.max(1, keepdims=True)
        E = np.exp(Z)
        P = E / E.sum(1, keepdims=True)
        penalty = l2 * np.r_[np.zeros((1, len(ends))), B[1:]]
        value = -(share * Y * np.log(P + 1e-12)).sum() + (penalty * B).sum() / 2
        return float(value), (X.T @ (share * (P - Y)) + penalty).ravel()

    B = minimize(loss, np.zeros(X.shape[1] * len(ends)), jac=True, method="L-BFGS-B").x.reshape(X.shape[1], -1)
    slopes = B[1:] / scale[:, None]
    alone = B[0] - middle @ slopes
    return {
        e: {"": round(alone[k], 3)} | {n: round(slopes[i, k], 3) for i, n in enumerate(names)}
        for k, e in enumerate(ends)
    }


def first(pairs: list[Pair]) -> dict[str, Any]:
    """The weights by which the likest piece and number are told."""
    figures = []
    for p in pairs:
        judged = np.array([r["verdict"] in ("met", "missed", "close") for r in p.told["target"][0]])
        figures.append(p.hit("target", [f.target.span for f in p.looked.figures]) * judged[:, None])
    pieces = [p.hit("target", [u.span for u in p.looked.pieces]) for p in pairs]
    windows = [p.hit("task", [u.span for u in p.looked.clauses]) for p in pairs]
    return {
        "target_piece": likest([p.piece for p in pairs], pieces, L2["target_piece"]),
        "figure": likest([p.figure for p in pairs], figures, L2["figure"]),
        "task_piece": likest([p.task for p in pairs], windows, L2["task_piece"]),
    }


@cache
def first_of(names: frozenset[str]) -> dict[str, Any]:
    return first([p for p in PAIRS if p.name in names])


def train(pairs: list[Pair]) -> dict[str, Any]:
    """All weights; the decision learns from candidates that were found without their own pair."""
    names = frozenset(p.name for p in pairs)
    told = dict(first_of(names))
    ends = {"not_reported": 0, "reported": 1}
    for kind, verdicts in (("target", d.TARGET_ENDS), ("task", d.TASK_ENDS)):
        seen = [c.seen for p in pairs for c in p.candidates(kind, first_of(names - {p.name}))]
        y = [ends.get(r["verdict"], 2) for p in pairs for r in p.told[kind][0]]
        told[f"{kind}_verdict"] = classes(seen, y, shares(pairs, kind, y), verdicts, L2[f"{kind}_verdict"])
    return told


def shares(pairs: list[Pair], kind: str, y: list[int]) -> list[float]:
    """How much each reading counts: those of --more less, and so that each verdict is as frequent there as in GOLD."""
    more = [p.more for p in pairs for _ in p.told[kind][0]]
    gold, other = (Counter(v for v, m in zip(y, more, strict=True) if m is side) for side in (False, True))
    counts = COUNTS[kind]
    return [
        counts * gold[v] / gold.total() / (other[v] / other.total()) if m else 1.0 for v, m in zip(y, more, strict=True)
    ]


def read(path: Path, reports: Path, more: bool = False) -> list[Pair]:
    lines = (line for line in path.open(encoding="utf-8") if not line.startswith("#"))
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(name, [r for r in rows if r["pair"] == name], reports, more) for name in {r["pair"]: 0 for r in rows}]


def measure(measured: list[Pair], pairs: list[Pair], show: bool) -> None:
    n: Counter[tuple[str, str]] = Counter()
    sure: list[tuple[float, bool]] = []
    for held in measured:
        told = train([p for p in pairs if p is not held])
        by = dict(zip(map(id, held.every), d.outcomes(held.every, held.report, told), strict=True))
        for row, promise in zip(held.rows, held.of, strict=True):
            k, gold = row["kind"], row["verdict"]
            o = by[id(promise)] if promise is not None else d.Outcome("not_reported", 0)
            rep, said = gold != "not_reported", o.verdict != "not_reported"
            hit = any(u.start < e and s < u.end for s, e in spans(row["report_spans"]) for u in o.evidence)
            right = promise is not None and o.verdict == gold
            sure.append((o.confidence, right))
            n[k, "all"] += 1
            n[k, "rep"] += rep
            n[k, "found"] += promise is not None
            n[k, "right"] += right
            n[k, "or_not"] += rep == said and promise is not None
            n[k, "tp"] += rep and said
            n[k, "wrong"] += rep != said
            n[k, "ev"] += rep and hit
            n[k, "inv"] += said and not rep
            if show and not right:
                text = promise.text if promise else ""
                at = held.report.source.at
                print(
                    held.name,
                    k,
                    gold,
                    o.verdict,
                    f"{o.confidence:.2f}",
                    text[:60],
                    "|",
                    " / ".join(at(u)[:40] for u in o.evidence),
                    "|",
                    " / ".join(held.report.source.text[s:e][:50] for s, e in spans(row["report_spans"])),
                )
    for k in ("target", "task"):
        z, rep = n[k, "all"], n[k, "rep"]
        shares = {
            "found": n[k, "found"] / z,
            "verdict": n[k, "right"] / z,
            "reported_or_not": n[k, "or_not"] / z,
            "f1": 2 * n[k, "tp"] / (2 * n[k, "tp"] + n[k, "wrong"]),
            "evidence": n[k, "ev"] / rep,
            "invented": n[k, "inv"] / (z - rep),
        }
        print(k, *(f"{name}={share:.3f}" for name, share in shares.items()))
    for low in (0, 0.5, 0.6, 0.7, 0.8, 0.9):
        some = [r for c, r in sure if low <= c < low + (0.5 if low == 0 else 0.1001)]
        print(f"confidence {low}-: {len(some)} right {sum(some) / max(1, len(some)):.2f}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--more", type=Path, help="readings to learn from that are not measured on")
    ap.add_argument("reports", type=Path)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--l2", default="{}", help="other penalties, as JSON")
    ap.add_argument("--show", action="store_true", help="print each wrong verdict")
    a = ap.parse_args()
    L2.update(json.loads(a.l2))
    measured = read(a.gold, a.reports)
    pairs = measured + (read(a.more, a.reports, more=True) if a.more else [])
    PAIRS.extend(pairs)
    measure(measured, pairs, a.show)
    if a.write:
        MODEL.write_text(
            json.dumps(
                {"note": "Weights written by tools/train_follow_up.py."} | train(pairs),
                ensure_ascii=False,
                indent=1,
            )
            + "\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
