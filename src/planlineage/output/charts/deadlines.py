"""Deadlines on a time axis, the upper plan's date beside the local one."""

from __future__ import annotations

from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ...analysis.deadlines import DeadlineReport, DueTask
from ...model.wording import Lang
from ..places import place_name
from .dates import at, label_days
from .figure import COVERED, FAINT, LINE, MISSING, NEUTRAL, UPPER, Chart, new_chart, one_axes

_COLOURS = {"past": MISSING, "perhaps_past": MISSING, "due_soon": "#c99a3f", "ahead": COVERED}


def deadline_timeline(
    report: DeadlineReport, *, most: int = 40, lang: Lang = "zh", font: str | Path | None = None
) -> Chart:
    """Each stated deadline as a point on a time axis, the upper clause's date beside it, and the day of the report.

    A date that can be read two ways is a line between its readings. Tasks whose date comes from the plan as a whole are left
    out. `most` limits how many are drawn, the earliest first; other parameters as for `coverage_heatmap`.
    """
    stated = [r for r in report.records if r.has_own_date and r.effective.days]
    stated.sort(key=lambda r: (r.effective.days, r.number))
    shown = stated[:most]
    chart = new_chart(9, max(2.4, 1.5 + 0.32 * len(shown)), lang, font)
    axes = one_axes(
        chart,
        f"{chart.label(place_name(report.plan), report.plan.id, 30)} · {chart.word('deadlines')}",
        pad=24,
    )
    if not shown:
        axes.set_axis_off()
        axes.text(0.5, 0.5, chart.word("chart.nothing dated"), ha="center", color=FAINT)
        return chart
    with rc_context(chart.look):
        for y, row in enumerate(shown):
            _row(axes, y, row)
        as_of = at(report.as_of)
        axes.axvline(as_of, color=FAINT, lw=1, ls=(0, (4, 3)), zorder=1)
        axes.annotate(
            chart.word("on day", day=report.as_of),
            (as_of, -0.8),
            xytext=(0, 3),
            textcoords="offset points",
            color=FAINT,
            fontsize=8.5,
            ha="center",
            va="bottom",
            annotation_clip=False,
        )
        axes.set_yticks(range(len(shown)), [chart.label(r.content, r.id, 46) for r in shown])
        axes.set_ylim(len(shown) - 0.4, -0.8)
        label_days(axes)
        axes.margins(x=0.05)
        axes.grid(axis="x", color=LINE, lw=0.6)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        axes.set_axisbelow(True)
        axes.legend(
            handles=_legend(chart),
            loc="upper left",
            bbox_to_anchor=(0, -0.05 - 0.25 / max(3, len(shown))),
            ncols=5,
            frameon=False,
            fontsize=8.5,
        )
        if len(stated) > most:
            chart.note(axes, chart.word("chart.and more", count=len(stated) - most))
    return chart


def _row(axes: Axes, y: int, row: DueTask) -> None:
    ours = [at(d) for d in row.effective.days]
    answer = row.beside.answer
    theirs = [at(d) for date in row.beside.deadlines for d in date.days] if answer and answer.is_pair else []
    colour = _COLOURS.get(row.status_key, NEUTRAL)
    if theirs:
        axes.plot([max(theirs), max(ours)], [y + 0.17, y - 0.1], color=NEUTRAL, lw=0.9, zorder=2)
        axes.plot(theirs, [y + 0.17] * len(theirs), color=UPPER, marker="|", ms=9, mew=2.2, lw=1, zorder=3)
    axes.plot(ours, [y - 0.1] * len(ours), color=colour, marker="o", ms=6, lw=2.4, solid_capstyle="round", zorder=4)


def _legend(chart: Chart) -> list[Line2D]:
    return [
        *(
            Line2D([], [], color=_COLOURS[key], marker="o", ls="", label=chart.word(f"due.{key}"))
            for key in ("past", "due_soon", "ahead")
        ),
        Line2D([], [], color=FAINT, marker="o", lw=2.4, label=chart.word("chart.either")),
        Line2D([], [], color=UPPER, marker="|", ms=9, mew=2.2, ls="", label=chart.word("chart.upper")),
    ]
