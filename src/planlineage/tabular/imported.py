"""What became of a file that people filled in: what was taken in, and each cell that could not be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..model.report import Report, Row
from ..model.wording import Lang, Reason, title, told, words
from .cells import text_of
from .sheets import Cell

BadRows = Literal["refuse", "skip"]
"""What a bad row does: it refuses the whole file, or is skipped."""

NOT_COMPUTED = told("said", "not computed")


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that can't be taken: its row and address, the column, what stands there and what is wrong with it."""

    row: int
    cell: str
    column: str
    value: str
    problem: Reason

    @classmethod
    def at(cls, row: int, cells: Mapping[str, Cell], column: str, problem: Reason, *, key: str) -> Problem:
        """The problem of a cell; where the row has none in that column, the address is that of the column `key`."""
        held = cells.get(column)
        cell = held or cells.get(key)
        return cls(row, cell.address if cell else str(row), column, text_of(held), problem)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that don't say it themselves.

    Attributes:
        effective_on: the day as of which the file speaks.
        reported_on: the day of the report or decision.
        reporter: who reports or decides.
        place: the place, for plans that are not a place's own.
    """

    effective_on: datetime.date | None = None
    reported_on: datetime.date | None = None
    reporter: str = ""
    place: str = ""


class ImportReport(Report[Problem]):
    """What became of a file: `added` entries that are new, `known` ones that were held already, `blank` rows, `problems`.

    `refused` says that nothing was taken because of the problems. The table lists them, one row per cell.
    """

    def __init__(self, path: Path, kind: str, lang: Lang = "zh") -> None:
        self.path, self.sheet_kind, self.lang = path, kind, lang
        self.problems: list[Problem] = []
        self.blank = self.added = self.known = 0
        self.refused = False

    @property
    def records(self) -> Sequence[Problem]:
        """The problems, in the order of the file."""
        return self.problems

    def row(self, record: Problem, lang: Lang | None = None) -> Row:
        """A problem with the title of its column."""
        named = title(record.column, lang or self.lang, self.sheet_kind) if record.column else ""
        return {**super().row(record, lang), "column": named}

    @property
    def bad(self) -> int:
        """How many rows could not be taken."""
        return len({p.row for p in self.problems})

    @property
    def heading(self) -> str:
        """The result in one line."""
        return words(
            "imported.refused" if self.refused else "imported.heading",
            self.lang,
            name=self.path.name,
            added=self.added,
            known=self.known,
            bad=self.bad,
            blank=self.blank,
        )
