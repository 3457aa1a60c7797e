"""A survey beside what one would do without it: the same plans, the same upper plan, in one run.

    python benchmarks/survey.py --upper UPPER FILE... [--base DIR] [--workers N]

- `survey`: everything into a dataset; again with nothing changed; again with one file changed.
- `loop`: the public functions of this version, plan after plan: parse, link, coverage, slippage, deadlines, each table as CSV.
- `loop, base`: the same program run with the package of another tree (DIR, a checkout with `src`), such as the commit before
  surveys came in; left out without --base.
- `TF-IDF`: sentences cut at 。, character n-grams, the best upper sentence of each, as a pandas frame (needs scikit-learn). It
  reads no outline, kinds, dates or relations: it is what one would write in an afternoon.

Seconds on the clock and of processor time of one run each, with all processes; on a machine that does other things too the
second column is the one that counts, and the ratio is made of it. Edges that the survey and the loops have in common are
counted; a base that reads documents otherwise gives its statements other ids.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import planlineage as pl

LOOP = """
import sys
from pathlib import Path
import planlineage as pl
upper, out, *files = sys.argv[1:]
above = pl.parse(upper, id="upper")
for number, file in enumerate(files):
    plan = pl.parse(file, id=f"plan{number}")
    lineage = pl.link(plan, above)
    folder = Path(out) / plan.id
    folder.mkdir(parents=True)
    lineage.to_csv(folder / "edges.csv")
    pl.coverage(plan, above).to_csv(folder / "coverage.csv")
    pl.slippage(plan, above).to_csv(folder / "slippage.csv")
    pl.deadlines(plan, above, as_of="2026-01-01").to_csv(folder / "deadlines.csv")
"""


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    start, before = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - start, sum(os.times()[:4]) - before


def loop(files: list[str], upper: str, out: Path, source: Path) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", LOOP, upper, str(out), *files]
    return seconds(lambda: subprocess.run(command, env=environment, check=True))


def edges_of(out: Path) -> set[tuple[str, str, str]]:
    found = set()
    for path in out.glob("*/edges.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {(path.parent.name, row["local_id"], row["upper_id"]) for row in csv.DictReader(file)}
    return found


def tfidf(files: list[str], upper: str, out: Path) -> None:
    import pandas as pd
    from sklearn.feature_extraction.text import TfidfVectorizer

    theirs = [s for s in Path(upper).read_text("utf-8").split("。") if s.strip()]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    known = vectorizer.fit_transform(theirs)
    rows = []
    for number, file in enumerate(files):
        ours = [s for s in Path(file).read_text("utf-8").split("。") if s.strip()]
        likeness = (vectorizer.transform(ours) @ known.T).toarray()
        best, most = likeness.argmax(axis=1).tolist(), likeness.max(axis=1).tolist()
        rows += [(f"plan{number}", s, theirs[i], m) for s, i, m in zip(ours, best, most, strict=True)]
    pd.DataFrame(rows, columns=["plan", "local", "upper", "likeness"]).to_csv(out, index=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--upper", required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--workers", type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plans = folder / "plans"
        plans.mkdir()
        for number, file in enumerate(args.files):
            shutil.copy(file, plans / f"plan{number}.md")
        shutil.copy(args.upper, folder / "upper.md")
        upper = str(folder / "upper.md")
        files = [str(plans / f"plan{n}.md") for n in range(len(args.files))]

        def run() -> None:
            pl.survey(plans, upper=upper, out=folder / "dataset", workers=args.workers)

        took = {"survey": seconds(run), "survey, nothing changed": seconds(run)}
        found = pl.Survey.open(folder / "dataset").sql("SELECT local_plan, local_id, upper_id FROM edges").fetchall()
        with (plans / "plan0.md").open("a", encoding="utf-8") as file:
            file.write("\n加强督查。\n")
        took["survey, one file changed"] = seconds(run)
        took["loop"] = loop(files, upper, folder / "loop", Path(pl.__file__).parent.parent)
        if args.base:
            took["loop, base"] = loop(files, upper, folder / "base", args.base / "src")
        for one in ("loop", "base"):
            both = {(str(p), str(a), str(b)) for p, a, b in found} & edges_of(folder / one)
            print(f"edges: {len(found)}, of which the {one} has {len(both)}")
        try:
            took["TF-IDF"] = seconds(lambda: tfidf(files, upper, folder / "tfidf.csv"))
        except ImportError:
            print("TF-IDF: scikit-learn is not installed")
        for what, (clock, processor) in took.items():
            print(f"{what:26}{clock:8.1f} s{processor:8.1f} s{processor / took['survey'][1]:8.2f} ×")


if __name__ == "__main__":
    main()
