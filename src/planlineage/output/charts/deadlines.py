"""Deadlines on a time axis, the upper plan's date beside the local one."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ...analysis.deadlines import DeadlineReport
from ...model.report import Row
from ...model.wording import Lang
from ..places import place_name
from .dates import at, label_days
from .figure import COVERED, FAINT, LINE, MISSING, NEUTRAL, UPPER, Chart, new_chart, one_axes

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLOURS = {"past": MISSING, "perhaps past": MISSING, "due soon": "#c99a3f", "ahead": COVERED}


def deadline_timeline(
    report: DeadlineReport, *, most: int = 40, lang: Lang = "zh", font: str | Path | None = None
) -> Chart:
    """Each stated deadline as a point on a time axis, the upper clause's date beside it, and the day of the report.

    A date that can be read two ways is a line between its readings. Tasks whose date comes from the plan as a whole are left
    out. `most` limits how many are drawn, the earliest first; other parameters as for `coverage_heatmap`.
    """
    stated = [r for r in report.rows() if _origin(r) and _days(r["due"])]
    stated.sort(key=lambda r: (_days(r["due"]), r["number"]))
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
        axes.annotate(chart.word("on day", day=report.as_of), (as_of, -0.8), xytext=(0, 3), textcoords="offset points",
                      color=FAINT, fontsize=8.5, ha="center", va="bottom", annotation_clip=False)  # fmt: skip
        axes.set_yticks(range(len(shown)), [chart.label(str(r["content"]), str(r["id"]), 46) for r in shown])
        axes.set_ylim(len(shown) - 0.4, -0.8)
        label_days(axes)
        axes.margins(x=0.05)
        axes.grid(axis="x", color=LINE, lw=0.6)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        axes.set_axisbelow(True)
        axes.legend(handles=_legend(chart), loc="upper left", bbox_to_anchor=(0, -0.05 - 0.25 / max(3, len(shown))), ncols=5,
                    frameon=False, fontsize=8.5)  # fmt: skip
        if len(stated) > most:
            chart.note(axes, chart.word("chart.and more", count=len(stated) - most))
    return chart


def _origin(row: Row) -> bool:
    return row["origin"] in ("own", "clause", "本条", "所在条款")


def _days(text: object) -> list[datetime.date]:
    found = []
    for day in _DAY.findall(str(text)):
        try:
            found.append(datetime.date.fromisoformat(day))
        except ValueError:
            continue
    return found


def _row(axes: Axes, y: int, row: Row) -> None:
    ours = [at(d) for d in _days(row["due"])]
    theirs = _nearest(str(row["upper_due"]), ours)
    colour = _COLOURS.get(str(row["status_key"]), NEUTRAL)
    if theirs:
        axes.plot([max(theirs), max(ours)], [y + 0.17, y - 0.1], color=NEUTRAL, lw=0.9, zorder=2)
        axes.plot(theirs, [y + 0.17] * len(theirs), color=UPPER, marker="|", ms=9, mew=2.2, lw=1, zorder=3)
    axes.plot(
        ours, [y - 0.1] * len(ours), color=colour, marker="o", ms=6, lw=2.4, solid_capstyle="round", zorder=4
    )


def _nearest(upper: str, ours: list[float]) -> list[float]:
    """Of an upper clause's several deadlines the one that lies nearest to ours, in all its readings."""
    groups = [[at(d) for d in _days(part)] for part in upper.split("; ")]
    return min((g for g in groups if g), key=lambda g: min(abs(a - b) for a in g for b in ours), default=[])


def _legend(chart: Chart) -> list[Line2D]:
    return [
        *(
            Line2D([], [], color=_COLOURS[key], marker="o", ls="", label=chart.word(f"due.{key}"))
            for key in ("past", "due soon", "ahead")
        ),
        Line2D([], [], color=FAINT, marker="o", lw=2.4, label=chart.word("chart.either")),
        Line2D([], [], color=UPPER, marker="|", ms=9, mew=2.2, ls="", label=chart.word("chart.upper")),
    ]
