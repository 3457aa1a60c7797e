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

HINT = "run `planlineage progress verify`; restore a copy"
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
                hint=HINT,
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError("can't be opened", where=where, hint="check the path and its permissions")
        case _:
            return StoreError(f"the store refused: {error}", where=where)


def create(path: Path) -> None:
    """Put a new, empty store in its place; where another process was faster, its store stays."""
    path = path.resolve()  # a link may lead to where there is none yet
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
            connection.execute("PRAGMA query_only=ON" if readonly else "PRAGMA synchronous=FULL")
        except BaseException:
            connection.close()
            raise
    return connection


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move what was written from the log into the file, as far as no reader still needs the file as it was."""
    with suppress(sqlite3.Error):  # all of it stays in the log, where it is as safe
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def damaged_pages(connection: sqlite3.Connection, most: int) -> list[str]:
    """What SQLite finds wrong with the pages of the file and its indexes, at most so many problems."""
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({most})")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def altered_rules(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Tables, indexes and triggers that are not as a store has them: `missing`, `altered` or `added`, and the name."""
    held, wanted = _rules(connection), _own_rules()
    gone = [("missing", name) for name in wanted if name not in held]
    other = [("altered" if name in wanted else "added", name) for name in held if held[name] != wanted.get(name)]
    return gone + other


def _rules(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return {str(name): " ".join(str(sql).split()) for name, sql in rows}


@cache
def _own_rules() -> dict[str, str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return _rules(connection)


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    problems = damaged_pages(connection, 1) or [f"{name} is {how}" for how, name in altered_rules(connection)]
    if problems:
        raise DamagedStoreError(f"the file is damaged: {problems[0]}", where=str(path), hint=HINT)


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
    where, hint = str(path), "`planlineage progress import` or `add` makes one"
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotAStoreError("is a pipe or a device", where=where, hint="give the path of a store")
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
