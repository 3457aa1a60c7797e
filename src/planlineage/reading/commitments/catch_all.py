"""Sentences that give a term to tasks they do not name one by one: 各项工作任务原则上在2025年年底前完成."""

from __future__ import annotations

import re
from typing import Literal

from .lexicon import alternation
from .text import Folded

_PLAN = re.compile(alternation("time", "catch_all_scope"))
_ABOVE = re.compile(alternation("time", "catch_above_scope"))
_DONE = re.compile(alternation("time", "catch_all_done"))
_TERM = re.compile(r"前|底|末|内|到[0-9]{4}年|期限|时限")
_LONGEST = 80


def is_catch_all(sentence: str) -> bool:
    """Whether a sentence sets a term for all tasks of its plan that have none of their own.

    >>> is_catch_all("各项工作任务原则上在2025年年底前完成。")
    True
    >>> is_catch_all("2025年年底前实现对区政府督查全覆盖。")
    False
    """
    return catch_all_scope(sentence) == "plan"


def catch_all_scope(sentence: str) -> Literal["plan", "clause"] | None:
    """What a catch-all sentence reaches: the whole plan, or what stands above it in its clause; None for any other.

    The scope must be the subject, before the term and the finishing verb, so that 2023年年底前完成各项任务清单编制 is a
    task like any other.

    >>> catch_all_scope("以上工作要在2019年2月底前完成。")
    'clause'
    """
    text = Folded(sentence).text
    if len(text) > _LONGEST:
        return None
    for pattern, reach in ((_PLAN, "plan"), (_ABOVE, "clause")):
        scope = pattern.search(text)
        term = _TERM.search(text, scope.end()) if scope else None
        if term and _DONE.search(text, term.end()):
            return "plan" if reach == "plan" else "clause"
    return None
