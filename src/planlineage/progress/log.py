"""The ledger as a table: every event as it was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.report import Report
from .events import Event


class LedgerLog(Report[Event]):
    """The events of a ledger, one record each, in the order in which they were taken in."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = tuple(events)

    @property
    def records(self) -> Sequence[Event]:
        """The events."""
        return self.events
