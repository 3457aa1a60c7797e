"""Tables of indicators, told by the words and years of their header: what is measured, what it is and what it is to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..lexicon import lexicon
from .task_columns import task_column
from .wording import key

Part = Literal["name", "unit", "base", "value", "nature"]
_YEAR = re.compile(r"(?:到|至)?(?P<year>(?:19|20)\d{2})年?(?P<rest>\D{0,8})")


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures: of which year, and whether the header says that they are to be (`planned`) or are (`reported`)."""

    column: int
    year: int | None
    said: Literal["planned", "reported", ""]


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """Where the parts of an indicator stand."""

    name: int
    unit: int | None
    nature: int | None
    figures: tuple[Figures, ...]

    def split(self, written: int | None) -> tuple[Figures | None, tuple[Figures, ...]]:
        """The column of what is, and those of what is to be, for a document of the year `written` (None where not known).

        What no header tells is told by the years: those before the document's own are past. Where nothing tells, or the table
        says of each indicator whether it binds, the last year is the one to reach.
        """
        ahead = [f for f in self.figures if f.said == "planned"]
        if not ahead:
            plain = sorted((f for f in self.figures if not f.said), key=lambda f: f.year or 0)
            ahead = [f for f in plain if written is not None and (f.year or 0) >= written]
            if not ahead and (written is None or self.nature is not None):
                ahead = plain[-1:]
        first = min((f.year for f in ahead if f.year), default=None)
        rest = [f for f in self.figures if f not in ahead and (first is None or f.year is None or f.year < first)]
        return max(rest, key=lambda f: (f.said == "reported", f.year or 0), default=None), tuple(ahead)


@cache
def indicator_part(label: str) -> Part | None:
    """What a header word of a table of indicators means; None where it is not known, or a year.

    >>> indicator_part("指标名称"), indicator_part("计量单位"), indicator_part("2025年")
    ('name', 'unit', None)
    """
    name = key(label)
    columns = lexicon("tables/indicator_columns")["columns"]
    return next((column["role"] for column in columns if name in column["words"]), None)


def indicator_columns(header: Iterable[tuple[int, str]]) -> IndicatorColumns | None:
    """The columns of a table of indicators by the words of its header; None for a table of any other kind.

    >>> found = indicator_columns(enumerate(["指标", "单位", "2025年", "2030年", "属性"]))
    >>> base, ahead = found.split(2026)
    >>> found.name, base.year, [figures.year for figures in ahead]
    (0, 2025, [2030])
    >>> indicator_columns(enumerate(["序号", "名称", "地址"])) is None
    True
    """
    labels = dict(header)
    place: dict[Part, int] = {}
    figures: list[Figures] = []
    for column, label in labels.items():
        part = indicator_part(label)
        if part == "base":
            figures.append(Figures(column, None, "reported"))
        elif part == "value":
            figures.append(Figures(column, None, "planned"))
        elif part is not None:
            place.setdefault(part, column)
        elif (year := year_of_column(label)) is not None:
            figures.append(Figures(column, *year))
    taken = {*place.values(), *(f.column for f in figures)}
    other = (c for c in sorted(labels) if c not in taken and task_column(labels[c]) not in ("number", "group"))
    named = place["name"] if "name" in place else next(other, None)
    told = "name" in place and (figures or "nature" in place)
    if named is None or not (told or sum(f.year is not None for f in figures) > 1):
        return None
    return IndicatorColumns(named, place.get("unit"), place.get("nature"), tuple(figures))


def nature_of(words: str) -> Literal["binding", "expected"] | None:
    """What a cell says of whether an indicator binds.

    >>> nature_of("约束性"), nature_of("预期性"), nature_of("定量")
    ('binding', 'expected', None)
    """
    told = lexicon("tables/indicator_columns")
    natures: tuple[Literal["binding", "expected"], ...] = ("binding", "expected")
    return next((nature for nature in natures if any(word in words for word in told[nature]["words"])), None)


@cache
def year_of_column(label: str) -> tuple[int, Literal["planned", "reported", ""]] | None:
    """The year of a column, and whether its figure is planned, reported or only of the year; None for any other column.

    >>> year_of_column("2030年目标"), year_of_column("2025年（基期）"), year_of_column("2030年为2025年的百分比")
    ((2030, 'planned'), (2025, 'reported'), None)
    """
    found = _YEAR.fullmatch(key(label))
    told = lexicon("tables/indicator_columns")
    if found is None or any(word in found["rest"] for word in told["compared"]["words"]):
        return None
    for said in ("planned", "reported"):
        if any(word in found["rest"] for word in told[said]["words"]):
            return int(found["year"]), said
    return int(found["year"]), ""
