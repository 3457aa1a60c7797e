"""Places side by side: how each carries the articles of one upper plan, how alike they are, and what all of them left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from ..comparing.clauses import alikeness
from ..comparing.lineage import Lineage
from ..comparing.setting import adopted_from
from ..model.commitments import Deadline
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from .coverage import CARRIED, Coverage
from .coverage_rows import strength_of

if TYPE_CHECKING:
    import pandas as pd

ALIKE = 0.6
"""Share of common character pairs from which two places' own tasks are taken to be the same idea."""


class Comparison(Report):
    """Several places against the same upper plan.

    One row an upper article and place: how much of the article the place carries (`rate`, None where nothing applies), the
    earliest deadline that the place sets for it, and the strength of the place's wording (0 to 6, mean of the highest degree
    of each task that carries something). `matrix` gives one of these as places × articles.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "article", "place", "applicable", "carried", "rate", "earliest_deadline", "strength", "local_plan", "upper_plan",
    )  # fmt: skip

    def __init__(self, lineages: Sequence[Lineage]) -> None:
        self.lineages = tuple(lineages)
        self.coverages = tuple(Coverage(lineage) for lineage in lineages)
        self.names = place_names([lineage.local for lineage in lineages])
        self._rows = [
            row
            for name, coverage in zip(self.names, self.coverages, strict=True)
            for row in _place_rows(name, coverage)
        ]

    def rows(self) -> list[Row]:
        """One row an article and place, place by place in the order of the upper text."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """What the table shows."""
        rates = "、".join(f"{n} {c.rate:.0%}" for n, c in zip(self.names, self.coverages, strict=True))
        return f"{len(self.names)} places: {rates}"

    def matrix(
        self, value: Literal["rate", "earliest_deadline", "strength", "carried"] = "rate"
    ) -> pd.DataFrame:
        """One value as a table of places (rows) by upper articles (columns)."""
        import pandas as pd

        articles = list(dict.fromkeys(r["article"] for r in self._rows))
        table = {(r["place"], r["article"]): r[value] for r in self._rows}
        return pd.DataFrame(
            [[table.get((name, a)) for a in articles] for name in self.names],
            index=list(self.names),
            columns=articles,
        )

    @cached_property
    def similarity(self) -> pd.DataFrame:
        """How alike two places are in what they carry: the cosine of their shares of each upper task, 0 to 1."""
        import pandas as pd

        shares = [_shares(c) for c in self.coverages]
        values = [[_cosine(a, b) for b in shares] for a in shares]
        return pd.DataFrame(values, index=list(self.names), columns=list(self.names))

    @property
    def dropped_by_all(self) -> list[Row]:
        """The upper tasks that apply to some place and that none of them carries, dated and quantified ones first."""
        carried = {
            (r["upper_plan"], r["upper_id"])
            for c in self.coverages
            for r in c.rows()
            if r["status"] in CARRIED
        }
        gaps: dict[tuple[str, str], Row] = {}
        for coverage in self.coverages:
            for row in coverage.gaps:
                key = (row["upper_plan"], row["upper_id"])
                if key not in carried:
                    gaps.setdefault(key, row)
        return list(gaps.values())

    @cached_property
    def added(self) -> list[Row]:
        """What places added of their own, like ideas together, those of most places first; `first` is who had it first.

        `first` is empty where the plans' days of adoption are not known or the same.
        """
        groups: list[list[tuple[str, Plan, Statement]]] = []
        for name, coverage in zip(self.names, self.coverages, strict=True):
            plan = coverage.lineage.local
            for own in coverage.origin.own:
                task = plan.statement(own["local_id"])
                group = next(
                    (g for g in groups if any(alikeness(t.text, task.text) >= ALIKE for _, _, t in g)), None
                )
                if group is None:
                    groups.append([(name, plan, task)])
                else:
                    group.append((name, plan, task))
        rows = [_added(group) for group in groups]
        return sorted(rows, key=lambda r: -r["places"])


def place_names(plans: Sequence[Plan]) -> tuple[str, ...]:
    """A short name for each plan's place: its last place name, or the plan's id where that is not enough to tell it."""
    from ..reading.identity import places_at_start

    short = [([n for n, _ in places_at_start(p.place or p.title)] or [p.id])[-1] for p in plans]
    return tuple(name if short.count(name) == 1 else plan.id for name, plan in zip(short, plans, strict=True))


def _place_rows(name: str, coverage: Coverage) -> list[Row]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in coverage.rows():
        groups.setdefault((row["upper_plan"], row["article"]), []).append(row)
    return [_article(name, coverage, upper, article, rows) for (upper, article), rows in groups.items()]


def _article(name: str, coverage: Coverage, upper: str, article: str, rows: Sequence[Row]) -> Row:
    local = coverage.lineage.local
    applicable = [r for r in rows if r["status"] not in ("not_applicable", "justified")]
    carried = [r for r in applicable if r["status"] in CARRIED]
    ids = dict.fromkeys(
        i for r in rows if r["status"] in (*CARRIED, "not_applicable") for i in str(r["local_ids"]).split()
    )
    tasks = [local.statement(i) for i in ids]
    days = [d.latest for t in tasks for d in t.commitments if isinstance(d, Deadline) and d.latest]
    degrees = [s for t in tasks if (s := strength_of(t))]
    return {
        "article": article,
        "place": name,
        "applicable": len(applicable),
        "carried": len(carried),
        "rate": len(carried) / len(applicable) if applicable else None,
        "earliest_deadline": min(days).isoformat() if days else "",
        "strength": sum(degrees) / len(degrees) if degrees else None,
        "local_plan": local.id,
        "upper_plan": upper,
    }


def _shares(coverage: Coverage) -> dict[tuple[str, str], float]:
    return {
        (r["upper_plan"], r["upper_id"]): float(r["carried_share"])
        for r in coverage.rows()
        if r["status"] not in ("not_applicable", "justified")
    }


def _cosine(one: dict[tuple[str, str], float], two: dict[tuple[str, str], float]) -> float:
    both = one.keys() & two.keys()
    product = sum(one[k] * two[k] for k in both)
    size = math.sqrt(sum(one[k] ** 2 for k in both)) * math.sqrt(sum(two[k] ** 2 for k in both))
    return product / size if size else 0.0


def _added(group: Sequence[tuple[str, Plan, Statement]]) -> Row:
    days = {name: day for name, plan, _ in group if (day := adopted_from(plan)) is not None}
    names = list(dict.fromkeys(name for name, _, _ in group))
    earliest = [n for n, day in days.items() if day == min(days.values())]
    first = earliest[0] if len(days) == len(names) and len(earliest) == 1 else ""
    return {
        "text": group[0][2].text,
        "places": len(names),
        "who": "、".join(names),
        "first": first,
        "local_ids": " ".join(f"{plan.id}#{task.id}" for _, plan, task in group),
    }
