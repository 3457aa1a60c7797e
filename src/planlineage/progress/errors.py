"""Every error of the progress store and its files.

    PlanLineageError
    └── ProgressError
        ├── StoreError               the store can't be used
        │   ├── StoreNotFoundError   there is no such file
        │   ├── NotAStoreError       the file is something else
        │   ├── DamagedStoreError    the file is damaged
        │   ├── NewerStoreError      it was written by a newer version of planlineage
        │   ├── LockedStoreError     another process holds it for too long
        │   ├── ReadOnlyStoreError   it may be read but not written
        │   └── FullStoreError       no room is left on the disk
        ├── BadEntryError            an entry can't be true, or can't be understood
        │   ├── DateBeforePlanError  it is dated before its plan
        │   ├── FutureDateError      it is dated after the day on which it was reported
        │   ├── PercentRangeError    a percentage below 0 or above 100
        │   ├── UndatedDoneError     done, but no day is given
        │   ├── OccurrenceError      the task does not fall due on that day
        │   ├── MeasureError         a measured value for a number that the task doesn't set
        │   └── UnknownEventError    it corrects an event that the store doesn't hold
        └── LedgerFileError          a ledger file can't be read at all

An id that no task answers to is an `UnknownTaskError`, as everywhere in planlineage. Each error of an entry names the
`field` that is wrong, so that an import can point at the cell.
"""

from __future__ import annotations

from typing import Any

from ..model.errors import PlanLineageError
from ..model.wording import Reason


class ProgressError(PlanLineageError):
    """Something is wrong with the progress store, an entry, or a ledger file."""


class StoreError(ProgressError):
    """The store can't be used."""


class StoreNotFoundError(StoreError):
    """There is no such file."""


class NotAStoreError(StoreError):
    """The file is not a progress store."""


class DamagedStoreError(StoreError):
    """The file is damaged; nothing was written to it."""


class NewerStoreError(StoreError):
    """The store was written by a newer version of planlineage."""


class LockedStoreError(StoreError):
    """Another process holds the store for longer than we wait; nothing was written."""


class ReadOnlyStoreError(StoreError):
    """The store may be read but not written; nothing was written."""


class FullStoreError(StoreError):
    """No room is left on the disk; nothing was written, and all that was acknowledged before stays."""


class BadEntryError(ProgressError):
    """An entry can't be true, or can't be understood. `field` names the part of it that is wrong."""

    def __init__(self, key: str, *, field: str = "", where: str | Reason = "", hint: str = "", **values: Any) -> None:
        self.field = field
        super().__init__(key, where=where, hint=hint, **values)


class DateBeforePlanError(BadEntryError):
    """An entry is dated before the plan."""


class FutureDateError(BadEntryError):
    """An entry is dated after the day on which it was reported."""


class PercentRangeError(BadEntryError):
    """A percentage below 0 or above 100."""


class UndatedDoneError(BadEntryError):
    """A task is reported done, but no day is given."""


class OccurrenceError(BadEntryError):
    """The task does not fall due on that day, or has no such duty."""


class MeasureError(BadEntryError):
    """A measured value for a number that the task doesn't set, or in another unit."""


class UnknownEventError(BadEntryError):
    """An entry corrects an event that the store doesn't hold."""


class LedgerFileError(ProgressError):
    """A ledger file can't be read at all."""
