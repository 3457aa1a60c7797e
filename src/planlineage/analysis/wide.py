"""Places side by side by group: each place's rate with the number of tasks it rests on and its 95 % range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..model.report import Report, Row
from ..model.wording import Lang, Term, percentage, words
from .coverage import Coverage, CoverageBy, CoveredGroup, Group

if TYPE_CHECKING:
    import pandas as pd

_VALUES = ("rate", "low", "high", "applicable")
_TOTAL = ""


@dataclass(frozen=True, slots=True)
class WideRow:
    """A group of upper tasks, and what each place carries of it; None where the place has no such tasks. The last group, without
    a name, is all of them."""

    group: str
    places: tuple[CoveredGroup | None, ...]


class WideComparison(Report[WideRow]):
    """Coverage by group (rows) and place (columns).

    In the table a cell says rate, range and number of tasks (`80% (67%–91%), n=15`); `frame` holds them as numbers, under the
    place and `rate`, `low`, `high`, `applicable`.

    >>> from planlineage import compare
    >>> wide = compare(["shanting_2021", "weibin_2021"], "central_2021").wide("part")
    >>> wide.rows()[0]["卫滨区"].endswith("n=35"), wide.frame["卫滨区"].columns.tolist()
    (True, ['rate', 'low', 'high', 'applicable'])
    """

    shown_rows = 40

    def __init__(self, names: Sequence[str], coverages: Sequence[Coverage], group: Group) -> None:
        self.names, self.coverages, self.group = tuple(names), tuple(coverages), group
        self.columns = ("group", *self.names)  # type: ignore[misc]

    @cached_property
    def records(self) -> Sequence[WideRow]:
        """One record for each group, in the order of the upper plans' text, and one for all."""
        by_place = [{g.group: g for g in CoverageBy(c, self.group)} for c in self.coverages]
        groups = list(dict.fromkeys(name for held in by_place for name in held))
        rows = [WideRow(name, tuple(held.get(name) for held in by_place)) for name in groups]
        return [*rows, WideRow(_TOTAL, tuple(c.as_group(_TOTAL) for c in self.coverages))]

    @property
    def heading(self) -> str:
        """What the table shows."""
        uppers = "、".join(dict.fromkeys(u.name for c in self.coverages for u in c.lineage.uppers))
        return words("heading.wide", self.speaks, uppers=uppers, group=Term(f"group.{self.group}"))

    def titles_in(self, lang: Lang) -> dict[str, str]:
        """The titles of the columns: the group and the places."""
        return {"group": words(f"group.{self.group}", lang), **{name: name for name in self.names}}

    def row(self, record: WideRow, lang: Lang | None = None) -> Row:
        """A row with a cell for each place."""
        told = lang or self.speaks
        name = record.group if record.group != _TOTAL else words("tasks.total", told)
        return {"group": name, **dict(zip(self.names, (_cell(p, told) for p in record.places), strict=True))}

    @property
    def frame(self) -> pd.DataFrame:
        """The rates, ranges and numbers of tasks: groups (the last row, `total`, holds all) by place and value."""
        import pandas as pd

        cells: Mapping[tuple[str, str], list[float | None]] = {
            (name, value): [getattr(r.places[i], value) if r.places[i] else None for r in self.records]
            for i, name in enumerate(self.names)
            for value in _VALUES
        }
        index = pd.Index([r.group if r.group != _TOTAL else "total" for r in self.records], name=self.group)
        return pd.DataFrame(cells, index=index)


def _cell(group: CoveredGroup | None, lang: Lang) -> str:
    if group is None or group.rate is None or group.low is None or group.high is None:
        return ""
    values = {"rate": percentage(group.rate), "low": percentage(group.low), "high": f"{group.high:.0%}"}
    return words("wide.cell", lang, n=group.applicable, **values)
