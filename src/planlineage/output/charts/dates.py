"""Days as places on an axis."""

from __future__ import annotations

import datetime

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

_FORMATS = ["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%S"]


def at(day: datetime.date) -> float:
    """Where a day stands on the axis."""
    return float(date2num(day))  # type: ignore[no-untyped-call]


def label_days(axes: Axes) -> None:
    """Label the horizontal axis with years, months or days, as its length allows."""
    locator = AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, formats=_FORMATS))  # type: ignore[no-untyped-call]
