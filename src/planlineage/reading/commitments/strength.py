"""How binding the wording is (Strength), and commitments to all or none (Totality)."""

from __future__ import annotations

import re
from typing import Any

from ...model.commitments import Strength, Totality
from .lexicon import alternation, load
from .match import Reading

_FORCES: dict[str, dict[str, Any]] = {word: entry for entry in load("strength")["forces"] for word in entry["words"]}
_SHIFT: dict[str, int] = {word: entry["shift"] for entry in load("strength")["modifiers"] for word in entry["words"]}
_DELICATE = ("要", "应", "须", "研究")
_LONG = "|".join(re.escape(w) for w in sorted(_FORCES, key=lambda w: (-len(w), w)) if w not in _DELICATE)
_NOT_BEFORE = frozenset(word for entry in load("strength")["not_before"] for word in entry["words"])
_NOT_AFTER = "".join(word for entry in load("strength")["not_after"] for word in entry["words"])
_MODIFIER = alternation("strength", "modifiers")
_FORCE = re.compile("|".join([_LONG, *(rf"{word}(?![{_NOT_AFTER}])(?=[\u4e00-\u9fff])" for word in _DELICATE)]))
_MODIFIERS_BEFORE = re.compile(rf"(?<!安)(?:{_MODIFIER}){{1,3}}$")
_MODIFIERS = re.compile(_MODIFIER)
_LAST_OF_MODIFIER = frozenset(word[-1] for word in _SHIFT)
_LATER_MODIFIER = re.compile("注重|逐步|稳步|适当|适时|尽量")
_ALL = re.compile(alternation("strength", "all") + r"|应(?<![对相适]应)(?P<verb>[\u4e00-\u9fff])[必尽](?P=verb)")
_NONE = re.compile(alternation("strength", "none"))


def degree(base: int, modifiers: list[str]) -> int:
    """The degree of a force word behind its modifiers, within 1 and 5.

    >>> degree(4, ["全面", "严格"]), degree(3, ["逐步"])
    (5, 2)
    """
    return max(1, min(5, base + sum(_SHIFT[word] for word in modifiers)))


def strengths(reading: Reading) -> None:
    """Every force word with the modifiers in front of it.

    Behind 应当 a modifier counts too (应当注重). A trial word takes the verb that follows it (探索建立).
    """
    position = 0
    while match := _FORCE.search(reading.text, position):
        start, end = match.span()
        position = end
        before = reading.text[max(0, start - 13) : start]
        if match.group() in _DELICATE and before[-1:] in _NOT_BEFORE:
            continue
        entry = _FORCES[match.group()]
        leading = _MODIFIERS_BEFORE.search(before) if before[-1:] in _LAST_OF_MODIFIER else None
        modifiers = _MODIFIERS.findall(leading.group()) if leading else []
        if leading:
            start -= len(leading.group())
        if entry["force"] == "obligation" and (later := _LATER_MODIFIER.match(reading.text, end)):
            modifiers.append(later.group())
            position = end = later.end()
        if entry["force"] == "trial" and (aim := _FORCE.match(reading.text, end)):
            position = end = aim.end()  # 探索建立: one attempt, not an attempt and a duty
        if reading.claims.free(start, end):
            reading.add(
                Strength,
                start,
                end,
                "strength",
                claim=False,
                force=entry["force"],
                degree=degree(entry["degree"], modifiers),
            )


def totalities(reading: Reading) -> None:
    """All-or-nothing words."""
    for match in _ALL.finditer(reading.text):
        reading.add(Totality, *match.span(), "totality.all", claim=False, scope="all")
    for match in _NONE.finditer(reading.text):
        reading.add(Totality, *match.span(), "totality.none", claim=False, scope="none")
