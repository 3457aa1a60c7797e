"""Which commitment of a lower statement answers to which of an upper one, over all the edges of an upper statement.

An upper task may be carried by several lower ones, and each may state dates and numbers of its own. A pair is made where both
are of one kind and measure and stand in clauses that share words; the likest pair is made first, and each number is used once.
A date may answer to several upper dates, for one lower task may carry several upper ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..linking.links import Links
from ..model.commitments import Deadline, Target
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from .answer import Commitment
from .binding import is_of_each, is_total
from .clauses import CLAUSES_ALIKE, alikeness, clause_text
from .quantities import COMMON_UNITS, Quantity, numbers_of, same_measure

Fit = tuple[float, ...]
"""How well two commitments fit, compared number by number."""


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
class Pair:
    """An upper commitment beside the lower one that answers to it."""

    above: Commitment
    below: Commitment
    carrier: Carrier


def carriers_of(links: Links, upper_plan: str, upper_id: str) -> list[Carrier]:
    """What carries an upper statement, the surest first, those that only share its topic last."""
    return [
        Carrier(plan, plan.statement(edge.local_id), edge)
        for edge in links.carriers(upper_plan, upper_id)
        for plan in [links.lower(edge.local_plan)]
    ]


def sources_of(links: Links, plan: Plan, statement: Statement) -> list[Carrier]:
    """A local statement as the carrier of each of its upper statements, the surest edge first."""
    return [Carrier(plan, statement, edge) for edge in links.sources(statement.id, plan.id)]


def openings(plan: Plan) -> dict[str, Statement]:
    """For the later pieces of a sentence what opens it, by their ids: 设施开工建设：一季度完成选址；二季度完成立项。

    Such a piece is a step of the task that stands before the colon.
    """
    found: dict[str, Statement] = {}
    for one, two in pairwise(plan.statements):
        if one.clause == two.clause and one.text.endswith("；"):
            opening = one if "：" in one.text else found.get(one.id)
            if opening is not None:
                found[two.id] = opening
    return found


def sources_of_opening(links: Links, plan: Plan, statement: Statement, opening: Statement) -> list[Carrier]:
    """A later piece of a sentence as a carrier of a part of what its opening carries."""
    edges = [e for e in links.sources(opening.id, plan.id) if e.relation.is_coverage]
    return [Carrier(plan, statement, e.model_copy(update={"relation": Relation.PARTIAL})) for e in edges]


Dates = Callable[[Plan, Statement], Sequence[Deadline]]
"""The dates of a statement: its own, or those of the note or table cell that holds for it."""


def paired_dates(
    plan: Plan, upper: Statement, carriers: Sequence[Carrier], dates: Dates, least: float = CLAUSES_ALIKE
) -> list[Pair]:
    """Each deadline of an upper statement with the lower one that answers to it, as far as there is one.

    `least` is how like the two clauses must be; where the edge itself is too unsure to count, more is asked.
    """
    pairs = []
    theirs = dates(plan, upper)
    for above in theirs:
        options = [
            (fit, below, c)
            for c in carriers
            for ours in [dates(c.plan, c.statement)]
            for below in ours
            if (fit := fit_of_dates(upper, above, c, below, len(theirs) == len(ours) == 1, least)) is not None
        ]
        if options:
            _, below, carrier = max(options, key=lambda o: o[0])
            pairs.append(Pair(above, below, carrier))
    return pairs


def fit_of_dates(
    upper: Statement, above: Deadline, carrier: Carrier, below: Deadline, alone: bool, least: float = CLAUSES_ALIKE
) -> Fit | None:
    """How well a lower date answers to an upper one, None where it does not.

    First come those in a statement that carries the whole, then those in the same words, then the likest clause, then the
    nearest day. Of several dates on one side each goes with its own clause; where each side has one (`alone`) and the lower
    statement carries the whole, the two are taken to be about the same, whatever clause the date moved to.
    """
    alike = alikeness(clause_text(upper, above), clause_text(carrier.statement, below))
    same = above.surface == below.surface and carrier.edge.relation.is_coverage
    if alike < least and not same and not (alone and carrier.whole):
        return None
    apart = abs((above.latest - below.latest).days) if above.latest and below.latest else 0
    return carrier.whole, same, alike, -apart, carrier.edge.confidence


def paired_numbers(upper: Statement, carriers: Sequence[Carrier], least: float = CLAUSES_ALIKE) -> list[Pair]:
    """Each number of an upper statement with the lower one that answers to it, the likest pairs first, none used twice.

    `least` as for `paired_dates`.
    """
    options = [
        (fit, i, j, k, above, below, c)
        for i, above in enumerate(numbers_of(upper))
        for j, c in enumerate(carriers)
        for k, below in enumerate(numbers_of(c.statement))
        if same_measure(above, below)
        and counted_alike(upper, above, c.statement, below)
        and (fit := _fit_of_numbers(upper, above, c, below, least)) is not None
    ]
    taken_above: set[int] = set()
    taken_below: set[tuple[int, int]] = set()
    pairs = []
    for _, i, j, k, above, below, carrier in sorted(options, key=lambda o: o[0], reverse=True):
        if i not in taken_above and (j, k) not in taken_below:
            taken_above.add(i)
            taken_below.add((j, k))
            pairs.append(Pair(above, below, carrier))
    return pairs


def counted_alike(upper: Statement, above: Quantity, lower: Statement, below: Quantity) -> bool:
    """Whether not one number counts the whole place (举办100场) and the other one of each (各单位不少于1场)."""
    if not isinstance(above, Target) or not isinstance(below, Target):
        return True
    return not (is_total(upper, above) and is_of_each(lower, below)) and not (
        is_total(lower, below) and is_of_each(upper, above)
    )


def _fit_of_numbers(upper: Statement, above: Quantity, carrier: Carrier, below: Quantity, least: float) -> Fit | None:
    """How well a lower number answers to an upper one, None where it does not.

    First come those of the same indicator, then the likest clause, then the same words. Shares and counts of indicators that
    have no words in common do not answer to each other, however alike their clauses.
    """
    measured = 0.0
    if isinstance(above, Target) and isinstance(below, Target) and above.indicator and below.indicator:
        measured = 1.0 if above.indicator == below.indicator else alikeness(above.indicator, below.indicator)
        if not measured and above.unit in COMMON_UNITS:
            return None
    alike = alikeness(clause_text(upper, above), clause_text(carrier.statement, below))
    telling = isinstance(above, Target) and bool(above.unit) and above.unit not in COMMON_UNITS
    counts, same = carrier.edge.relation.is_coverage, above.surface == below.surface
    enough = 0.0 if telling and counts else CLAUSES_ALIKE if telling else least
    if alike < enough and not (same and counts):
        return None
    return measured, alike, same, carrier.whole, carrier.edge.confidence
