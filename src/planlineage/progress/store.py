"""The progress store: one file to which several processes may append events at once.

What `add` returns is on the disk. Nothing is ever changed: a correction is a new event. Each event is sealed with a digest
that covers all events before it, so that a damaged or altered file is found out.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Unpack

from ..model.plan import Plan
from . import schema
from .entries import Entry, Fields, checked
from .errors import DamagedStoreError, ReadOnlyStoreError, UnknownEventError
from .events import COLUMNS, Event, from_row, seal_row, sealed, stored

_INSERT = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_SELECT = (
    f"SELECT {', '.join(COLUMNS)}, (SELECT digest FROM events AS before WHERE before.seq = events.seq - 1) FROM events"
)
_SEQ, _DIGEST = COLUMNS.index("seq"), COLUMNS.index("digest")
_HEAD = "SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1"
TIMEOUT = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch: the events as the store holds them, and how many of them it held already."""

    events: tuple[Event, ...]
    known: int

    @property
    def new(self) -> int:
        """How many events were added."""
        return len(self.events) - self.known


class Progress:
    """A progress store. The file is made where there is none, unless `create` is off or it is opened `readonly`.

    `timeout` is how many seconds to wait for other writers. Use it as a context manager, or `close` it.

    Raises:
        StoreNotFoundError, NotAStoreError, DamagedStoreError, NewerStoreError: the file can't be used.
        ReadOnlyStoreError, FullStoreError: it can't be made.

    >>> import tempfile
    >>> from planlineage.model.files import shipped_plan
    >>> plan = shipped_plan("shanting_2021")
    >>> with tempfile.TemporaryDirectory() as folder, Progress(f"{folder}/ledger.db") as ledger:
    ...     event = ledger.add(plan, "9.29-2rwar", status="done", effective_on="2023-11-30", reporter="区司法局")
    ...     [(e.task, e.status.value, str(e.effective_on)) for e in ledger.events()]
    [('9.29-2rwar', 'done', '2023-11-30')]
    """

    def __init__(
        self, path: str | Path, *, create: bool = True, readonly: bool = False, timeout: float = TIMEOUT
    ) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self.timeout = timeout
        if create and not readonly and not self.path.exists():
            schema.create(self.path)
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._open()

    # -- opening and closing -----------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        """The connection of this process; one made before a fork belongs to the parent."""
        if self._connection is None or self._process != os.getpid():
            self._connection = schema.connect(self.path, readonly=self.readonly, timeout=self.timeout)
            self._process = os.getpid()
        return self._connection

    def close(self) -> None:
        """Close the file. The last process to close it leaves a single file behind."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_connection", None) is not None:
            self.close()

    def __repr__(self) -> str:
        return f"Progress({str(self.path)!r}, {len(self)} events)"

    # -- writing -----------------------------------------------------------------------------------------------------

    def add(self, plan: Plan, task: str, **fields: Unpack[Fields]) -> Event:
        """Take in one report and return it as the store holds it. When this returns, it is on the disk.

        The same report entered twice is one event. `task` is an id, or words that only one task of the plan has. For the
        fields see `Fields` and `Event`.

        Raises `UnknownTaskError`, an error under `BadEntryError`, or one under `StoreError`.
        """
        return self.add_entries([Entry(plan, task, fields)]).events[0]

    def add_entries(self, entries: Sequence[Entry], *, effective_on: datetime.date | None = None) -> Added:
        """Take in all entries or, where one is bad, none. `effective_on` holds for entries that give no day."""
        today = datetime.date.today()
        events = [checked(entry, today=today, effective_on=effective_on) for entry in entries]
        return self.append(events, [entry.plan for entry in entries])

    def append(self, events: Sequence[Event], plans: Sequence[Plan] = ()) -> Added:
        """Append events that were checked before, all or none. `plans` are noted, so that the ledger can name them."""
        if self.readonly:
            raise ReadOnlyStoreError("opened for reading", where=str(self.path), hint="open for writing")
        with schema.typed_errors(self.path):
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                added = self._append(connection, events)
                _note_plans(connection, plans)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            schema.checkpoint(connection)
        return added

    def _append(self, connection: sqlite3.Connection, events: Sequence[Event]) -> Added:
        seq, digest = connection.execute(_HEAD).fetchone() or (0, "")
        moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
        result: list[Event] = []
        known = 0
        for event in events:
            held = connection.execute(f"{_SELECT} WHERE id = ?", (event.id,)).fetchone()
            if held is not None:
                result.append(self._unsealed(held))
                known += 1
                continue
            self._check_correction(connection, event)
            seq += 1
            numbered = replace(event, seq=seq, recorded_at=moment)
            digest = sealed(numbered, digest)
            final = replace(numbered, digest=digest)
            connection.execute(_INSERT, [stored(getattr(final, name)) for name in COLUMNS])
            result.append(final)
        return Added(tuple(result), known)

    def _check_correction(self, connection: sqlite3.Connection, event: Event) -> None:
        if not event.corrects:
            return
        row = connection.execute("SELECT plan, task FROM events WHERE id = ?", (event.corrects,)).fetchone()
        if row is None:
            raise UnknownEventError(
                "no event to correct", field="corrects", where=str(self.path), hint="event ids", corrects=event.corrects
            )
        if row != (event.plan, event.task):
            raise UnknownEventError(
                "event of another task",
                field="corrects",
                where=str(self.path),
                hint="same task",
                corrects=event.corrects,
                row=row[0],
                row2=row[1],
                plan=event.plan,
                task=event.task,
            )

    # -- reading -----------------------------------------------------------------------------------------------------

    def events(
        self,
        plan: str | None = None,
        task: str | None = None,
        *,
        effective_until: datetime.date | None = None,
        reported_until: datetime.date | None = None,
        recorded_until: datetime.datetime | None = None,
    ) -> Iterator[Event]:
        """The events in the order in which they were taken in; of one plan or task, and up to some day, where asked for."""
        return self._events(plan, task, effective_until, reported_until, recorded_until)

    def _events(
        self,
        plan: str | None = None,
        task: str | None = None,
        effective_until: datetime.date | None = None,
        reported_until: datetime.date | None = None,
        recorded_until: datetime.datetime | None = None,
        *,
        also: str = "1",
    ) -> Iterator[Event]:
        moment = recorded_until.astimezone(datetime.UTC).isoformat(timespec="microseconds") if recorded_until else None
        wanted = (
            ("plan = ?", plan),
            ("task = ?", task),
            ("effective_on <= ?", stored(effective_until)),
            ("reported_on <= ?", stored(reported_until)),
            ("recorded_at <= ?", moment),
        )
        given = [(test, value) for test, value in wanted if value is not None]
        where = " AND ".join([also, *(test for test, _ in given)])
        with schema.typed_errors(self.path):
            for row in self._open().execute(f"{_SELECT} WHERE {where} ORDER BY seq", [value for _, value in given]):
                yield self._unsealed(row)

    def _unsealed(self, row: Sequence[Any]) -> Event:
        """The event of a row that ends with the digest before it. Raises `DamagedStoreError` where its seal is broken."""
        *values, before = row
        try:
            if seal_row(tuple(values), before or "") == values[_DIGEST]:
                return from_row(tuple(values))
        except (ValueError, TypeError, ArithmeticError):
            pass  # not even the kind of value that it was
        raise DamagedStoreError("broken seal", where=str(self.path), hint=schema.HINT, event=values[_SEQ])

    def replaced(
        self, reported_until: datetime.date | None = None, recorded_until: datetime.datetime | None = None
    ) -> set[str]:
        """The ids of the events that corrections known by then replace, on whatever day these take effect."""
        found = self._events(None, None, None, reported_until, recorded_until, also="corrects <> ''")
        return {event.corrects for event in found}

    def event(self, event_id: str) -> Event:
        """The event of an id, or of the beginning of one that only one event has. Raises `UnknownEventError`."""
        with schema.typed_errors(self.path):
            rows = (
                self._open()
                .execute(f"{_SELECT} WHERE substr(id, 1, ?) = ? LIMIT 2", (len(event_id), event_id))
                .fetchall()
            )
        if len(rows) != 1 or not event_id:
            raise UnknownEventError(
                "several events" if rows else "no event",
                field="id",
                where=str(self.path),
                hint="event ids",
                event_id=event_id,
            )
        return self._unsealed(rows[0])

    def __len__(self) -> int:
        with schema.typed_errors(self.path):
            return int(self._open().execute("SELECT count(*) FROM events").fetchone()[0])

    def renamed(self, plans: Sequence[Plan]) -> dict[str, str]:
        """The ids under which plans were reported on that go by another id now, with the one that they have now.

        A plan is the same where its text is, to the byte, or else its title and place; where two plans answer, none does.
        """
        with schema.typed_errors(self.path):
            noted = self._open().execute("SELECT plan, title, place, sha256 FROM plans").fetchall()
        own = {plan.id for plan in plans}
        by_text: dict[str, list[str]] = {}
        by_title: dict[tuple[str, str], list[str]] = {}
        for plan in plans:
            by_text.setdefault(plan.source.sha256, []).append(plan.id)
            if plan.title:
                by_title.setdefault((plan.title, plan.place), []).append(plan.id)
        found: dict[str, str] = {}
        for name, title, place, digest in noted:
            same = by_text.get(digest) or by_title.get((title, place), [])
            if name not in own and len(same) == 1:
                found[name] = same[0]
        return found

    @property
    def head(self) -> str:
        """The digest of the last event, which covers all events; empty in an empty store.

        Kept elsewhere (in a report, in minutes), it lets `verify` show that nothing that stood then was lost or altered.
        """
        with schema.typed_errors(self.path):
            row = self._open().execute(_HEAD).fetchone()
        return str(row[1]) if row else ""


def _note_plans(connection: sqlite3.Connection, plans: Sequence[Plan]) -> None:
    noted = {p.id: p for p in plans}
    connection.executemany(
        "INSERT INTO plans VALUES (?, ?, ?, ?, ?) ON CONFLICT (plan) DO UPDATE SET "
        "title = excluded.title, place = excluded.place, level = excluded.level, sha256 = excluded.sha256",
        [(p.id, p.title, p.place, p.level.value if p.level else "", p.source.sha256) for p in noted.values()],
    )
