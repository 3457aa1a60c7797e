"""Tables that are tasks, told from others by the words of their header: who does what by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from ..lexicon import lexicon
from .wording import key

TaskColumn = Literal["number", "group", "task", "content", "lead", "shared", "support", "guide", "when", "other"]
"""What a column of a task table holds."""

WHO = ("lead", "shared", "support", "guide")
"""The columns that name bodies."""

_JOINED = re.compile("[及和与或、/（(]")


@cache
def _words() -> Mapping[str, TaskColumn]:
    columns = lexicon("tables/task_columns")["columns"]
    return {word: column["role"] for column in columns for word in column["words"]}


@cache
def _longest() -> int:
    """The longest label that is looked at: two of the longest words with blanks in them."""
    return 4 * max(map(len, _words()))


def task_column(label: str) -> TaskColumn | None:
    """What a header word of a task table means; None where it is not known. Of two words joined, the first known counts.

    >>> task_column("牵头 单位"), task_column("工作任务及目标要求"), task_column("指标名称")
    ('lead', 'task', None)
    """
    words = _words()
    if len(label) > _longest():
        return None
    return next((words[name] for part in (label, *_JOINED.split(label)) if (name := key(part)) in words), None)


def task_columns(header: Iterable[tuple[int, str]]) -> dict[int, TaskColumn]:
    """The columns of a task table by the words of its header; empty for a table of any other kind.

    >>> task_columns([(0, "序号"), (1, "事项"), (2, "责任单位"), (3, "配合单位")])
    {0: 'number', 1: 'task', 2: 'lead', 3: 'support'}
    >>> task_columns([(0, "序号"), (1, "事项"), (2, "牵头单位"), (3, "责任单位")])[3]
    'support'
    >>> task_columns([(0, "指标名称"), (1, "责任单位")])
    {}
    """
    found = {column: task_column(label) for column, label in header}
    roles = set(found.values())
    if not roles & {"task", "content"} or not roles & {*WHO, "when"}:
        return {}
    shared: TaskColumn = "support" if "lead" in roles else "lead"
    return {column: shared if role == "shared" else role or "other" for column, role in found.items()}
