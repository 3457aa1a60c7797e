"""Train the decision whether clauses cut and added make a task another one; measure it with one pair of plans left out at a time.

    train_clauses.py SHARED [--write]

SHARED holds gold/*_slippage.tsv and the corpus. Learnt from the pairs of plans without a level in between: only there do the
lists count what was cut and added. Decided are the edges on which no word of the strength changed.
"""

# ruff: noqa: N806  matrices have capital letters
from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import planlineage as pl
from planlineage.comparing import clausewise
from planlineage.comparing.answer import Stated
from planlineage.comparing.setting import Setting
from planlineage.comparing.wording import worded

PAIRS = {
    "roads_chongming": ("district_崇明*农村公路.txt", "provincial_上海市_农村公路.txt"),
    "roads_fengxian": ("district_奉贤*农村公路.txt", "provincial_上海市_农村公路.txt"),
    "garbage_baoshan": ("district_宝山*生活垃圾.txt", "provincial_上海市_生活垃圾.txt"),
}
L2 = 3.0
Case = tuple[dict[str, float], bool, frozenset[str]]


def span(text: str) -> tuple[int, int] | None:
    match = re.match(r"\w+:(\d+)[–-](\d+)", text or "")
    return (int(match[1]), int(match[2])) if match else None


def cases(shared: Path, name: str) -> tuple[list[Case], int]:
    """The features of each undecided edge, whether the list names a change there, which rows; and how many rows there are."""
    local, upper = (pl.load(next(shared.glob(f"corpus/chains/*/{pattern}"))) for pattern in PAIRS[name])
    setting = Setting(pl.link(local, upper))
    with (shared / "gold" / f"{name}_slippage.tsv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    skip = re.compile("(?i)preamble|guiding|principle|goal|overall|basis")
    want = [g for g in gold if g["id"][0] == "C" and g["change"] != "kept" and not skip.match(g["task"])]
    also = [g for g in gold if g["id"][0] != "C" and re.search("weakened|strengthened|dropped|→", g["change"])]
    found = []
    for statement in upper.statements:
        if not setting.commits(upper, statement):
            continue
        for pair in worded(setting, Stated(upper, statement)):
            clauses, edge = pair.clauses, pair.carrier.edge
            if pair.strength(None).change != "kept" or not (clauses.gone or clauses.new):
                continue
            hit = [
                g["id"]
                for g in (*want, *also)
                if (a := span(g["central_span"]))
                and (b := span(g["local_span"]))
                and edge.upper_span.start < a[1]
                and a[0] < edge.upper_span.end
                and edge.local_span.start < b[1]
                and b[0] < edge.local_span.end
            ]
            found.append((clauses.features(edge.relation), bool(hit), frozenset(i for i in hit if i[0] == "C")))
    return found, len(want)


def fit(data: list[Case]) -> tuple[dict[str, float], float]:
    names = sorted(data[0][0])
    X = np.array([[f[n] for n in names] for f, _, _ in data])
    y = np.array([hit for _, hit, _ in data], dtype=float)
    middle, spread = X.mean(0), X.std(0) + 1e-9
    Z = (X - middle) / spread

    def loss(w: np.ndarray) -> float:
        z = Z @ w[1:] + w[0]
        return float(np.sum(np.logaddexp(0, z) - y * z) + L2 / 2 * np.sum(w[1:] ** 2))

    w = minimize(loss, np.zeros(len(names) + 1)).x
    weights = w[1:] / spread
    return dict(zip(names, map(float, weights), strict=True)), float(w[0] - weights @ middle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    data = {name: cases(options.shared, name) for name in PAIRS}
    for name, (own, wanted) in data.items():
        weights, bias = fit([c for other, (rest, _) in data.items() if other != name for c in rest])
        told = [c for c in own if bias + sum(weights[k] * v for k, v in c[0].items()) >= 0]
        rows = frozenset().union(*(c[2] for c in told))
        print(
            f"{name}: {len(rows)} rows of {wanted} by clauses alone, {sum(c[1] for c in told)} of {len(told)} edges right"
        )
    weights, bias = fit([c for rest, _ in data.values() for c in rest])
    print({k: round(v, 2) for k, v in weights.items()}, round(bias, 2))
    if options.write:
        about = "Learnt by tools/train_clauses.py: whether what was cut and added makes a task another one; 0 and above: it does."
        model = {"about": about, "bias": round(bias, 4), "weights": {k: round(v, 4) for k, v in weights.items()}}
        path = Path(clausewise.__file__).with_name("clausewise.json")
        path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
