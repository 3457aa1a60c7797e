"""The charts: what they show, how they are saved, with and without a Chinese font, with text made to trip them."""

from __future__ import annotations

import datetime
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra: charts)")

import pandas as pd
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text
from tied import lineage

import planlineage as pl
from planlineage.comparing.lineage import Lineage
from planlineage.model.errors import MissingExtraError, OutputError
from planlineage.model.lineage import Relation
from planlineage.output.charts import fonts

AS_OF = datetime.date(2024, 10, 31)
HOSTILE = "</text><script>alert(1)</script> $\\frac{1}{0}$ $x \u202e\u2066 \x00\x07 \U0001f600 \ud800 &lt; \"'"
UPPER = """\
法治政府建设实施纲要（2021—2025年）

一、健全政府机构职能体系
（一）推进职能优化。2022年年底前编制完成各级政府权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
二、健全依法行政制度体系
（二）加强行政执法监督。2024年年底前基本建成行政执法监督工作体系。推行行政执法APP掌上执法。
"""
LOCAL = """\
卫滨区法治政府建设实施方案（2021—2025年）

一、健全政府机构职能体系
（一）推进职能优化。2023年年底前编制完成各级政府权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
二、健全依法行政制度体系
（二）加强行政执法监督。2025年前基本建成行政执法监督工作体系。
"""
TIES = (
    ("权责清单", "权责清单", Relation.ADAPTED, 0.93),
    ("一网通办", "一网通办", Relation.VERBATIM, 0.99),
    ("行政执法监督工作体系", "行政执法监督工作体系", Relation.ADAPTED, 0.97),
)


def known(spoil: str = "") -> Lineage:
    """Two small plans, linked; `spoil` is put behind every title and sentence."""
    central = pl.parse_text(UPPER, id="central", level="central")
    local = pl.parse_text(LOCAL, id="weibin", level="district", place="河南省新乡市卫滨区")
    made = lineage(local, central, TIES)
    return Lineage(spoiled(local, spoil), [spoiled(central, spoil)], made.edges) if spoil else made


def spoiled(plan: pl.Plan, words: str) -> pl.Plan:
    return plan.model_copy(
        update={
            "title": plan.title + words,
            "place": plan.place + words,
            "clauses": tuple(c.model_copy(update={"title": words + c.title}) for c in plan.clauses),
            "statements": tuple(s.model_copy(update={"text": words + s.text}) for s in plan.statements),
        }
    )


BURN = pd.DataFrame(
    {
        "day": ["2023-06-30", "2023-12-31", "2024-12-31"],
        "due": [2, 5, 9],
        "done": [1, 4, None],
        "overdue": [0, 1, None],
    }
)


def yearly(made: Lineage, year: int) -> pl.Plan:
    """A work report of a place whose name is as spoiled as the plan's own."""
    told = f"一、{year - 1}年工作回顾\n城镇新增就业{year - 1910}万人。\n二、今年重点工作\n城镇新增就业110万人以上。"
    return pl.parse_text(told, id="weibin", title=f"某市{year}年政府工作报告", place=made.local.place)


MAKERS: dict[str, Callable[[Lineage], Figure]] = {
    "coverage": lambda made: pl.coverage_heatmap(pl.Coverage(made)),
    "deadlines": lambda made: pl.deadline_timeline(pl.DeadlineReport(made.local, AS_OF, made)),
    "slippage": lambda made: pl.slippage_chart([pl.Slippage(made)]),
    "flow": lambda made: pl.flow_chart(pl.Coverage(made)),
    "succession": lambda made: pl.succession_chart(pl.Succession(made)),
    "promises": lambda made: pl.promise_chart(pl.track_record([yearly(made, y) for y in (2023, 2024, 2025)])),
    "burn up": lambda _: pl.burn_up(BURN, as_of=AS_OF),
}
chinese = pytest.mark.skipif(
    not any("CJK" in f.name or "WenQuanYi" in f.name for f in font_manager.fontManager.ttflist),
    reason="no Chinese font is installed (Debian: fonts-noto-cjk)",
)

any_font = pytest.mark.filterwarnings("ignore::planlineage.output.charts.fonts.MissingFontWarning")
"""For tests whose assertions hold in Chinese as in English: a machine without a Chinese font warns, and that is tested apart."""


def texts(chart: Figure) -> list[str]:
    return [t.get_text() for t in chart.findobj(Text) if isinstance(t, Text) and t.get_text()]


@pytest.fixture
def without_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has only the fonts that come with matplotlib."""
    latin = [f for f in font_manager.fontManager.ttflist if f.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda *_, **__: [])
    yield
    font_manager.fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]


@chinese
@pytest.mark.parametrize("name", MAKERS)
def test_charts_show_chinese_and_save_themselves(name: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = MAKERS[name](known())
        assert isinstance(chart, Figure)
        png, svg = (pl.save_chart(chart, tmp_path / f"chart.{ending}") for ending in ("png", "svg"))
    assert png.read_bytes().startswith(b"\x89PNG")
    assert ET.fromstring(svg.read_text(encoding="utf-8")).tag.endswith("svg")
    assert "font-family" not in svg.read_text(encoding="utf-8"), "letters are outlines"
    assert any(not t.isascii() for t in texts(chart))
    assert svg.read_bytes() == pl.save_chart(chart, tmp_path / "again.svg").read_bytes()


@pytest.mark.parametrize("name", MAKERS)
def test_without_a_chinese_font_labels_are_ids_and_a_warning_says_so(
    name: str, without_chinese: None, tmp_path: Path
) -> None:
    with pytest.warns(fonts.MissingFontWarning, match="fonts-noto-cjk"):
        chart = MAKERS[name](known())
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every glyph that it can't draw
        pl.save_chart(chart, tmp_path / "chart.png")
    shown = texts(chart)
    latin = fonts._characters(fonts.LATIN)
    assert not [t for t in shown if any(ord(c) not in latin for c in t)]
    ids = ("weibin", "central", *(s.id for s in known().local.statements))
    assert name in ("burn up", "succession", "promises") or any(i in t for t in shown for i in ids)


def test_an_empty_list_of_fonts_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    font_manager.fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]
    fonts._characters.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", fonts.MissingFontWarning)
        assert ord("A") in fonts.find_fonts().characters
    font_manager.fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]


@chinese
@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_is_drawn_as_it_is(name: str, tmp_path: Path) -> None:
    made = known(HOSTILE + "长" * 33_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = MAKERS[name](made)
        svg = pl.save_chart(chart, tmp_path / "chart.svg").read_text(encoding="utf-8")
        pl.save_chart(chart, tmp_path / "chart.png")
    assert "<script" not in svg
    assert not [e for e in ET.fromstring(svg).iter() if e.tag.endswith("script")]
    assert all(len(t) < 200 for t in texts(chart))


@chinese
def test_what_the_font_lacks_is_written_as_a_missing_type() -> None:
    found = fonts.find_fonts()
    assert found.clean("法治\u202e政府\x00 \u2066") == "法治政府 "
    assert found.clean("\U0003134f\ue000") == "〓〓"


@chinese
def test_a_font_can_be_named_or_given_as_a_file() -> None:
    entry = next(f for f in font_manager.fontManager.ttflist if "CJK" in f.name or "WenQuanYi" in f.name)
    assert fonts.find_fonts(entry.name).families[0] == entry.name
    assert fonts.find_fonts(entry.fname).chinese
    with pytest.warns(fonts.MissingFontWarning, match="has no Chinese"):
        assert not fonts.find_fonts("DejaVu Sans").chinese


@any_font
def test_figures_are_those_of_the_reports() -> None:
    made = known()
    coverage = pl.Coverage(made)
    shown = texts(pl.coverage_heatmap(coverage))
    for row in coverage.by("article"):
        assert row.rate is None or f"{row.rate:.0%}" in shown
    moved = [r for r in pl.Slippage(made).changed if r.aspect == "deadline" and r.days_max]
    drawn = texts(pl.slippage_chart(pl.Slippage(made)))
    assert moved
    assert all(any(f"+{r.days_max}" in t for t in drawn) for r in moved)


@any_font
def test_nothing_to_draw() -> None:
    central = pl.parse_text(UPPER, id="central", level="central")
    empty = pl.parse_text("通知\n\n现将有关事项通知如下。\n", id="note", level="district")
    bare = Lineage(empty, [pl.parse_text("某某\n", id="bare", level="central")], [])
    for make in MAKERS.values():
        make(bare)
        make(Lineage(empty, [central], []))
    pl.burn_up(BURN.iloc[:0])
    pl.coverage_heatmap([])


@any_font
def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="png"):
        pl.save_chart(pl.burn_up(BURN, lang="en"), tmp_path / "chart.gif")


@any_font
def test_settings_of_the_process_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    pl.burn_up(BURN)._repr_png_()  # type: ignore[attr-defined]
    assert dict(matplotlib.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or before["backend"] == matplotlib.rcParams["backend"]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    for name in [m for m in sys.modules if m.startswith("planlineage.output.charts")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(vars(pl), "burn_up", raising=False)
    find: Any = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "matplotlib" else find(name, *a))
    with pytest.raises(MissingExtraError, match=r"planlineage\[charts\]"):
        _ = pl.burn_up


def test_matplotlib_is_loaded_only_when_a_chart_is_made() -> None:
    code = "import sys, planlineage as pl; pl.write_report; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
