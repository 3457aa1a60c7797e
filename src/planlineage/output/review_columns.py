"""The columns of a review sheet, and its decisions as they are written and as they are read back."""

from __future__ import annotations

import re
from typing import get_args

from ..linking.review import Action
from ..model.errors import DecisionFileError, InvalidValueError
from ..model.lineage import Relation
from ..model.wording import LANGS, Lang, words
from ..tabular.columns import Columns
from ..tabular.sheets import Layout

REVIEW = Columns(
    "review",
    (
        "kind",
        "local_clause",
        "local_text",
        "upper_clause",
        "upper_text",
        "relation",
        "confidence",
        "decision",
        "note",
        "reviewer",
        "date",
        "local_id",
        "upper_id",
        "local_plan",
        "upper_plan",
        "local_fingerprint",
        "upper_fingerprint",
    ),
)
"""Every column of a review sheet, in order."""

LAYOUT = Layout(REVIEW, "decision", "new review sheet", DecisionFileError)

SHEET_VERSION = 1
"""Grows when the columns change their meaning; a newer sheet is refused."""

EDITABLE = ("decision", "note", "reviewer", "date")
"""What a reviewer fills in; in rows of gaps also `local_id`, and in spare rows both ids."""

_BLANKS = re.compile(r"[\s　_]")
_ACTIONS: tuple[Action, ...] = get_args(Action)


def said(action: Action, relation: Relation | None, lang: Lang) -> str:
    """A decision as a cell has it.

    >>> said("relabel", Relation.PARTIAL, "en"), said("relabel", Relation.PARTIAL, "zh")
    ('relabel:partial', '改为：部分落实')
    """
    name = words(f"decide.{action}", lang)
    if relation is None:
        return name
    return f"{name}{'：' if lang == 'zh' else ':'}{words(f'relation.{relation}', lang)}"


def understood(cell: str) -> tuple[Action, Relation | None]:
    """What a cell decides. Raises `ValueError`, which says what would be understood.

    >>> understood("relabel: partial"), understood("改为：部分落实"), understood("认可")
    (('relabel', <Relation.PARTIAL: 'partial'>), ('relabel', <Relation.PARTIAL: 'partial'>), ('accept', None))
    """
    name, _, rest = _plain(cell).replace("：", ":").partition(":")
    action = next((a for a in _ACTIONS if name in _names("decide", a)), None)
    if action is None:
        raise InvalidValueError("no such decision", cell=cell, actions=", ".join(_ACTIONS))
    relation = relation_of(rest)
    if action in ("relabel", "add") and relation is None:
        choices = ", ".join(f"{action}:{r.value}" for r in Relation)
        raise InvalidValueError("which relation", cell=cell, choices=choices)
    if action not in ("relabel", "add") and rest:
        raise InvalidValueError("nothing after colon", cell=cell, action=action)
    return action, relation


def relation_of(cell: str) -> Relation | None:
    """The relation that a cell names in either language; None where it names none."""
    return next((r for r in Relation if _plain(cell) in _names("relation", r)), None)


def choices(kind: str, lang: Lang) -> list[str]:
    """The entries of the drop-down list in rows of a kind."""
    relabel = [said("relabel", r, lang) for r in Relation]
    add = [said("add", r, lang) for r in Relation if r.is_coverage]
    one: tuple[Action, ...] = ("accept", "reject") if kind == "edge" else ("justify", "not_applicable")
    plain = [said(a, None, lang) for a in one]
    return [*plain, *relabel] if kind == "edge" else [*plain, *add] if kind == "gap" else add


def _names(family: str, key: str) -> set[str]:
    return {_plain(name) for name in (key, *(words(f"{family}.{key}", lang) for lang in LANGS))}


def _plain(text: str) -> str:
    return _BLANKS.sub("", text).lower()
