"""Train the decision on the kinds of statements and measure it honestly.

    python tools/train_kinds.py [--shared DIR] [--folds N] [--write]

Reads the labelled units in DIR/gold/kinds_dev.tsv and the author's own readings in `tools/kinds_readings`, with the documents
in DIR (default: the folder `shared` beside the repository, or $PLANLINEAGE_SHARED). Work reports that nobody labelled teach
the words of looking back and of looking ahead: their parts say which they are. Prints the figures that `docs/reading.md`
reports, with each gold document left out in turn and the readings left out in N groups; `--write` stores the weights in
`src/planlineage/reading/kinds_model.json`. Needs scikit-learn; the library itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from kinds_documents import (
    EITHER,
    EXCERPTS,
    FAMILY_FOLDER,
    KINDS,
    WORDS,
    Document,
    Stretch,
    Unit,
    excerpts,
    labels,
    matrix,
    read,
    stretches,
    together,
    units_in,
    words_of_reports,
)
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from planlineage.reading.kind_features import BOUNDARIES, names
from planlineage.reading.kinds import ASKED_FOR, FEW, LEAST, STANDING

ROOT = Path(__file__).resolve().parent.parent
READINGS = ROOT / "tools" / "kinds_readings" / "readings.tsv"
MODEL = ROOT / "src" / "planlineage" / "reading" / "kinds_model.json"

ACCEPTED = {
    "lead-in": {"lead-in", "background", "procedure", "heading"},
    "contents": {"contents", "noise", "heading", "background"},
    "noise": {"noise", "background", "unread"},
    "closing": {"closing", "background"},
}
"""What counts as right beside the kind itself, as the gold's own scorer has it."""

SEEN_OFTEN, KEPT = 6, 3500
"""A feature in fewer statements than the first is not weighed; so many features are shipped."""

RIDGE, RIDGE_OF_PIECES, RIDGE_BETWEEN = 0.02, 0.2, 0.2
"""Pieces of words and of headings are many and say little each."""

UNIT = 0.02
"""One step of the stored weights, in log odds."""


# -- the chain -------------------------------------------------------------------------------------------------------------


@dataclass
class Weights:
    """What training gives: for each feature a row of one weight a kind.

    `between[0]` is for a kind after another, by boundary; `between[1]` is added after the same kind.
    """

    features: dict[str, np.ndarray]
    between: np.ndarray

    def softened(self, by: float) -> Weights:
        return Weights({name: row / by for name, row in self.features.items()}, self.between / by)


def train(parts: Sequence[Stretch], said: Mapping[str, np.ndarray], kept: set[str] | None = None) -> Weights:
    """Weights by maximum likelihood of the labelled kinds, whatever the unlabelled ones between them may be."""
    parts = sorted(parts, key=lambda part: len(part.statements))
    rows = [names(s) for part in parts for s in part.statements]
    often = Counter(
        name for part in parts for s, may in zip(part.statements, part.may_be, strict=True) if may for name in names(s)
    )
    chosen = sorted(n for n, count in often.items() if count >= SEEN_OFTEN and (kept is None or n in kept))
    words = matrix(rows, {name: i for i, name in enumerate(chosen)})
    as_said = np.array(
        [sum((said[name] for name in sorted(row) if name in said), np.zeros(len(WORDS))) for row in rows]
    )
    x = sparse.hstack([words, sparse.csr_matrix(as_said)]).tocsr()
    ridge = np.array([RIDGE_OF_PIECES if len(name) <= 6 else RIDGE for name in chosen] + [RIDGE] * len(WORDS))[:, None]
    chains = [Chain(alike) for alike in of_like_length(parts)]
    ends = np.cumsum([chain.real.sum() for chain in chains])[:-1]
    count, k = x.shape[1], len(KINDS)
    back = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w, between = flat[: count * k].reshape(count, k), flat[count * k :].reshape(2, -1, k)
        each = [chain.gradient(y, between) for chain, y in zip(chains, np.split(x @ w, ends), strict=True)]
        by_statement, by_pair = np.concatenate([e[1] for e in each]), sum(e[2] for e in each)
        total = sum(e[0] for e in each) + 0.5 * (ridge * w**2).sum() + 0.5 * RIDGE_BETWEEN * (between**2).sum()
        return total, np.concatenate(
            [(back @ by_statement + ridge * w).ravel(), (by_pair + RIDGE_BETWEEN * between).ravel()]
        )

    start = np.zeros(count * k + 2 * len(BOUNDARIES) * k)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60, "maxfun": 120})
    w, between = found.x[: count * k].reshape(count, k), found.x[count * k :].reshape(2, -1, k)
    features = {name: w[i] for i, name in enumerate(chosen)}
    for name, much in said.items():
        if kept is None or name in kept:
            features[name] = features.get(name, np.zeros(k)) + much @ w[-len(WORDS) :]
    return Weights(features, between)


def of_like_length(parts: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches, sorted by length, in groups in which the longest is not much longer than the shortest."""
    found: list[list[Stretch]] = []
    for part in parts:
        if not found or len(part.statements) > 2 * len(found[-1][0].statements) + 4:
            found.append([])
        found[-1].append(part)
    return found


class Chain:
    """Many stretches side by side, padded to one length, for the forward-backward algorithm."""

    def __init__(self, parts: Sequence[Stretch]) -> None:
        n, t, k = len(parts), max(len(p.statements) for p in parts), len(KINDS)
        self.shape = (n, t, k)
        self.boundary = np.zeros((n, t), dtype=int)
        self.real = np.zeros((n, t), dtype=bool)
        self.weight = np.array([part.weight for part in parts])[:, None, None]
        self.allowed = np.ones((n, t, k), dtype=bool)
        for i, part in enumerate(parts):
            self.real[i, : len(part.statements)] = True
            self.boundary[i, : len(part.statements)] = [s.boundary for s in part.statements]
            for j, may in enumerate(part.may_be):
                if may:
                    self.allowed[i, j] = False
                    self.allowed[i, j, list(may)] = True

    def gradient(self, scores: np.ndarray, between: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Negative log likelihood, and how it changes with the score of each statement and with each transition."""
        full = np.zeros(self.shape)
        full[self.real] = scores
        z, own, pairs = self.expect(full, between)
        z_labelled, own_labelled, pairs_labelled = self.expect(np.where(self.allowed, full, -40.0), between)
        difference = (pairs - pairs_labelled) * self.weight[..., None]
        tables = np.stack(
            [difference[(self.boundary[:, 1:] == b) & self.real[:, 1:]].sum(0) for b in range(len(BOUNDARIES))]
        )
        by_pair = np.stack([tables.sum(1), tables.diagonal(axis1=1, axis2=2)])
        by_statement = ((own - own_labelled) * self.weight)[self.real]
        return float((self.weight[:, 0, 0] * (z - z_labelled)).sum()), by_statement, by_pair

    def expect(self, scores: np.ndarray, between: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log partition, marginals, and marginals of neighbouring pairs."""
        n, t, k = self.shape
        real = self.real
        top = scores.max(2, keepdims=True)
        own = np.exp(scores - top)
        come, stay = between
        factors = np.exp(come[:, None, :] + stay[:, :, None] * np.eye(k))[self.boundary]
        alpha, beta, z = np.empty(self.shape), np.ones(self.shape), np.zeros((n, t))
        for j in range(t):
            a = own[:, j] if j == 0 else np.matmul(alpha[:, j - 1][:, None, :], factors[:, j])[:, 0] * own[:, j]
            total = a.sum(1)
            here = real[:, j][:, None]
            alpha[:, j] = np.where(here, a / total[:, None], alpha[:, j - 1] if j else a)
            z[:, j] = np.where(real[:, j], np.log(np.maximum(total, 1e-300)) + top[:, j, 0], 0.0)
        for j in range(t - 1, 0, -1):
            b = np.matmul(factors[:, j], (own[:, j] * beta[:, j])[:, :, None])[:, :, 0]
            beta[:, j - 1] = np.where(real[:, j][:, None], b / b.sum(1)[:, None], beta[:, j])
        marginal = alpha * beta
        marginal /= marginal.sum(2, keepdims=True)
        pairs = alpha[:, :-1][:, :, :, None] * factors[:, 1:] * (own[:, 1:] * beta[:, 1:])[:, :, None, :]
        pairs /= np.maximum(pairs.sum((2, 3)), 1e-300)[:, :, None, None]
        pairs[~real[:, 1:]] = 0
        return z.sum(1), marginal, pairs


def likely(document: Document, weights: Weights) -> np.ndarray:
    """For each statement that the model decides, how likely each kind is."""
    statements = [s for s in document.seen if s is not None]
    column = {name: i for i, name in enumerate(weights.features)}
    x = matrix([names(s) for s in statements], column)
    chain = Chain([Stretch(document.name, statements, [()] * len(statements))])
    scores = x @ np.array(list(weights.features.values()))
    if len(statements) <= FEW:
        scores[:, KINDS.index("task")] += np.log(ASKED_FOR)
    others = [k not in ("background", "outcome") for k in KINDS]
    scores[np.ix_([s.standing for s in statements], others)] += np.log(STANDING)
    _, own, _ = chain.expect(scores[None], weights.between)
    return own[0]


def best_features(parts: Sequence[Stretch], weights: Weights) -> set[str]:
    """The features that move the decision most over the training statements."""
    often = Counter(name for part in parts for s in part.statements for name in names(s))
    moves = {n: float(np.ptp(row)) * often[n] ** 0.5 for n, row in weights.features.items()}
    return set(sorted(moves, key=lambda n: (-moves[n], n))[:KEPT])


def fit(parts: Sequence[Stretch], said: Mapping[str, np.ndarray]) -> Weights:
    """Train on all features, then on those that matter."""
    return train(parts, said, best_features(parts, train(parts, said)))


# -- figures ---------------------------------------------------------------------------------------------------------------


def groups(gold: Iterable[str], others: Iterable[str], count: int) -> list[list[str]]:
    """Documents left out together: those of the gold one by one, the others in so many groups."""
    shuffled = sorted(others, key=lambda name: hashlib.md5(name.encode()).hexdigest())
    return [[name] for name in gold] + [shuffled[i::count] for i in range(count)]


@dataclass
class Judged:
    """A labelled unit, what it was read as without its document, and how surely."""

    document: str
    text: str
    kind: str
    got: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.got in ACCEPTED.get(self.kind, set(self.kind.split(EITHER)))


def judge(document: Document, units: Sequence[Unit], own: np.ndarray) -> list[Judged]:
    kinds: list[tuple[str, float]] = [("noise", 0.9)] * len(document.text)  # what cleaning took out
    decided = iter(own)
    for (start, end), done in zip(document.spans, document.settled, strict=True):
        if done:
            got = (done, 0.97)
        else:
            row = next(decided)
            got = (KINDS[int(row.argmax())], float(row.max()))
        kinds[start:end] = [got] * (end - start)
    made = []
    for unit in units:
        inside = [kinds[i] for i in range(unit.start, unit.end) if not document.text[i].isspace()]
        got, confidence = Counter(inside).most_common(1)[0][0]
        made.append(Judged(document.name, document.text[unit.start : unit.end], unit.kind, got, confidence))
    return made


def report(title: str, judged: Sequence[Judged], least: float = 0.0) -> None:
    read_as = [j.got if j.confidence >= least else "unread" for j in judged]
    right = sum(r in ACCEPTED.get(j.kind, set(j.kind.split(EITHER))) for j, r in zip(judged, read_as, strict=True))
    tasks = [(j.kind == "task", r == "task") for j, r in zip(judged, read_as, strict=True)]
    both = sum(a and b for a, b in tasks)
    print(
        f"\n{title}: {right}/{len(judged)} = {right / len(judged):.3f} right; task precision "
        f"{both / max(1, sum(b for _, b in tasks)):.3f}, recall {both / max(1, sum(a for a, _ in tasks)):.3f}"
    )
    for kind in dict.fromkeys(j.kind for j in judged):
        got = Counter(r for j, r in zip(judged, read_as, strict=True) if j.kind == kind)
        print(f"  {kind:20} " + ", ".join(f"{k or 'nothing'} {n}" for k, n in got.most_common()))


def reliability(judged: Sequence[Judged]) -> None:
    print("\n  confidence      units   right")
    for low, high in ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        inside = [j.right for j in judged if low <= j.confidence < high]
        if inside:
            print(f"  {low:.2f} to {min(high, 1):.2f}   {len(inside):6}   {sum(inside) / len(inside):.3f}")


def temperature(left_out: Sequence[tuple[Document, Weights]], marked: Mapping[str, Sequence[Unit]]) -> float:
    """By how much the weights must be softened for the confidence to be right on documents left out."""

    def loss(by: float) -> float:
        total = 0.0
        for document, weights in left_out:
            allowed = [may for s, may in zip(document.seen, labels(document, marked[document.name]), strict=True) if s]
            for may, row in zip(allowed, likely(document, weights.softened(by)), strict=True):
                if may:
                    total -= float(np.log(max(sum(row[i] for i in may), 1e-9)))
        return total

    return float(minimize_scalar(loss, bounds=(0.8, 3.0), method="bounded", options={"xatol": 0.05}).x)


def as_short_documents(
    left_out: Sequence[tuple[Document, Weights]], marked: Mapping[str, Sequence[Unit]], size: int
) -> list[tuple[float, bool]]:
    """How sure the model is of each statement of an excerpt whose document was left out, and whether it is right."""
    found = []
    for document, weights in left_out:
        for part, allowed in excerpts(document, labels(document, marked[document.name]), size):
            may_be = [may for s, may in zip(part.seen, allowed, strict=True) if s]
            if may_be:
                for may, row in zip(may_be, likely(part, weights), strict=True):
                    if may:
                        found.append((float(row.max()), int(row.argmax()) in may))
    return found


def stored(weights: Weights) -> dict[str, Any]:
    steps = {name: np.rint(row / UNIT).astype(int).tolist() for name, row in sorted(weights.features.items())}
    return {
        "about": "Learnt by tools/train_kinds.py: for each feature (reading/kind_features.py) how much it speaks for each "
        "kind, in steps of `unit` log odds. By boundary: `come` is for a kind after another, `stay` is added after the same.",
        "unit": UNIT,
        "kinds": KINDS,
        "boundaries": BOUNDARIES,
        "come": np.rint(weights.between[0] / UNIT).astype(int).tolist(),
        "stay": np.rint(weights.between[1] / UNIT).astype(int).tolist(),
        "features": {name: row for name, row in steps.items() if any(row)},
    }


def lines(model: Mapping[str, Any]) -> str:
    """The model as JSON, one feature a line."""
    head = {key: value for key, value in model.items() if key != "features"}
    rows = ",\n".join(
        f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(r, separators=(',', ':'))}"
        for n, r in model["features"].items()
    )
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "features": {\n' + rows + "\n}}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--folds", type=int, default=8, help="groups in which the author's readings are left out")
    parser.add_argument("--jobs", type=int, default=2, help="trainings at the same time")
    parser.add_argument("--unmeasured", action="store_true", help="do not leave anything out; for trying")
    parser.add_argument("--show", type=int, default=0, help="print so many of the units read wrong")
    parser.add_argument("--write", action="store_true", help="store the model")
    chosen = parser.parse_args()
    gold = units_in(chosen.shared / "gold" / "kinds_dev.tsv")
    marked = together(gold, units_in(READINGS))
    documents = {name: read(name, chosen.shared) for name in marked}
    parts = {name: stretches(documents[name], units) for name, units in marked.items()}
    print(f"{sum(map(len, marked.values()))} labelled units in {len(marked)} documents")
    said = words_of_reports(chosen.shared, marked)
    soft = 1.5
    if not chosen.unmeasured:
        left_out: list[tuple[Document, Weights]] = []
        own = [name for name in marked if name not in gold and not name.startswith(FAMILY_FOLDER)]
        out = groups(gold, own, chosen.folds)
        tasks = [([p for name in marked if name not in group for p in parts[name]], said) for group in out]
        with multiprocessing.get_context("fork").Pool(chosen.jobs) as pool:
            for group, weights in zip(out, pool.starmap(fit, tasks, chunksize=1), strict=True):
                left_out += [(documents[name], weights) for name in group]
        soft = temperature(left_out, marked)
        print(f"softened by {soft:.2f}")
        judged = [j for d, w in left_out for j in judge(d, marked[d.name], likely(d, w.softened(soft)))]
        on_gold = [
            j for d, w in left_out if d.name in gold for j in judge(d, gold[d.name], likely(d, w.softened(soft)))
        ]
        report("Gold, document left out", on_gold)
        report("Gold, document left out, below one half unread", on_gold, LEAST)
        reliability(on_gold)
        softened = [(d, w.softened(soft)) for d, w in left_out]
        for size in EXCERPTS:
            print(f"\nShort documents of up to {size} statements, document left out")
            reliability([Judged("", "", str(r), "True", c) for c, r in as_short_documents(softened, marked, size)])
        report("All readings, document left out", judged)
        reliability(judged)
        for j in [j for j in judged if not j.right][: chosen.show]:
            print(f"  {j.document[-24:]}: {j.kind} read as {j.got} ({j.confidence:.2f}): {j.text[:60]!r}")
    final = stored(fit([p for name in marked for p in parts[name]], said).softened(soft))
    if chosen.write:
        MODEL.write_text(lines(final), encoding="utf-8")
        print(f"{MODEL.name}: {len(final['features'])} features, {MODEL.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
