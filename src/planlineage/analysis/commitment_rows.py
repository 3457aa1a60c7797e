"""The rows of the slippage table, aspect by aspect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..linking.applicability import (
    Comparability,
    Comparable,
    applicability,
    comparability,
    names_of,
    subjects,
)
from ..linking.compare import compared_deadlines, deadline_value
from ..linking.pairing import (
    SURE_WITHOUT_EDGE,
    Carrier,
    Pair,
    clause_text,
    likest_clause,
    numbers_of,
    paired_deadlines,
    paired_numbers,
)
from ..linking.quantities import Quantity, aspect_of, quantity_change
from ..linking.several import Carriers
from ..linking.strength import strength_change
from ..model.commitments import Deadline
from ..model.lineage import LineageEdge
from ..model.plan import Plan, Statement
from ..model.report import Row
from ..reading.effective import effective_deadlines
from .applicability import Decisions
from .commitment_reasons import adopted_from, beside, nearest_is, speaks_of, stands_alone, tie, topic_of

Place = tuple[Plan, Statement]
"""A statement with the plan that it stands in."""

COMMITTING = frozenset({"task", "goal"})
"""The kinds of statement whose commitments are compared."""

_EFFECTS = {
    "later": "weaker",
    "earlier": "stronger",
    "dropped": "weaker",
    "added": "stronger",
    "kept": "same",
}


class Rows:
    """Builds the rows for all upper plans of a set of lineages."""

    def __init__(self, carriers: Carriers, decisions: Decisions) -> None:
        self.carriers = carriers
        self.decisions = decisions
        self.level = next((p.level for p in carriers.locals if p.level is not None), None)
        self.adopted = min((d for p in carriers.locals if (d := adopted_from(p))), default=None)
        self.period_end = max((p.period.ends for p in carriers.locals if p.period), default=None)
        self._inherited = {p.id: effective_deadlines(p) for p in carriers.locals}
        self._found: list[tuple[tuple[int, int, int], Row]] = []
        self._order = {
            (plan.id, s.id): (k, i)
            for k, plan in enumerate(carriers.locals)
            for i, s in enumerate(plan.statements)
        }

    def all(self) -> list[Row]:
        """All rows, in the order of the local text, then the dropped ones in the order of the upper text."""
        used: set[int] = set()
        for upper in self.carriers.uppers:
            for statement in upper.statements:
                if statement.kind in COMMITTING:
                    used |= self._statement(upper, statement)
        for plan in self.carriers.locals:
            for statement in plan.statements:
                if statement.kind in COMMITTING:
                    self._added(plan, statement, used)
        return [row for _, row in sorted(self._found, key=lambda x: x[0])]

    # -- one upper statement ------------------------------------------------------------------------------------------

    def _statement(self, plan: Plan, upper: Statement) -> set[int]:
        """The rows of an upper statement; returns which lower commitments answer to it."""
        found = [c for c in self.carriers.of(plan.id, upper.id) if c.statement.kind in COMMITTING]
        carriers = [c for c in found if c.edge.relation.is_coverage]
        unsure = [c for c in found if not c.edge.relation.is_coverage]
        dates, numbers = paired_deadlines(upper, carriers), paired_numbers(upper, carriers)
        done = {id(p.above) for p in dates} | {id(p.above) for p in numbers}
        dates += [p for p in paired_deadlines(upper, unsure, SURE_WITHOUT_EDGE) if id(p.above) not in done]
        numbers += [p for p in paired_numbers(upper, unsure, SURE_WITHOUT_EDGE) if id(p.above) not in done]
        answering = {id(p.below) for p in dates if self._deadline(plan, upper, p)}
        answering |= {id(p.below) for p in numbers if self._number(plan, upper, p)}
        done |= {id(p.above) for p in dates} | {id(p.above) for p in numbers}
        for above in (*upper.deadlines, *numbers_of(upper)):
            if id(above) not in done and stands_alone(above):
                self._dropped(plan, upper, above, carriers)
        for carrier in carriers:
            if upper.is_task and carrier.statement.is_task:
                self._strength(plan, upper, carrier, carriers)
            self._addressee(plan, upper, carrier)
        return answering

    def _compared(
        self, plan: Plan, upper: Statement, above: Deadline | Quantity | None, carrier: Carrier | None,
        below: Deadline | Quantity | None,
    ) -> Comparability:  # fmt: skip
        decided = self.decisions.of(plan.id, upper.id)
        if decided is not None:
            return Comparability("yes" if decided else "no", "decided by a person")
        clause = None
        if above is None and below is not None and carrier is not None:
            clause, _ = likest_clause(upper, clause_text(carrier.statement, below))
        lower = carrier.statement if carrier is not None else None
        taken_over = carrier is not None and carrier.whole
        return comparability(
            upper,
            above,
            self.level,
            lower=lower,
            lower_commitment=below,
            clause=clause,
            taken_over=taken_over,
        )

    def _deadline(self, plan: Plan, upper: Statement, pair: Pair[Deadline]) -> bool:
        """The row of two deadlines; whether they could be compared."""
        binds = self._compared(plan, upper, pair.above, pair.carrier, pair.below)
        change = compared_deadlines(pair.above, pair.below)
        values = {"upper_value": deadline_value(pair.above), "local_value": deadline_value(pair.below)}
        if binds.comparable == "no":
            self._add(plan, upper, pair.carrier, "deadline", "not_comparable", binds, values)
            return False
        parts = (binds.reason, change.reason, self._lapsed(pair.above), tie(pair.carrier))
        reason = "; ".join(r for r in parts if r)
        days = {
            "days_min": change.days_min, "days_max": change.days_max, "effect": _EFFECTS.get(change.change, ""),
        }  # fmt: skip
        self._add(
            plan,
            upper,
            pair.carrier,
            "deadline",
            change.change,
            Comparability(binds.comparable, reason),
            values | days,
        )
        return True

    def _number(self, plan: Plan, upper: Statement, pair: Pair[Quantity]) -> bool:
        """The row of two numbers; whether they could be compared."""
        binds = self._compared(plan, upper, pair.above, pair.carrier, pair.below)
        values = {"upper_value": pair.above.normal, "local_value": pair.below.normal}
        if binds.comparable == "no":
            self._add(plan, upper, pair.carrier, aspect_of(pair.above), "not_comparable", binds, values)
            return False
        change = quantity_change(pair.above, pair.below)
        reason = "; ".join(r for r in (binds.reason, change.reason, tie(pair.carrier)) if r)
        self._add(
            plan, upper, pair.carrier, aspect_of(pair.above), change.change,
            Comparability(binds.comparable, reason), values | {"effect": change.effect},
        )  # fmt: skip
        return True

    def _dropped(
        self, plan: Plan, upper: Statement, above: Deadline | Quantity, carriers: Sequence[Carrier]
    ) -> None:
        """A commitment that no carrier keeps: the whole task is gone, or it is carried without it."""
        aspect = "deadline" if isinstance(above, Deadline) else aspect_of(above)
        carrier = next((c for c in carriers if speaks_of(c, upper, above)), None)
        binds = self._compared(plan, upper, above, None, None)
        value = deadline_value(above) if isinstance(above, Deadline) else above.normal
        values: dict[str, Any] = {
            "upper_value": value,
            "local_value": "none" if carrier is not None else "absent",
            "effect": "weaker",
        }
        missing = (
            "another part of the task is carried, not this one"
            if carriers
            else "no task of the lower plan carries it"
        )
        if binds.comparable == "no":
            gone = [] if carrier else [missing]
            binds = Comparability("no", "; ".join([*gone, binds.reason]))
            self._add(plan, upper, carrier, aspect, "dropped", binds, values | {"effect": ""})
            return
        comparable: Comparable = binds.comparable
        reasons = [binds.reason]
        change = "dropped"
        if isinstance(above, Deadline):
            lapsed = self._lapsed(above)
            reasons.append(lapsed)
            if lapsed and carrier is not None:
                change = "lapsed"
            if self._beyond(above):
                comparable = "no"
                values["effect"] = ""
                reasons.append(
                    f"the day lies beyond the lower plan's period, which ends on {self.period_end}"
                )
            elif carrier is not None:
                reasons.append(self._inherits(carrier, above))
        if carrier is None:
            reasons.insert(0, missing)
        self._add(
            plan,
            upper,
            carrier,
            aspect,
            change,
            Comparability(comparable, "; ".join(r for r in reasons if r)),
            values,
        )

    def _lapsed(self, above: Deadline) -> str:
        last = above.alternate or above.latest
        if last is None or self.adopted is None or last >= self.adopted:
            return ""
        return f"the date had lapsed before the lower plan was adopted (not before {self.adopted})"

    def _beyond(self, above: Deadline) -> bool:
        return above.latest is not None and self.period_end is not None and above.latest > self.period_end

    def _inherits(self, carrier: Carrier, above: Deadline) -> str:
        """What holds below instead of a date of its own: the clause's, the plan's catch-all sentence, its period."""
        for found in self._inherited[carrier.plan.id].get(carrier.statement.id, ()):
            if found.origin != "own" and found.latest is not None:
                hedge = f", {found.hedge}" if found.hedge else ""
                days = f", {(found.latest - above.latest).days:+d} days" if above.latest else ""
                return f"no date of its own, from the {found.origin}: {found.latest}{hedge}{days}"
        return "no date of its own"

    def _strength(self, plan: Plan, upper: Statement, carrier: Carrier, carriers: Sequence[Carrier]) -> None:
        others = [
            self.carriers.upper(c.edge.upper_plan).statement(c.edge.upper_id)
            for c in self.carriers.sources(carrier.plan, carrier.statement)
            if c.edge.relation.is_coverage and (c.edge.upper_plan, c.edge.upper_id) != (plan.id, upper.id)
        ]
        change = strength_change(
            upper.text,
            carrier.statement.text,
            whole=carrier.whole,
            beside=[c.statement.text for c in carriers if c.statement is not carrier.statement],
            others=[o.text for o in others if o.text != upper.text],
        )
        binds = self._compared(plan, upper, None, carrier, None)
        values: dict[str, Any] = {"upper_value": change.upper_value, "local_value": change.lower_value}
        name: str = change.change
        if binds.comparable == "no" and name != "kept":
            name = "not_comparable"
        else:
            effects = {"kept": "same", "weakened": "weaker", "strengthened": "stronger", "mixed": "mixed"}
            values["effect"] = effects[change.change]
        reason = "; ".join(r for r in (binds.reason, change.reason) if r)
        self._add(plan, upper, carrier, "strength", name, Comparability(binds.comparable, reason), values)

    def _addressee(self, plan: Plan, upper: Statement, carrier: Carrier) -> None:
        """Who is bound above and who below; a lower statement that names no one binds its plan's own level."""
        above = [a for a in subjects(upper) if a.levels or a.universal]
        below = [a for a in subjects(carrier.statement) if a.levels or a.universal]
        if not above and not below:
            return
        values = {"upper_value": names_of(above) or "none", "local_value": names_of(below) or "none"}
        binds = self._compared(plan, upper, None, carrier, None)
        if not above:
            change, reason = "added", "the upper clause names no one"
        else:
            universal = any(a.universal or not a.levels for a in above)
            bound = {lv for a in above for lv in a.levels}
            ours = {lv for a in below for lv in a.levels} or ({self.level} if self.level else set())
            if universal or ours <= bound or not ours:
                change = "kept"
                reason = "" if below else "no one is named, the plan's own level is bound"
            elif ours & bound:
                change, reason = (
                    "kept",
                    "in part: " + "、".join(sorted(lv.chinese for lv in ours - bound)) + " not named above",
                )
            else:
                change, reason = (
                    "readdressed",
                    f"from {names_of(above)} to {names_of(below) or (self.level or '')}",
                )
        effects = {"kept": "same"}
        self._add(
            plan, upper, carrier, "addressee", change, Comparability(binds.comparable, reason),
            values | {"effect": effects.get(change, "")},
        )  # fmt: skip

    # -- what stands only below ---------------------------------------------------------------------------------------

    def _added(self, plan: Plan, lower: Statement, used: set[int]) -> None:
        """Dates and numbers of a lower statement that answer to none above."""
        sources = self.carriers.sources(plan, lower)
        carrying = [s for s in sources if s.edge.relation.is_coverage]
        for below in (*lower.deadlines, *numbers_of(lower)):
            if id(below) in used or not stands_alone(below):
                continue
            value = deadline_value(below) if isinstance(below, Deadline) else below.normal
            values = {"upper_value": "none", "local_value": value, "effect": "stronger"}
            aspect = "deadline" if isinstance(below, Deadline) else aspect_of(below)
            best = self._origin(carrying, lower, below)
            row = {"aspect": aspect, "change": "added"}
            named = self._named(carrying, lower, below) if best is None else None
            if named is not None:
                binds = Comparability("yes", "no edge; the only upper task that speaks of it")
                self._record(named, (plan, lower), None, row | values | _said(binds))
                continue
            if best is None:
                near = sources[0] if sources else None
                binds = Comparability(
                    "no", "no upper task asks for it" + (f"; {nearest_is(near)}" if near else "")
                )
                place, edge = (self._upper(near), near.edge) if near else (None, None)
                self._record(place, (plan, lower), edge, row | values | _said(binds) | {"effect": ""})
                continue
            binds = self._added_comparability(*self._upper(best), best, below)
            if binds.comparable == "no":
                values["effect"] = ""
            self._record(self._upper(best), (plan, lower), best.edge, row | values | _said(binds))

    def _upper(self, carrier: Carrier) -> Place:
        """The upper statement of an edge, with its plan."""
        plan = self.carriers.upper(carrier.edge.upper_plan)
        return plan, plan.statement(carrier.edge.upper_id)

    def _origin(
        self, carrying: Sequence[Carrier], lower: Statement, below: Deadline | Quantity
    ) -> Carrier | None:
        """The edge to the upper task that a new date or number belongs to: applicable, whole, and alike in its clause."""
        words = clause_text(lower, below)

        def rank(carrier: Carrier) -> tuple[bool, bool, float, float]:
            upper = self.carriers.upper(carrier.edge.upper_plan).statement(carrier.edge.upper_id)
            applies = applicability(upper, self.level).applies
            return applies, carrier.whole, likest_clause(upper, words)[1], carrier.edge.confidence

        return max((c for c in carrying if c.edge.upper_kind == "task"), key=rank, default=None)

    def _added_comparability(
        self, plan: Plan, upper: Statement, carrier: Carrier, below: Deadline | Quantity
    ) -> Comparability:
        binds = self._compared(plan, upper, None, carrier, below)
        if binds.comparable != "yes":
            return binds
        reason = beside(upper, carrier, below)
        return Comparability("partly", reason) if reason else binds

    def _named(
        self, carrying: Sequence[Carrier], lower: Statement, below: Deadline | Quantity
    ) -> Place | None:
        """The one upper task that speaks of what a sentence without an edge turns to before its number."""
        if carrying or isinstance(below, Deadline):
            return None
        topic = topic_of(lower, below)[-2:]
        found = [(p, t) for p in self.carriers.uppers for t in p.tasks if len(topic) == 2 and topic in t.text]
        return found[0] if len(found) == 1 else None

    # -- putting rows together ----------------------------------------------------------------------------------------

    def _add(
        self, plan: Plan, upper: Statement, carrier: Carrier | None, aspect: str, change: str,
        binds: Comparability, values: Mapping[str, Any],
    ) -> None:  # fmt: skip
        lower = (carrier.plan, carrier.statement) if carrier is not None else None
        edge = carrier.edge if carrier is not None else None
        self._record(
            (plan, upper), lower, edge, {"aspect": aspect, "change": change, **_said(binds), **values}
        )

    def _record(
        self, upper: Place | None, lower: Place | None, edge: LineageEdge | None, said: Mapping[str, Any]
    ) -> None:
        row = {
            "days_min": None, "days_max": None, "effect": "",
            "relation": edge.relation.value if edge else "", "confidence": edge.confidence if edge else None,
            **_side("local", lower), **_side("upper", upper), **said,
        }  # fmt: skip
        place = self._order.get((row["local_plan"], row["local_id"]), (len(self._order), 0))
        self._found.append(((*place, len(self._found)), row))


def _said(binds: Comparability) -> dict[str, str]:
    return {"comparable": binds.comparable, "reason": binds.reason}


def _side(name: str, place: Place | None) -> dict[str, str]:
    """The columns of one side; empty where it has no counterpart."""
    plan, statement = place if place is not None else (None, None)
    return {
        f"{name}_id": statement.id if statement else "",
        f"{name}_text": statement.text if statement else "",
        f"{name}_clause": plan.label(statement.clause) if plan and statement else "",
        f"{name}_plan": plan.id if plan else "",
    }
