"""Whether a store is whole: the file's structure, its rules, the run of its numbers, and the seal of each event."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..model.disk import refusal
from ..model.report import Report, column
from ..model.wording import Reason, because, told
from . import schema
from .errors import StoreError
from .events import COLUMNS, seal_row

_MOST = 20


Check = Literal["file", "structure", "rules", "numbers", "seal", "events", "head"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something that is wrong with a store, and the check that found it."""

    check: Check = column(words="check")
    problem: Reason


class Verification(Report[Damage]):
    """What was found: `problems` is empty where the store is whole. `head` is the digest of its last event."""

    def __init__(self, path: Path, events: int, head: str, problems: Sequence[Damage]) -> None:
        self.path, self.events, self.head = path, events, head
        self.problems = problems

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def heading(self) -> str:
        """The result in one line."""
        key = "whole" if self.sound else "damaged"
        values = {
            "path": self.path,
            "problems": len(self.problems),
            "events": self.events,
            "head": self.head[:16] or "–",
        }
        return str(told("heading", key, **values))

    @property
    def records(self) -> Sequence[Damage]:
        """The problems."""
        return self.problems


def verify(path: str | Path, *, head: str = "") -> Verification:
    """Check a store without writing to it. `head` is a digest noted earlier (or its beginning) that must be in it.

    A file that is missing, or was never a store, raises; one that is damaged gives a `Verification` with its problems.
    """
    path = Path(path)
    try:
        connection = schema.connect(path, readonly=True, timeout=10, checked=False)
    except StoreError as error:
        if type(error).__name__ in ("DamagedStoreError", "NotAStoreError") and path.is_file():
            return Verification(path, 0, "", [Damage(check="file", problem=error.reason)])
        raise
    try:
        problems = [Damage(check="structure", problem=page) for page in schema.damaged_pages(connection, _MOST)]
        problems += _rules(connection)
        events, last, chain = _chain(connection, head)
        return Verification(path, events, last, problems + chain)
    finally:
        connection.close()


def _rules(connection: sqlite3.Connection) -> list[Damage]:
    try:
        found = schema.altered_rules(connection)
    except sqlite3.DatabaseError:
        return []  # the structure says why
    return [Damage(check="rules", problem=because(f"rule {how}", name=name)) for how, name in found]


def _chain(connection: sqlite3.Connection, wanted: str) -> tuple[int, str, list[Damage]]:
    problems: list[Damage] = []
    before, expected, seen = "", 1, not wanted
    try:
        for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY seq"):
            seq, digest = row[COLUMNS.index("seq")], row[COLUMNS.index("digest")]
            if seq != expected:
                problems.append(Damage(check="numbers", problem=because("event missing", event=expected, next=seq)))
            elif seal_row(row, before) != digest:
                task = row[COLUMNS.index("task")]
                problems.append(Damage(check="seal", problem=because("event altered", event=seq, task=task)))
            before, expected = str(digest), int(seq) + 1
            seen = seen or str(digest).startswith(wanted)
            if len(problems) >= _MOST:
                break
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        problems.append(
            Damage(check="events", problem=because("unreadable after", event=expected - 1, said=refusal(error)))
        )
    if not seen:
        problems.append(Damage(check="head", problem=because("digest gone", digest=f"{wanted[:16]}…")))
    return expected - 1, before, problems
