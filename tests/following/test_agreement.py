"""Two readers of the same items: measures against a well-known package, what is left to settle, tables of other kinds refused."""

from __future__ import annotations

import csv
from pathlib import Path

import krippendorff as reference
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import planlineage as pl
from planlineage.analysis.agreement import cohen, krippendorff, share

VERDICTS = ("met", "missed", "not_reported")


def written(path: Path, labels: list[str], column: str = "verdict") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(["plan", "report", "task_id", "start", "end", column])
        table.writerows(["p", "r", f"1.{i}-abcde", i, i + 5, label] for i, label in enumerate(labels))
    return path


def test_measures_and_what_is_left(tmp_path: Path) -> None:
    first = written(tmp_path / "a.csv", ["met"] * 40 + ["missed"] * 10)
    second = written(tmp_path / "b.csv", ["met"] * 35 + ["missed"] * 15 + ["met"])
    found = pl.agreement(first, second)
    assert (len(found), found.alone) == (50, (0, 1))
    assert found.percent.value == 0.9
    assert found.kappa.low is not None and found.kappa.value is not None and found.kappa.high is not None
    assert found.kappa.low < found.kappa.value < found.kappa.high
    assert [(r.first, r.second) for r in found.disagreements] == [("met", "missed")] * 5
    assert found.confusion.loc["met", "missed"] == 5


def test_words_and_keys_are_the_same_label(tmp_path: Path) -> None:
    found = pl.agreement(
        written(tmp_path / "a.csv", ["met", "missed"]), written(tmp_path / "b.csv", ["达到", "未达到"])
    )
    assert found.percent.value == 1


def test_one_label_tells_nothing_beyond_chance(tmp_path: Path) -> None:
    found = pl.agreement(written(tmp_path / "a.csv", ["met"] * 3), written(tmp_path / "b.csv", ["met"] * 3))
    assert (found.percent.value, found.kappa.value, found.alpha.value) == (1.0, None, None)
    assert str(found.kappa) == "—"


def test_edges_that_one_reader_lacks_count_as_none() -> None:
    lineage = pl.link("weibin_2021", "central_2021")
    fewer = pl.Lineage(lineage.locals, lineage.uppers, lineage.edges[:-2])
    found = pl.agreement(lineage, fewer)
    assert sorted(r.second for r in found.disagreements) == ["none", "none"]


def test_other_tables_are_refused(tmp_path: Path) -> None:
    good = written(tmp_path / "a.csv", ["met"])
    with pytest.raises(pl.DecisionFileError, match="different things"):
        pl.agreement(good, pl.link("weibin_2021", "central_2021"))
    with pytest.raises(pl.DecisionFileError):
        pl.agreement(good, written(tmp_path / "b.csv", ["x"], column="colour"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40))
def test_alpha_is_that_of_the_package(pairs: list[tuple[int, int]]) -> None:
    counts = np.zeros((1, 4, 4))
    for one, other in pairs:
        counts[0, one, other] += 1
    ours = float(krippendorff(counts)[0])
    if len({label for pair in pairs for label in pair}) == 1:
        assert np.isnan(ours)
    else:
        theirs = reference.alpha(np.array(pairs).T, value_domain=range(4), level_of_measurement="nominal")
        assert ours == pytest.approx(theirs)
    assert 0 <= float(share(counts)[0]) <= 1
    assert np.isnan(cohen(counts)[0]) or -1 <= float(cohen(counts)[0]) <= 1
