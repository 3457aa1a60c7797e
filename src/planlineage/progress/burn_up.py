"""The share due, done and late over time: a burn-up as data, for any chart.

Counted are items: each dated duty, and each occurrence of a recurring one. Where a date can be read two ways, an item
falls due on the later day.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.report import Report
from ..model.wording import Lang, words
from .duty_status import DutyStatus


@dataclass(frozen=True, slots=True)
class BurnUpDay:
    """How many items were due by a day, done, done late, and overdue (due but not done); shares run from 0 to 1.

    Days after that of the report show what falls due; what is done then is not known, and None.
    """

    day: datetime.date
    items: int
    due: int
    done: int | None
    done_late: int | None
    overdue: int | None
    share_due: float
    share_done: float | None
    share_late: float | None


@dataclass(frozen=True, slots=True)
class _Item:
    due: datetime.date
    done_on: datetime.date | None


class BurnUp(Report[BurnUpDay]):
    """The burn-up of a status report: one record per month end, and one for the day asked about."""

    def __init__(self, duties: Sequence[DutyStatus], as_of: datetime.date, title: str, lang: Lang) -> None:
        self.duties, self.as_of, self.title, self.lang = duties, as_of, title, lang
        self._items = list(_items(duties))

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("heading.burn up", self.speaks, title=self.title)

    @cached_property
    def records(self) -> Sequence[BurnUpDay]:
        """The days, from the start of the plans to the last date."""
        if not self._items:
            return []
        starts = [s.duty.starts for s in self.duties if s.duty.starts]
        first = min([*starts, *(i.due for i in self._items)])
        last = max(i.due for i in self._items)
        days = sorted({*_month_ends(first, last), self.as_of})
        due = sorted(i.due for i in self._items)
        done = sorted(i.done_on for i in self._items if i.done_on)
        late = sorted(i.done_on for i in self._items if i.done_on and i.done_on > i.due)
        settled = sorted(max(i.done_on, i.due) for i in self._items if i.done_on)
        return [self._day(day, due, done, late, settled) for day in days]

    def _day(
        self,
        day: datetime.date,
        due: list[datetime.date],
        done: list[datetime.date],
        late: list[datetime.date],
        settled: list[datetime.date],
    ) -> BurnUpDay:
        items, fallen = len(self._items), bisect_right(due, day)
        if day > self.as_of:
            return BurnUpDay(day, items, fallen, None, None, None, fallen / items, None, None)
        past = bisect_right(due, day - datetime.timedelta(days=1))
        on_the_day = sum(1 for i in self._items if i.due == day and i.done_on and i.done_on <= day)
        overdue = past - (bisect_right(settled, day) - on_the_day)
        by_then, too_late = bisect_right(done, day), bisect_right(late, day)
        shares = fallen / items, by_then / items, (too_late + overdue) / items
        return BurnUpDay(day, items, fallen, by_then, too_late, overdue, *shares)


def _items(duties: Sequence[DutyStatus]) -> Iterator[_Item]:
    for one in duties:
        if one.verdict.status == "stopped":
            continue
        if one.duty.kind == "deadline":
            yield _Item(one.duty.days[-1], one.verdict.done_on)
        for occurrence in one.verdict.occurrences:
            yield _Item(occurrence.due, occurrence.done_on)


def _month_ends(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = datetime.date(year, month, 1) - datetime.timedelta(days=1)
        yield end
        if end >= last:
            return
