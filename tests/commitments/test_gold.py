"""The project's scorer on raw source documents; needs the shared folder."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planlineage.model.levels import Level
from planlineage.reading.commitments import Context, recognise

DOCUMENTS = {
    "central": ("sources/central_2021_announcement.txt", Level.CENTRAL, "全文如下。"),
    "shanting": ("sources/shanting_2021.txt", Level.DISTRICT, None),
    "central_促进就业若干意见_国发2018-39": ("corpus/state_council_plans", Level.CENTRAL, None),
    "central_职业教育改革实施方案_国发2019-4": ("corpus/state_council_plans", Level.CENTRAL, None),
}
EXACT = {"deadline", "duration", "instrument", "docnumber"}
RECALL_OF_ACTORS = 0.85
PART = re.compile(r"^(\w+) +gold=.* recall=([\d.]+) precision=([\d.]+) value=([\d.]+)$", re.M)


@pytest.mark.parametrize("doc", DOCUMENTS)
def test_scores_on_the_gold(doc: str, shared: Path, tmp_path: Path) -> None:
    place, level, opening = DOCUMENTS[doc]
    path = shared / place
    text = (path / f"{doc}.txt" if path.is_dir() else path).read_text(encoding="utf-8")
    start = text.index(opening) + len(opening) if opening else 0
    found = tmp_path / "found.csv"
    with found.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["statement", "start", "end", "surface", "kind", "normal"])
        for e in recognise(text[start:], Context.of(text[start:], level=level)):
            writer.writerow(
                ["", e.span.start + start, e.span.end + start, e.surface.replace("\n", " "), e.kind, e.normal]
            )  # type: ignore[attr-defined]
    scorer = shared / "tools/score_commitments.py"
    run = subprocess.run(
        [
            sys.executable,
            str(scorer),
            str(found),
            "--doc",
            doc,
            "--gold",
            str(shared / "gold/attributes.tsv"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = {kind: tuple(map(float, values)) for kind, *values in PART.findall(run.stdout)}
    assert scores
    for kind, (recall, precision, value) in scores.items():
        if kind == "actor":
            assert recall >= RECALL_OF_ACTORS, run.stdout
        elif kind in EXACT:
            assert (recall, precision, value) == (1, 1, 1), run.stdout
        elif kind != "period":
            assert min(recall, precision, value) >= 0.95, run.stdout
