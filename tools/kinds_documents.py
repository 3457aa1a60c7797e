"""What the kinds of statements are learnt from: labelled documents as the model sees them, and words of unlabelled reports."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from planlineage.reading.drafts import Draft
from planlineage.reading.kind_features import Seen, pieces, seen
from planlineage.reading.kinds import settled
from planlineage.reading.lexicon import lexicon
from planlineage.reading.parse import STEPS
from planlineage.reading.source import read_source
from planlineage.reading.steps import run

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
EITHER = "|"
"""In the readings: both kinds stand, as background|outcome."""

FAMILY_FOLDER, FAMILY = "sources/", 0.1
"""The folder of plans that share most of their text, and the weight of one of their statements."""

EXCERPTS = {25: 0.3, 4: 0.1}
"""Statements in short documents made of longer ones, and what such a document counts."""

STRETCH, AROUND = 120, 12
"""The longest training stretch, and the unlabelled statements kept on both sides of labelled ones."""

WORDS_SEEN_OFTEN, WORDS_SPARSE = 25, 0.15
EVERY_REPORT = 9
"""One report in so many teaches looking back and ahead."""


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
