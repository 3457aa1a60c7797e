"""The ledger as a table: every event as it was taken in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from ..model.report import Report, Row
from .events import COLUMNS, Event, stored


class LedgerLog(Report):
    """The events of a ledger, one row each, in the order in which they were taken in."""

    columns: ClassVar[tuple[str, ...]] = COLUMNS

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = tuple(events)

    def rows(self) -> list[Row]:
        """One row an event, with all its fields."""
        return [{name: stored(getattr(event, name)) for name in COLUMNS} for event in self.events]
