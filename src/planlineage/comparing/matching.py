"""Dates, numbers and rhythms: which answer to each other, which are dropped, which are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.commitments import Deadline
from ..model.plan import Plan, Statement
from ..model.wording import because
from .answer import Answer, Commitment, Stated
from .binding import Comparability, applicability
from .changes import Change, ChangeName, Effect
from .clauses import SURE_WITHOUT_EDGE, clause_text, likest_clause
from .dates import date_change
from .pairing import Carrier, Pair, carriers_of, fit_of_dates, paired_dates, paired_numbers, sources_of
from .quantities import aspect_of, numbers_of, quantity_change
from .setting import Setting
from .unmatched import carries_part, says_something_alone, topic_of, why_in_part, why_nearest_is_none

COMMITTING = frozenset({"task", "goal"})
"""The kinds of statement whose commitments are compared."""


class Matching:
    """Pairs the commitments of all upper plans with those of the local plan."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.links = setting, setting.links
        self._answering: set[int] = set()
        """The lower commitments that answer to one above that binds the level."""
        self._paired: set[tuple[int, int]] = set()
        """The upper dates with the lower statements that have a date for them."""

    def from_above(self, plan: Plan, upper: Statement) -> Iterator[Answer]:
        """The answers to an upper statement's commitments, then those that nothing answers."""
        found = [c for c in carriers_of(self.links, plan.id, upper.id) if c.statement.kind in COMMITTING]
        carriers = [c for c in found if c.edge.relation.is_coverage]
        unsure = [c for c in found if not c.edge.relation.is_coverage]
        pairs: list[Pair] = [*paired_dates(upper, carriers), *paired_numbers(upper, carriers)]
        done = {id(p.above) for p in pairs}
        more = [
            *paired_dates(upper, unsure, SURE_WITHOUT_EDGE),
            *paired_numbers(upper, unsure, SURE_WITHOUT_EDGE),
        ]
        pairs += [p for p in more if id(p.above) not in done]
        done |= {id(p.above) for p in pairs}
        for pair in sorted(pairs, key=lambda p: not isinstance(p.above, Deadline)):
            yield self._answer(plan, upper, pair)
        for above in (*upper.deadlines, *numbers_of(upper)):
            if id(above) not in done and says_something_alone(above):
                yield self._dropped(Stated(plan, upper, above), carriers)

    def from_below(self, plan: Plan, lower: Statement) -> Iterator[Answer]:
        """The commitments of a lower statement that answered to none so far: to a date that another one answers too, or new."""
        sources = sources_of(self.links, plan, lower)
        for below in (*lower.deadlines, *numbers_of(lower)):
            if id(below) in self._answering:
                continue
            if isinstance(below, Deadline) and (found := self._second_answer(sources, below)):
                yield found
            elif says_something_alone(below):
                yield self._added(Stated(plan, lower, below), sources)

    # -- pairs --------------------------------------------------------------------------------------------------------

    def _answer(self, plan: Plan, upper: Statement, pair: Pair) -> Answer:
        above, carrier = Stated(plan, upper, pair.above), pair.carrier
        self._paired.add((id(pair.above), id(carrier.statement)))
        binds = self.setting.comparability(above, carrier, pair.below)
        aspect = aspect_of(pair.above)
        below = Stated(carrier.plan, carrier.statement, pair.below)
        if binds.comparable == "no":
            return Answer(aspect, "not_comparable", above, below, carrier.edge, "no", binds.reasons)
        self._answering.add(id(pair.below))
        change = _change(pair.above, pair.below)
        reasons = [*binds.reasons, *((change.reason,) if change.reason else ())]
        if isinstance(pair.above, Deadline):
            reasons += self.setting.lapsed(max(pair.above.days, default=None))
        if not carrier.edge.relation.is_coverage:
            reasons.append(because("tie"))
        return Answer(
            aspect,
            change.name,
            above,
            below,
            carrier.edge,
            binds.comparable,
            tuple(reasons),
            change.effect,
            change.days_min,
            change.days_max,
        )

    def _second_answer(self, sources: Sequence[Carrier], below: Deadline) -> Answer | None:
        """A date for an upper task whose own date another lower task answers already: the task was split."""
        found = [
            (fit, plan, upper, Pair(above, below, carrier))
            for carrier in sources
            if carrier.edge.relation.is_coverage
            for plan in [self.links.upper(carrier.edge.upper_plan)]
            for upper in [plan.statement(carrier.edge.upper_id)]
            if upper.kind in COMMITTING
            for above in upper.deadlines
            if (id(above), id(carrier.statement)) not in self._paired
            and (fit := fit_of_dates(upper, above, carrier, below)) is not None
        ]
        if not found:
            return None
        _, plan, upper, pair = max(found, key=lambda f: f[0])
        answer = self._answer(plan, upper, pair)
        return answer if answer.comparable != "no" else None

    # -- only above ---------------------------------------------------------------------------------------------------

    def _dropped(self, above: Stated, carriers: Sequence[Carrier]) -> Answer:
        """A commitment that no carrier keeps: the whole task is gone, or it is carried without it."""
        commitment = above.commitment
        assert commitment is not None
        carrier = next((c for c in carriers if carries_part(c, above.statement, commitment)), None)
        below = Stated(carrier.plan, carrier.statement) if carrier else None
        edge = carrier.edge if carrier else None
        binds = self.setting.comparability(above)
        missing = [] if carrier else [because("another part" if carriers else "no carrier")]
        aspect = aspect_of(commitment)
        if binds.comparable == "no":
            return Answer(aspect, "dropped", above, below, edge, "no", (*missing, *binds.reasons))
        reasons = [*missing, *binds.reasons]
        if not isinstance(commitment, Deadline):
            return Answer(aspect, "dropped", above, below, edge, binds.comparable, tuple(reasons), "weaker")
        lapsed = self.setting.lapsed(max(commitment.days, default=None))
        reasons += lapsed
        change: ChangeName = "lapsed" if lapsed and carrier else "dropped"
        period_end = self.setting.period_end
        if commitment.latest and period_end and commitment.latest > period_end:
            reasons.append(because("beyond period", a=period_end))
            return Answer(aspect, change, above, below, edge, "no", tuple(reasons))
        if carrier:
            reasons.append(self.setting.inherited(carrier.plan, carrier.statement, commitment.latest))
        return Answer(aspect, change, above, below, edge, binds.comparable, tuple(reasons), "weaker")

    # -- only below ---------------------------------------------------------------------------------------------------

    def _added(self, below: Stated, sources: Sequence[Carrier]) -> Answer:
        """A date or number that answers to none above."""
        commitment, lower = below.commitment, below.statement
        assert commitment is not None
        aspect = aspect_of(commitment)
        carrying = [s for s in sources if s.edge.relation.is_coverage]
        best = self._origin(carrying, lower, commitment)
        if best is not None:
            above = self._above(best)
            binds = self._new_in(above, best, commitment)
            effect: Effect = "" if binds.comparable == "no" else "stronger"
            undated = isinstance(commitment, Deadline) and not above.statement.deadlines
            reasons = (*binds.reasons, *((because("no upper date"),) if undated else ()))
            return Answer(aspect, "added", above, below, best.edge, binds.comparable, reasons, effect)
        named = self._named(lower, commitment) if not carrying else None
        if named is not None:
            return Answer(aspect, "added", named, below, None, "yes", (because("no edge"),), "stronger")
        near = sources[0] if sources else None
        if near is None:
            return Answer(aspect, "added", None, below, None, "no", (because("no upper task"),))
        why = because("no upper task"), why_nearest_is_none(near)
        return Answer(aspect, "added", self._above(near), below, near.edge, "no", why)

    def _above(self, carrier: Carrier) -> Stated:
        """The upper statement of an edge, with its plan."""
        plan = self.links.upper(carrier.edge.upper_plan)
        return Stated(plan, plan.statement(carrier.edge.upper_id))

    def _origin(self, carrying: Sequence[Carrier], lower: Statement, below: Commitment) -> Carrier | None:
        """The edge to the upper task that a new date or number belongs to: applicable, whole, and alike in its clause."""
        words = clause_text(lower, below)

        def rank(carrier: Carrier) -> tuple[bool, bool, float, float]:
            upper = self._above(carrier).statement
            applies = applicability(upper, self.setting.level).applies
            return applies, carrier.whole, likest_clause(upper, words)[1], carrier.edge.confidence

        return max((c for c in carrying if c.edge.upper_kind == "task"), key=rank, default=None)

    def _new_in(self, above: Stated, carrier: Carrier, below: Commitment) -> Comparability:
        binds = self.setting.comparability(above, carrier, below)
        if binds.comparable != "yes":
            return binds
        reason = why_in_part(above.statement, carrier, below)
        return Comparability("partly", (reason,)) if reason else binds

    def _named(self, lower: Statement, below: Commitment) -> Stated | None:
        """The one upper task that speaks of what a sentence without an edge turns to before its number."""
        if isinstance(below, Deadline):
            return None
        topic = topic_of(lower, below)[-2:]
        found = [Stated(p, t) for p in self.links.uppers for t in p.tasks if len(topic) == 2 and topic in t.text]
        return found[0] if len(found) == 1 else None


def _change(above: Commitment, below: Commitment) -> Change:
    if isinstance(above, Deadline) and isinstance(below, Deadline):
        return date_change(above, below)
    assert not isinstance(above, Deadline) and not isinstance(below, Deadline)
    return quantity_change(above, below)
