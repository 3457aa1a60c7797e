"""Which commitment of a lower statement answers to which of an upper one, over all the edges of an upper statement.

An upper task may be carried by several lower ones, and each may state numbers of its own. A pair is made where both are of
one kind and measure and stand in clauses that share words; the likest pair is made first, and each commitment is used once
for numbers. A date may answer to several upper dates, for one lower task may carry several upper ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..model.commitments import Deadline, Duration, Expression, Recurrence, Target
from ..model.lineage import LineageEdge, Relation
from ..model.plan import Plan, Statement
from .applicability import clause_at, clauses_of, place_of
from .quantities import Quantity, same_measure

CLAUSES_ALIKE = 0.25
"""Share of the character pairs of the shorter clause that the other has too, from which two clauses speak of one thing."""

T = TypeVar("T", bound=Expression)

SURE_WITHOUT_EDGE = 0.4
"""Likeness of two clauses from which a number or date ties two statements whose edge alone is too unsure to count."""

_NOT_COMPARED = re.compile(
    r"[0-9０-９一二三四五六七八九十两%％年月日底前末]|[、“”‘’（）()《》\s]|每|不|少|于|至|以|上|下|内"
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A lower statement that carries an upper one, with the plan it stands in and the edge."""

    plan: Plan
    statement: Statement
    edge: LineageEdge

    @property
    def whole(self) -> bool:
        """Whether it carries the upper statement as a whole, not only a part."""
        return self.edge.relation in (Relation.VERBATIM, Relation.ADAPTED)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """An upper commitment beside the lower one that answers to it."""

    above: T
    below: T
    carrier: Carrier


def numbers_of(statement: Statement) -> list[Quantity]:
    """The numbers that a statement commits to: targets, limits of time, rhythms."""
    return [
        c
        for c in statement.commitments
        if isinstance(c, Target | Duration | Recurrence) and c.normal != "qual"
    ]


def alikeness(one: str, two: str) -> float:
    """How far two clauses speak of one thing: shared character pairs over those of the shorter clause, 0 to 1.

    >>> alikeness("每年应当举办两期以上法治专题讲座", "每年举办三期法治专题讲座") > 0.5
    True
    """
    a, b = _bigrams(one), _bigrams(two)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _bigrams(text: str) -> set[str]:
    bare = _NOT_COMPARED.sub("", text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def clause_text(statement: Statement, commitment: Deadline | Quantity) -> str:
    """The clause in which a statement makes a commitment, and the one that it opens where it is a mere date."""
    text = statement.text
    own = clause_at(text, place_of(statement, commitment))
    following = [c for c in clauses_of(text) if c[0] >= own[1]][:1]
    short = own[1] - own[0] - len(commitment.surface) < 4
    end = following[0][1] if short and following else own[1]
    return text[own[0] : end]


def likest_clause(upper: Statement, words: str) -> tuple[tuple[int, int], float]:
    """The clause of an upper statement that is most like some words, and how like."""
    found = clauses_of(upper.text) or [(0, len(upper.text))]
    return max(((c, alikeness(upper.text[slice(*c)], words)) for c in found), key=lambda x: (x[1], -x[0][0]))


def paired_deadlines(
    upper: Statement, carriers: Sequence[Carrier], least: float = CLAUSES_ALIKE
) -> list[Pair[Deadline]]:
    """Each deadline of an upper statement with the lower one that answers to it, as far as there is one.

    `least` is how like the two clauses must be; where the edge itself is too unsure to count, more is asked.
    """
    pairs = []
    for above in upper.deadlines:
        options = [
            (_deadline_score(upper, above, c, below, least), c, below)
            for c in carriers
            for below in c.statement.deadlines
        ]
        options = [o for o in options if o[0] > 0]
        if options:
            _, carrier, below = max(options, key=lambda o: o[0])
            pairs.append(Pair(above, below, carrier))
    return pairs


def _deadline_score(
    upper: Statement, above: Deadline, carrier: Carrier, below: Deadline, least: float
) -> float:
    """How well a lower date answers to an upper one; 0 where it does not.

    Of several dates on one side each goes with its own clause; a lone date of a statement that carries the whole is taken
    to be about the same, whatever clause it moved to.
    """
    alike = alikeness(clause_text(upper, above), clause_text(carrier.statement, below))
    alone = len(upper.deadlines) == 1 and len(carrier.statement.deadlines) == 1
    same = above.surface == below.surface and carrier.edge.relation.is_coverage
    if same:
        alike += 0.5
    elif alike < least and not (alone and carrier.whole):
        return 0.0
    if above.latest and below.latest:
        alike -= min(0.3, abs((above.latest - below.latest).days) / 3650 * 0.3)
    return max(alike, 0.01) + (1 if carrier.whole else 0) + carrier.edge.confidence / 100


def paired_numbers(
    upper: Statement, carriers: Sequence[Carrier], least: float = CLAUSES_ALIKE
) -> list[Pair[Quantity]]:
    """Each number of an upper statement with the lower one that answers to it, the likest pairs first, none used twice.

    `least` as for `paired_deadlines`.
    """
    options = [
        (_number_score(upper, above, c, below, least), i, j, k, above, below, c)
        for i, above in enumerate(numbers_of(upper))
        for j, c in enumerate(carriers)
        for k, below in enumerate(numbers_of(c.statement))
        if same_measure(above, below)
    ]
    taken_above: set[int] = set()
    taken_below: set[tuple[int, int]] = set()
    pairs = []
    for score, i, j, k, above, below, carrier in sorted(options, key=lambda o: (-o[0], *o[1:4])):
        if score > 0 and i not in taken_above and (j, k) not in taken_below:
            taken_above.add(i)
            taken_below.add((j, k))
            pairs.append(Pair(above, below, carrier))
    return pairs


def _number_score(
    upper: Statement, above: Quantity, carrier: Carrier, below: Quantity, least: float
) -> float:
    alike = alikeness(clause_text(upper, above), clause_text(carrier.statement, below))
    telling = isinstance(above, Target) and bool(above.unit) and above.unit not in ("%", "个", "项", "次")
    if not carrier.edge.relation.is_coverage:
        return alike if alike >= (CLAUSES_ALIKE if telling else least) else 0.0
    if above.surface == below.surface:
        alike += 0.3
    if alike < least and not telling:
        return 0.0
    return max(alike, 0.01) + (0.2 if carrier.whole else 0) + carrier.edge.confidence / 100
