"""Lineage by planlineage beside surface similarity: quality on the Shanting gold, and sentences a second.

    python benchmarks/linking.py [--sentences N]

Each method that is installed runs in the same process, on the same texts (`pip install scikit-learn sparse_dot_topn rapidfuzz`;
one that is absent is skipped with a message; difflib is in the standard library, and so slow that it runs on a sample).

Quality: unit pairs of the gold in the shared folder (beside the repository, or PLANLINEAGE_SHARED; without it this table is left
out). A baseline takes the best upper unit of each local one, and gets the benefit of the threshold that is best on this very
gold; planlineage runs as shipped, which has seen this gold; `docs/linking.md` has its cross-validated figures.

Speed: N local sentences (the two shipped district plans over and over, as articles of one long plan) against the shipped central
plan. planlineage's figure is for the whole of `link_units`: candidates, both looks, relations, and the aligned pieces of
every edge; the others only find the best upper sentence. Wall-clock seconds, the best of three runs; ratios to planlineage
on two workers.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import importlib.util
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

import planlineage as pl
from planlineage.linking import LinkOptions, Unit, link_units
from planlineage.linking.linker import PlanUnits

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared"))
SAMPLE = 60
Best = list[tuple[int, float]]
Method = Callable[[Sequence[str], Sequence[str]], Best]
"""Local and upper texts in; for each local text the position of the best upper one and its similarity out."""


def tfidf(local: Sequence[str], upper: Sequence[str]) -> Best:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    theirs = vectorizer.fit_transform(upper)
    likeness = (vectorizer.transform(local) @ theirs.T).toarray()
    return list(zip(likeness.argmax(axis=1).tolist(), likeness.max(axis=1).tolist(), strict=True))


def topn(local: Sequence[str], upper: Sequence[str]) -> Best:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    theirs = vectorizer.fit_transform(upper)
    found = sp_matmul_topn(vectorizer.transform(local), theirs.T.tocsr(), top_n=1, sort=True, n_threads=2).tocsr()
    best = []
    for i in range(len(local)):
        at = slice(found.indptr[i], found.indptr[i + 1])
        best.append((int(found.indices[at][0]), float(found.data[at][0])) if at.stop > at.start else (0, 0.0))
    return best


def rapid(local: Sequence[str], upper: Sequence[str]) -> Best:
    from rapidfuzz import fuzz, process

    best = []
    for start in range(0, len(local), 1000):
        likeness = process.cdist(local[start : start + 1000], upper, scorer=fuzz.ratio, workers=2)
        best += list(zip(likeness.argmax(axis=1).tolist(), (likeness.max(axis=1) / 100).tolist(), strict=True))
    return best


def standard_library(local: Sequence[str], upper: Sequence[str]) -> Best:
    best = []
    for text in local:
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(text)
        ratios = []
        for other in upper:
            matcher.set_seq1(other)
            ratios.append(matcher.ratio())
        best.append((int(np.argmax(ratios)), float(max(ratios))))
    return best


METHODS: dict[str, tuple[Method, tuple[str, ...]]] = {
    "char TF-IDF argmax (scikit-learn)": (tfidf, ("sklearn",)),
    "sparse_dot_topn": (topn, ("sklearn", "sparse_dot_topn")),
    "rapidfuzz ratio": (rapid, ("rapidfuzz",)),
    "difflib": (standard_library, ()),
}


def installed(needs: tuple[str, ...]) -> bool:
    return all(importlib.util.find_spec(name) for name in needs)


def table(name: str) -> list[dict[str, str]]:
    with (SHARED / "gold" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def units(rows: Sequence[dict[str, str]]) -> list[Unit]:
    return [Unit(r["id"], r["text"], part=r["part"], article=r["article"]) for r in rows]


def f1(found: set[tuple[str, str]], core: set[tuple[str, str]], soft: set[tuple[str, str]]) -> float:
    found = found - soft
    return 2 * len(found & core) / max(1, len(found) + len(core))


def quality() -> None:
    ours, theirs = table("shanting_units.tsv"), table("central_units.tsv")
    gold = [row for row in table("shanting_lineage.tsv") if row["central"] != "-"]
    core = {(row["local"], row["central"]) for row in gold if row["status"] == "core"}
    soft = {(row["local"], row["central"]) for row in gold} - core
    local, upper = [row["text"] for row in ours], [row["text"] for row in theirs]
    print("| method | F1 on the Shanting gold |\n| --- | --- |")
    edges = link_units(units(ours), units(theirs), LinkOptions(evidence=False))
    found = {(edge.local_id, edge.upper_id) for edge in edges if edge.relation.is_coverage}
    print(f"| planlineage, as shipped | {f1(found, core, soft):.3f} |")
    for name, (method, needs) in METHODS.items():
        if not installed(needs):
            print(f"| {name} | skipped: not installed |")
            continue
        best = method(local, upper)
        figures = []
        for threshold in np.arange(0.05, 1.0, 0.01):
            pairs = {(ours[i]["id"], theirs[j]["id"]) for i, (j, sure) in enumerate(best) if sure >= threshold}
            figures.append((f1(pairs, core, soft), threshold))
        print(f"| {name}, best threshold {max(figures)[1]:.2f} | {max(figures)[0]:.3f} |", flush=True)


def fastest(run: Callable[[], object], times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def plan_units(name: str, prefix: str = "") -> list[Unit]:
    return [
        replace(unit, id=prefix + unit.id, part=prefix + unit.part, article=prefix + unit.article)
        for unit in PlanUnits(pl.load(name)).units
    ]


def speed(count: int) -> None:
    upper = plan_units("central_2021")
    districts = ("shanting_2021", "weibin_2021")
    local: list[Unit] = []
    while len(local) < count:
        local += plan_units(districts[len(local) % 2], f"{len(local)}-")
    local = local[:count]
    one = plan_units("shanting_2021")
    link_units(one, upper)
    print(
        f"\nOne district ({len(one)} statements) against the centre, warm: {fastest(lambda: link_units(one, upper)):.2f} s"
    )
    print(
        f"\n| method | sentences a second, {count} against {len(upper)} | planlineage on 2 workers is |\n| --- | --- | --- |"
    )
    rates = {}
    for workers in (2, 1):
        options = LinkOptions(workers=workers)
        rates[workers] = count / fastest(lambda options=options: link_units(local, upper, options))
        print(
            f"| planlineage, {workers} worker{'s' * (workers > 1)} | {rates[workers]:,.0f} | ×{rates[2] / rates[workers]:.1f} |"
        )
    bare = count / fastest(lambda: link_units(local, upper, LinkOptions(workers=2, evidence=False)))
    print(
        f"| planlineage, 2 workers, without aligned pieces | {bare:,.0f} | ×{rates[2] / bare:.1f} |",
        flush=True,
    )
    texts, theirs = [unit.text for unit in local], [unit.text for unit in upper]
    for name, (method, needs) in METHODS.items():
        if not installed(needs):
            print(f"| {name} | skipped: not installed |  |")
            continue
        some = texts[:: max(1, count // SAMPLE)][:SAMPLE] if method is standard_library else texts
        times = 1 if method is standard_library else 3
        rate = len(some) / fastest(lambda method=method, some=some: method(some, theirs), times)
        note = f" (a sample of {len(some)})" if method is standard_library else ""
        print(f"| {name}{note} | {rate:,.0f} | ×{rates[2] / rate:.2g} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=5000)
    options = parser.parse_args()
    if (SHARED / "gold").is_dir():
        quality()
    else:
        print(f"no gold at {SHARED}: the table of quality is left out")
    speed(options.sentences)


if __name__ == "__main__":
    main()
