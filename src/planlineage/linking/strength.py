"""How binding the wording is below against above: weakened, strengthened, mixed or kept, with the words that show it.

Each clause of the lower statement is set beside the clauses of the upper one that it answers to, and signs are gathered:
force words of a lower or higher degree, all-or-nothing words that came or went, graded words (更多 → 全部), list items, duties
and safeguards dropped. What became weaker and what became stronger is told apart; where both happened the change is mixed.
A clause that lost only a topic gives no sign: that is for coverage to say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ..model.lineage import Difference
from .align import pieces, tiles
from .applicability import clauses_of
from .grading import (
    TOP_DEGREE,
    accountable,
    accountable_alike,
    forces_in,
    graded,
    grading,
    has_word,
    intensity,
    is_strict,
    pattern,
    totals_in,
)
from .normalise import compared
from .pairing import CLAUSES_ALIKE, alikeness
from .units import Piece

LONG_ITEM = 4
"""Characters from which a stretch with a list mark on one side counts as an item."""

LEAST = 4
"""Characters that two clauses must share at least before one answers to the other."""

Direction = Literal["weaker", "stronger", "mixed"]
StrengthChangeName = Literal["kept", "weakened", "strengthened", "mixed"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that changed the strength: the words above and below, and what kind of change it is."""

    direction: Direction
    upper: str
    lower: str
    kind: str

    @property
    def text(self) -> str:
        """The sign in a few words."""
        if self.upper and self.lower:
            return f"{self.kind}: {self.upper} → {self.lower}"
        return f"{self.kind} {'dropped' if self.upper else 'added'}: {self.upper or self.lower}"


@dataclass(frozen=True, slots=True)
class StrengthChange:
    """What became of the strength, and the signs of it."""

    change: StrengthChangeName
    signs: tuple[Sign, ...] = ()

    @property
    def upper_value(self) -> str:
        """The words above that changed."""
        return "；".join(dict.fromkeys(s.upper for s in self.signs if s.upper))

    @property
    def lower_value(self) -> str:
        """The words below that they became."""
        return "；".join(dict.fromkeys(s.lower for s in self.signs if s.lower))

    @property
    def reason(self) -> str:
        """All signs in words."""
        return "; ".join(dict.fromkeys(s.text for s in self.signs))


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two texts with their aligned pieces and clauses; `answers[i]` are the upper clauses that lower clause i carries."""

    upper: str
    lower: str
    pieces: tuple[Piece, ...]
    upper_clauses: list[tuple[int, int]]
    lower_clauses: list[tuple[int, int]]
    answers: dict[int, list[int]]
    carried: frozenset[int]
    same: bool


def strength_change(upper: str, lower: str, *, whole: bool = True) -> StrengthChange:
    """How the strength of a task changed between the clean text of an upper statement and that of a lower one.

    `whole` says that the lower statement carries the upper one as a whole; of one that carries a part, what is not there is
    no sign, for another statement may carry it.

    >>> strength_change("严格执行《条例》，增强实效。", "深入学习贯彻《条例》，增强实效。").change
    'weakened'
    >>> strength_change("将更多事项纳入改革。", "将全部事项纳入改革。").reason
    'how many: 更多 → 全部'
    """
    sides = _sides(upper, lower)
    if sides.same:
        return StrengthChange("kept")
    signs: list[Sign] = []
    for i, upper_indexes in sides.answers.items():
        below = lower[slice(*sides.lower_clauses[i])]
        above = [upper[slice(*sides.upper_clauses[j])] for j in upper_indexes]
        signs += [*_forces(above, below, sides), *_graded(above, below), *_ban(above, below), *_secondary(above, below)]
        signs += _hedges(above, below) if not any(s.direction == "weaker" for s in signs) else []
    graded_words = {s.lower for s in signs}
    signs += [s for s in _totals(sides, whole) if not s.lower or s.lower not in graded_words]
    signs += _duty_words(sides)
    signs += _reach(upper, lower)
    if whole:
        signs += [*_lists(sides), *_clauses_dropped(sides)]
    return StrengthChange(_sum(signs), tuple(dict.fromkeys(signs)))


def _sum(signs: list[Sign]) -> StrengthChangeName:
    directions = {s.direction for s in signs}
    if not directions:
        return "kept"
    if directions == {"weaker"}:
        return "weakened"
    return "strengthened" if directions == {"stronger"} else "mixed"


def _sides(upper: str, lower: str) -> _Sides:
    below, above = compared(lower, masked=False), compared(upper, masked=False)
    ups, lows = clauses_of(upper), clauses_of(lower)
    shared: Counter[tuple[int, int]] = Counter()
    for a, b, length in tiles(below.text, above.text):
        for k in range(length):
            i, j = _index(lows, below.starts[a + k]), _index(ups, above.starts[b + k])
            if i is not None and j is not None:
                shared[i, j] += 1
    answers: dict[int, list[int]] = {}
    for (i, j), size in sorted(shared.items()):
        if size >= LEAST and size >= 0.4 * min(_size(lows[i]), _size(ups[j])):
            answers.setdefault(i, []).append(j)
    carried = frozenset(j for indexes in answers.values() for j in indexes)
    same = compared(lower).text == compared(upper).text
    return _Sides(upper, lower, pieces(below, above), ups, lows, answers, carried, same)


def _index(clauses: list[tuple[int, int]], at: int) -> int | None:
    return next((i for i, (a, b) in enumerate(clauses) if a <= at < b), None)


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _size(place: tuple[int, int]) -> int:
    return place[1] - place[0]


def _forces(above: list[str], below: str, sides: _Sides) -> list[Sign]:
    """Force words of one family whose degree differs; the strongest of each side speaks for it.

    A word that the other side has too, in whatever clause, did not come or go.
    """
    signs = []
    kept = {f[0] for f in forces_in(sides.upper)} & {f[0] for f in forces_in(sides.lower)}
    ups = [f for clause in above for f in forces_in(clause) if f[0] not in kept]
    downs = [f for f in forces_in(below) if f[0] not in kept]
    for family in ("duty", "carry out", "build"):
        one = max((f for f in ups if f[1] == family), key=lambda f: f[2], default=None)
        two = max((f for f in downs if f[1] == family), key=lambda f: f[2], default=None)
        if one is None:
            continue
        if two is None:
            trial = min((f for f in downs if f[1] == "trial"), key=lambda f: f[2], default=None)
            if trial is not None and trial[0] not in "".join(above) and family != "duty":
                signs.append(Sign("weaker", one[0], trial[0], "force"))
            continue
        before, after = one[2] + intensity(one[0]) / 10, two[2] + intensity(two[0]) / 10
        if one[2] != two[2] or (one[2] == TOP_DEGREE and before != after):
            signs.append(Sign("weaker" if after < before else "stronger", one[0], two[0], "force"))
    if any(s.direction == "weaker" for s in signs):
        signs = [s for s in signs if s.direction == "weaker"]
    return signs


def _graded(above: list[str], below: str) -> list[Sign]:
    """Words of one scale, of which one side has a higher step."""
    signs = []
    text = "，".join(above)
    for scale in grading()["scales"]:
        one, two = graded(text, scale["words"]), graded(below, scale["words"])
        gone = {w: s for w, s in one.items() if w not in two}
        new = {w: s for w, s in two.items() if w not in one}
        if gone and new:
            up, down = max(gone, key=lambda w: gone[w]), max(new, key=lambda w: new[w])
            if gone[up] != new[down]:
                signs.append(Sign("weaker" if new[down] < gone[up] else "stronger", up, down, scale["name"]))
    return signs + _control(text, below)


def _control(above: str, below: str) -> list[Sign]:
    """A step up or down in how closely those concerned are controlled."""
    one, two = (graded(text, grading()["control"]["words"]) for text in (above, below))
    gone, new = one.keys() - two.keys(), two.keys() - one.keys()
    if not gone or not new or {one[w] for w in gone} == {two[w] for w in new}:
        return []
    return [Sign("mixed", "、".join(sorted(gone)), "、".join(sorted(new)), "control")]


def _ban(above: list[str], below: str) -> list[Sign]:
    """A ban whose narrowing words came or went."""
    text = "，".join(above)
    if not any(scope == "none" for _, scope in totals_in(text)) or not any(scope == "none" for _, scope in totals_in(below)):
        return []
    words = grading()["qualifiers"]["words"]
    gone = [w for w in words if w in text and w not in below]
    new = [w for w in words if w in below and w not in text]
    return [Sign("stronger", w, "", "narrowing word") for w in gone] + [Sign("weaker", "", w, "narrowing word") for w in new]


def _secondary(above: list[str], below: str) -> list[Sign]:
    """The lower level helps where the upper one does."""
    text = "，".join(above)
    word = has_word("secondary", below) if pattern("secondary").match(below) else ""
    return [Sign("weaker", _head(text), word, "a helping part")] if word and not has_word("secondary", text) else []


def _hedges(above: list[str], below: str) -> list[Sign]:
    """A word that puts the task off, where no word above did."""
    text = "，".join(above)
    new = [w for w in grading()["hedges"]["words"] if w in below]
    return [Sign("weaker", "", new[0], "hedge")] if new and not has_word("hedges", text) else []


def _head(text: str) -> str:
    forces = forces_in(text)
    return forces[0][0] if forces else text[:4]


def _totals(sides: _Sides, whole: bool) -> list[Sign]:
    """All-or-nothing words that stand on one side only, in a clause about the same thing."""
    if pattern("stems").search(sides.upper) or pattern("stems").search(sides.lower):
        return []
    ups, lows = (_totals_of(text) for text in (sides.upper, sides.lower))
    signs = []
    new = [w for w, s, clause in lows if not _has_scope(ups, s) and (whole or _about(clause, sides.upper))]
    if new and not _binds_fully(sides.upper):
        signs.append(Sign("stronger", "", "、".join(dict.fromkeys(new)), "all or none"))
    lost = [w for w, s, _ in ups if not _has_scope(lows, s) and _in_carried(sides, w)]
    if lost and not _binds_fully(sides.lower):
        signs.append(Sign("weaker", "、".join(dict.fromkeys(lost)), "", "all or none"))
    return signs


def _totals_of(text: str) -> list[tuple[str, str, str]]:
    clauses = [text[a:b] for a, b in clauses_of(text)]
    return [(w, s, c) for c in clauses for w, s in totals_in(c) if not pattern("hedged").search(c)]


def _about(clause: str, other: str) -> bool:
    return any(alikeness(clause, other[a:b]) >= CLAUSES_ALIKE for a, b in clauses_of(other))


def _has_scope(totals: list[tuple[str, str, str]], scope: str) -> bool:
    return any(s == scope for _, s, _ in totals)


def _binds_fully(text: str) -> bool:
    """Whether a text states an unconditional duty by other words (必须, 100%)."""
    return any(family == "duty" and degree == 5 for _, family, degree, _ in forces_in(text))


def _in_carried(sides: _Sides, word: str) -> bool:
    at = sides.upper.find(word)
    return any(a <= at < b for j, (a, b) in enumerate(sides.upper_clauses) if j in sides.carried)


def _reach(upper: str, lower: str) -> list[Sign]:
    """How far down 从…到… goes."""
    found = [re.search(grading()["reach"]["pattern"], text) for text in (upper, lower)]
    if not all(found):
        return []
    steps = grading()["reach"]["words"]
    ends = []
    for match in found:
        words = graded(match["low"], steps) if match else {}
        ends.append(max(words.values(), default=-1))
    if -1 in ends or ends[0] == ends[1]:
        return []
    one, two = (m["low"] if m else "" for m in found)
    return [Sign("weaker" if ends[1] < ends[0] else "stronger", f"到{one}", f"到{two}", "reach")]


def _lists(sides: _Sides) -> list[Sign]:
    """Items of a list in a carried clause that were dropped, more than were put in."""
    dropped = [w for place in _only(sides, "upper") for w in _items(sides.upper, place) if w not in sides.lower]
    added = [w for place in _only(sides, "lower") for w in _items(sides.lower, place) if w not in sides.upper]
    dropped = [w for w in dropped if not pattern("not_items").search(w)]
    if len(dropped) <= len(added):
        return []
    return [Sign("weaker", "、".join(dropped), "、".join(added), "list shortened" if added else "list items")]


def _only(sides: _Sides, side: Literal["upper", "lower"]) -> list[tuple[int, int]]:
    """The stretches of carried clauses that stand on one side only, or in other words on the other."""
    found = []
    for piece in sides.pieces:
        place = piece.upper if side == "upper" else piece.local
        if place is None or piece.difference is Difference.SAME:
            continue
        clauses = sides.upper_clauses if side == "upper" else sides.lower_clauses
        index = _index(clauses, place[0])
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


def _duty_words(sides: _Sides) -> list[Sign]:
    """Words by which someone answers for the task that went from a carried clause, or changed there for others."""
    gone = _held(sides, "upper", sides.lower)
    new = _held(sides, "lower", sides.upper)
    if gone and new:
        return [Sign("mixed", "、".join(gone), "、".join(new), "who answers for it")]
    return [Sign("weaker", "、".join(gone), "", "duty")] if gone else []


def _held(sides: _Sides, side: Literal["upper", "lower"], other: str) -> list[str]:
    """The words of accountability in what stands on one side only, where the other has none of their group."""
    text = sides.upper if side == "upper" else sides.lower
    stretches = [text[a:b] for a, b in _only(sides, side)]
    return [w for w in accountable(stretches) if not accountable_alike(w, other)]


def _clauses_dropped(sides: _Sides) -> list[Sign]:
    """Duties and safeguards that went: a clause nobody carries that makes someone answer, or sets a condition."""
    signs = []
    for j, (a, b) in enumerate(sides.upper_clauses):
        clause = sides.upper[a:b]
        if j in sides.carried or _same_share(sides, (a, b)) > 0.5:
            continue
        if pattern("provisos").search(clause):
            signs.append(Sign("weaker", clause, "", "safeguard"))
        elif is_strict(clause) and not is_strict(sides.lower):
            signs.append(Sign("weaker", clause, "", "strict duty"))
        elif any(w not in sides.lower for w in accountable([clause])):
            signs.append(Sign("weaker", clause, "", "duty"))
    return signs


def _same_share(sides: _Sides, place: tuple[int, int]) -> float:
    same = sum(_overlap(p.upper, place) for p in sides.pieces if p.difference is Difference.SAME and p.upper)
    return same / max(1, _size(place))
