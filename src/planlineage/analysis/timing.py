"""Whether a promise was kept in time: the day on which it was due beside what the report says of when."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Sequence
from typing import Literal

from ..comparing.effective import EffectiveDeadline
from ..comparing.following.decide import KEPT, Outcome
from ..comparing.following.lexicon import pattern
from ..comparing.following.parts import Promise
from ..model.plan import Plan

Timing = Literal["in_time", "late", "unknown"]

_MONTH = re.compile("(?:(20[0-9]{2})年)?(?<![0-9.—至到-])(1[0-2]|[1-9])月(?:(3[01]|[12][0-9]|[1-9])日)?(?!份?累计)")


def due_day(promise: Promise, deadlines: Sequence[EffectiveDeadline]) -> datetime.date | None:
    """The last day on which a promise is kept in time: by its own words, else by those that hold for its statement."""
    own = [d for d in deadlines if d.deadline is not None and promise.span.contains(d.deadline.span)]
    days = [day for d in own or deadlines for day in d.days]
    if promise.target is not None and promise.target.year is not None and not own:
        days = [datetime.date(promise.target.year, 12, 31)]
    return max(days, default=None)


def looked_back_on(report: Plan) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of the year that a yearly report looks back on: that before its own."""
    if report.period is None:
        return None
    year = report.period.begins.year - 1
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def timing(due: datetime.date | None, outcome: Outcome, report: Plan) -> Timing:
    """Whether what was kept was kept by the day on which it was due; `unknown` for all that was not kept.

    The report's own words go first (如期, 提前, 滞后), then a day or month that stands in the evidence. Where there is neither,
    a report that ends on the due day or before tells of nothing late, and a report on a later year of nothing in time.
    """
    told = "".join(report.source.at(span) for span in outcome.evidence)
    if pattern("behind").search(told):
        return "late"
    year = looked_back_on(report)
    if outcome.verdict not in KEPT or due is None or year is None:
        return "unknown"
    began, ended = year
    if due >= ended or pattern("on_time").search(told):
        return "in_time"
    done = done_between(told, began.year)
    if done is not None:
        return "in_time" if done[1] <= due else "late" if done[0] > due else "unknown"
    said = [s.text for s in report.statements if any(s.span.overlap(e) for e in outcome.evidence)]
    several = any(pattern("several_years").search(text) for text in said)
    return "late" if due < began and not several else "unknown"


def done_between(told: str, year: int) -> tuple[datetime.date, datetime.date] | None:
    """The first and last possible day of the only day or month that a text names; its year where it names none is `year`.

    >>> done_between("6月18日全线通车", 2024), done_between("3月开工，9月建成", 2024)
    ((datetime.date(2024, 6, 18), datetime.date(2024, 6, 18)), None)
    """
    found = list(_MONTH.finditer(told))
    if len(found) != 1:
        return None
    own, month, day = found[0].groups()
    year, last = int(own or year), monthrange(int(own or year), int(month))[1]
    first, end = (min(int(day), last),) * 2 if day else (1, last)
    return datetime.date(year, int(month), first), datetime.date(year, int(month), end)
