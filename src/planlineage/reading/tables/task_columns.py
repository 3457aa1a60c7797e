"""Tables that are tasks, told from others by the words of their header: who does what by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from ..lexicon import lexicon
from .wording import key

TaskColumn = Literal[
    "number", "group", "task", "content", "goal", "lead", "shared", "support", "guide", "when", "done", "other"
]
"""What a column of a task table holds."""

WHO = ("lead", "shared", "support", "guide")
"""The columns that name bodies."""

WHAT = ("content", "goal", "task")
"""The columns that say what is done; the first of them that a row fills is its task."""

_JOINED = re.compile("[及和与或、/（(]")
_LONGEST = 40
"""The longest label that is looked at."""

_LONGEST_NAME = 12


@cache
def _words() -> Mapping[str, str]:
    return {word: column["role"] for column in _columns() for word in column.get("words", ())}


@cache
def _patterns() -> Sequence[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """How names begin and end that are like the known words, with their role."""
    return [(tuple(c.get("begins", ("",))), tuple(c["ends"]), c["role"]) for c in _columns() if "ends" in c]


def _columns() -> Any:
    return lexicon("tables/task_columns")["columns"]


def task_column(label: str) -> TaskColumn | None:
    """What a header word of a task table means; None where it is not known. Of two words joined, the first known counts.

    >>> task_column("牵头 单位"), task_column("工作任务及目标要求"), task_column("编制任务"), task_column("指标名称")
    ('lead', 'task', 'task', None)
    """
    found = column_role(label)
    return None if found == "catalogue" else found  # type: ignore[return-value]


def column_role(label: str) -> str | None:
    """What a header word means, those that tell tables of other kinds (`catalogue`) among them."""
    if len(label) > _LONGEST:
        return None
    names = list(filter(None, map(key, (label, *_JOINED.split(label)))))
    if known := next((_words()[name] for name in names if name in _words()), None):
        return known
    like = (
        role
        for name in names
        if len(name) <= _LONGEST_NAME
        for begins, ends, role in _patterns()
        if name.startswith(begins) and name.endswith(ends)
    )
    return next(like, None)


def task_columns(header: Iterable[tuple[int, str]]) -> dict[int, TaskColumn]:
    """The columns of a task table by the words of its header; empty for a table of any other kind.

    >>> task_columns([(0, "序号"), (1, "事项"), (2, "责任单位"), (3, "配合单位")])
    {0: 'number', 1: 'task', 2: 'lead', 3: 'support'}
    >>> task_columns([(0, "序号"), (1, "事项"), (2, "牵头单位"), (3, "责任单位")])[3]
    'shared'
    >>> task_columns([(0, "指标名称"), (1, "责任单位")]), task_columns([(0, "事项名称"), (1, "设定依据"), (2, "实施部门")])
    ({}, {})
    """
    labels = dict(header)
    found = {column: task_column(label) for column, label in labels.items()}
    roles = set(found.values())
    if not roles.intersection(WHAT) or not roles & {*WHO, "when"} or "catalogue" in map(column_role, labels.values()):
        return {}
    shared: TaskColumn = "shared" if "lead" in roles else "lead"
    return {column: shared if role == "shared" else role or "other" for column, role in found.items()}


@cache
def is_ditto(words: str) -> bool:
    """Whether a cell says that it is the same as the one above.

    >>> is_ditto("同上"), is_ditto("区司法局")
    (True, False)
    """
    return words.strip() in lexicon("tables/task_columns")["ditto"]["words"]


@cache
def is_blank(words: str) -> bool:
    """Whether a cell only says that there is nothing in it.

    >>> is_blank("—"), is_blank("")
    (True, True)
    """
    return not words.strip() or words.strip() in lexicon("tables/task_columns")["blank"]["words"]
