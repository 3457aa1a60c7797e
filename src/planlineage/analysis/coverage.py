"""Coverage: which upper tasks a local plan carries down, which it does not, and how sure that is.

An upper task is `covered` where a local statement carries it verbatim or adapted, or where partial ones together carry
nearly all of its text; `partly` where only parts are carried; `thematic` where only the topic is shared; `missing`
otherwise; `not_applicable` where it does not bind the lower level; `justified` where a person has accepted the gap. Rates
count the rest: what does not apply, and what is justified, is in neither the upper nor the lower part of the fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from ..comparing.lineage import Lineage
from ..model.report import Report, Row
from .coverage_rows import coverage_rows
from .intervals import weighted_range
from .origin import Origin

Status = Literal["covered", "partly", "thematic", "missing", "not_applicable", "justified"]
Weight = Literal["count", "length"]

CARRIED = ("covered", "partly")
UNRELATED = 0.02
"""Rate under which two plans are taken to be of different domains, and a remark says so."""

_MATTERS = {"dated": 0, "quantified": 1, "recurring": 2, "plain": 3}


class Coverage(Report):
    """How much of one or several upper plans a local plan carries down.

    Args:
        lineage: the lineage of the local plan, with what people decided: edges, tasks that apply or not, gaps that are
            justified. `decided` says which of their decisions were applied.
        weight: "count" counts each upper task once, "length" by the characters of its text.

    `rate` is the share of applicable upper tasks that are covered or partly covered, `strict_rate` the share that are
    covered. `interval` and `strict_interval` hold the range in which the rate lies with 95 % probability, given the
    confidence of the edges: each task counts as carried with the probability that at least one of its edges is right, also
    where its best edge was too unsure to count, and tasks are taken to be independent. The interval is widened to hold the
    rate itself. It says nothing about edges that the linker did not propose at all.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "upper_id", "article", "text", "status", "applicable", "confidence", "local_ids", "deadline", "reason",
        "upper_plan", "kind", "carried_share",
    )  # fmt: skip

    def __init__(self, lineage: Lineage, weight: Weight = "count") -> None:
        self.lineage = lineage
        self.decided = lineage.decided
        self.weight = weight
        self._rows = coverage_rows(lineage)

    def rows(self) -> list[Row]:
        """One row an upper task, in the order of the upper plans' text."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """The result in one line."""
        low, high = self.interval
        apart = f", {self.count('not_applicable')} not applicable" if self.count("not_applicable") else ""
        apart += f", {self.count('justified')} justified" if self.count("justified") else ""
        return (
            f"{self.lineage.heading}: {self.rate:.0%} of {len(self.applicable)} applicable tasks carried down "
            f"({low:.0%}–{high:.0%}), {self.strict_rate:.0%} fully{apart}"
        )

    @property
    def remarks(self) -> list[str]:
        """What a reader should know before using the figures."""
        found = []
        if len(self.applicable) >= 5 and self.rate < UNRELATED:
            found.append(
                "almost nothing is carried down: are the plans of different domains, or is the upper plan another one?"
            )
        if not self.applicable:
            found.append("no upper task applies, so that there is no rate")
        return found

    @property
    def applicable(self) -> list[Row]:
        """The rows that count: upper tasks that bind the lower level and whose gap nobody has justified."""
        return [r for r in self._rows if r["applicable"] and r["status"] != "justified"]

    def count(self, status: Status) -> int:
        """How many upper tasks have a status."""
        return sum(r["status"] == status for r in self._rows)

    @property
    def rate(self) -> float:
        """Share of applicable upper tasks covered or partly covered, 0 to 1; 0 where none applies."""
        return rate_of(self.applicable, CARRIED, self.weight)

    @property
    def strict_rate(self) -> float:
        """Share of applicable upper tasks covered, 0 to 1."""
        return rate_of(self.applicable, ("covered",), self.weight)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of `rate` that follows from the edges' confidence."""
        return self._interval(self.rate, CARRIED)

    @property
    def strict_interval(self) -> tuple[float, float]:
        """The 95 % range of `strict_rate`."""
        return self._interval(self.strict_rate, ("covered",))

    def _interval(self, rate: float, statuses: Sequence[str]) -> tuple[float, float]:
        rows = self.applicable
        if not rows:
            return 0.0, 0.0
        counted = [
            r for r in rows if r["status"] in statuses or (r["status"] == "thematic" and statuses is CARRIED)
        ]
        weights = [_weight(r, self.weight) for r in counted]
        low, high = weighted_range([float(r["confidence"]) for r in counted], weights)
        total = sum(_weight(r, self.weight) for r in rows)
        return min(rate, low / total), max(rate, high / total)

    @property
    def gaps(self) -> list[Row]:
        """Applicable upper tasks that are missing or only share a topic, sorted by what matters.

        Dated ones first, the earliest first; then those with a number; then those with a rhythm; among equals those of
        which not even the topic is there, then the more binding ones, then the order of the text.
        """
        rows = [r for r in self.applicable if r["status"] in ("missing", "thematic")]
        return sorted(
            rows, key=lambda r: (_MATTERS[r["kind"]], r["deadline"], r["status"] != "missing", -r["strength"])
        )

    def by(self, group: Literal["part", "article", "kind", "status", "upper_plan"]) -> Report:
        """The rates by part or article of the upper plan, by kind of task, by upper plan; or the counts by status."""
        return CoverageBy(self, group)

    @property
    def origin(self) -> Origin:
        """The reverse: what of the local plan is carried from above, from which upper plan, and what is its own."""
        return Origin(self.lineage)


class CoverageBy(Report):
    """Coverage by part, article, kind, upper plan or status."""

    columns: ClassVar[tuple[str, ...]] = (
        "group", "tasks", "applicable", "covered", "partly", "thematic", "missing", "not_applicable", "justified", "rate",
        "strict_rate",
    )  # fmt: skip

    def __init__(self, coverage: Coverage, group: str) -> None:
        self.coverage, self.group = coverage, group

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"coverage by {self.group.replace('_', ' ')}"

    def rows(self) -> list[Row]:
        """One row a group, in the order of the upper plans' text."""
        groups: dict[str, list[Row]] = {}
        for row in self.coverage.rows():
            groups.setdefault(str(row[self.group]), []).append(row)
        return [self._row(name, rows) for name, rows in groups.items()]

    def _row(self, name: str, rows: Sequence[Row]) -> Row:
        counts = {s: sum(r["status"] == s for r in rows) for s in CoverageBy.columns[3:9]}
        counting = [r for r in rows if r["status"] not in ("not_applicable", "justified")]
        return {
            "group": name,
            "tasks": len(rows),
            "applicable": len(counting),
            **counts,
            "rate": rate_of(counting, CARRIED, self.coverage.weight) if counting else None,
            "strict_rate": rate_of(counting, ("covered",), self.coverage.weight) if counting else None,
        }


def rate_of(rows: Sequence[Row], statuses: Sequence[str], weight: Weight) -> float:
    """The share of some rows that have one of some statuses; 0 of none."""
    total = sum(_weight(r, weight) for r in rows)
    return sum(_weight(r, weight) for r in rows if r["status"] in statuses) / total if total else 0.0


def _weight(row: Row, weight: Weight) -> int:
    return 1 if weight == "count" else len(str(row["text"]))
