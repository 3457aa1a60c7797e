"""Plan after plan: the numbers that both state, on one axis."""

from __future__ import annotations

from pathlib import Path

from matplotlib import rc_context

from ...analysis.succession import SucceededTarget, Succession
from ...model.wording import Lang
from .figure import COVERED, FAINT, MISSING, NEUTRAL, Chart, new_chart, one_axes

_COLOURS = {"stronger": COVERED, "weaker": MISSING}


def succession_chart(report: Succession, *, most: int = 24, lang: Lang = "zh", font: str | Path | None = None) -> Chart:
    """The targets that both plans state: where each moved, in per cent of the earlier number.

    A dot stands at the later number; 0 is the earlier one. Green binds more, red less. `most` limits the targets drawn, the
    largest moves first; other parameters as for `coverage_heatmap`.
    """
    moved = [(t, _share(t)) for t in report.targets.paired]
    rows = sorted(((t, s) for t, s in moved if s is not None), key=lambda x: -abs(x[1]))
    shown = rows[:most]
    chart = new_chart(9, 1.8 + 0.32 * max(1, len(shown)), lang, font)
    axes = one_axes(chart, chart.word("chart.succession"))
    with rc_context(chart.look):
        if not shown:
            axes.set_axis_off()
            axes.text(0.0, 0.5, chart.word("chart.nothing"), color=FAINT)
            return chart
        for y, (target, share) in enumerate(shown):
            colour = _COLOURS.get(target.effect, NEUTRAL)
            axes.plot([0, share], [y, y], color=colour, lw=1.4, alpha=0.6, zorder=1)
            axes.plot([share], [y], color=colour, marker="o", ms=6, zorder=2)
            told = chart.label(f"{target.old_value} → {target.new_value}", target.new_id, 36)
            axes.annotate(
                told, (max(share, 0), y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5
            )
        labels = [chart.label(t.indicator, t.old_id, 36) for t, _ in shown]
        axes.set_yticks(range(len(shown)), labels)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=FAINT, lw=0.9, zorder=0)
        axes.margins(x=0.25)
        axes.xaxis.set_major_formatter("{x:+.0f}%")
        if len(rows) > most:
            chart.note(axes, chart.word("chart.and more", count=len(rows) - most))
    return chart


def _share(target: SucceededTarget) -> float | None:
    """How far a target moved in per cent of what it was; None where that can't be said."""
    old, new = target.pair.old, target.pair.new
    before = old.target.number if old else None
    after = new.target.number if new else None
    return float((after - before) / abs(before) * 100) if before and after is not None else None
