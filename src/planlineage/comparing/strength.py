"""How binding the wording is below against above: weakened, strengthened, mixed or kept, with the words that show it.

Each clause of the lower statement is set beside the clauses of the upper one that it answers to, and signs are gathered:
force words of a lower or higher degree, all-or-nothing words that came or went, graded words (更多 → 全部), list items, duties
and safeguards dropped. What became weaker and what became stronger is told apart; where both happened the change is mixed.
A clause that lost only a topic gives no sign: that is for coverage to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.wording import Reason
from .clausewise import Clausewise, clausewise
from .grading import pattern
from .strength_gains import clauses_added
from .strength_losses import clause_signs, clauses_dropped, duty_words, lists
from .strength_sides import Sign, sides_of
from .strength_words import bans, forces, graded_words, hedges, helping, reach, totals

__all__ = ["Sign", "StrengthChange", "StrengthChangeName", "strength_change"]

StrengthChangeName = Literal["kept", "weakened", "strengthened", "mixed"]


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
    def reasons(self) -> tuple[Reason, ...]:
        """All signs."""
        return tuple(dict.fromkeys(s.reason for s in self.signs))


def strength_change(
    upper: str,
    lower: str,
    *,
    whole: bool = True,
    beside: Sequence[str] = (),
    others: Sequence[str] = (),
    clauses: Clausewise | None = None,
    another: bool = False,
) -> StrengthChange:
    """How the strength of a task changed between the clean text of an upper statement and that of a lower one.

    `whole` says that the lower statement carries the upper one as a whole; of one that carries a part, what is not there is
    no sign, for another statement may carry it. `beside` are the lower statements that carry the same upper one: what stands in
    one of them is not lost. `others` are the upper statements that the lower one carries too: what answers better to one of
    them is not added here. `clauses` are the two clause by clause, worked out where not given; with `another` all that was cut
    and added is a sign too. A weaker word in a part is none where another statement is more like the whole.

    >>> strength_change("严格执行《条例》，增强实效。", "深入学习贯彻《条例》，增强实效。").change
    'weakened'
    >>> [str(r) for r in strength_change("将更多事项纳入改革。", "将全部事项纳入改革。").reasons]
    ['how many: 更多 → 全部']
    """
    sides = sides_of(upper, lower, beside, others)
    if sides.same or pattern("own_papers").search(upper):
        return StrengthChange("kept")
    clauses = clauses or clausewise(upper, lower, beside=beside, others=others)
    signs: list[Sign] = []
    for i, upper_indexes in sides.answers.items():
        below = lower[slice(*sides.lower_clauses[i])]
        above = [upper[slice(*sides.upper_clauses[j])] for j in upper_indexes]
        signs += [
            *forces(above, below, sides),
            *graded_words(above, below),
            *bans(above, below),
            *helping(above, below),
        ]
        signs += hedges(above, below) if not any(s.direction == "weaker" for s in signs) else []
    if not whole and not clauses.best_above:
        signs = [s for s in signs if s.direction != "weaker"]
    known = {s.lower for s in signs}
    signs += [s for s in totals(sides, whole) if not s.lower or s.lower not in known]
    signs += duty_words(sides)
    signs += reach(upper, lower)
    if whole:
        signs += [*lists(sides), *clauses_dropped(sides)]
    signs += clauses_added(clauses, sides, whole, signs)
    if another:
        signs += clause_signs(clauses, signs)
    return StrengthChange(_sum(signs), tuple(dict.fromkeys(signs)))


def _sum(signs: list[Sign]) -> StrengthChangeName:
    directions = {s.direction for s in signs}
    if not directions:
        return "kept"
    if directions == {"weaker"}:
        return "weakened"
    return "strengthened" if directions == {"stronger"} else "mixed"
