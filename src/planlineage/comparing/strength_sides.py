"""Two wordings of a task side by side: their clauses, which answers to which, and the signs that are read off them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..linking.align import pieces, tiles
from ..linking.normalise import compared
from ..linking.units import Piece
from ..model.wording import Reason, because
from .clauses import clauses_of

LEAST = 4
"""Characters that two clauses must share at least before one answers to the other. Set on the Shanting plan; with 5 its precision
rises by 0.04 and the recall of the Weibin plan falls by as much."""

SHARE = 0.4
"""Share of the shorter of two clauses that must be common to both before one answers to the other. From 0.3 to 0.5 no figure of
the Shanting plan changes."""

Direction = Literal["weaker", "stronger", "mixed"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that changed the strength: the words above and below, and what kind of change it is."""

    direction: Direction
    upper: str
    lower: str
    kind: str

    def stands_in(self, upper: str, lower: str) -> bool:
        """Whether its words, or some of a list of them, stand in a clause above or below."""
        return any(
            word and word in clause
            for own, clause in ((self.upper, upper), (self.lower, lower))
            for word in own.split("、")
        )

    @property
    def reason(self) -> Reason:
        """The sign as a reason."""
        if self.upper and self.lower:
            return because(f"sign.{self.kind}", a=self.upper, b=self.lower)
        return because(f"{'gone' if self.upper else 'new'}.{self.kind}", a=self.upper or self.lower)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts with their aligned pieces and clauses; `answers[i]` are the upper clauses that lower clause i carries.

    `beside` holds the other lower statements that carry the same upper one, `others` the other upper ones carried.
    """

    upper: str
    lower: str
    pieces: tuple[Piece, ...]
    upper_clauses: list[tuple[int, int]]
    lower_clauses: list[tuple[int, int]]
    answers: dict[int, list[int]]
    carried: frozenset[int]
    same: bool
    beside: str = ""
    others: tuple[str, ...] = ()

    def is_lost(self, words: str) -> bool:
        """Whether words of the upper text stand in none of the lower statements that carry it."""
        return words not in self.lower and words not in self.beside


def sides_of(upper: str, lower: str, beside: Sequence[str] = (), others: Sequence[str] = ()) -> Sides:
    """Set two clean texts side by side; a clause answers to another where they share four characters and two fifths of one."""
    below, above = compared(lower), compared(upper)
    ups, lows = clauses_of(upper), clauses_of(lower)
    shared: Counter[tuple[int, int]] = Counter()
    found = tiles(below.text, above.text)
    low_at, up_at = _owners(lows, len(lower)), _owners(ups, len(upper))
    for a, b, length in found:
        places = zip(below.starts[a : a + length], above.starts[b : b + length], strict=True)
        shared.update([(low_at[i], up_at[j]) for i, j in places])
    answers: dict[int, list[int]] = {}
    for (i, j), common in sorted(shared.items()):
        if i >= 0 <= j and common >= LEAST and common >= SHARE * min(size(lows[i]), size(ups[j])):
            answers.setdefault(i, []).append(j)
    carried = frozenset(j for indexes in answers.values() for j in indexes)
    return Sides(
        upper,
        lower,
        pieces(below, above, found),
        ups,
        lows,
        answers,
        carried,
        below.text == above.text,
        "\n".join(beside),
        tuple(others),
    )


def _owners(clauses: list[tuple[int, int]], length: int) -> list[int]:
    """For each place of a text which clause it lies in; -1 between two."""
    found = [-1] * length
    for at, (a, b) in enumerate(clauses):
        found[a:b] = [at] * (b - a)
    return found


def index_at(clauses: list[tuple[int, int]], at: int) -> int | None:
    """Which clause a place lies in; None where it lies between two."""
    return next((i for i, (a, b) in enumerate(clauses) if a <= at < b), None)


def overlap(one: tuple[int, int], two: tuple[int, int]) -> int:
    """How many characters two places share."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def size(place: tuple[int, int]) -> int:
    """How many characters a place has."""
    return place[1] - place[0]
