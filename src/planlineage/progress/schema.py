"""The store's file: SQLite in WAL mode, opened so that what was acknowledged is on the disk.

`synchronous=FULL` makes every commit wait for the disk; a writer takes the lock before it reads (`BEGIN IMMEDIATE`) and
waits for others. What was written is moved from the log beside the file into the file at once (`checkpoint`), so that a copy of
the file alone holds it. A new store is made whole beside its place and then put there, so that no half-made one can be met.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from ..model.disk import new_mode, read_bytes, refusal
from ..model.wording import Reason, because
from .errors import (
    DamagedStoreError,
    FullStoreError,
    LockedStoreError,
    NewerStoreError,
    NotAStoreError,
    ReadOnlyStoreError,
    StoreError,
    StoreNotFoundError,
)
from .events import COLUMNS, LATER

VERSION = 2
"""Version of the store. It grows whenever an older planlineage could misread or spoil the file."""

APPLICATION = 0x504C5047
"""SQLite's `application_id` that marks a progress store."""

HINT = "verify store"
_MAGIC = b"SQLite format 3\0"
_TYPES = {
    "seq": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "id": "TEXT NOT NULL UNIQUE",
    "percent": "REAL",
    "duty": "INTEGER",
    "times": "INTEGER",
    "measure": "INTEGER",
    "status": "TEXT",
    "occurrence": "TEXT",
    "value": "TEXT",
}
_TABLE = ",\n  ".join(f"{name} {_TYPES.get(name, 'TEXT NOT NULL')}" for name in COLUMNS if name not in LATER)
_LATER = {name: "TEXT" if name == "closed_on" else "TEXT NOT NULL DEFAULT ''" for name in LATER}

_FIRST = f"""
CREATE TABLE events (
  {_TABLE},
  CHECK (percent IS NULL OR percent BETWEEN 0 AND 100),
  CHECK (status IS NOT 'done' OR effective_on <> '')
);
CREATE INDEX events_by_task ON events (plan, task, effective_on);
CREATE INDEX events_by_day ON events (effective_on);
CREATE TABLE plans (
  plan TEXT PRIMARY KEY, title TEXT NOT NULL, place TEXT NOT NULL, level TEXT NOT NULL, sha256 TEXT NOT NULL
);
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = 1;
"""
_UPGRADE = "".join(f"ALTER TABLE events ADD COLUMN {name} {kind};\n" for name, kind in _LATER.items()) + (
    f"PRAGMA user_version = {VERSION};\n"
)
_SHOWN_AS_NOW = "CREATE TEMP VIEW events AS SELECT *, {} FROM main.events".format(
    ", ".join(f"{'NULL' if kind == 'TEXT' else repr('')} AS {name}" for name, kind in _LATER.items())
)
"""A store of version 1 as one of version 2 shows itself, for those who only read it."""

SCHEMA = _FIRST + _UPGRADE
"""A store is always made as one of version 1 and brought up from there, so that a new one and an older one are alike."""


@contextmanager
def typed_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into errors that say what happened and what to try."""
    try:
        yield
    except sqlite3.Error as error:
        raise _typed(error, str(path)) from error


def _typed(error: sqlite3.Error, where: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedStoreError("locked", where=where, hint="try again")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return ReadOnlyStoreError("read-only", where=where, hint="file permissions")
        case sqlite3.SQLITE_FULL:
            return FullStoreError("disk full", where=where, hint="make room")
        case sqlite3.SQLITE_IOERR:
            return FullStoreError("disk refused", where=where, hint="check disk", said=refusal(error))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedStoreError("damaged store", where=where, hint=HINT, said=refusal(error))
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError("not opened", where=where, hint="path permissions")
        case _:
            return StoreError("store refused", where=where, said=refusal(error))


def create(path: Path) -> None:
    """Put a new, empty store in its place; where another process was faster, its store stays."""
    path = path.resolve()  # a link may lead to where there is none yet
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    except OSError as error:
        raise ReadOnlyStoreError("not made", where=str(path), hint="folder permissions", said=refusal(error)) from error
    os.close(handle)
    temporary = Path(name)
    try:
        with typed_errors(path):
            connection = sqlite3.connect(temporary, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                connection.executescript(f"BEGIN IMMEDIATE;{SCHEMA}COMMIT;")
            finally:
                connection.close()
        temporary.chmod(new_mode())
        _place(temporary, path)
    finally:
        for leftover in (temporary, Path(f"{name}-wal"), Path(f"{name}-shm")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _place(temporary: Path, path: Path) -> None:
    with suppress(FileExistsError):
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            with temporary.open("rb") as source, path.open("xb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())


def connect(path: Path, *, readonly: bool, timeout: float, checked: bool = True) -> sqlite3.Connection:
    """Open a store that exists, after a look at whether it is one and, where it is to be `checked`, whether it is whole."""
    _look(path)
    path = path.resolve()  # SQLite keeps its log beside the file itself, not beside a link to it
    with typed_errors(path):
        connection = sqlite3.connect(_uri(path, readonly), uri=True, isolation_level=None, timeout=timeout)
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            _check(connection, path)
            if checked:
                _check_whole(connection, path)
            if _version(connection) < VERSION:
                _bring_up(connection, readonly=readonly)
            connection.execute("PRAGMA query_only=ON" if readonly else "PRAGMA synchronous=FULL")
        except BaseException:
            connection.close()
            raise
    return connection


def _bring_up(connection: sqlite3.Connection, *, readonly: bool) -> None:
    """Bring a store of version 1 up to this one; a reader leaves the file as it is."""
    if readonly:
        connection.execute(_SHOWN_AS_NOW)
        return
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) < VERSION:  # no other process was faster
        for statement in _UPGRADE.splitlines():
            connection.execute(statement)
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what was written from the log into the file, as far as no reader still needs the file as it was."""
    with suppress(sqlite3.Error):  # all of it stays in the log, where it is as safe
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def damaged_pages(connection: sqlite3.Connection, most: int) -> list[Reason]:
    """What SQLite finds wrong with the pages of the file and its indexes, at most so many problems."""
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({most})")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [refusal(error)]
    return [] if found == ["ok"] else [because("pages", said=said) for said in found]


def altered_rules(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Tables, indexes and triggers that are not as a store has them: `missing`, `altered` or `added`, and the name."""
    held, wanted = _rules(connection), _own_rules(_version(connection))
    gone = [("missing", name) for name in wanted if name not in held]
    other = [("altered" if name in wanted else "added", name) for name in held if held[name] != wanted.get(name)]
    return gone + other


def _rules(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return {str(name): " ".join(str(sql).split()) for name, sql in rows}


@cache
def _own_rules(version: int) -> dict[str, str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA if version == VERSION else _FIRST)
        return _rules(connection)


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    pages = damaged_pages(connection, 1)
    rules = [because(f"rule {how}", name=name) for how, name in altered_rules(connection)]
    if problems := pages or rules:
        raise DamagedStoreError("damaged store", where=str(path), hint=HINT, said=problems[0])


def _uri(path: Path, readonly: bool) -> str:
    """How SQLite shall open the file. A reader who may write opens it so all the same (and is kept from writing by a pragma):
    only then does the last one to close it tidy up behind all.
    """
    uri, may_write = path.as_uri(), os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not readonly or may_write:
        return f"{uri}?mode=rw"
    alone = not Path(f"{path}-wal").exists()
    return f"{uri}?mode=ro{'&immutable=1' if alone else ''}"


def _look(path: Path) -> None:
    where, hint = str(path), "make store"
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotAStoreError("pipe", where=where, hint="store path")
    head = read_bytes(
        path, first=len(_MAGIC), error=ReadOnlyStoreError, missing=StoreNotFoundError, folder=NotAStoreError, hint=hint
    )
    if not head:
        raise DamagedStoreError("empty store", where=where, hint="restore or delete")
    if head != _MAGIC:
        raise NotAStoreError("no store", where=where, hint="store path")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise NotAStoreError("other database", where=str(path), hint="store path")
    version = _version(connection)
    if version > VERSION:
        raise NewerStoreError("newer store", where=str(path), hint="upgrade", version=version, newest=VERSION)
