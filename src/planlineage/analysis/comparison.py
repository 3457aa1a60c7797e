"""Places side by side: how each carries the articles of one upper plan, how alike they are, and what all of them left out."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..comparing.clauses import alikeness
from ..comparing.lineage import Lineage
from ..comparing.setting import adopted_from
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import one_of, percentage, told
from .coverage import CARRIED, Coverage, Group
from .coverage_rows import CoveredTask, strength_of
from .wide import WideComparison

if TYPE_CHECKING:
    import pandas as pd

Value = Literal["rate", "earliest_deadline", "strength", "carried"]

ALIKE = 0.6
"""Share of common character pairs from which two places' own tasks are taken to be the same idea."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceArticle:
    """What one place carries of one upper article.

    `rate` is the share of the article's applicable tasks that is carried, None where none applies; `earliest_deadline` the
    earliest that the place sets for it; `strength` how binding the place's words are, 0 to 6.
    """

    article: str
    place: str
    applicable: int
    carried: int
    rate: float | None
    earliest_deadline: datetime.date | None
    strength: float | None
    local_plan: str
    upper_plan: str


@dataclass(frozen=True, slots=True)
class AddedIdea:
    """What one place or several added of their own; `first` had it first, empty where that is not known or a tie."""

    text: str
    places: int
    who: tuple[str, ...]
    first: str
    local_ids: tuple[str, ...]


class Comparison(Report[PlaceArticle]):
    """Several places against the same upper plan.

    One record for each upper article and place. `strength` is the mean of the highest degree of each task that carries
    something. `matrix` gives one of the values as places × articles.

    >>> from planlineage import compare
    >>> bool(compare(["shanting_2021", "weibin_2021"], "central_2021").similarity.loc["山亭区", "卫滨区"] > 0.5)
    True
    """

    shown_columns = ("article", "place", "applicable", "carried", "rate", "earliest_deadline")

    def __init__(self, lineages: Sequence[Lineage]) -> None:
        self.lineages = tuple(lineages)
        self.coverages = tuple(Coverage(lineage) for lineage in lineages)
        self.names = place_names([lineage.local for lineage in lineages])

    @cached_property
    def records(self) -> Sequence[PlaceArticle]:
        """One record for each article and place, place by place in the order of the upper text."""
        return [
            record
            for name, coverage in zip(self.names, self.coverages, strict=True)
            for record in _articles(name, coverage)
        ]

    @property
    def heading(self) -> str:
        """What the table shows."""
        rates = "、".join(f"{n} {percentage(c.rate)}" for n, c in zip(self.names, self.coverages, strict=True))
        return str(told("heading", "places", count=len(self.names), rates=rates))

    def matrix(self, value: Value = "rate") -> pd.DataFrame:
        """One value as a table of places (rows) by upper articles (columns). Raises `ValueError` for another value."""
        one_of("value", value, Value)
        import pandas as pd

        articles = list(dict.fromkeys(r.article for r in self.records))
        table = {(r.place, r.article): getattr(r, value) for r in self.records}
        return pd.DataFrame(
            [[table.get((name, a)) for a in articles] for name in self.names],
            index=list(self.names),
            columns=articles,
        )

    def wide(self, group: Group = "part") -> WideComparison:
        """The rates by group and place, with their ranges and the number of tasks they rest on: the table of a paper.

        Groups are `part`, `article`, `kind`, `status` or `upper_plan`; `to_latex` and `to_docx` write it down.
        """
        one_of("group", group, Group)
        return WideComparison(self.names, self.coverages, group)

    @cached_property
    def similarity(self) -> pd.DataFrame:
        """How alike two places are in what they carry: the cosine of their shares of each upper task, 0 to 1."""
        import pandas as pd

        shares = [_shares(c) for c in self.coverages]
        values = [[_cosine(a, b) for b in shares] for a in shares]
        return pd.DataFrame(values, index=list(self.names), columns=list(self.names))

    @property
    def dropped_by_all(self) -> list[CoveredTask]:
        """The upper tasks that apply to some place and that none of them carries, dated and quantified ones first."""
        carried = {(r.upper_plan, r.upper_id) for c in self.coverages for r in c.records if r.status in CARRIED}
        gaps: dict[tuple[str, str], CoveredTask] = {}
        for gap in (gap for coverage in self.coverages for gap in coverage.gaps):
            if (gap.upper_plan, gap.upper_id) not in carried:
                gaps.setdefault((gap.upper_plan, gap.upper_id), gap)
        return list(gaps.values())

    @cached_property
    def added(self) -> list[AddedIdea]:
        """What places added of their own, like ideas together, those of most places first; `first` is who had it first.

        `first` is empty where the plans' days of adoption are not known or the same.
        """
        groups: list[list[tuple[str, Plan, Statement]]] = []
        for name, coverage in zip(self.names, self.coverages, strict=True):
            for own in coverage.origin.own:
                plan = coverage.lineage.lower(own.local_plan)
                task = plan.statement(own.local_id)
                group = next((g for g in groups if any(alikeness(t.text, task.text) >= ALIKE for _, _, t in g)), None)
                if group is None:
                    groups.append([(name, plan, task)])
                else:
                    group.append((name, plan, task))
        return sorted((_added(group) for group in groups), key=lambda idea: -idea.places)


def place_names(plans: Sequence[Plan]) -> tuple[str, ...]:
    """A short name for each plan's place: its last place name, or the plan's id where that is not enough to tell it."""
    from ..reading.identity import places_at_start

    short = [([n for n, _ in places_at_start(p.place or p.title)] or [p.id])[-1] for p in plans]
    return tuple(name if short.count(name) == 1 else plan.id for name, plan in zip(short, plans, strict=True))


def _articles(name: str, coverage: Coverage) -> list[PlaceArticle]:
    groups: dict[tuple[str, str], list[CoveredTask]] = {}
    for record in coverage.records:
        groups.setdefault((record.upper_plan, record.article), []).append(record)
    return [_article(name, coverage, records) for records in groups.values()]


def _article(name: str, coverage: Coverage, records: Sequence[CoveredTask]) -> PlaceArticle:
    applicable = [r for r in records if r.counts]
    carried = [r for r in applicable if r.status in CARRIED]
    told = [c for r in records if r.status in (*CARRIED, "not_applicable") for c in r.carriers]
    tasks = {(c.plan.id, c.statement.id): c.statement for c in told}.values()
    days = [d.latest for t in tasks for d in t.deadlines if d.latest]
    degrees = [s for t in tasks if (s := strength_of(t))]
    return PlaceArticle(
        article=records[0].article,
        place=name,
        applicable=len(applicable),
        carried=len(carried),
        rate=len(carried) / len(applicable) if applicable else None,
        earliest_deadline=min(days, default=None),
        strength=sum(degrees) / len(degrees) if degrees else None,
        local_plan=coverage.lineage.local.id,
        upper_plan=records[0].upper_plan,
    )


def _shares(coverage: Coverage) -> dict[tuple[str, str], float]:
    return {(r.upper_plan, r.upper_id): r.carried_share for r in coverage.records if r.counts}


def _cosine(one: dict[tuple[str, str], float], two: dict[tuple[str, str], float]) -> float:
    both = one.keys() & two.keys()
    product = sum(one[k] * two[k] for k in both)
    size = math.sqrt(sum(one[k] ** 2 for k in both)) * math.sqrt(sum(two[k] ** 2 for k in both))
    return product / size if size else 0.0


def _added(group: Sequence[tuple[str, Plan, Statement]]) -> AddedIdea:
    days = {name: day for name, plan, _ in group if (day := adopted_from(plan)) is not None}
    names = tuple(dict.fromkeys(name for name, _, _ in group))
    earliest = [n for n, day in days.items() if day == min(days.values())]
    first = earliest[0] if len(days) == len(names) and len(earliest) == 1 else ""
    ids = tuple(f"{plan.id}#{task.id}" for _, plan, task in group)
    return AddedIdea(group[0][2].text, len(names), names, first, ids)
