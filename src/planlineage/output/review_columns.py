"""The columns and the words of a review sheet, in Chinese and English, as they are written and as they are read back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..linking.review import Action
from ..model.lineage import Relation
from ..model.wording import Lang

HEADERS: Mapping[str, tuple[str, str]] = {
    "kind": ("类型", "Kind"),
    "local_clause": ("本级条款", "Local clause"),
    "local_text": ("本级原文", "Local text"),
    "upper_clause": ("上级条款", "Upper clause"),
    "upper_text": ("上级原文", "Upper text"),
    "relation": ("判定关系", "Proposed relation"),
    "confidence": ("把握", "Confidence"),
    "decision": ("审核决定", "Decision"),
    "note": ("理由", "Note"),
    "reviewer": ("审核人", "Reviewer"),
    "date": ("审核日期", "Date"),
    "local_id": ("本级语句编号", "Local id"),
    "upper_id": ("上级语句编号", "Upper id"),
    "local_plan": ("本级规划", "Local plan"),
    "upper_plan": ("上级规划", "Upper plan"),
    "local_fingerprint": ("本级指纹", "Local fingerprint"),
    "upper_fingerprint": ("上级指纹", "Upper fingerprint"),
}
"""Every column of a review sheet, in order, and its titles."""

COLUMNS = tuple(HEADERS)
SHEET_VERSION = 1
"""Grows when the columns change their meaning; a newer sheet is refused."""

EDITABLE = ("decision", "note", "reviewer", "date")
"""What a reviewer fills in; in rows of gaps also `local_id`, and in spare rows both ids."""

KINDS: Mapping[str, tuple[str, str]] = {
    "edge": ("对应", "edge"),
    "gap": ("缺口", "gap"),
    "": ("补充", "more"),
}

_SAID: Mapping[Action, tuple[str, str]] = {
    "accept": ("认可", "accept"),
    "reject": ("否定", "reject"),
    "relabel": ("改为", "relabel"),
    "add": ("补充对应", "add"),
    "justify": ("说明缺口", "justify"),
    "applies": ("适用", "applies"),
    "not_applicable": ("不适用", "not_applicable"),
}
_PLAIN = re.compile(r"[\s　]")


def titles(language: Lang) -> dict[str, str]:
    """The titles of all columns."""
    return {name: both[0 if language == "zh" else 1] for name, both in HEADERS.items()}


def column_of(title: object) -> str | None:
    """The column that a title names; None where it names none.

    >>> column_of("审核决定"), column_of("Local ID"), column_of("anything")
    ('decision', 'local_id', None)
    """
    return _TITLES.get(_plain(title)) if title is not None else None


def said(action: Action, relation: Relation | None, language: Lang) -> str:
    """A decision as a cell has it.

    >>> said("relabel", Relation.PARTIAL, "en"), said("relabel", Relation.PARTIAL, "zh")
    ('relabel:partial', '改为：部分落实')
    """
    name = _SAID[action][0 if language == "zh" else 1]
    if relation is None:
        return name
    return f"{name}：{relation.chinese}" if language == "zh" else f"{name}:{relation.value}"


def understood(cell: str) -> tuple[Action, Relation | None]:
    """What a cell decides. Raises `ValueError`, which says what would be understood.

    >>> understood("relabel: partial"), understood("改为：部分落实"), understood("认可")
    (('relabel', <Relation.PARTIAL: 'partial'>), ('relabel', <Relation.PARTIAL: 'partial'>), ('accept', None))
    """
    name, _, rest = _plain(cell).replace("：", ":").partition(":")
    action = next((a for a, both in _SAID.items() if name in (*both, a)), None)
    if action is None:
        raise ValueError(f"no decision {cell!r}; choose from the list ({', '.join(a for a in _SAID)})")
    relation = next((r for r in Relation if rest in (r.value, r.chinese)), None)
    if action in ("relabel", "add") and relation is None:
        choices = ", ".join(f"{action}:{r.value}" for r in Relation)
        raise ValueError(f"{cell!r} doesn't say which relation; one of {choices}")
    if action not in ("relabel", "add") and rest:
        raise ValueError(f"{cell!r}: {action} takes nothing after a colon")
    return action, relation


def choices(kind: str, language: Lang) -> list[str]:
    """The entries of the drop-down list in rows of a kind."""
    relabel = [said("relabel", r, language) for r in Relation]
    add = [said("add", r, language) for r in Relation if r.is_coverage]
    one: tuple[Action, ...] = ("accept", "reject") if kind == "edge" else ("justify", "not_applicable")
    plain = [said(a, None, language) for a in one]
    return [*plain, *relabel] if kind == "edge" else [*plain, *add] if kind == "gap" else add


def _plain(text: object) -> str:
    return _PLAIN.sub("", str(text)).lower()


_TITLES = {_plain(title): name for name, both in HEADERS.items() for title in (*both, name)}
