"""Coverage: which upper tasks a local plan carries down, which it does not, and how sure that is.

An upper task is `covered` where a local statement carries it verbatim or adapted, or where partial ones together carry
nearly all of its text; `partly` where only parts are carried; `thematic` where only the topic is shared; `missing`
otherwise; `not_applicable` where it does not bind the lower level; `justified` where a person has accepted the gap. Rates
count the rest: what does not apply, and what is justified, is in neither the upper nor the lower part of the fraction.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..comparing.lineage import Lineage
from ..model.report import Report
from ..model.wording import Reason, Term, because, one_of, percentage, told, words
from .coverage_rows import CoveredTask, Kind, Status, covered_tasks
from .intervals import Estimate, calibration, estimate
from .origin import Origin
from .survival import Survival

Weight = Literal["count", "length", "survival"]
Group = Literal["part", "article", "kind", "status", "upper_plan"]

CARRIED: tuple[Status, ...] = ("covered", "partly")
UNRELATED = 0.02
"""Rate under which two plans are taken to be of different domains, and a remark says so."""

_WHOLE = 100
"""The parts in which survival is counted."""

_MATTERS: dict[Kind, int] = {"dated": 0, "quantified": 1, "recurring": 2, "plain": 3}


class Coverage(Report[CoveredTask]):
    """How much of one or several upper plans a local plan carries down.

    Args:
        lineage: the lineage of the local plan, with what people decided: edges, tasks that apply or not, gaps that are
            justified. `decided` says which of their decisions were applied.
        weight: "count" counts each upper task once, "length" by the characters of its text, "survival" each carried one by how
            much of its content, force, dates and numbers survives (see `survival`).

    `rate` is the share of applicable upper tasks that are covered or partly covered, `strict_rate` the share that are
    covered. `expected` and `strict_expected` are the shares to be expected: each task counts with the chance that it is
    carried, by its edges' calibrated confidence, or without an edge by what the linker is known to miss. `interval` and
    `strict_interval` hold the range in which the share lies with 95 % probability, with the error that all tasks of a document
    share; both the rate and the expected share lie inside.

    >>> from planlineage import coverage
    >>> report = coverage("weibin_2021", "central_2021")
    >>> low, high = report.interval
    >>> low <= report.rate <= high, low <= report.expected <= high, report[0].status
    (True, True, 'covered')
    """

    shown_columns = ("article", "text", "status", "kind", "deadline", "confidence", "local_ids")

    @property
    def shown_records(self) -> Sequence[CoveredTask]:
        """Gaps first, then what is carried in part."""
        gaps = self.gaps
        held = {id(gap) for gap in gaps}
        return [*gaps, *sorted((r for r in self.records if id(r) not in held), key=lambda r: r.status != "partly")]

    def __init__(self, lineage: Lineage, weight: Weight = "count") -> None:
        one_of("weight", weight, Weight)
        self.lineage = lineage
        self.decided = lineage.decided
        self.weight = weight

    @cached_property
    def records(self) -> Sequence[CoveredTask]:
        """One record for each upper task, in the order of the upper plans' text."""
        return covered_tasks(self.lineage)

    @property
    def heading(self) -> str:
        """The result in one line."""
        low, high = self.interval
        counts = {status: self.count(status) for status in ("not_applicable", "justified")}
        apart = (told("heading", f"coverage.{s}", count=n) for s, n in counts.items() if n)
        whole = told(
            "heading",
            "coverage",
            lineage=self.lineage.heading,
            rate=percentage(self.rate),
            count=len(self.applicable),
            low=percentage(low),
            high=f"{high:.0%}",
            strict=percentage(self.strict_rate),
        )
        return "".join(map(str, (whole, *apart)))

    @property
    def remarks(self) -> tuple[Reason, ...]:
        """What a reader should know before using the figures."""
        found = []
        level = self.lineage.local.level
        same = [
            u
            for u in self.lineage.uppers
            if level is not None and u.level is level and u.period == self.lineage.local.period
        ]
        if same and level is not None:
            found.append(because("same level", level=Term(f"level.{level.value}")))
        if len(self.applicable) >= 5 and self.rate < UNRELATED:
            found.append(because("unrelated"))
        if not self.applicable:
            found.append(because("nothing applies"))
        return tuple(found)

    @property
    def applicable(self) -> list[CoveredTask]:
        """The upper tasks that count: that bind the lower level and whose gap nobody has justified."""
        return [r for r in self.records if r.counts]

    def count(self, status: Status) -> int:
        """How many upper tasks have a status."""
        return sum(r.status == status for r in self.records)

    @property
    def rate(self) -> float:
        """Share of applicable upper tasks covered or partly covered, 0 to 1; 0 where none applies."""
        return self.share(self.applicable, CARRIED)

    @property
    def strict_rate(self) -> float:
        """Share of applicable upper tasks covered, 0 to 1."""
        return self.share(self.applicable, ("covered",))

    @property
    def expected(self) -> float:
        """The share of applicable upper tasks that is to be expected to be carried, 0 to 1."""
        return self.estimate().expected

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of the share that is carried."""
        return self.estimate().interval

    @property
    def strict_expected(self) -> float:
        """The share that is to be expected to be carried as a whole."""
        return self.estimate(whole=True).expected

    @property
    def strict_interval(self) -> tuple[float, float]:
        """The 95 % range of the share that is carried as a whole."""
        return self.estimate(whole=True).interval

    def estimate(self, records: Sequence[CoveredTask] | None = None, *, whole: bool = False) -> Estimate:
        """What is to be expected of some upper tasks (all applicable ones): what is carried, or carried as a whole."""
        counted = self.applicable if records is None else [r for r in records if r.counts]
        statuses: Sequence[Status] = ("covered",) if whole else CARRIED
        chances = [self._chance(r) * (calibration().whole[r.status] if whole else 1.0) for r in counted]
        weights = [self._weight(r) for r in counted]
        return estimate(chances, weights, self.share(counted, statuses), self._total(counted))

    def share(self, records: Sequence[CoveredTask], statuses: Sequence[Status]) -> float:
        """The share of some upper tasks that have one of some statuses, by their weights; 0 of none."""
        total = self._total(records)
        return sum(self._weight(r) for r in records if r.status in statuses) / total if total else 0.0

    def _total(self, records: Sequence[CoveredTask]) -> int:
        """What the weights would be if all were carried as they stand above."""
        return len(records) * _WHOLE if self.weight == "survival" else sum(map(self._weight, records))

    def _weight(self, record: CoveredTask) -> int:
        if self.weight == "survival":
            return self._survivals.get((record.upper_plan, record.upper_id), round(self.survival.mean * _WHOLE))
        return 1 if self.weight == "count" else len(record.text)

    @cached_property
    def _survivals(self) -> dict[tuple[str, str], int]:
        """How much survives of each task that is carried; of another, were it carried all the same, as of these on the mean."""
        return {(s.upper_plan, s.upper_id): round(s.survival * _WHOLE) for s in self.survival if s.status in CARRIED}

    @cached_property
    def survival(self) -> Survival:
        """How much survives of each applicable upper task: of its content, its force, its dates and numbers."""
        return Survival(self.lineage, self.applicable)

    def _chance(self, record: CoveredTask) -> float:
        """The chance that an upper task is carried."""
        return record.confidence if record.carriers else self._unseen

    @cached_property
    def _unseen(self) -> float:
        """The chance that an upper task without an edge is carried all the same."""
        found = [r.confidence for r in self.applicable if r.carriers]
        return calibration().unseen(sum(found), len(self.applicable) - len(found))

    @property
    def gaps(self) -> list[CoveredTask]:
        """Applicable upper tasks that are missing or only share a topic, sorted by what matters.

        Dated ones first, the earliest first; then those with a number; then those with a rhythm; among equals those of
        which not even the topic is there, then the more binding ones, then the order of the text.
        """
        return sorted((r for r in self.applicable if r.status in ("missing", "thematic")), key=_matter)

    def by(self, group: Group) -> CoverageBy:
        """The rates by part or article of the upper plan, by kind of task, by upper plan; or the counts by status."""
        return CoverageBy(self, group)

    def as_group(self, name: str, records: Sequence[CoveredTask] | None = None) -> CoveredGroup:
        """Some upper tasks, or all of them, counted as one group."""
        return _group(self, name, self.records if records is None else records)

    @property
    def origin(self) -> Origin:
        """The reverse: what of the local plan is carried from above, from which upper plan, and what is its own."""
        return Origin(self.lineage)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredGroup:
    """The upper tasks of a group: how many there are, how many apply, how many have each status, the rates, and the
    95 % range of the first."""

    group: str
    tasks: int
    applicable: int
    covered: int
    partly: int
    thematic: int
    missing: int
    not_applicable: int
    justified: int
    rate: float | None
    strict_rate: float | None
    low: float | None
    high: float | None


class CoverageBy(Report[CoveredGroup]):
    """Coverage by part, article, kind, upper plan or status."""

    def __init__(self, coverage: Coverage, group: Group) -> None:
        one_of("group", group, Group)
        self.coverage, self.group = coverage, group

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words(
            "heading.coverage by", self.speaks, lineage=self.coverage.lineage.heading, group=Term(f"group.{self.group}")
        )

    @cached_property
    def records(self) -> Sequence[CoveredGroup]:
        """One record for each group, in the order of the upper plans' text."""
        groups: dict[str, list[CoveredTask]] = {}
        for record in self.coverage.records:
            groups.setdefault(getattr(record, self.group), []).append(record)
        return [self.coverage.as_group(name, records) for name, records in groups.items()]


def _group(coverage: Coverage, name: str, records: Sequence[CoveredTask]) -> CoveredGroup:
    def having(status: Status) -> int:
        return sum(r.status == status for r in records)

    counting = [r for r in records if r.counts]
    low, high = coverage.estimate(counting).interval if counting else (None, None)
    return CoveredGroup(
        group=name,
        tasks=len(records),
        applicable=len(counting),
        covered=having("covered"),
        partly=having("partly"),
        thematic=having("thematic"),
        missing=having("missing"),
        not_applicable=having("not_applicable"),
        justified=having("justified"),
        rate=coverage.share(counting, CARRIED) if counting else None,
        strict_rate=coverage.share(counting, ("covered",)) if counting else None,
        low=low,
        high=high,
    )


def _matter(record: CoveredTask) -> tuple[int, datetime.date, bool, int]:
    day = record.deadline or datetime.date.min
    return _MATTERS[record.kind], day, record.status != "missing", -record.strength
