"""Learn how what is promised is told a year later, from work reports that nobody labelled.

    python tools/train_answers.py [--shared DIR] [--write]

Reads the work reports in DIR/corpus/reports (default: the folder `shared` beside the repository, or $PLANLINEAGE_SHARED)
but those of the places that follow-ups are measured on. Takes half an hour, most of it for reading. With `--write` stores
`answers.npz` in `src/planlineage/comparing/following`; to be run again after `train_words.py`, whose words it counts by.

1. Of one place's reports of two years each promise of the first is set beside what the second tells of what was done. Where
   each is the likest of the other by the rarer words that both hold, they are taken for promise and answer.
2. Which word answers which is told by expectation and maximization over all of them (IBM's first model of translation), once
   from promise to answer and once back, with a word that stands for nothing.
3. Promise and answer are sought once more by these tables, so that pairs in other words count too, and 2 is done again.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy import sparse

import planlineage as pl
from planlineage.comparing.following.answers import STEPS, Answered, answers_by, bags
from planlineage.comparing.following.features import Looked, without_numbers
from planlineage.comparing.following.parts import promises
from planlineage.model.errors import PlanLineageError

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "src" / "planlineage" / "comparing" / "following" / "answers.npz"
MEASURED = {"政府工作报告-国务院", "山东省", "江苏省", "四川省", "广州市", "赣州市"}
ALIKE, MOST, ROUNDS, KEPT, LIFT, DOUBT = 0.35, 100_000, 5, 0.03, 2.0, 3.0
"""How alike by their words a promise and its answer are at least (cosine); how many pairs are taken when they are sought once
more; rounds; the least chance that is kept, and how many times the usual one; so many words that were not seen are counted
with each word."""

Bags = sparse.csr_matrix
Pairs = Sequence[tuple[Bags, Bags]]


def read(shared: Path) -> Iterator[tuple[str, int, Bags, Bags]]:
    """Of each report its place and year, what it promises, and what it tells of what was done."""
    for path in sorted((shared / "corpus" / "reports").rglob("[12][0-9][0-9][0-9].md")):
        if path.parent.name not in MEASURED:
            try:
                plan = pl.load(path)
            except PlanLineageError as error:
                print(path.name, error)
                continue
            asked = [p.text for p in promises(plan) if p.target is None]
            told = [c.text for c in Looked(plan).clauses if len(c.text) > 4]
            if len(asked) >= 10 and len(told) >= 30:
                yield path.parent.name, int(path.stem), *(bags(without_numbers(texts)) for texts in (asked, told))


def by_words(asked: Bags, told: Bags, rarity: np.ndarray) -> np.ndarray:
    """How alike promises and clauses are: the cosine by how rare their words are."""
    weighed = [side @ sparse.diags(rarity) for side in (asked, told)]
    sizes = [np.sqrt(np.asarray(w.multiply(w).sum(axis=1)).ravel()) + 1e-6 for w in weighed]
    return (weighed[0] @ weighed[1].T).toarray() / sizes[0][:, None] / sizes[1]


def likest(alike: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The promises and clauses that are each other's likest, and how alike they are."""
    lines = np.arange(len(alike))
    columns = alike.argmax(axis=1)
    both = alike.argmax(axis=0)[columns] == lines
    return lines[both], columns[both], alike[lines, columns][both]


def matched(pairs: Pairs, alike: Callable[[Bags, Bags], np.ndarray], least: float | None) -> tuple[Bags, Bags]:
    """Promises and their answers: those that are at least so alike, else the likest of all."""
    given, words, how = [], [], []
    for asked, told in pairs:
        lines, columns, found = likest(alike(asked, told))
        given.append(asked[lines])
        words.append(told[columns])
        how.append(found)
    every = np.concatenate(how)
    least = np.sort(every)[-min(MOST, len(every))] if least is None else least
    return sparse.vstack(given).tocsr()[every >= least], sparse.vstack(words).tocsr()[every >= least]


def learn(pairs: Pairs) -> dict[str, np.ndarray]:
    """The tables, as `following/answers.py` reads them."""
    sides = [side for pair in pairs for side in pair]
    held = sum(np.asarray(side.sum(axis=0)).ravel() for side in sides)
    rarity = np.log(sum(side.shape[0] for side in sides) / np.maximum(held, 1))
    given, words = matched(pairs, lambda asked, told: by_words(asked, told, rarity), ALIKE)
    print(f"{len(pairs)} pairs of years, {given.shape[0]} promises with an answer by their words")
    tables = tuple(Answered(chances(*sides), usual(sides[1])) for sides in ((given, words), (words, given)))
    given, words = matched(pairs, lambda asked, told: answers_by(tables, asked, told), None)
    print(f"{given.shape[0]} promises with an answer by the tables")
    return stored("told", given, words) | stored("asked", words, given)


def chances(given: Bags, words: Bags) -> Bags:
    """The chance of each of `words` beside each word that is given; the last row is the word that stands for nothing."""
    count, size = given.shape
    given = sparse.hstack([given, sparse.csr_matrix(np.ones((count, 1)))]).tocsr()
    sizes, others = np.diff(given.indptr), np.diff(words.indptr)
    every = sizes * others
    line = np.repeat(np.arange(count), every)
    at = np.arange(every.sum()) - np.repeat(np.cumsum(every) - every, every)
    one = given.indices[given.indptr[line] + at % sizes[line]].astype(np.int64)
    other = words.indices[words.indptr[line] + at // sizes[line]]
    place = np.repeat(np.arange(words.nnz), np.repeat(sizes, others))
    keys, which = np.unique(one * size + other, return_inverse=True)
    of = keys // size
    chance = 1 / np.bincount(of, minlength=size + 1)[of]
    for _ in range(ROUNDS):
        share = chance[which]
        share /= np.bincount(place, share)[place]
        seen = np.bincount(which, share)
        chance = seen / (np.bincount(of, seen, size + 1)[of] + DOUBT)
    return sparse.csr_matrix((chance, (of, keys % size)), shape=(size + 1, size))


def usual(words: Bags) -> np.ndarray:
    """How often each word stands in any text."""
    counts = np.asarray(words.sum(axis=0)).ravel()
    return np.maximum(counts / counts.sum(), 1e-6)


def stored(name: str, given: Bags, words: Bags) -> dict[str, np.ndarray]:
    """A table as `following/answers.py` reads it."""
    table, often = chances(given, words).tocoo(), usual(words)
    kept = (table.data >= KEPT) & (table.data >= LIFT * often[table.col])
    order = np.lexsort((table.col[kept], table.row[kept]))
    return {
        name: table.col[kept][order].astype(np.uint16),
        f"{name}_of": np.bincount(table.row[kept], minlength=table.shape[0]).astype(np.uint16),
        f"{name}_chance": np.round(-np.log(table.data[kept][order]) * STEPS).astype(np.uint8),
        f"{name}_usual": np.round(-np.log(often) * STEPS).astype(np.uint16),
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared"))
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    reports = {(place, year): (asked, told) for place, year, asked, told in read(a.shared)}
    later = [(asked, reports.get((place, year + 1))) for (place, year), (asked, _) in reports.items()]
    tables = learn([(asked, after[1]) for asked, after in later if after])
    if a.write:
        np.savez_compressed(ANSWERS, **tables)


if __name__ == "__main__":
    main()
