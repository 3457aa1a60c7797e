"""Plans that carry the same things down: for each its nearest ones, among all that are linked to the same upper plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..model.errors import InvalidValueError
from ..model.report import Report
from ..model.wording import words

_CARRIED = """
SELECT c.upper_plan, c.local_plan, p.place, list(c.upper_id ORDER BY c.upper_id) AS ids,
  list(CASE c.status WHEN 'covered' THEN 1.0 WHEN 'partly' THEN 0.5 ELSE 0.0 END ORDER BY c.upper_id) AS carried
FROM coverage c JOIN (SELECT plan, place FROM plans) p ON p.plan = c.local_plan
WHERE c.status NOT IN ('not_applicable', 'justified')
GROUP BY ALL ORDER BY c.upper_plan, c.local_plan
"""
_ROWS = 1000
"""Plans that are compared with all others at a time."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A plan and one near it: the cosine of what they carry of an upper plan (1 a task carried whole, 0.5 in part), and how many
    tasks both carry, and either alone."""

    plan: str
    place: str
    other: str
    other_place: str
    upper_plan: str
    likeness: float
    both: int
    only_plan: int
    only_other: int


class Neighbours(Report[Neighbour]):
    """The `nearest` plans to each, the most like first."""

    kind = "neighbours"

    def __init__(self, survey: Any, nearest: int) -> None:
        if nearest < 1:
            raise InvalidValueError("neighbours")
        self._survey, self.nearest = survey, nearest

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("neighbours.heading", self.speaks, nearest=self.nearest)

    @cached_property
    def records(self) -> Sequence[Neighbour]:
        """One record for each plan and neighbour."""
        groups: dict[str, list[tuple[str, str, list[str], list[float]]]] = {}
        for upper, plan, place, ids, carried in self._survey.sql(_CARRIED).fetchall():
            groups.setdefault(upper, []).append((plan, place, ids, carried))
        return [one for upper, rows in groups.items() for one in self._within(upper, rows)]

    def _within(self, upper: str, rows: Sequence[tuple[str, str, list[str], list[float]]]) -> Iterator[Neighbour]:
        import numpy as np

        columns = {id_: n for n, id_ in enumerate(sorted({id_ for _, _, ids, _ in rows for id_ in ids}))}
        carried = np.zeros((len(rows), len(columns)), dtype=np.float32)
        for n, (_, _, ids, values) in enumerate(rows):
            carried[n, [columns[id_] for id_ in ids]] = values
        has = (carried > 0).astype(np.float32)
        length = np.maximum(np.linalg.norm(carried, axis=1, keepdims=True), 1e-9)
        unit = carried / length
        wanted = min(self.nearest, len(rows) - 1)
        for start in range(0, len(rows), _ROWS):
            block = range(start, min(start + _ROWS, len(rows)))
            likeness = np.round(unit[block.start : block.stop] @ unit.T, 5)
            both = has[block.start : block.stop] @ has.T
            for n in block:
                likeness[n - start, n] = -1
                for m in np.argsort(-likeness[n - start], kind="stable")[:wanted]:
                    shared = int(both[n - start, m])
                    yield Neighbour(
                        rows[n][0],
                        rows[n][1],
                        rows[m][0],
                        rows[m][1],
                        upper,
                        round(float(likeness[n - start, m]), 4),
                        shared,
                        int(has[n].sum()) - shared,
                        int(has[m].sum()) - shared,
                    )
