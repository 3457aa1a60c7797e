"""Whether a store is whole: the file's structure, the run of its numbers, and the seal of each event."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import ClassVar

from ..model.report import Report, Row
from . import schema
from .errors import StoreError
from .events import COLUMNS, seal_row

_MOST = 20


class Verification(Report):
    """What was found: `problems` is empty where the store is whole. `head` is the digest of its last event."""

    columns: ClassVar[tuple[str, ...]] = ("check", "problem")

    def __init__(self, path: Path, events: int, head: str, problems: list[tuple[str, str]]) -> None:
        self.path, self.events, self.head = path, events, head
        self.problems = problems

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def heading(self) -> str:
        """The result in one line."""
        found = "whole" if self.sound else f"damaged: {len(self.problems)} problems"
        return f"{self.path}: {found}, {self.events} events, head {self.head[:16] or 'none'}"

    def rows(self) -> list[Row]:
        """One row a problem."""
        return [{"check": check, "problem": problem} for check, problem in self.problems]


def verify(path: str | Path, *, head: str = "") -> Verification:
    """Check a store without writing to it. `head` is a digest noted earlier (or its beginning) that must be in it.

    A file that is missing, or was never a store, raises; one that is damaged gives a `Verification` with its problems.
    """
    path = Path(path)
    try:
        connection = schema.connect(path, readonly=True, timeout=10)
    except StoreError as error:
        if type(error).__name__ in ("DamagedStoreError", "NotAStoreError") and path.is_file():
            return Verification(path, 0, "", [("file", error.what)])
        raise
    try:
        problems = [("structure", text) for text in _structure(connection)]
        events, last, chain = _chain(connection, head)
        return Verification(path, events, last, problems + chain)
    finally:
        connection.close()


def _structure(connection: sqlite3.Connection) -> list[str]:
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def _chain(connection: sqlite3.Connection, wanted: str) -> tuple[int, str, list[tuple[str, str]]]:
    problems: list[tuple[str, str]] = []
    before, expected, seen = "", 1, not wanted
    try:
        for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY seq"):
            seq, digest = row[COLUMNS.index("seq")], row[COLUMNS.index("digest")]
            if seq != expected:
                problems.append(("numbers", f"event {expected} is missing; {seq} follows"))
            elif seal_row(row, before) != digest:
                problems.append(
                    ("seal", f"event {seq} ({row[COLUMNS.index('task')]}) was altered, or one before it")
                )
            before, expected = str(digest), int(seq) + 1
            seen = seen or str(digest).startswith(wanted)
            if len(problems) >= _MOST:
                break
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        problems.append(("events", f"can't be read after event {expected - 1}: {error}"))
    if not seen:
        problems.append(
            ("head", f"no event has the digest {wanted[:16]}…: events that stood then are gone or altered")
        )
    return expected - 1, before, problems
