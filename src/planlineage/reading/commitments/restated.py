"""Rows of a task table that say again what a passage of the body says: the passage is the task, its row the evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ...model.parts import Statement

METHOD = "table: restates the body"
"""How the kind of such a row was found."""

_FEWEST = 6
_COVERED = 0.8
_UNKEYED = re.compile(r"[\W_]+")


def restated(statements: Sequence[Statement], rows: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each task that stands in a row (by id), the tasks of the body whose words make up nearly all of it, or it of theirs.

    `rows` are the clauses that are rows.
    """
    body = [
        (s.id, key) for s in statements if s.is_task and s.clause not in rows and len(key := _key(s.text)) >= _FEWEST
    ]
    found: dict[str, tuple[str, ...]] = {}
    for row in statements:
        own = _key(row.text)
        if row.clause not in rows or not (row.is_task or row.provenance.method == METHOD) or len(own) < _FEWEST:
            continue
        same = {
            key: name for name, key in reversed(body) if key in own or (own in key and len(own) >= _COVERED * len(key))
        }
        if sum(map(len, same)) >= _COVERED * len(own):
            found[row.id] = tuple(same.values())
    return found


def without_restated(statements: Sequence[Statement], rows: Collection[str]) -> list[Statement]:
    """The statements with such rows as procedure, so that each task counts once."""
    again = restated(statements, rows) if rows else {}
    return [
        s.model_copy(update={"kind": "procedure", "provenance": s.provenance.model_copy(update={"method": METHOD})})
        if s.id in again
        else s
        for s in statements
    ]


def _key(text: str) -> str:
    return _UNKEYED.sub("", text)
