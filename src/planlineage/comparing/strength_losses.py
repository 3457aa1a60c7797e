"""Signs in what is gone: list items, words by which someone answers, duties and safeguards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ..model.lineage import Difference
from .clauses import SURE_WITHOUT_EDGE, likeness_to
from .clausewise import LEAST, Clausewise
from .grading import accountable, accountable_alike, forces_in, grading, is_strict, pattern
from .strength_sides import Sides, Sign, index_at, overlap, size

LONG_ITEM = 4
"""Characters from which a stretch with a list mark on one side counts as an item."""


def lists(sides: Sides) -> list[Sign]:
    """Items of a list in a carried clause that were dropped, more than were put in."""
    dropped = [w for place in _only(sides, "upper") for w in _items(sides.upper, place) if sides.is_lost(w)]
    added = [w for place in _only(sides, "lower") for w in _items(sides.lower, place) if w not in sides.upper]
    dropped = [w for w in dropped if not pattern("not_items").search(w)]
    if len(dropped) <= len(added):
        return []
    return [Sign("weaker", "、".join(dropped), "、".join(added), "list shortened" if added else "list items")]


def _only(sides: Sides, side: Literal["upper", "lower"]) -> list[tuple[int, int]]:
    """The stretches of carried clauses that stand on one side only, or in other words on the other."""
    found = []
    for piece in sides.pieces:
        place = piece.upper if side == "upper" else piece.local
        if place is None or piece.difference is Difference.SAME:
            continue
        clauses = sides.upper_clauses if side == "upper" else sides.lower_clauses
        index = index_at(clauses, place[0])
        if index is not None and (index in sides.carried if side == "upper" else index in sides.answers):
            found.append(place)
    return found


def _items(text: str, place: tuple[int, int]) -> list[str]:
    """The items of a list that a stretch of text holds; empty where no mark of a list bounds it.

    A stretch between two marks is an item. One that a mark bounds on one side only may be a part of an item whose rest is
    still there (社会公共利益 → 公共利益), unless it is a verb of its own (鼓励、支持…) or long enough to stand for itself.
    """
    marks = "|".join(sorted(map(re.escape, grading()["list_marks"]["words"]), key=len, reverse=True))
    start, end = place
    words = text[start:end]
    if re.search("[，。；]", words):
        return []
    before = bool(re.search(rf"(?:{marks})$", text[:start]) or re.match(rf"(?:{marks})", words))
    after = bool(re.match(rf"{marks}", text[end:]) or re.search(rf"(?:{marks})$", words))
    items = [re.sub("[“”‘’（）()《》]", "", w) for w in re.split(marks, words)]
    items = [w for w in items if len(w) >= 2 and w not in grading()["fillers"]["words"]]
    if len(items) > 1 or (before and after):
        return items
    return [w for w in items if (before or after) and (len(w) >= LONG_ITEM or forces_in(w))]


def duty_words(sides: Sides) -> list[Sign]:
    """Words by which someone answers for the task that went from a carried clause, or changed there for others."""
    gone = _held(sides, "upper", sides.lower + sides.beside)
    new = _held(sides, "lower", sides.upper)
    if gone and new:
        return [Sign("mixed", "、".join(gone), "、".join(new), "who answers for it")]
    return [Sign("weaker", "、".join(gone), "", "duty")] if gone else []


def _held(sides: Sides, side: Literal["upper", "lower"], other: str) -> list[str]:
    """The words of accountability in what stands on one side only, where the other has none of their group."""
    text = sides.upper if side == "upper" else sides.lower
    stretches = [text[a:b] for a, b in _only(sides, side)]
    return [w for w in accountable(stretches) if not accountable_alike(w, other)]


def clauses_dropped(sides: Sides) -> list[Sign]:
    """Duties and safeguards that went: a clause nobody carries that makes someone answer, or sets a condition."""
    signs = []
    for j, (a, b) in enumerate(sides.upper_clauses):
        clause = sides.upper[a:b]
        if j in sides.carried or _same_share(sides, (a, b)) > 0.5:
            continue
        if likeness_to(clause, sides.beside) >= SURE_WITHOUT_EDGE:
            continue
        if pattern("provisos").search(clause):
            signs.append(Sign("weaker", clause, "", "safeguard"))
        elif is_strict(clause) and not is_strict(sides.lower):
            signs.append(Sign("weaker", clause, "", "strict duty"))
        elif any(w not in sides.lower for w in accountable([clause])):
            signs.append(Sign("weaker", clause, "", "duty"))
    return signs


def _same_share(sides: Sides, place: tuple[int, int]) -> float:
    same = sum(overlap(p.upper, place) for p in sides.pieces if p.difference is Difference.SAME and p.upper)
    return same / max(1, size(place))


def clause_signs(found: Clausewise, known: Sequence[Sign]) -> list[Sign]:
    """Clauses cut, added or changed, where they make the task another one; the smaller side is no sign under a fifth of both.

    `known` are the signs found already, which speak for the clause that they stand in.
    """
    gone, new = (sum(getattr(c, side) for c in found.changes) for side in ("gone", "new"))
    told = [c for c in found.changes if c.change != "kept" and not any(s.stands_in(c.upper, c.lower) for s in known)]
    signs = []
    if 5 * gone >= gone + new:
        signs += [Sign("weaker", c.upper, c.lower, "clause") for c in told if c.gone >= LEAST]
    if 5 * new >= gone + new:
        signs += [Sign("stronger", c.upper, c.lower, "clause") for c in told if c.new >= LEAST]
    return signs
