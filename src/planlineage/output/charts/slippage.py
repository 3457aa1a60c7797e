"""Who moved what, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ...analysis.slippage import Slippage
from ...comparing.answer import Answer
from ...comparing.changes import ASPECTS
from ...model.plan import Plan
from ...model.wording import Lang
from ..places import place_name
from .figure import COVERED, FAINT, MISSING, NEUTRAL, Chart, new_chart

_Moved = tuple[Plan, Answer]
_SHADES = (1.0, 0.78, 0.58, 0.4, 0.26, 0.16)
"""How strongly each aspect is coloured, in the order of `ASPECTS`."""


def slippage_chart(
    reports: Slippage | Sequence[Slippage],
    *,
    most: int = 24,
    lang: Lang = "zh",
    font: str | Path | None = None,
) -> Chart:
    """How many days each comparable date moved, and how many commitments became weaker and stronger.

    Above, a bar shows the range of days where the words admit two readings. Below, a bar for each aspect, or for each place
    where there are several, with the aspects in shades. `most` limits the dates drawn, the largest moves first; other
    parameters as for `coverage_heatmap`.
    """
    many = [reports] if isinstance(reports, Slippage) else list(reports)
    moved = sorted(
        (
            (report.lineage.local, row)
            for report in many
            for row in report.changed
            if row.aspect == "deadline" and (row.days_min or row.days_max)
        ),
        key=lambda x: -max(abs(d) for d in _range(x[1])),
    )
    several = len(many) > 1
    upper_rows = max(1, min(len(moved), most))
    lower_rows = len(many) if several else len(ASPECTS)
    chart = new_chart(9, 2.6 + 0.34 * upper_rows + 0.3 * lower_rows, lang, font)
    with rc_context(chart.look):
        ratios = {"height_ratios": [upper_rows + 1, lower_rows + 1]}
        above, below = chart.subplots(2, 1, gridspec_kw=ratios)
        _days(chart, above, moved[:most], several=several)
        if len(moved) > most:
            chart.note(above, chart.word("chart.and more", count=len(moved) - most))
        counts = [(report.lineage.local, _counts(report)) for report in many]
        if several:
            rows = [(chart.label(place_name(plan), plan.id, 16), found) for plan, found in counts]
        else:
            rows = [(chart.word(f"aspect.{a}"), {a: found[a]}) for _, found in counts for a in ASPECTS if any(found[a])]
        _effects(chart, below, rows, shaded=several)
    return chart


def _days(chart: Chart, axes: Axes, moved: Sequence[_Moved], *, several: bool) -> None:
    axes.set_title(chart.word("chart.days moved"), pad=8)
    if not moved:
        _empty(axes, chart.word("chart.no date moved"))
        return
    for y, (_, row) in enumerate(moved):
        low, high = _range(row)
        colour = {"later": MISSING, "earlier": COVERED}.get(row.change, NEUTRAL)
        axes.plot([0, low if abs(low) < abs(high) else high], [y, y], color=colour, lw=1, alpha=0.5, zorder=1)
        axes.plot([low, high], [y, y], color=colour, lw=4, marker="o", ms=6, solid_capstyle="round", zorder=2)
        told = f"{low:+d}" if low == high else f"{low:+d} … {high:+d}".replace("+0 ", "0 ")
        axes.annotate(
            told, (max(low, high, 0), y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    labels = [_label(chart, plan, row, several=several) for plan, row in moved]
    _rows(axes, labels)
    axes.axvline(0, color=FAINT, lw=0.9, zorder=0)
    axes.margins(x=0.15)


def _range(row: Answer) -> tuple[int, int]:
    return row.days_min or 0, row.days_max or 0


def _label(chart: Chart, plan: Plan, row: Answer, *, several: bool) -> str:
    statement = row.local_text or row.upper_text
    text = chart.label(statement, row.local_id or row.upper_id, 34 if several else 44)
    return f"{chart.label(place_name(plan), plan.id, 12)} · {text}" if several else text


def _effects(chart: Chart, axes: Axes, rows: Sequence[tuple[str, dict[str, tuple[int, int]]]], *, shaded: bool) -> None:
    """Bars to the left for what became weaker, to the right for what became stronger."""
    axes.set_title(chart.word("chart.by place" if shaded else "chart.by aspect"), pad=8)
    if not any(any(pair) for _, counts in rows for pair in counts.values()):
        _empty(axes, chart.word("chart.nothing"))
        return
    for y, (_, counts) in enumerate(rows):
        for side, sign, colour in ((0, -1, MISSING), (1, 1, COVERED)):
            at = 0
            for aspect, pair in counts.items():
                shade = _SHADES[ASPECTS.index(aspect)] if shaded else 1.0
                axes.barh(y, sign * pair[side], left=at, color=colour, alpha=shade, height=0.62, lw=0)
                at += sign * pair[side]
            if at:
                axes.annotate(
                    str(abs(at)),
                    (at, y),
                    xytext=(sign * 5, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left" if sign > 0 else "right",
                    fontsize=8.5,
                )
    _rows(axes, [name for name, _ in rows])
    axes.axvline(0, color=FAINT, lw=0.9)
    most = max(sum(pair[side] for pair in counts.values()) for _, counts in rows for side in (0, 1))
    axes.set_xlim(-most * 1.18 - 1, most * 1.18 + 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for x, key, side_, colour in ((0.0, "weaker", "left", MISSING), (1.0, "stronger", "right", COVERED)):
        axes.annotate(
            chart.word(f"effect.{key}"),
            (x, 0),
            xycoords="axes fraction",
            xytext=(0, -12),
            textcoords="offset points",
            ha=side_,
            color=colour,
            fontsize=9,
            annotation_clip=False,
        )
    if shaded:
        met = [a for a in ASPECTS if any(any(counts[a]) for _, counts in rows)]
        handles = [
            Patch(color=FAINT, alpha=_SHADES[ASPECTS.index(a)], lw=0, label=chart.word(f"aspect.{a}")) for a in met
        ]
        axes.legend(
            handles=handles,
            loc="upper center",
            bbox_to_anchor=(0.5, 0),
            ncols=len(met),
            frameon=False,
            fontsize=8.5,
        )


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
        effects = [r.effect for r in report.changed if r.aspect == aspect]
        found[aspect] = (effects.count("weaker"), effects.count("stronger"))
    return found
