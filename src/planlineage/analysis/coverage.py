"""Coverage: which upper tasks a local plan carries down, which it does not, and how sure that is.

An upper task is `covered` where a local statement carries it verbatim or adapted, or where partial ones together carry
nearly all of its text; `partly` where only parts are carried; `thematic` where only the topic is shared; `missing`
otherwise; `not_applicable` where it does not bind the lower level. Rates count applicable tasks only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Literal

from ..linking.compare import applicability
from ..linking.lineage import Lineage
from ..model.lineage import Difference, LineageEdge, Relation
from ..model.plan import Plan, Statement
from ..model.report import Report, Row

Status = Literal["covered", "partly", "thematic", "missing", "not_applicable"]

NEARLY_ALL = 0.85
"""Share of an upper task's characters from which partial edges together count as covering it."""

CERTAINTY = 0.95
"""Probability that the interval of a rate is made for."""


class Coverage(Report):
    """How much of one or several upper plans a local plan carries down.

    `rate` is the share of applicable upper tasks that are covered or partly covered, `strict_rate` the share that are
    covered. `interval` and `strict_interval` hold the range in which the rate lies with 95 % probability, given the
    confidence of the edges: each task counts as carried with the probability that at least one of its edges is right, and
    the number of carried tasks then follows a Poisson binomial distribution. The interval says nothing about edges that
    the linker did not propose.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "upper_id", "article", "text", "status", "applicable", "confidence", "local_ids", "deadline", "reason",
        "upper_plan",
    )  # fmt: skip

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self._rows = [row for upper in lineage.uppers for row in _rows(lineage, upper)]

    def rows(self) -> list[Row]:
        """One row an upper task, in the order of the upper plans' text."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """The result in one line."""
        low, high = self.interval
        return (
            f"{self.lineage.heading}: {self.rate:.0%} of {len(self.applicable)} applicable tasks carried down "
            f"({low:.0%}–{high:.0%}), {self.strict_rate:.0%} fully"
        )

    @property
    def applicable(self) -> list[Row]:
        """The rows that count: upper tasks that bind the lower level."""
        return [r for r in self._rows if r["applicable"]]

    def count(self, status: Status) -> int:
        """How many upper tasks have a status."""
        return sum(r["status"] == status for r in self._rows)

    @property
    def rate(self) -> float:
        """Share of applicable upper tasks covered or partly covered, 0 to 1; 0 where none applies."""
        return self._share(("covered", "partly"))

    @property
    def strict_rate(self) -> float:
        """Share of applicable upper tasks covered, 0 to 1."""
        return self._share(("covered",))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of `rate` that follows from the edges' confidence."""
        return self._interval(("covered", "partly"))

    @property
    def strict_interval(self) -> tuple[float, float]:
        """The 95 % range of `strict_rate`."""
        return self._interval(("covered",))

    def _share(self, statuses: Sequence[str]) -> float:
        rows = self.applicable
        return sum(r["status"] in statuses for r in rows) / len(rows) if rows else 0.0

    def _interval(self, statuses: Sequence[str]) -> tuple[float, float]:
        rows = self.applicable
        if not rows:
            return 0.0, 0.0
        chances = [float(r["confidence"]) for r in rows if r["status"] in statuses]
        low, high = _poisson_binomial_range(chances, CERTAINTY)
        return low / len(rows), high / len(rows)

    @property
    def gaps(self) -> list[Row]:
        """Applicable upper tasks that are missing or only share a topic; dated ones first, the earliest first."""
        rows = [r for r in self.applicable if r["status"] in ("missing", "thematic")]
        return sorted(rows, key=lambda r: (r["deadline"] == "", r["deadline"], r["status"] != "missing"))

    def by(self, group: Literal["part", "article", "status"]) -> Report:
        """The rates by part or article of the upper plan, or the counts by status."""
        return CoverageBy(self, group)


class CoverageBy(Report):
    """Coverage by part, article or status."""

    columns: ClassVar[tuple[str, ...]] = (
        "group", "tasks", "applicable", "covered", "partly", "thematic", "missing", "not_applicable", "rate",
    )  # fmt: skip

    def __init__(self, coverage: Coverage, group: str) -> None:
        self.coverage, self.group = coverage, group

    def rows(self) -> list[Row]:
        """One row a group, in the order of the upper plans' text."""
        groups: dict[str, list[Row]] = {}
        for row in self.coverage.rows():
            groups.setdefault(str(row[self.group]), []).append(row)
        return [_group_row(name, rows) for name, rows in groups.items()]


def _group_row(name: str, rows: Sequence[Row]) -> Row:
    counts = {s: sum(r["status"] == s for r in rows) for s in CoverageBy.columns[3:8]}
    applicable = len(rows) - counts["not_applicable"]
    rate = (counts["covered"] + counts["partly"]) / applicable if applicable else None
    return {"group": name, "tasks": len(rows), "applicable": applicable, **counts, "rate": rate}


def _rows(lineage: Lineage, upper: Plan) -> list[Row]:
    return [_row(lineage, upper, task) for task in upper.tasks]


def _row(lineage: Lineage, upper: Plan, task: Statement) -> Row:
    edges = lineage.carriers(upper.id, task.id)
    carrying = [e for e in edges if e.relation.is_coverage]
    binds = applicability(task, lineage.local.level)
    status = _status(task, edges) if binds.applies else "not_applicable"
    dated = [d.latest for d in task.deadlines if d.latest]
    article = upper.numbered(task.clause)
    return {
        "upper_id": task.id,
        "article": upper.label(article.id),
        "part": upper.label(upper.path(task.clause)[0].id),
        "text": task.text,
        "status": status,
        "applicable": binds.applies,
        "confidence": 1 - math.prod(1 - e.confidence for e in carrying) if carrying else 0.0,
        "local_ids": " ".join(e.local_id for e in carrying or edges),
        "deadline": max(dated).isoformat() if dated else "",
        "reason": binds.reason,
        "upper_plan": upper.id,
    }


def _status(task: Statement, edges: Sequence[LineageEdge]) -> Status:
    relations = {e.relation for e in edges}
    if relations & {Relation.VERBATIM, Relation.ADAPTED}:
        return "covered"
    if Relation.PARTIAL in relations:
        return "covered" if _carried_share(task, edges) >= NEARLY_ALL else "partly"
    return "thematic" if edges else "missing"


def _carried_share(task: Statement, edges: Sequence[LineageEdge]) -> float:
    """The share of an upper task's characters that partial edges carry in the same words."""
    marked: set[int] = set()
    for edge in edges:
        if edge.relation is Relation.PARTIAL:
            for piece in edge.evidence.pieces:
                if piece.difference is Difference.SAME and piece.upper_span is not None:
                    marked.update(range(piece.upper_span.start, piece.upper_span.end))
    return len(marked) / task.span.length if task.span.length else 0.0


def _poisson_binomial_range(chances: Sequence[float], certainty: float) -> tuple[int, int]:
    """The shortest central range of the number of successes that holds at least `certainty` of the probability."""
    weights = [1.0]
    for chance in chances:
        nexts = [0.0] * (len(weights) + 1)
        for k, w in enumerate(weights):
            nexts[k] += w * (1 - chance)
            nexts[k + 1] += w * chance
        weights = nexts
    tail = (1 - certainty) / 2
    below, low = 0.0, 0
    while low < len(weights) - 1 and below + weights[low] <= tail:
        below += weights[low]
        low += 1
    above, high = 0.0, len(weights) - 1
    while high > low and above + weights[high] <= tail:
        above += weights[high]
        high -= 1
    return low, high
