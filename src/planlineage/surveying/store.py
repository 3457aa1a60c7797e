"""What is done is kept: the results of single jobs in a database beside the tables, each under the key of what it was made from.

A result is there whole or not at all, whenever the process ends. One run at a time may use it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from ..model.disk import refusal
from ..model.errors import SurveyError
from ..model.plan import Plan
from ..model.wording import packed, unpacked
from .facts import Facts
from .stages import Done, Problem

FOLDER = ".work"
"""The folder beside the tables that holds what is done; it may be deleted, and is then made again from the files."""

_VERSION = 1
_TABLES = """
CREATE TABLE done (
  key TEXT PRIMARY KEY, stage TEXT NOT NULL, facts TEXT, source TEXT, plan TEXT, what TEXT, hint TEXT
) WITHOUT ROWID;
CREATE TABLE part (key TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (key, name));
"""


class Store:
    """The results of jobs by key; a context manager. Raises `SurveyError` where another run holds it, or it can't be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER / "done.db"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._opened()
        except sqlite3.OperationalError as error:
            raise SurveyError("survey at work", where=str(folder), hint="wait or other folder") from error
        except (OSError, sqlite3.DatabaseError) as error:
            raise SurveyError(
                "survey store unusable", where=str(self.path), hint="delete store", said=refusal(error)
            ) from error

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=0.2, isolation_level=None)
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("BEGIN EXCLUSIVE")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            for name in ("done", "part"):
                db.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in filter(str.strip, _TABLES.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={_VERSION}")
        db.execute("COMMIT")
        return db

    def keep(self, done: Iterable[Done]) -> None:
        """Keep the results of a batch, all or none of them."""
        self._db.execute("BEGIN")
        for one in done:
            p = one.problem
            self._db.execute(
                "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    one.key,
                    one.stage,
                    one.facts.to_json() if one.facts else None,
                    *((p.source, p.plan, json.dumps(packed(p.what)), json.dumps(packed(p.hint))) if p else (None,) * 4),
                ),
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO part VALUES (?, ?, ?)", [(one.key, n, d) for n, d in one.parts.items()]
            )
        self._db.execute("COMMIT")

    def keys(self) -> set[str]:
        """The keys of everything that is done; what failed is tried again, for the reason may be gone."""
        return {key for (key,) in self._db.execute("SELECT key FROM done WHERE what IS NULL")}

    def facts(self, keys: Collection[str]) -> dict[str, Facts]:
        """The facts of plans that were read, by key."""
        return {
            key: Facts.from_json(text)
            for key, text in self._db.execute("SELECT key, facts FROM done WHERE facts IS NOT NULL")
            if key in keys
        }

    def problems(self, keys: Collection[str]) -> dict[str, Problem]:
        """The problems noted under keys."""
        return {
            key: Problem(source, plan, stage, unpacked(json.loads(what)), unpacked(json.loads(hint)))
            for key, stage, source, plan, what, hint in self._db.execute(
                "SELECT key, stage, source, plan, what, hint FROM done WHERE what IS NOT NULL"
            )
            if key in keys
        }

    def part(self, key: str, name: str) -> bytes | None:
        """One part of a result; None where it has none of this name."""
        row = self._db.execute("SELECT data FROM part WHERE key = ? AND name = ?", (key, name)).fetchone()
        return row[0] if row else None

    def parts(self, keys: Iterable[str], name: str) -> Iterator[bytes]:
        """The parts of one name of several results, in the order of the keys."""
        return (data for key in keys if (data := self.part(key, name)) is not None)

    def forget_all_but(self, keys: Collection[str]) -> None:
        """Drop results that no longer belong to any file."""
        kept = set(keys)
        gone = [(key,) for (key,) in self._db.execute("SELECT key FROM done") if key not in kept]
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM done WHERE key = ?", gone)
        self._db.executemany("DELETE FROM part WHERE key = ?", gone)
        self._db.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()


def held_plan(folder: Path, plan: str) -> Plan:
    """A plan as a finished survey read it. Raises `SurveyError` where what it read is no longer there."""
    try:
        db = sqlite3.connect(f"{(folder / FOLDER / 'done.db').resolve().as_uri()}?mode=ro", uri=True, timeout=0.2)
        with closing(db):
            row = db.execute(
                "SELECT data FROM part JOIN done USING (key) WHERE name = 'plan' AND json_extract(facts, '$.id') = ?",
                (plan,),
            ).fetchone()
    except sqlite3.Error as error:
        raise SurveyError("survey reading gone", where=str(folder / FOLDER), hint="survey again", said=error) from error
    if row is None:
        raise SurveyError("survey reading gone", where=str(folder / FOLDER), hint="survey again", said=plan)
    return Plan.model_validate_json(zlib.decompress(row[0]))
