"""The language data: words grouped by meaning, each group with its reason, in ../lexicon/commitments/*.json."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...model.data import data


def load(name: str) -> dict[str, Any]:
    """One file of the lexicon."""
    found: dict[str, Any] = data("planlineage.reading.lexicon.commitments", name)
    return found


@cache
def words(name: str, section: str) -> tuple[str, ...]:
    """All words of one section, longest first.

    >>> "原则上" in words("time", "hedges")
    True
    """
    found = {word for entry in load(name)[section] for word in entry["words"]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def alternation(name: str, section: str) -> str:
    """The words of one section as a regular expression, longest first, without a group around them.

    `unless_after` and `unless_before` of an entry list characters that make its words part of others. Each branch begins with
    its word, also where it looks back, so that the search may skip to the first characters of words.
    """
    guarded = {
        word: (entry.get("unless_after"), entry.get("unless_before"))
        for entry in load(name)[section]
        for word in entry["words"]
    }
    return "|".join(
        re.escape(word) + (f"(?<![{after}]{re.escape(word)})" if after else "") + (f"(?![{before}])" if before else "")
        for word in words(name, section)
        for after, before in [guarded[word]]
    )
