"""Which words are known to name the columns of tables, and what table a header makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .indicator_columns import indicator_part, year_of_column
from .task_columns import column_role, task_columns
from .wording import column_words, key


def makes_table(labels: Sequence[str]) -> bool:
    """Whether some words side by side are the header of a table: of tasks, of indicators, or nothing but names of columns.

    >>> makes_table(["序号", "任务", "责任单位"]), makes_table(["序号", "名称", "地址"]), makes_table(["区司法局", "区财政局"])
    (True, True, False)
    """
    known = sum(map(is_label, labels))
    return known > 1 and (2 * known >= len(labels) or bool(task_columns(enumerate(labels))))


@cache
def is_label(words: str) -> bool:
    """Whether a cell holds a word that names a column.

    >>> is_label("责任单位（排第一位的牵头）"), is_label("2030年目标"), is_label("区司法局")
    (True, True, False)
    """
    known = key(words) in column_words() or column_role(words) or indicator_part(words)
    return bool(known or year_of_column(words))
