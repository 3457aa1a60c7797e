"""Questions that a whole country asks, as SQL over the survey's tables, and the records that answer them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ..model.report import Report

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")

_STATUSES = ("covered", "partly", "thematic", "missing", "not_applicable", "justified")
_COUNTS = ",\n  ".join(f"count(*) FILTER (status = '{s}')::INTEGER AS {s}" for s in _STATUSES)
_COUNTING = "status NOT IN ('not_applicable', 'justified')"
# each task counts as carried with the chance that one of its edges is right; tasks are taken to be independent, and their
# number is large, so that the sum of the chances is normal: 1.96 standard deviations to either side hold 95 % of it
_CHANCE = "CASE WHEN status IN ('covered', 'partly', 'thematic') THEN confidence ELSE 0 END"
_RATES = """
  applicable,
  (covered + partly) / applicable AS rate,
  covered / applicable AS strict_rate,
  least((covered + partly) / applicable, greatest(0, mean - 1.96 * deviation)) AS low,
  greatest((covered + partly) / applicable, least(1, mean + 1.96 * deviation)) AS high
"""
_SUMMED = f"""
  count(*) FILTER ({_COUNTING})::INTEGER AS applicable,
  {_COUNTS},
  sum({_CHANCE}) FILTER ({_COUNTING}) / count(*) FILTER ({_COUNTING}) AS mean,
  sqrt(sum({_CHANCE} * (1 - {_CHANCE})) FILTER ({_COUNTING})) / count(*) FILTER ({_COUNTING}) AS deviation
"""

COVERAGE_BY = f"""
SELECT "group", plans, {", ".join(_STATUSES)}, {_RATES} FROM (
  SELECT {{by}} AS "group", count(DISTINCT local_plan)::INTEGER AS plans, {_SUMMED}
  FROM coverage c LEFT JOIN (SELECT plan, place FROM plans) p ON p.plan = c.local_plan
  GROUP BY 1
) ORDER BY "group" NULLS LAST
"""

RANKING = f"""
SELECT rank() OVER (PARTITION BY upper_plan ORDER BY (covered + partly) / applicable DESC)::INTEGER AS rank,
  plan, place, year, level, upper_plan, {", ".join(_STATUSES)}, {_RATES} FROM (
  SELECT local_plan AS plan, any_value(p.place) AS place, any_value(c.year) AS year, any_value(c.level) AS level,
  upper_plan, {_SUMMED}
  FROM coverage c JOIN (SELECT plan, place FROM plans) p ON p.plan = c.local_plan
  GROUP BY local_plan, upper_plan
) WHERE applicable > 0 ORDER BY year, level, upper_plan, rank, plan
"""

GAPS = """
SELECT upper_plan, upper_id, any_value(c.part) AS part, any_value(c.article) AS article, any_value(c.kind) AS kind,
  count(*)::INTEGER AS plans, count(*) FILTER (status IN ('missing', 'thematic'))::INTEGER AS lacking,
  count(*) FILTER (status IN ('missing', 'thematic')) / count(*) AS share,
  any_value(c.deadline) AS deadline, any_value(s.text) AS text
FROM coverage c JOIN statements s ON s.plan = c.upper_plan AND s.id = c.upper_id
WHERE status NOT IN ('not_applicable', 'justified')
GROUP BY upper_plan, upper_id
HAVING lacking > 0
ORDER BY share DESC, lacking DESC, upper_plan, upper_id
"""


class Asked(Protocol):
    """What answers questions in SQL."""

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        """The answer, as a DuckDB relation."""
        ...


class SurveyTable(Report[R], Generic[R]):
    """The answer to a question as a table; it is asked when the table is looked at.

    `relation` is the answer as DuckDB gives it, for more questions to it: `.relation.filter("level = 'municipal'")`.
    """

    def __init__(
        self, record: type[R], heading: str, survey: Asked, query: str, parameters: Sequence[Any] = ()
    ) -> None:
        self._record, self._heading, self._survey = record, heading, survey
        self._query, self._parameters = query, parameters
        self.columns = tuple(f.name for f in dataclasses.fields(record))  # type: ignore[misc, arg-type]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self._heading

    @property
    def relation(self) -> Any:
        """The answer as a DuckDB relation."""
        return self._survey.sql(self._query, self._parameters)

    @cached_property
    def records(self) -> Sequence[R]:
        """The rows."""
        found = self.relation
        return [self._record(**dict(zip(found.columns, row, strict=True))) for row in found.fetchall()]

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame."""
        return self.relation.df()[list(self.columns)]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageShare:
    """How upper tasks are carried down in one group.

    `plans` counts the local plans, `applicable` the tasks of all of them that count; `rate` is the share carried at least in
    part, `low` to `high` the 95 % range that follows from the confidence of the edges alone (what was never proposed is not in
    it, as it is in `Coverage.interval`); all None where nothing counts.
    """

    group: str | int | None
    plans: int
    applicable: int
    covered: int
    partly: int
    thematic: int
    missing: int
    not_applicable: int
    justified: int
    rate: float | None
    low: float | None
    high: float | None
    strict_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPlan:
    """A plan's coverage of one upper plan, and its rank among all plans that are linked to it."""

    rank: int
    plan: str
    place: str
    year: int | None
    level: str | None
    upper_plan: str
    applicable: int
    covered: int
    partly: int
    thematic: int
    missing: int
    not_applicable: int
    justified: int
    rate: float
    low: float
    high: float
    strict_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An upper task that plans lack: `lacking` of the `plans` to which it applies have at most its topic."""

    upper_plan: str
    upper_id: str
    part: str
    article: str
    kind: str
    plans: int
    lacking: int
    share: float
    deadline: object
    text: str
