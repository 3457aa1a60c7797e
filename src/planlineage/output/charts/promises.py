"""Promise and outcome over years: for each indicator of a place what was promised as a band, what was reported as a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes

from ...analysis.track_record import TrackedTarget, TrackRecord
from ...model.wording import Lang
from .figure import COVERED, FAINT, MISSING, NEUTRAL, UPPER, Chart, new_chart

_COLOURS = {"met": COVERED, "close": UPPER, "missed": MISSING}
_ABOUT = 0.04
"""How wide the band of a promise of about a number is drawn, as a share of the height."""

_WIDE = 3
_SCALES = ((10**9, 10**8, "亿"), (10**5, 10**4, "万"))
"""From which number on an axis counts in what, in Chinese."""


def promise_chart(
    record: TrackRecord,
    *,
    indicators: Sequence[str] = (),
    most: int = 9,
    lang: Lang = "zh",
    font: str | Path | None = None,
) -> Chart:
    """The promised and the reported numbers of each indicator and place over years.

    The band is where a promise is kept: from the promised number up, down for a ceiling, around it for about (左右). The dots
    are the reported numbers: green met, blue close, red missed; a year without one has a gap. `indicators` names those that
    are drawn, by words of their names (生产总值, 就业); without it all that were promised in two years or more. Those with most
    outcomes go first, at most `most`. Other parameters as for `coverage_heatmap`.
    """
    series = _series(record, indicators)
    shown = series[:most]
    wide = min(_WIDE, max(1, len(shown)))
    high = max(1, math.ceil(len(shown) / wide))
    chart = new_chart(1.2 + 3.1 * wide, 0.8 + 2.3 * high, lang, font)
    with rc_context(chart.look):
        chart.suptitle(chart.word("chart.promises"), x=0.01, ha="left", fontsize=11)
        if not shown:
            axes = chart.add_subplot()
            axes.set_axis_off()
            axes.text(0.0, 0.5, chart.word("chart.nothing"), color=FAINT)
            return chart
        for number, rows in enumerate(shown, 1):
            _draw(chart, chart.add_subplot(high, wide, number), rows)
        if len(series) > most:
            chart.note(chart.axes[-1], chart.word("chart.and more", count=len(series) - most))
    return chart


def _series(record: TrackRecord, indicators: Sequence[str]) -> list[list[TrackedTarget]]:
    """The rows of one place, indicator, base and unit, one a year; those of most years first, each sorted by year."""
    found: dict[tuple[str, str, str, str], dict[int, TrackedTarget]] = {}
    for row in record.series:
        if not indicators or any(name in row.indicator for name in indicators):
            found.setdefault((row.place, row.indicator, row.base, row.unit), {}).setdefault(row.year, row)
    told = [[years[y] for y in sorted(years)] for years in found.values() if len(years) > 1]
    return sorted(told, key=lambda rows: (-sum(bool(r.actual) for r in rows), -len(rows)))


def _draw(chart: Chart, axes: Axes, rows: Sequence[TrackedTarget]) -> None:
    unit = rows[0].unit
    large = max(float(r.promised) for r in rows) if chart.language == "zh" else 0
    size, counted = next(((by, word) for least, by, word in _SCALES if large >= least), (1, ""))
    promised = {r.year: float(r.promised) / size for r in rows}
    actual = {r.year: float(r.actual) / size for r in rows if r.actual}
    values = [*promised.values(), *actual.values()]
    room = (max(values) - min(values)) * 0.25 or abs(max(values)) * 0.1 or 1
    low, high = min(values) - room, max(values) + room
    for row in rows:
        number, half = promised[row.year], (high - low) * _ABOUT
        bottom = low if row.ceiling else number - half if row.comparison == "~" else number
        top = number + half if row.comparison == "~" else number if row.ceiling else high
        axes.fill_between([row.year - 0.4, row.year + 0.4], bottom, top, color=UPPER, alpha=0.13, lw=0)
        axes.plot([row.year - 0.4, row.year + 0.4], [number, number], color=UPPER, lw=1)
    years = range(rows[0].year, rows[-1].year + 1)
    axes.plot(years, [actual.get(year, math.nan) for year in years], color=NEUTRAL, lw=1.2)
    for row in rows:
        if row.actual:
            axes.plot([row.year], [actual[row.year]], marker="o", ms=5, color=_COLOURS.get(row.verdict, NEUTRAL))
    told = f"{rows[0].place} {rows[0].indicator}".strip()
    axes.set_title(chart.label(f"{told}（{counted}{unit}）" if unit else told, str(rows[0].year), 34), fontsize=9.5)
    axes.set_ylim(low, high)
    axes.set_xticks(list(years)[:: max(1, len(years) // 5)])
    axes.tick_params(length=0)
