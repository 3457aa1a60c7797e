"""The store's file: SQLite in WAL mode, opened so that what was acknowledged is on the disk.

`synchronous=FULL` makes every commit wait for the disk; a writer takes the lock before it reads (`BEGIN IMMEDIATE`) and
waits for others. A new store is made whole beside its place and then put there, so that no half-made one can be met.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model.disk import new_mode, read_bytes
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
from .events import COLUMNS

VERSION = 1
"""Version of the store. It grows whenever an older planlineage could misread or spoil the file."""

APPLICATION = 0x504C5047
"""SQLite's `application_id` that marks a progress store."""

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
_TABLE = ",\n  ".join(f"{name} {_TYPES.get(name, 'TEXT NOT NULL')}" for name in COLUMNS)

SCHEMA = f"""
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
PRAGMA user_version = {VERSION};
"""


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
            return LockedStoreError(
                "another process holds the store",
                where=where,
                hint="try again, or close the program that has it open",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return ReadOnlyStoreError("can't be written", where=where, hint="check the permissions of file and folder")
        case sqlite3.SQLITE_FULL:
            return FullStoreError("the disk is full; nothing was written", where=where, hint="make room and try again")
        case sqlite3.SQLITE_IOERR:
            return FullStoreError(
                f"the disk refused the writing ({error}); nothing was written",
                where=where,
                hint="check room and disk",
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedStoreError(
                f"the file is damaged: {error}",
                where=where,
                hint="run `planlineage progress verify`; restore a copy",
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError("can't be opened", where=where, hint="check the path and its permissions")
        case _:
            return StoreError(f"the store refused: {error}", where=where)


def create(path: Path) -> None:
    """Put a new, empty store in its place; where another process was faster, its store stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    except OSError as error:
        raise ReadOnlyStoreError(
            f"can't be made: {error.strerror or error}",
            where=str(path),
            hint="check the folder and its permissions",
        ) from error
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


def connect(path: Path, *, readonly: bool, timeout: float) -> sqlite3.Connection:
    """Open a store that exists, after a look at whether it is one."""
    _look(path)
    with typed_errors(path):
        connection = sqlite3.connect(_uri(path, readonly), uri=True, isolation_level=None, timeout=timeout)
        try:
            _check(connection, path)
            if readonly:
                connection.execute("PRAGMA query_only=ON")
            else:
                connection.execute("PRAGMA synchronous=FULL")
        except BaseException:
            connection.close()
            raise
    return connection


def _uri(path: Path, readonly: bool) -> str:
    """How SQLite shall open the file. A reader who may write opens it so all the same (and is kept from writing by a pragma):
    only then does the last one to close it tidy up behind all.
    """
    uri, may_write = path.resolve().as_uri(), os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not readonly or may_write:
        return f"{uri}?mode=rw"
    alone = not Path(f"{path}-wal").exists()
    return f"{uri}?mode=ro{'&immutable=1' if alone else ''}"


def _look(path: Path) -> None:
    where, hint = str(path), "`planlineage progress import` or `add` makes one"
    head = read_bytes(
        path, first=len(_MAGIC), error=ReadOnlyStoreError, missing=StoreNotFoundError, folder=NotAStoreError, hint=hint
    )
    if not head:
        raise DamagedStoreError("is empty: cut off, or never a store", where=where, hint="restore a copy, or delete it")
    if head != _MAGIC:
        raise NotAStoreError(
            "is not a progress store, or its beginning is damaged",
            where=where,
            hint="give the path of a store",
        )


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise NotAStoreError(
            "is an SQLite file, but not a progress store", where=str(path), hint="give the path of a store"
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise NewerStoreError(
            f"has store version {version}; this planlineage knows up to {VERSION}",
            where=str(path),
            hint="upgrade planlineage",
        )
