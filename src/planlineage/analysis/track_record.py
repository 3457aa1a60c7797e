"""Over years and places: how many targets the reports of one or many places set, met, missed, or did not mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..comparing.following.decide import is_ceiling
from ..comparing.following.features import names_of, rate_of
from ..comparing.following.parts import Promise, promises
from ..comparing.indicators import Stating, TargetPair, paired_targets
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, because
from .follow_up import Followed, FollowUp

Next = Literal["lowered", "kept", "raised", "dropped"]
"""What the plan of the year after does with a target: it binds less, the same or more than it did, or is no longer set."""


@dataclass(frozen=True, slots=True)
class TrackedYear:
    """The targets that a place set for one year, counted by verdict."""

    place: str
    year: int
    targets: int
    met: int
    close: int
    missed: int
    reported: int
    not_reported: int


@dataclass(frozen=True, slots=True)
class TrackedTarget:
    """One target of one year: what was promised, what the report says, and what the next plan does with it.

    `start` and `end` count characters of the source text of the plan; `evidence` those of the report.
    """

    place: str
    year: int
    indicator: str
    base: str
    comparison: str = column(exact=True)
    promised: str = column(exact=True)
    actual: str = column(exact=True)
    unit: str = column()
    verdict: str = column(exact=True)
    confidence: float = column()
    next_plan: Next | None = column(exact=True)
    start: int = column()
    end: int = column()
    evidence: tuple[str, ...] = column(joint=";")
    ceiling: bool = column(hidden=True)


class TrackedTargets(Report[TrackedTarget]):
    """The targets of a track record, one row for each place, year and target; see `TrackRecord.series`."""

    def __init__(self, records: Sequence[TrackedTarget], *, lang: Lang | None = None) -> None:
        self._records = records
        self._speak_in(lang)

    @property
    def records(self) -> Sequence[TrackedTarget]:
        """One record for each target."""
        return self._records


class TrackRecord(Report[TrackedYear]):
    """How the targets of one or many places fared over years, one row for each place and year that a later report tells of.

    `followed` are the follow-ups that the rows count; `series` has one row for each target with a number, so that what was
    promised and what was reported of an indicator can be set side by side over years. `remarks` name the years that are missing.

    >>> from planlineage import parse_text, track_record
    >>> def report(year, growth, promised):
    ...     told = f"一、{year - 1}年工作回顾\\n生产总值增长{growth}%。\\n二、今年重点工作\\n生产总值增长{promised}%以上。"
    ...     return parse_text(told, title=f"某市{year}年政府工作报告", place="某市")
    >>> record = track_record([report(2023, 5, 6), report(2024, 4.5, 5), report(2025, 5.2, 5)])
    >>> [(row.year, row.met, row.missed) for row in record]
    [(2023, 0, 1), (2024, 1, 0)]
    >>> [(row.year, row.promised, row.actual, row.next_plan) for row in record.series]
    [(2023, '6', '4.5', 'lowered'), (2024, '5', '5.2', 'kept')]
    """

    def __init__(self, reports: Sequence[Plan], *, lang: Lang | None = None) -> None:
        self._speak_in(lang)
        self.followed: list[FollowUp] = []
        remarks: list[Reason] = []
        places: dict[str, dict[int, Plan]] = {}
        for report in reports:
            if report.period is None:
                remarks.append(because("track.no year", report=report.name))
            else:
                years = places.setdefault(report.place or "", {})
                if report.period.begins.year in years:
                    remarks.append(because("track.twice", report=report.name))
                years.setdefault(report.period.begins.year, report)
        records, series = [], []
        for place, years in sorted(places.items()):
            for year in range(min(years), max(years)):
                if year in years and year + 1 in years:
                    followed = FollowUp(years[year], years[year + 1], lang=lang)
                    self.followed.append(followed)
                    records.append(_year(place, year, followed))
                    series += _series(place, year, followed)
                else:
                    remarks.append(because("track.no pair", place=place, year=year))
        self._records = records
        self.series = TrackedTargets(series, lang=lang)
        self.remarks = tuple(remarks)

    @property
    def records(self) -> Sequence[TrackedYear]:
        """One record for each place and year."""
        return self._records

    def lowered_after_miss(self) -> tuple[int, int]:
        """Of the targets that were missed and set again, how many were set lower, and how many there are."""
        again = [row for row in self.series if row.verdict == "missed" and row.next_plan not in (None, "dropped")]
        return sum(row.next_plan == "lowered" for row in again), len(again)


def _year(place: str, year: int, followed: FollowUp) -> TrackedYear:
    counts = Counter(row.settled for row in followed if row.kind == "target")
    return TrackedYear(
        place,
        year,
        counts.total(),
        **{v: counts[v] for v in ("met", "close", "missed", "reported", "not_reported")},
    )


def _series(place: str, year: int, followed: FollowUp) -> list[TrackedTarget]:
    rows = [row for row in followed if row.kind == "target" and row.value]
    old = [stating for row in rows if (stating := _stating(row.promise)) is not None]
    new = [stating for p in promises(followed.report) if (stating := _stating(p)) is not None]
    pairs = {id(pair.old.target): pair for pair in paired_targets(old, new, ()) if pair.old is not None}
    return [_target(place, year, row, pairs.get(id(row.promise.target))) for row in rows]


def _stating(promise: Promise) -> Stating | None:
    """A target that can be paired: one with a number and a name."""
    target = promise.target
    if target is None or target.number is None or not target.indicator or target.condition:
        return None
    return Stating(promise.statement, target)


def _target(place: str, year: int, row: Followed, pair: TargetPair | None) -> TrackedTarget:
    return TrackedTarget(
        place=place,
        year=year,
        indicator=names_of([row.promise])[0],
        base="growth" if row.promise.target is not None and rate_of(row.promise.target) else "level",
        comparison=row.comparison,
        promised=row.value,
        actual=row.actual if row.difference else "",
        unit=row.unit,
        verdict=row.settled,
        confidence=row.chance,
        next_plan=_next(pair),
        start=row.start,
        end=row.end,
        evidence=row.evidence,
        ceiling=row.promise.target is not None and is_ceiling(row.promise.target),
    )


def _next(pair: TargetPair | None) -> Next | None:
    if pair is None or pair.old is None:
        return None
    if pair.new is None:
        return "dropped"
    before, after = pair.old.target.number, pair.new.target.number
    if before is None or after is None:
        return None
    if before == after:
        return "kept"
    return "raised" if (after > before) != is_ceiling(pair.old.target) else "lowered"
