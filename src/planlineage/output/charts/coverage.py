"""The heat map of coverage: articles of the upper plans against places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from ...analysis.comparison import Comparison
from ...analysis.coverage import CARRIED, Coverage
from ...model.plan import Plan
from ...model.wording import Lang
from ..places import place_name
from .figure import COVERED, FAINT, INK, Chart, new_chart, one_axes

_SHADES = LinearSegmentedColormap.from_list("coverage", ["#f4efe4", "#b7d7cb", "#5fa18d", COVERED, "#1a4a3d"])
_WIDE = 8
"""Up to so many places have room for figures in their cells."""


def coverage_heatmap(
    reports: Coverage | Comparison | Sequence[Coverage],
    *,
    lang: Lang = "zh",
    font: str | Path | None = None,
) -> Chart:
    """The share of each article's applicable tasks that each place carries down, as a heat map.

    Places stand from the highest rate to the lowest. Cells are hatched where nothing of an article applies.

    Args:
        reports: the coverage of one place or several, in any order; or a comparison of places.
        lang: language of the chart's own words.
        font: family or file of a font with Chinese characters; found by itself by default.
    """
    if isinstance(reports, Comparison):
        reports = reports.coverages
    many = [reports] if isinstance(reports, Coverage) else list(reports)
    many.sort(key=lambda report: -report.rate)
    shares = [_shares(report) for report in many]
    articles = list(dict.fromkeys(key for share in shares for key in share))
    names = {
        (upper.id, article): f"{upper.id} {number}"
        for report in many
        for upper in report.lineage.uppers
        for number, article in _numbered(report, upper)
    }
    chart = new_chart(
        max(6.5, 4.2 + 0.85 * min(len(many), _WIDE) + 0.28 * max(0, len(many) - _WIDE)),
        max(2.5, 1.4 + 0.27 * len(articles)),
        lang,
        font,
    )
    axes = one_axes(chart, chart.word("chart.coverage heatmap"))
    if not articles:
        axes.set_axis_off()
        axes.text(0.5, 0.5, chart.word("chart.nothing"), ha="center", color=FAINT)
        return chart
    table = np.array([[share.get(key, np.nan) for share in shares] for key in articles], dtype=float)
    with rc_context(chart.look):
        image = axes.imshow(np.ma.masked_invalid(table), cmap=_SHADES, vmin=0, vmax=1, aspect="auto")
        for row, column in np.argwhere(np.isnan(table)):
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="/////", edgecolor="#d9d3c6", lw=0)
            )
        if len(many) <= _WIDE:
            for row, column in np.argwhere(~np.isnan(table)):
                share = table[row, column]
                axes.text(
                    column,
                    row,
                    f"{share:.0%}",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if share > 0.55 else INK,
                )
        axes.set_yticks(
            range(len(articles)),
            [chart.label(article, names[upper, article], 44) for upper, article in articles],
        )
        places = [chart.label(place_name(r.lineage.local), r.lineage.local.id, 16) for r in many]
        axes.set_xticks(range(len(many)), places, rotation=0 if len(many) <= _WIDE else 90)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xticks(np.arange(-0.5, len(many)), minor=True)
        axes.set_yticks(np.arange(-0.5, len(articles)), minor=True)
        axes.grid(which="minor", color="white", lw=1.2)
        axes.tick_params(which="minor", length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        bar = chart.colorbar(image, ax=axes, shrink=0.4, aspect=14, format=lambda x, _: f"{x:.0%}")
        bar.set_label(chart.word("chart.share"))
        bar.outline.set_visible(False)
    return chart


def _shares(report: Coverage) -> dict[tuple[str, str], float]:
    """For each article (with the upper plan's id) the share carried down; NaN where nothing applies."""
    counts: dict[tuple[str, str], list[int]] = {}
    for row in report.records:
        done = counts.setdefault((row.upper_plan, row.article), [0, 0])
        done[1] += row.counts
        done[0] += row.counts and row.status in CARRIED
    return {key: carried / applicable if applicable else np.nan for key, (carried, applicable) in counts.items()}


def _numbered(report: Coverage, upper: Plan) -> list[tuple[str, str]]:
    """The articles of an upper plan with the ids of their clauses, for labels where no Chinese can be shown."""
    found = [
        (upper.numbered(upper.statement(r.upper_id).clause).id, r.article)
        for r in report.records
        if r.upper_plan == upper.id
    ]
    return list(dict.fromkeys(found))
