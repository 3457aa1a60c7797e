"""Signs in single words: force words, graded words, bans, hedges, all-or-nothing words, how far down a task reaches."""

from __future__ import annotations

import re

from .clauses import CLAUSES_ALIKE, clauses_of, likeness_to
from .grading import TOP_DEGREE, forces_in, graded, grading, has_word, intensity, pattern, totals_in
from .strength_sides import Sides, Sign


def forces(above: list[str], below: str, sides: Sides) -> list[Sign]:
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


def graded_words(above: list[str], below: str) -> list[Sign]:
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


def bans(above: list[str], below: str) -> list[Sign]:
    """A ban whose narrowing words came or went."""
    text = "，".join(above)
    if not any(scope == "none" for _, scope in totals_in(text)) or not any(
        scope == "none" for _, scope in totals_in(below)
    ):
        return []
    words = grading()["qualifiers"]["words"]
    gone = [w for w in words if w in text and w not in below]
    new = [w for w in words if w in below and w not in text]
    return [Sign("stronger", w, "", "narrowing word") for w in gone] + [
        Sign("weaker", "", w, "narrowing word") for w in new
    ]


def helping(above: list[str], below: str) -> list[Sign]:
    """The lower level helps where the upper one does."""
    text = "，".join(above)
    word = has_word("secondary", below) if pattern("secondary").match(below) else ""
    return [Sign("weaker", _head(text), word, "a helping part")] if word and not has_word("secondary", text) else []


def hedges(above: list[str], below: str) -> list[Sign]:
    """A word that puts the task off, where no word above did."""
    text = "，".join(above)
    new = [w for w in grading()["hedges"]["words"] if w in below]
    return [Sign("weaker", "", new[0], "hedge")] if new and not has_word("hedges", text) else []


def _head(text: str) -> str:
    forces = forces_in(text)
    return forces[0][0] if forces else text[:4]


def totals(sides: Sides, whole: bool) -> list[Sign]:
    """All-or-nothing words that stand on one side only, in a clause about the same thing."""
    if pattern("stems").search(sides.upper) or pattern("stems").search(sides.lower):
        return []
    ups, lows = (_totals_of(text) for text in (sides.upper, sides.lower))
    signs = []
    new = [w for w, s, clause in lows if not _has_scope(ups, s) and _belongs(clause, sides, whole)]
    if new and not _binds_fully(sides.upper):
        signs.append(Sign("stronger", "", "、".join(dict.fromkeys(new)), "all or none"))
    lost = [w for w, s, _ in ups if not _has_scope(lows, s) and _in_carried(sides, w)]
    if lost and not _binds_fully(sides.lower):
        signs.append(Sign("weaker", "、".join(dict.fromkeys(lost)), "", "all or none"))
    return signs


def _totals_of(text: str) -> list[tuple[str, str, str]]:
    clauses = [text[a:b] for a, b in clauses_of(text)]
    return [(w, s, c) for c in clauses for w, s in totals_in(c) if not pattern("hedged").search(c)]


def _belongs(clause: str, sides: Sides, whole: bool) -> bool:
    """Whether a clause is about what the upper statement asks, and not more about what another one asks that is carried too."""
    here = likeness_to(clause, sides.upper)
    there = max((likeness_to(clause, other) for other in sides.others), default=0.0)
    if there >= CLAUSES_ALIKE and there > here:
        return False
    return whole or here >= CLAUSES_ALIKE


def _has_scope(totals: list[tuple[str, str, str]], scope: str) -> bool:
    return any(s == scope for _, s, _ in totals)


def _binds_fully(text: str) -> bool:
    """Whether a text states an unconditional duty by other words (必须, 100%)."""
    return any(family == "duty" and degree == 5 for _, family, degree, _ in forces_in(text))


def _in_carried(sides: Sides, word: str) -> bool:
    at = sides.upper.find(word)
    return any(a <= at < b for j, (a, b) in enumerate(sides.upper_clauses) if j in sides.carried)


def reach(upper: str, lower: str) -> list[Sign]:
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
