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
import csv
import hashlib
import json
import multiprocessing
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar
from sklearn.linear_model import LogisticRegression

from planlineage.reading.drafts import Draft
from planlineage.reading.kind_features import BOUNDARIES, Seen, names, pieces, seen
from planlineage.reading.kinds import ASKED_FOR, FEW, LEAST, STANDING, settled
from planlineage.reading.lexicon import lexicon
from planlineage.reading.parse import STEPS
from planlineage.reading.source import read_source
from planlineage.reading.steps import run

ROOT = Path(__file__).resolve().parent.parent
READINGS = ROOT / "tools" / "kinds_readings" / "readings.tsv"
MODEL = ROOT / "src" / "planlineage" / "reading" / "kinds_model.json"

KINDS = (
    "background",
    "outcome",
    "thought",
    "principle",
    "goal",
    "task",
    "procedure",
    "closing",
    "noise",
    "heading",
)
READ_AS = {"lead-in": "background", "contents": "noise", "unread": "noise"}
ACCEPTED = {
    "lead-in": {"lead-in", "background", "procedure", "heading"},
    "contents": {"contents", "noise", "heading", "background"},
    "noise": {"noise", "background", "unread"},
    "closing": {"closing", "background"},
}
"""What counts as right beside the kind itself, as the gold's own scorer has it."""
EITHER = "|"  # in the readings: both kinds stand, as background|outcome

SEEN_OFTEN = 6  # a feature in fewer statements than this is not weighed
KEPT = 3500  # features in the shipped model
RIDGE, RIDGE_OF_PIECES, RIDGE_BETWEEN = (
    0.02,
    0.2,
    0.2,
)  # pieces of words and of headings are many and say little each
FAMILY_FOLDER, FAMILY = "sources/", 0.1  # weight of one statement of plans that share most of their text
EXCERPTS = {
    25: 0.3,
    4: 0.1,
}  # statements in short documents made of longer ones, and what such a document counts
STRETCH, AROUND = (
    120,
    12,
)  # longest training stretch; unlabelled statements kept on both sides of labelled ones
WORDS_SEEN_OFTEN, WORDS_SPARSE = 25, 0.15
EVERY_REPORT = 9  # one report in so many teaches looking back and ahead
UNIT = 0.02  # one step of the stored weights, in log odds


@dataclass
class Document:
    """One document: its clean text's statements as seen, and each statement's characters in the source."""

    name: str
    text: str
    spans: list[tuple[int, int]]
    seen: list[Seen | None]
    settled: list[str]  # the kind of what is settled without the model, "" for the rest
    clean: str
    drafts: list[Draft]

    def excerpt(self, first: int, last: int) -> Document:
        """The statements from first up to last, seen as if they were a document of their own."""
        drafts, done = self.drafts[first:last], self.settled[first:last]
        looked_at = list(seen(self.clean, drafts, [bool(kind) for kind in done]))
        return Document(self.name, self.text, self.spans[first:last], looked_at, done, self.clean, drafts)


def path_of(name: str, shared: Path) -> Path:
    for folder in ("corpus/reports", "corpus", "."):
        if (shared / folder / name).exists():
            return shared / folder / name
    raise FileNotFoundError(name)


@cache
def read(name: str, shared: Path) -> Document:
    """Read a document up to its drafts."""
    source = read_source(path_of(name, shared))
    until = next(i for i, step in enumerate(STEPS) if "drafts" in step.sets) + 1
    known = run(STEPS[:until], {"id": "x", "source": source, "role": "plan", "supplied": {}})
    clean, drafts = known["clean"], known["drafts"]
    spans = [clean.to_source(d.start, d.end) for d in drafts]
    rulings = [settled(clean.text, draft) for draft in drafts]
    looked_at = list(seen(clean.text, drafts, [ruling is not None for ruling in rulings]))
    done = [ruling.kind if ruling else "" for ruling in rulings]
    return Document(name, source.text, [(s.start, s.end) for s in spans], looked_at, done, clean.text, drafts)


# -- labels ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unit:
    """A labelled stretch of a document's source."""

    start: int
    end: int
    kind: str


def units_in(path: Path) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["doc"]].append(Unit(int(row["start"]), int(row["end"]), row["kind"]))
    return found


def together(gold: Mapping[str, Sequence[Unit]], own: Mapping[str, Sequence[Unit]]) -> dict[str, list[Unit]]:
    """Gold and own readings; where both speak of the same characters, the gold stands."""
    found = {name: list(units) for name, units in gold.items()}
    for name, units in own.items():
        first = gold.get(name, ())
        rest = [u for u in units if not any(g.start < u.end and u.start < g.end for g in first)]
        found.setdefault(name, []).extend(rest)
    return {name: sorted(units, key=lambda u: u.start) for name, units in found.items()}


def labels(document: Document, units: Sequence[Unit]) -> list[tuple[int, ...]]:
    """For each statement the kinds that it may have; empty where nobody has labelled most of it."""
    made: list[tuple[int, ...]] = []
    for start, end in document.spans:
        shares: Counter[str] = Counter()
        for unit in units:
            shared = min(end, unit.end) - max(start, unit.start)
            if shared > 0:
                shares[unit.kind] += shared
        kind, most = shares.most_common(1)[0] if shares else ("", 0)
        named = kind.split(EITHER) if most * 2 > end - start else []
        made.append(tuple(KINDS.index(READ_AS.get(k, k)) for k in named))
    return made


@dataclass
class Stretch:
    """Consecutive statements of one document that the model decides, with the kinds that each may have."""

    document: str
    statements: list[Seen]
    may_be: list[tuple[int, ...]]
    weight: float = 1.0


def stretches(document: Document, units: Sequence[Unit]) -> list[Stretch]:
    """The stretches around what is labelled; each labelled run once more as a short document of its own."""
    given = labels(document, units)
    weight = FAMILY if document.name.startswith(FAMILY_FOLDER) else 1.0
    found = _around(document, given, weight)
    for size, much in EXCERPTS.items():
        for part, allowed in excerpts(document, given, size):
            found += _around(part, allowed, weight * much)
    return found


def excerpts(
    document: Document, given: Sequence[tuple[int, ...]], size: int
) -> Iterator[tuple[Document, Sequence[tuple[int, ...]]]]:
    """Labelled runs of at most `size` statements, each as a document of its own, with the kinds that each may have."""
    first = 0
    while first < len(given):
        last = first
        while last < len(given) and last - first < size and (given[last] or document.settled[last]):
            last += 1
        if any(given[first:last]):
            yield document.excerpt(first, last), given[first:last]
        first = max(last, first + 1)


def _around(document: Document, given: Sequence[tuple[int, ...]], weight: float) -> list[Stretch]:
    pairs = zip(document.seen, given, strict=True)
    open_ones = [(s, label) for s, label in pairs if s is not None]
    found: list[Stretch] = []
    at = 0
    while at < len(open_ones):
        if not open_ones[at][1]:
            at += 1
            continue
        first, last, end = max(0, at - AROUND), at, at
        while end < len(open_ones) and end - last <= AROUND and end - first < STRETCH:
            last = end if open_ones[end][1] else last
            end += 1
        part = open_ones[first:end]
        found.append(Stretch(document.name, [s for s, _ in part], [label for _, label in part], weight))
        at = end
    return found


# -- words, from reports that nobody labelled ------------------------------------------------------------------------------------


WORDS = ("done", "problem", "aim", "to do")
"""What the words of unlabelled reports are told apart by: what was done, what is wrong, figures to reach, things to do."""
_PROBLEM = re.compile("清醒|问题和不足|困难和问题|困难和挑战|存在不少|还存在")
_AIM = re.compile("(?:预期目标|主要目标|奋斗目标|主要指标)[^，。；]{0,6}[是为：:]")
_SPEECH = re.compile("各位代表|感谢|敬意|代表.{0,8}政府")


def said_by_reports(shared: Path, without: Iterable[str]) -> Iterator[tuple[set[str], str]]:
    """Statements of work reports with what their part and paragraph say of them."""
    back, ahead = (re.compile(lexicon("kinds")["headings"][name]["pattern"]) for name in ("look back", "plan"))
    left_out = set(without)
    for path in sorted((shared / "corpus" / "reports").rglob("政府工作报告*/**/*.md"))[5::EVERY_REPORT]:
        name = str(path.relative_to(shared / "corpus" / "reports"))
        if name in left_out:
            continue
        document = read(name, shared)
        part, problem, aim, before = "", False, False, 0
        for s, draft in zip(document.seen, document.drafts, strict=True):
            headings = draft.place.headings
            if headings and headings[0] != part:
                part, problem = headings[0], False
            words = document.clean[draft.start : draft.end]
            if "\n" in document.clean[before : draft.start]:
                aim = False
            before = draft.end
            if s is None or not headings:
                continue
            was, will = bool(back.search(part)), bool(ahead.search(part))
            problem, aim = problem or bool(_PROBLEM.search(words)), aim or bool(_AIM.search(words))
            if was == will or len(s.words) <= 8 or _SPEECH.search(words):
                continue
            if was:
                yield set(pieces(s.words)), "problem" if problem else "done"
            elif aim or len(headings) > 1:
                yield set(pieces(s.words)), "aim" if aim else "to do"


def words_of_reports(shared: Path, without: Iterable[str]) -> dict[str, np.ndarray]:
    """How much each piece of a statement speaks for each of `WORDS`."""
    said = list(said_by_reports(shared, without))
    often = Counter(piece for statement, _ in said for piece in statement)
    column = sorted(p for p, n in often.items() if n >= WORDS_SEEN_OFTEN)
    x = matrix([statement for statement, _ in said], {piece: i for i, piece in enumerate(column)})
    rows = []
    for word in WORDS:
        model = LogisticRegression(C=WORDS_SPARSE, l1_ratio=1, solver="liblinear", max_iter=200, random_state=0)
        rows.append(model.fit(x, [kind == word for _, kind in said]).coef_[0])
    table = np.array(rows).T
    print(f"{len(said)} statements of unlabelled reports: {dict(Counter(kind for _, kind in said))}")
    return {piece: row for piece, row in zip(column, table, strict=True) if row.any()}


def matrix(rows: Sequence[Iterable[str]], column: Mapping[str, int]) -> sparse.csr_matrix:
    indices: list[int] = []
    starts = [0]
    for row in rows:
        indices += sorted(column[name] for name in row if name in column)
        starts.append(len(indices))
    shape = (len(rows), len(column))
    values = np.ones(len(indices))
    return sparse.csr_matrix(
        (values, np.asarray(indices, dtype=np.int32), np.asarray(starts, dtype=np.int32)), shape=shape
    )


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
