"""Slippage against the plan: days late or ahead, and when a task will be done if it goes on as reported.

The forecast is arithmetic on what was reported, nothing more: each stretch between two reports gives a pace, and so does
the whole time since the start; each pace leads to a day. The fastest and the slowest of them are the range.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..model.report import Report, column
from ..model.wording import Lang, words
from .duty_status import DutyStatus
from .history import State
from .statuses import Status

LAST_STRETCHES = 3
"""How many of the last stretches between reports count for the range."""

_FAR = 36_500


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a task will be done at the reported pace: `likely` at the pace since the start, in a range.

    `latest` is None where at the slowest pace it is never done. `reports` is how many percentages it rests on.
    """

    earliest: datetime.date
    likely: datetime.date | None
    latest: datetime.date | None
    reports: int

    @property
    def text(self) -> str:
        """The range for people; `…` where no end is in sight."""
        return f"{self.earliest}～{self.latest or '…'}"


def forecast(
    state: State | None, starts: datetime.date | None, day: datetime.date, *, grain: float = 5
) -> Forecast | None:
    """The forecast for a duty that is not done; None where no percentage above 0 was reported, or no start is known.

    `grain` widens the range by half the step in which percentages are reported (0 to 100 points).

    >>> state = State(series=[(datetime.date(2022, 1, 1), 25.0), (datetime.date(2023, 1, 1), 50.0)])
    >>> found = forecast(state, datetime.date(2021, 1, 1), datetime.date(2023, 3, 1), grain=0)
    >>> found.earliest.isoformat(), found.likely.isoformat(), found.latest.isoformat()
    ('2024-12-31', '2024-12-31', '2024-12-31')
    """
    if state is None or starts is None or state.is_done:
        return None
    series = _by_day(state.series)
    if not series or series[-1][1] <= 0 or series[-1][1] >= 100 or series[-1][0] <= starts:
        return None
    last_day, percent = series[-1]
    paces = [percent / (last_day - starts).days, *_stretches([(starts, 0.0), *series])]
    shown = [p for p in paces if p > 0]
    fast = _reached(last_day, 100 - percent - grain, max(shown), day)
    likely = _reached(last_day, 100 - percent, paces[0], day)
    slowest = min(paces)
    slow = _reached(last_day, 100 - percent + grain, slowest, day) if slowest > 0 else None
    return Forecast(fast or day, likely, slow, len(series))


def _by_day(series: Sequence[tuple[datetime.date, float]]) -> list[tuple[datetime.date, float]]:
    """The last percentage of each day, in order."""
    return sorted(dict(series).items())


def _stretches(points: Sequence[tuple[datetime.date, float]]) -> list[float]:
    """The paces of the last stretches, in points per day; a stretch that went back counts as no progress."""
    pairs = list(pairwise(points))[-LAST_STRETCHES:]
    return [max(0.0, (b[1] - a[1]) / (b[0] - a[0]).days) for a, b in pairs if b[0] > a[0]]


def _reached(last: datetime.date, left: float, pace: float, day: datetime.date) -> datetime.date | None:
    """The day on which what is left is done at a pace, not before the day asked about; None where it is out of sight."""
    days = math.ceil(max(0.0, left) / pace - 1e-9)
    return None if days > _FAR else max(day, last + datetime.timedelta(days=days))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceRow:
    """One dated duty: days late or ahead so far, the forecast, and the days by which that misses the date."""

    plan: str
    id: str
    duty: int
    content: str
    due: str
    status: Status = column(words="progress")
    percent: float | None
    late_min: int | None
    late_max: int | None
    forecast_earliest: datetime.date | None
    forecast_likely: datetime.date | None
    forecast_latest: datetime.date | None
    slip_min: int | None
    slip_max: int | None
    reports: int


class PaceReport(Report[PaceRow]):
    """Slippage and forecast of every dated duty of a status report."""

    def __init__(
        self, duties: Sequence[DutyStatus], as_of: datetime.date, grain: float, title: str, lang: Lang
    ) -> None:
        self.duties, self.as_of, self.grain, self.title, self.lang = duties, as_of, grain, title, lang

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("heading.pace", self.speaks, title=self.title)

    @cached_property
    def records(self) -> Sequence[PaceRow]:
        """One record per dated duty, in the order of the plans' texts."""
        return [self._record(s) for s in self.duties if s.duty.kind == "deadline"]

    def _record(self, one: DutyStatus) -> PaceRow:
        verdict, days = one.verdict, one.duty.days
        found = forecast_of(one, self.as_of, self.grain)
        return PaceRow(
            plan=one.plan.id,
            id=one.duty.task,
            duty=one.duty.number,
            content=one.statement.text,
            due=one.duty.due_text,
            status=verdict.status,
            percent=verdict.percent,
            late_min=verdict.late_min,
            late_max=verdict.late_max,
            forecast_earliest=found.earliest if found else None,
            forecast_likely=found.likely if found else None,
            forecast_latest=found.latest if found else None,
            slip_min=(found.earliest - days[-1]).days if found else None,
            slip_max=(found.latest - days[0]).days if found and found.latest else None,
            reports=found.reports if found else 0,
        )


def forecast_of(one: DutyStatus, day: datetime.date, grain: float) -> Forecast | None:
    """The forecast for one duty on a day."""
    if one.duty.kind == "recurring" or one.verdict.status == "stopped":
        return None
    return forecast(one.state, one.duty.starts, day, grain=grain)
