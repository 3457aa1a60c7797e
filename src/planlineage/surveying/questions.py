"""Questions that a whole country asks, as SQL over the survey's tables, and the records that answer them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ..model.report import Report
from ..model.wording import Reason

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")

_STATUSES = ("covered", "partly", "thematic", "missing", "not_applicable", "justified")
_COUNTS = ",\n  ".join(f"count(*) FILTER (status = '{s}')::INTEGER AS {s}" for s in _STATUSES)
_COUNTING = "status NOT IN ('not_applicable', 'justified')"
# The same range as `Coverage.interval`, in one sweep: a task with an edge is carried with the chance that the edge is right, one
# without by what the linker is known to miss; all chances of one document err together, by `spread` on the logit scale (to first
# order p (1 - p) times as much each). Sums of so many are taken as normal: 1.96 standard deviations hold 95 %.
_CHANCES = f"""
WITH counted AS (
  SELECT *, status IN ('covered', 'partly', 'thematic') AS found, {_COUNTING} AS counts FROM coverage
), documents AS (
  SELECT local_plan, $missed * sum(confidence) FILTER (found AND counts) AS lost,
    count(*) FILTER (NOT found AND counts) AS without
  FROM counted GROUP BY local_plan
), chances AS (
  SELECT c.*, CASE WHEN NOT counts THEN 0 WHEN found THEN confidence
    ELSE coalesce(lost / nullif(without + lost, 0), 0) END AS chance
  FROM counted c JOIN documents USING (local_plan)
)"""
_BY_DOCUMENT = f"""
  local_plan, count(*) FILTER (counts) AS applicable, {_COUNTS}, sum(chance) AS mass, sum(chance * (1 - chance)) AS open
"""
_SUMS = ", ".join(f"sum({s})::INTEGER AS {s}" for s in ("applicable", *_STATUSES))
_SUMMED = f"""
  {_SUMS}, sum(mass) / sum(applicable) AS mean, sqrt(sum(open + ($spread * open) ** 2)) / sum(applicable) AS deviation
"""
_RATES = """
  applicable,
  (covered + partly) / applicable AS rate,
  covered / applicable AS strict_rate,
  CASE WHEN applicable > 0 THEN greatest(0, least((covered + partly) / applicable, mean - 1.96 * deviation)) END AS low,
  CASE WHEN applicable > 0 THEN least(1, greatest((covered + partly) / applicable, mean + 1.96 * deviation)) END AS high
"""

COVERAGE_BY = f"""{_CHANCES}
SELECT "group", plans, {", ".join(_STATUSES)}, {_RATES} FROM (
  SELECT "group", count(DISTINCT local_plan)::INTEGER AS plans, {_SUMMED} FROM (
    SELECT {{by}} AS "group", {_BY_DOCUMENT}
    FROM chances c LEFT JOIN (SELECT plan, place FROM plans) p ON p.plan = c.local_plan GROUP BY "group", local_plan
  ) GROUP BY "group"
) ORDER BY "group" NULLS LAST
"""

RANKING = f"""{_CHANCES}
SELECT rank() OVER (PARTITION BY upper_plan ORDER BY (covered + partly) / applicable DESC)::INTEGER AS rank,
  plan, place, year, level, upper_plan, {", ".join(_STATUSES)}, {_RATES} FROM (
  SELECT local_plan AS plan, any_value(place) AS place, any_value(year) AS year, any_value(level) AS level, upper_plan, {_SUMMED}
  FROM (
    SELECT any_value(p.place) AS place, any_value(c.year) AS year, any_value(c.level) AS level, upper_plan, {_BY_DOCUMENT}
    FROM chances c JOIN (SELECT plan, place FROM plans) p ON p.plan = c.local_plan GROUP BY local_plan, upper_plan
  ) GROUP BY local_plan, upper_plan
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

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """The answer, as a DuckDB relation."""
        ...


class SurveyTable(Report[R], Generic[R]):
    """The answer to a question as a table; it is asked when the table is looked at.

    `relation` is the answer as DuckDB gives it, for more questions to it: `.relation.filter("level = 'municipal'")`.
    """

    def __init__(
        self, record: type[R], heading: Reason, survey: Asked, query: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        self._record, self._heading, self._survey = record, heading, survey
        self._query, self._parameters = query, parameters or {}
        self.columns = tuple(f.name for f in dataclasses.fields(record))  # type: ignore[misc, arg-type]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self._heading.text(self.speaks)

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
    part, `low` to `high` its 95 % range (as `Coverage.interval`, with all sums taken as normal); all None where nothing counts.
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
