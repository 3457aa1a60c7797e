"""Tables of a paper: LaTeX and Word, of any report; places side by side with their ranges."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import docx
import pytest

import planlineage as pl
from planlineage.analysis.comparison import Comparison
from planlineage.cli.main import main


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return pl.compare(["shanting_2021", "weibin_2021"], "central_2021")


def test_places_stand_side_by_side_with_range_and_number(compared: Comparison) -> None:
    wide = compared.wide("part")
    assert wide.columns == ("group", "山亭区", "卫滨区")
    frame = wide.frame
    for name, coverage in zip(compared.names, compared.coverages, strict=True):
        assert (frame[name]["low"] <= frame[name]["rate"]).all()
        assert (frame[name]["rate"] <= frame[name]["high"]).all()
        assert frame.loc["total", (name, "rate")] == coverage.rate
        assert frame.loc["total", (name, "applicable")] == len(coverage.applicable)
        assert frame[name]["applicable"][:-1].sum() == len(coverage.applicable)
    total = wide.row(wide.records[-1], "zh")
    assert (total["group"], "n=179" in total["山亭区"]) == ("合计", True)
    with pytest.raises(ValueError, match="no group"):
        compared.wide("parts")  # type: ignore[arg-type]


def test_a_rate_never_stands_below_its_range_when_printed(compared: Comparison) -> None:
    for row in compared.wide("article").rows():
        for cell in filter(None, (row["山亭区"], row["卫滨区"])):
            rate, low, high = (
                int(n.strip("% ()")) for n in cell.split(", ")[0].replace("–", " ").replace("(", " ").split()
            )
            assert low <= rate <= high, cell


def test_a_report_is_a_latex_table(compared: Comparison, tmp_path: Path) -> None:
    text = compared.wide("part").to_latex(tmp_path / "wide.tex").read_text(encoding="utf-8")
    assert "\\begin{longtable}{p{" in text
    assert text.count(" \\\\\n") >= len(compared.wide("part")) + 1
    assert re.search(r"\d+\\% \(\d+\\%–\d+\\%\), n=35", text)
    with pl.options.speaking("zh"):
        chinese = compared.wide("part").to_latex(tmp_path / "zh.tex").read_text(encoding="utf-8")
    assert ("续下页" in chinese, "Continued" in chinese) == (True, False)


def test_latex_without_jinja_names_the_extra(
    compared: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(pl.PlanLineageError, match="planlineage\\[notebook\\]"):
        compared.to_latex(tmp_path / "t.tex")


def test_a_report_is_a_word_table(tmp_path: Path) -> None:
    report = pl.slippage("shanting_2021", "central_2021", lang="zh")
    document = docx.Document(str(report.to_docx(tmp_path / "s.docx")))
    (table,) = document.tables
    assert len(table.rows) == len(report) + 1
    assert document.paragraphs[0].text == report.heading
    assert [c.text for c in table.rows[0].cells] == [report.titles_in("zh")[c] for c in report.shown_columns]


@pytest.mark.parametrize("ending", [".tex", ".docx", ".xlsx", ".csv"])
def test_commands_write_a_table_by_its_ending(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"table{ending}"
    assert main(["coverage", "shanting_2021", "central_2021", "--out", str(out)]) == 0
    assert out.stat().st_size > 1000
