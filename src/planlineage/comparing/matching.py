"""Dates, numbers and rhythms: which answer to each other, which are dropped, which are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.commitments import Deadline
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import because
from .answer import Answer, Commitment, Stated
from .binding import Comparability, Comparable, applicability
from .changes import Change, ChangeName, Effect
from .clauses import CLAUSES_ALIKE, SURE_WITHOUT_EDGE, clause_text, clauses_of, likeness_to, likest_clause
from .dates import date_change
from .nearest import Nearest
from .pairing import (
    Carrier,
    Pair,
    carriers_of,
    fit_of_dates,
    openings,
    paired_dates,
    paired_numbers,
    sources_of,
    sources_of_opening,
)
from .quantities import aspect_of, numbers_of, quantity_change
from .setting import Setting
from .unmatched import (
    carries_part,
    is_condition,
    says_something_alone,
    sentences_under,
    topic_of,
    why_in_part,
    why_nearest_is_none,
)


class Matching:
    """Pairs the commitments of all upper plans with those of the local plan."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.links = setting, setting.links
        self.nearest = Nearest(setting)
        self._openings = {plan.id: openings(plan) for plan in self.links.locals}
        self._answering: set[int] = set()
        """The lower commitments that answer to one above that binds the level."""
        self._paired: set[tuple[int, int]] = set()
        """The upper dates with the lower statements that have a date for them."""

    def from_above(self, plan: Plan, upper: Statement) -> Iterator[Answer]:
        """The answers to an upper statement's commitments, then those that nothing answers."""
        found = [c for c in carriers_of(self.links, plan.id, upper.id) if self.setting.commits(c.plan, c.statement)]
        carriers = [c for c in found if c.edge.relation.is_coverage]
        unsure = [c for c in found if not c.edge.relation.is_coverage]
        pairs: list[Pair] = [*paired_dates(plan, upper, carriers, self.setting.dates), *paired_numbers(upper, carriers)]
        done = {id(p.above) for p in pairs}
        more = [
            *paired_dates(plan, upper, unsure, self.setting.dates, SURE_WITHOUT_EDGE),
            *paired_numbers(upper, unsure, SURE_WITHOUT_EDGE),
        ]
        pairs += [p for p in more if id(p.above) not in done]
        done |= {id(p.above) for p in pairs}
        for pair in sorted(pairs, key=lambda p: not isinstance(p.above, Deadline)):
            yield self._answer(plan, upper, pair)
        for above in (*self.setting.dates(plan, upper), *numbers_of(upper)):
            if id(above) not in done and says_something_alone(upper, above):
                yield self._dropped(Stated(plan, upper, above), carriers)

    def from_below(self, plan: Plan, lower: Statement) -> Iterator[Answer]:
        """The commitments of a lower statement that answered to none so far: to a date that another one answers too, or new."""
        sources = sources_of(self.links, plan, lower)
        opening = self._openings[plan.id].get(lower.id)
        if opening is not None and not any(s.edge.relation.is_coverage for s in sources):
            sources = [*sources_of_opening(self.links, plan, lower, opening), *sources]
        for below in (*self.setting.dates(plan, lower), *numbers_of(lower)):
            if id(below) in self._answering:
                continue
            if isinstance(below, Deadline) and (found := self._second_answer(sources, below)):
                yield found
            elif says_something_alone(lower, below):
                yield from self._added(Stated(plan, lower, below), sources)

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
            if self.setting.commits(plan, upper)
            for theirs, ours in [(self.setting.dates(plan, upper), self.setting.dates(carrier.plan, carrier.statement))]
            for above in theirs
            if (id(above), id(carrier.statement)) not in self._paired
            and (fit := fit_of_dates(upper, above, carrier, below, len(theirs) == len(ours) == 1)) is not None
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
        carrier = max(
            (c for c in carriers if carries_part(c, above.statement, commitment)), key=lambda c: c.whole, default=None
        )
        below = Stated(carrier.plan, carrier.statement) if carrier else None
        edge = carrier.edge if carrier else None
        binds = self.setting.comparability(above)
        missing = [] if carrier else [because("another part" if carriers else "no carrier")]
        aspect = aspect_of(commitment)
        if binds.comparable == "no":
            return Answer(aspect, "dropped", above, below, edge, "no", (*missing, *binds.reasons))
        reasons = [*missing, *binds.reasons]
        if not isinstance(commitment, Deadline):
            effect: Effect = "" if is_condition(above.statement, commitment) else "weaker"
            return Answer(aspect, "dropped", above, below, edge, binds.comparable, tuple(reasons), effect)
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

    def _added(self, below: Stated, sources: Sequence[Carrier]) -> Iterator[Answer]:
        """A date or number that answers to none above: at the upper task it belongs to, else at the one that speaks of it.

        The date of a note or table cell holds for the statement as a whole, and so for every upper task that it carries.
        """
        commitment, lower = below.commitment, below.statement
        assert commitment is not None
        aspect = aspect_of(commitment)
        carrying = [s for s in sources if s.edge.relation.is_coverage]
        whole = isinstance(commitment, Deadline) and not lower.span.contains(commitment.span)
        best = self._origin(carrying, lower, commitment)
        if best is not None and not whole:
            best = self._likelier(best, sources, lower, commitment)
        origins = carrying if whole else [best] if best is not None else []
        for origin in origins:
            above = self._above(origin)
            binds = self._new_in(above, origin, commitment)
            effect: Effect = "" if binds.comparable == "no" or is_condition(lower, commitment) else "stronger"
            undated = isinstance(commitment, Deadline) and not self.setting.dates(above.plan, above.statement)
            reasons = (*binds.reasons, *((because("no upper date"),) if undated else ()))
            yield Answer(aspect, "added", above, below, origin.edge, binds.comparable, reasons, effect)
        if origins:
            return
        named = self._named(lower, commitment) if not carrying else None
        near = (
            self.nearest.of(lower, goals=not isinstance(commitment, Deadline))
            if not carrying and named is None
            else None
        )
        spoken_of = named or near
        if spoken_of is not None:
            clauses = [lower.text[a:b] for a, b in clauses_of(lower.text)]
            alike = any(likeness_to(clause, spoken_of.statement.text) >= CLAUSES_ALIKE for clause in clauses)
            comparable: Comparable = "yes" if named or alike else "partly"
            why = because("no edge") if named else because("nearest upper task")
            yield Answer(aspect, "added", spoken_of, below, None, comparable, (why,), "stronger")
        elif not sources:
            yield Answer(aspect, "added", None, below, None, "no", (because("no upper task"),))
        else:
            reasons = because("no upper task"), why_nearest_is_none(sources[0])
            yield Answer(aspect, "added", self._above(sources[0]), below, sources[0].edge, "no", reasons)

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

        return max((c for c in carrying if c.edge.upper_kind != "goal" or lower.kind == "goal"), key=rank, default=None)

    def _likelier(self, title: Carrier, sources: Sequence[Carrier], lower: Statement, below: Commitment) -> Carrier:
        """Where an upper sentence is but the title of those after it (二是提升能力。): the one that speaks of the matter."""
        above = self._above(title)
        under = sentences_under(above.plan, above.statement)
        words = clause_text(lower, below)
        found = [(likest_clause(s, words)[1], c) for c in sources if (s := self._above(c).statement) in under]
        fit, best = max(found, key=lambda f: f[0], default=(0.0, title))
        return best if fit >= CLAUSES_ALIKE else title

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
