"""The burn-up of progress: what was due, done and overdue by each day."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context

from ...model.report import Report
from ...model.wording import Lang
from .dates import at, label_days
from .figure import COVERED, FAINT, LINE, MISSING, UPPER, Chart, new_chart, one_axes

if TYPE_CHECKING:
    import pandas as pd


def burn_up(
    report: Report[Any] | pd.DataFrame,
    *,
    as_of: datetime.date | None = None,
    lang: Lang = "zh",
    font: str | Path | None = None,
) -> Chart:
    """Items due, done and overdue over time.

    Args:
        report: a report (`StatusReport.burn_up`) or frame with one row per day and the columns `day`, `due`, `done` and, if
            known, `overdue`; what is not known yet is left empty.
        as_of: a day to mark.
        lang: language of the chart's own words.
        font: family or file of a font with Chinese characters; found by itself by default.
    """
    frame = report.frame if isinstance(report, Report) else report
    chart = new_chart(8.5, 4.2, lang, font)
    axes = one_axes(chart, chart.word("chart.burn up"))
    if not len(frame):
        axes.set_axis_off()
        axes.text(0.5, 0.5, chart.word("chart.nothing"), ha="center", color=FAINT)
        return chart
    with rc_context(chart.look):
        series = {name: _series(frame, name) for name in ("due", "done", "overdue") if name in frame}
        axes.step(*series["due"], where="post", color=UPPER, lw=1.8)
        axes.fill_between(*series["done"], step="post", color=COVERED, alpha=0.16, lw=0)
        axes.step(*series["done"], where="post", color=COVERED, lw=2.2)
        if "overdue" in series:
            axes.step(*series["overdue"], where="post", color=MISSING, lw=1.6)
        for name, colour in (("due", UPPER), ("done", COVERED), ("overdue", MISSING)):
            if series.get(name, ([], []))[0]:
                days, values = series[name]
                told = chart.word(f"chart.{name}")
                axes.annotate(
                    f"{told} {values[-1]:g}",
                    (days[-1], values[-1]),
                    xytext=(6, 0),
                    textcoords="offset points",
                    va="center",
                    color=colour,
                    annotation_clip=False,
                )
        if as_of is not None:
            axes.axvline(_at(as_of), color=FAINT, lw=1, ls=(0, (4, 3)))
            axes.annotate(
                chart.word("on day", day=as_of),
                (_at(as_of), 1),
                xycoords=("data", "axes fraction"),
                xytext=(4, -4),
                textcoords="offset points",
                va="top",
                color=FAINT,
                fontsize=8.5,
            )
        label_days(axes)
        axes.set_ylim(bottom=0)
        axes.set_ylabel(chart.word("chart.items"))
        axes.grid(axis="y", color=LINE, lw=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
    return chart


def _series(frame: pd.DataFrame, name: str) -> tuple[list[float], list[float]]:
    """Days and values of a column, without what is empty."""
    found = [(_at(day), float(value)) for day, value in zip(frame["day"], frame[name], strict=True) if _given(value)]
    return [day for day, _ in found], [value for _, value in found]


def _given(value: Any) -> bool:
    return value is not None and value != "" and value == value  # noqa: PLR0124 - NaN differs from itself


def _at(day: Any) -> float:
    return at(day if isinstance(day, datetime.date) else datetime.date.fromisoformat(str(day)[:10]))
