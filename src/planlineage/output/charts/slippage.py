"""Who moved what, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes

from ...analysis.slippage import ASPECTS, Slippage
from ...model.plan import Plan
from ...model.report import Row
from ..screen.words import Language
from .figure import COVERED, FAINT, LINE, MISSING, NEUTRAL, Chart, new_chart
from .places import place_name

_Moved = tuple[Plan, Row]


def slippage_chart(
    reports: Slippage | Sequence[Slippage],
    *,
    most: int = 24,
    lang: Language = "zh",
    font: str | Path | None = None,
) -> Chart:
    """How many days each comparable date moved, and how many commitments became weaker and stronger.

    Above, a bar shows the range of days where the words admit two readings; below, each place and aspect has its counts.
    `most` limits the dates drawn, the largest moves first; other parameters as for `coverage_heatmap`.
    """
    many = [reports] if isinstance(reports, Slippage) else list(reports)
    moved = sorted(
        (
            (report.locals[0], row)
            for report in many
            for row in report.changed
            if row["aspect"] == "deadline"
            and row.get("days_max") is not None
            and (row["days_min"] or row["days_max"])
        ),
        key=lambda x: -max(abs(x[1]["days_min"]), abs(x[1]["days_max"])),
    )
    counts = {report.locals[0].id: _counts(report) for report in many}
    bars = [(report.locals[0], a) for report in many for a in ASPECTS if any(counts[report.locals[0].id][a])]
    upper_rows, lower_rows = max(1, min(len(moved), most)), max(1, len(bars))
    chart = new_chart(9, 2.2 + 0.34 * upper_rows + 0.3 * lower_rows, lang, font)
    with rc_context(chart.look):
        above, below = chart.subplots(2, 1, gridspec_kw={"height_ratios": [upper_rows + 1, lower_rows + 1]})
        _days(chart, above, moved[:most], several=len(many) > 1)
        if len(moved) > most:
            chart.note(above, chart.word("and more", count=len(moved) - most))
        _aspects(chart, below, bars, counts, several=len(many) > 1)
    return chart


def _days(chart: Chart, axes: Axes, moved: Sequence[_Moved], *, several: bool) -> None:
    axes.set_title(chart.word("days moved"), pad=8)
    if not moved:
        _empty(axes, chart.word("no date moved"))
        return
    for y, (_, row) in enumerate(moved):
        low, high = row["days_min"], row["days_max"]
        colour = {"later": MISSING, "earlier": COVERED}.get(str(row["change"]), NEUTRAL)
        axes.plot([0, low if abs(low) < abs(high) else high], [y, y], color=LINE, lw=1, zorder=1)
        axes.plot([low, high], [y, y], color=colour, lw=5, solid_capstyle="round", zorder=2)
        told = f"{low:+d}" if low == high else f"{low:+d} … {high:+d}".replace("+0 ", "0 ")
        axes.annotate(
            told, (max(low, high, 0), y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    labels = [_label(chart, plan, row, several=several) for plan, row in moved]
    _rows(axes, labels)
    axes.axvline(0, color=FAINT, lw=0.9, zorder=0)
    axes.margins(x=0.15)


def _label(chart: Chart, plan: Plan, row: Row, *, several: bool) -> str:
    statement = str(row["local_text"] or row["upper_text"] or "")
    text = chart.label(statement, str(row["local_id"] or row["upper_id"]), 34 if several else 44)
    return f"{chart.label(place_name(plan), plan.id, 12)} · {text}" if several else text


def _aspects(
    chart: Chart,
    axes: Axes,
    bars: Sequence[tuple[Plan, str]],
    counts: dict[str, dict[str, tuple[int, int]]],
    *,
    several: bool,
) -> None:
    axes.set_title(chart.word("by aspect"), pad=8)
    if not bars:
        _empty(axes, chart.word("nothing"))
        return
    for y, (plan, aspect) in enumerate(bars):
        weaker, stronger = counts[plan.id][aspect]
        axes.barh(y, -weaker, color=MISSING, height=0.62)
        axes.barh(y, stronger, color=COVERED, height=0.62)
        for value, side, gap in ((weaker, "right", -5), (stronger, "left", 5)):
            if value:
                at = -value if side == "right" else value
                axes.annotate(
                    str(value),
                    (at, y),
                    xytext=(gap, 0),
                    textcoords="offset points",
                    va="center",
                    ha=side,
                    fontsize=8.5,
                )
    names = [
        f"{chart.label(place_name(p), p.id, 16)} · {chart.word(a)}" if several else chart.word(a)
        for p, a in bars
    ]
    _rows(axes, names)
    axes.axvline(0, color=FAINT, lw=0.9)
    most = max(max(counts[p.id][a]) for p, a in bars)
    axes.set_xlim(-most * 1.18 - 1, most * 1.18 + 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for x, key, side, colour in ((0.0, "weaker", "left", MISSING), (1.0, "stronger", "right", COVERED)):
        axes.annotate(chart.word(key), (x, 0), xycoords="axes fraction", xytext=(0, -12), textcoords="offset points",
                      ha=side, color=colour, fontsize=9, annotation_clip=False)  # fmt: skip


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def _empty(axes: Axes, words: str) -> None:
    axes.set_axis_off()
    axes.text(0.0, 0.5, words, color=FAINT)


def _counts(report: Slippage) -> dict[str, tuple[int, int]]:
    """For each aspect how many comparable changes bind less and how many more."""
    found: dict[str, tuple[int, int]] = {}
    for aspect in ASPECTS:
        effects = [r["effect"] for r in report.changed if r["aspect"] == aspect]
        found[aspect] = (effects.count("weaker"), effects.count("stronger"))
    return found
