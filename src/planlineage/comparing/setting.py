"""What all comparisons of one local plan share: its level, its days, what people decided, whom an upper clause binds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cached_property

from ..linking.links import Links
from ..model.commitments import Deadline, DocumentNumber, Target
from ..model.levels import Level
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Reason, Term, because
from ..reading.commitments import Assigned, assigned, is_note
from ..reading.identity import places_at_start
from .answer import Commitment, Stated
from .binding import Comparability, comparability, is_total
from .clauses import clause_text, likest_clause
from .effective import EffectiveDeadline, effective_deadlines, opening_goals
from .pairing import Carrier

COMMITTING = frozenset({"task", "goal", "procedure"})
"""The kinds of statement whose commitments are compared."""

_YEAR = re.compile(r"〔(\d{4})〕")


class Setting:
    """The local plan of some links, as far as it decides how commitments compare."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.level = next((p.level for p in links.locals if p.level is not None), None)
        self.adopted = min((d for p in links.locals if (d := adopted_from(p))), default=None)
        self.period_end = max((p.period.ends for p in links.locals if p.period), default=None)

    @cached_property
    def _notes(self) -> dict[str, dict[str, Assigned]]:
        """For each plan what its responsibility notes and the cells of its task tables say of its statements."""
        return {p.id: assigned(p) for p in (*self.links.locals, *self.links.uppers)}

    @cached_property
    def _noting(self) -> dict[str, frozenset[str]]:
        return {plan: frozenset(n for a in found.values() for n in a.notes) for plan, found in self._notes.items()}

    def commits(self, plan: Plan, statement: Statement) -> bool:
        """Whether the commitments of a statement are compared: those of a mere note are compared at the task it holds for."""
        if statement.kind not in COMMITTING:
            return False
        return statement.kind != "procedure" or not (statement.id in self._noting[plan.id] or is_note(statement.text))

    def dates(self, plan: Plan, statement: Statement) -> Sequence[Deadline]:
        """The dates of a statement: its own, else those of its note or table cell, else of the goal that opens its paragraph."""
        if statement.deadlines or statement.kind == "heading":
            return statement.deadlines
        if (note := self._notes[plan.id].get(statement.id)) is not None:
            return note.deadlines
        opening = self._opening[plan.id].get(statement.id)
        return opening.deadlines[:1] if opening is not None else ()

    @cached_property
    def _opening(self) -> dict[str, dict[str, Statement]]:
        return {p.id: opening_goals(p) for p in (*self.links.locals, *self.links.uppers)}

    @cached_property
    def _levels_above(self) -> tuple[Level, ...]:
        return levels_above(self.links.local)

    def is_next(self, upper: Plan) -> bool:
        """Whether no level stands between an upper plan and the local one."""
        return upper.level is None or not any(upper.level.is_above(level) for level in self._levels_above)

    @cached_property
    def effective(self) -> dict[tuple[str, str], tuple[EffectiveDeadline, ...]]:
        """The deadlines that hold for each local statement, by the ids of plan and statement."""
        return {(p.id, i): found for p in self.links.locals for i, found in effective_deadlines(p).items()}

    def comparability(
        self, above: Stated, carrier: Carrier | None = None, below: Commitment | None = None
    ) -> Comparability:
        """Whether a commitment above can be compared with what a lower statement makes of it; what a person decided wins."""
        decided = self.links.decisions.of(*above.key)
        if decided is not None:
            return Comparability("yes" if decided else "no", (because("decided"),))
        clause = None
        if above.commitment is None and below is not None and carrier is not None:
            clause, _ = likest_clause(above.statement, clause_text(carrier.statement, below))
        binds = comparability(
            above.statement,
            above.commitment,
            self.level,
            lower=carrier.statement if carrier is not None else None,
            lower_commitment=below,
            clause=clause,
            taken_over=carrier is not None and carrier.whole,
        )
        return self._of_a_whole(above, below) if binds.comparable == "yes" else binds

    def _of_a_whole(self, above: Stated, below: Commitment | None) -> Comparability:
        """A count for the whole place above (全市建成8000个) and the share of a part of it below are no measure of each other."""
        one, level = above.commitment, above.plan.level
        if not isinstance(one, Target) or level is None or self.level is None or not level.is_above(self.level):
            return Comparability("yes")
        same = isinstance(below, Target) and one.normal == below.normal
        if same or not is_total(above.statement, one):
            return Comparability("yes")
        return Comparability("no", (because("whole against share", a=Term(f"level.{level}")),))

    def lapsed(self, last: datetime.date | None) -> tuple[Reason, ...]:
        """Why a day had passed before the local plan was adopted; empty where it had not, or that is not known."""
        if last is None or self.adopted is None or last >= self.adopted:
            return ()
        return (because("had lapsed", a=self.adopted),)

    def inherited(self, plan: Plan, statement: Statement, day: datetime.date | None) -> Reason:
        """What holds below instead of a date of its own (the clause's, the catch-all sentence's, the period's), against a day."""
        for found in self.effective.get((plan.id, statement.id), ()):
            if found.origin != "own" and found.latest is not None:
                key, values = "inherited", {"a": found.origin_term, "b": found.latest}
                if found.hedge:
                    key, values = f"{key} hedged", values | {"hedge": found.hedge}
                if day is not None:
                    key, values = f"{key} days", values | {"days": f"{(found.latest - day).days:+d}"}
                return because(key, **values)
        return because("no own date")


def levels_above(local: Plan) -> tuple[Level, ...]:
    """The levels above a plan, the lowest first; the districts of a municipality stand right below it."""
    if local.level is None:
        return ()
    above = [lv for lv in Level if lv.is_above(local.level)]
    top = places_at_start(local.place)[:1]
    if top and top[0][0].endswith("市") and top[0][1] is Level.PROVINCIAL:
        above = [lv for lv in above if lv is not Level.MUNICIPAL]
    return tuple(sorted(above, key=lambda lv: -lv.rank))


def adopted_from(plan: Plan) -> datetime.date | None:
    """The first day on which a plan can have been adopted: its issue, else the year of the latest document it cites.

    None where neither is known.
    """
    if plan.issued is not None:
        return plan.issued
    numbers = [c.number for s in plan.statements for c in s.commitments if isinstance(c, DocumentNumber)]
    years = [int(m[1]) for n in [*numbers, *(c.number or "" for c in plan.cited)] if (m := _YEAR.search(n))]
    return datetime.date(max(years), 1, 1) if years else None
