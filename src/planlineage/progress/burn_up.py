"""The share due, done and late over time: a burn-up as data, for any chart.

Counted are items: each dated duty, and each occurrence of a recurring one. Where a date can be read two ways, an item
falls due on the later day.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..model.report import Report, Row
from .status import StatusReport


@dataclass(frozen=True, slots=True)
class _Item:
    due: datetime.date
    done_on: datetime.date | None


class BurnUp(Report):
    """One row a month end: how many items were due by then, done, done late, and overdue (due but not done).

    Rows after the day of the status report show what falls due; what is done then is not known, and left empty.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "day", "items", "due", "done", "done_late", "overdue", "share_due", "share_done", "share_late",
    )  # fmt: skip

    def __init__(self, status: StatusReport) -> None:
        self.status = status
        self._items = list(_items(status))

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.status.heading}: due, done and late over time"

    def rows(self) -> list[Row]:
        """One row a month end from the start of the plans to the last date, and one for the day asked about."""
        if not self._items:
            return []
        starts = [s.duty.starts for s in self.status.standings if s.duty.starts]
        first = min([*starts, *(i.due for i in self._items)])
        last = max(i.due for i in self._items)
        days = sorted({*_month_ends(first, last), self.status.day})
        due = sorted(i.due for i in self._items)
        done = sorted(i.done_on for i in self._items if i.done_on)
        late = sorted(i.done_on for i in self._items if i.done_on and i.done_on > i.due)
        caught = sorted(max(i.done_on, i.due) for i in self._items if i.done_on)
        return [self._row(day, due, done, late, caught) for day in days]

    def _row(
        self,
        day: datetime.date,
        due: list[datetime.date],
        done: list[datetime.date],
        late: list[datetime.date],
        caught: list[datetime.date],
    ) -> Row:
        items, fallen = len(self._items), bisect_right(due, day)
        row: dict[str, object] = {"day": day, "items": items, "due": fallen, "share_due": fallen / items}
        if day <= self.status.day:
            past = bisect_right(due, day - datetime.timedelta(days=1))
            settled = bisect_right(caught, day)
            on_the_day = sum(1 for i in self._items if i.due == day and i.done_on and i.done_on <= day)
            overdue = past - (settled - on_the_day)
            row |= {"done": bisect_right(done, day), "done_late": bisect_right(late, day), "overdue": overdue}
            row["share_done"] = bisect_right(done, day) / items
            row["share_late"] = (bisect_right(late, day) + overdue) / items
        return row


def _items(status: StatusReport) -> Iterator[_Item]:
    for standing in status.standings:
        if standing.verdict.status == "stopped":
            continue
        if standing.duty.kind == "deadline":
            yield _Item(standing.duty.days[-1], standing.verdict.done_on)
        for occurrence in standing.verdict.occurrences:
            yield _Item(occurrence.due, occurrence.done_on)


def _month_ends(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = datetime.date(year, month, 1) - datetime.timedelta(days=1)
        yield end
        if end >= last:
            return
