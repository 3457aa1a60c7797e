"""Which decisions hold for the plans at hand: each is looked up, and compared with the words it was made on.

A decision is applied only where it `holds`, or has `moved` (the same words under another clause number). Where the words have
changed since, it is `suspect`; where no statement answers to an id, `unknown`; where two people decided differently on one
day, both are in `conflict`. None of these is applied; all stay in the file and are reported. An older decision that a later
one replaced is `superseded`; one about other plans is `elsewhere`. Nothing here writes.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from ..model.errors import UnknownTaskError
from ..model.plan import Plan, Statement
from ..model.report import Report, Row
from .review import ON_EDGES, Decision, Decisions, Slot, first_words

State = Literal["holds", "moved", "suspect", "unknown", "conflict", "superseded", "elsewhere"]
APPLIED: tuple[State, ...] = ("holds", "moved")
BROKEN: tuple[State, ...] = ("suspect", "unknown", "conflict")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands: its state, why, and the statements it is about, as far as they were found."""

    decision: Decision
    state: State
    reason: str = ""
    local: Statement | None = None
    upper: Statement | None = None


class DecisionCheck(Report):
    """All decisions with their state for some plans, in the order of the file; see `planlineage.linking.review_check`.

    `broken` are those that are suspect, unknown or in conflict; `ok` says that there are none.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "state", "action", "relation", "local_plan", "local_id", "upper_plan", "upper_id", "reviewer", "date", "note",
        "reason", "local_text", "upper_text",
    )  # fmt: skip

    def __init__(self, decisions: Decisions, locals_: Sequence[Plan], uppers: Sequence[Plan]) -> None:
        self.decisions = decisions
        self.standings = _standings(decisions, {p.id: p for p in locals_}, {p.id: p for p in uppers})

    def having(self, *states: State) -> tuple[Standing, ...]:
        """Those in some states."""
        return tuple(s for s in self.standings if s.state in states)

    @property
    def broken(self) -> tuple[Standing, ...]:
        """Those that a person has to look at; none of them is applied."""
        return self.having(*BROKEN)

    @property
    def ok(self) -> bool:
        """Whether no decision is suspect, unknown or in conflict."""
        return not self.broken

    @property
    def heading(self) -> str:
        """The result in one line."""
        counts = Counter(s.state for s in self.standings)
        return f"{len(self.standings)} decisions: " + (
            ", ".join(f"{n} {s}" for s, n in counts.items()) or "none"
        )

    def rows(self) -> list[Row]:
        """One row a decision, those to look at first."""
        return [_row(s) for s in sorted(self.standings, key=lambda s: s.state not in BROKEN)]

    @cached_property
    def in_force(self) -> Decisions:
        """Shorthand for what holds about gaps and about what applies, with the caller's own shorthand."""
        applies, justified = dict(self.decisions.applies), dict(self.decisions.justified)
        applied = sorted(
            self.having(*APPLIED), key=lambda s: bool(s.decision.local_plan)
        )  # the more special one last
        for standing in applied:
            if standing.upper is not None:
                key = f"{standing.decision.upper_plan}#{standing.upper.id}"
                if standing.decision.action == "justify":
                    justified[key] = standing.decision.note
                elif standing.decision.action not in ON_EDGES:
                    applies[key] = standing.decision.action == "applies"
        return Decisions(applies, justified)


def _row(standing: Standing) -> Row:
    decision = standing.decision
    return {
        **decision.model_dump(
            mode="json", exclude={"local_fingerprint", "upper_fingerprint"}, exclude_none=True
        ),
        "state": standing.state,
        "reason": standing.reason,
        "local_text": standing.local.text if standing.local else decision.local_text,
        "upper_text": standing.upper.text if standing.upper else decision.upper_text,
    }


def _standings(
    decisions: Decisions, ours: Mapping[str, Plan], theirs: Mapping[str, Plan]
) -> tuple[Standing, ...]:
    found: list[Standing] = []
    by_slot: dict[Slot, list[int]] = defaultdict(list)
    for decision in sorted(dict.fromkeys(decisions.made), key=lambda d: d.order):
        by_slot[decision.slot].append(len(found))
        found.append(_standing(decision, ours, theirs))
    for places in by_slot.values():
        for at, state in _contested([found[i].decision for i in places]):
            place = places[at]
            if found[place].state in APPLIED or state == "superseded":
                found[place] = replace(found[place], state=state, reason=_WHY[state])
    return tuple(found)


_WHY: Mapping[State, str] = {
    "conflict": "another decision of the same day says otherwise",
    "superseded": "a later decision replaces it",
}


def _contested(decisions: Sequence[Decision]) -> list[tuple[int, State]]:
    """Which of the decisions on one slot do not hold: the older ones, and the latest where they differ."""
    if len(decisions) < 2:
        return []
    days = [d.date or datetime.date.min for d in decisions]
    latest = [i for i, day in enumerate(days) if day == max(days)]
    lost: list[tuple[int, State]] = [(i, "superseded") for i in range(len(decisions)) if i not in latest]
    if len({decisions[i].says for i in latest}) > 1:
        lost += [(i, "conflict") for i in latest]
    else:
        lost += [(i, "superseded") for i in latest[:-1]]
    return lost


def _standing(decision: Decision, ours: Mapping[str, Plan], theirs: Mapping[str, Plan]) -> Standing:
    upper_plan, local_plan = theirs.get(decision.upper_plan), ours.get(decision.local_plan)
    if upper_plan is None or (decision.local_plan and local_plan is None):
        other = decision.upper_plan if upper_plan is None else decision.local_plan
        return Standing(decision, "elsewhere", f"about the plan {other}, which is not at hand")
    upper, state, reason = _found(
        upper_plan, decision.upper_id, decision.upper_fingerprint, decision.upper_text
    )
    if decision.action not in ON_EDGES or local_plan is None:
        return Standing(decision, state, reason, None, upper)
    local, our_state, why = _found(
        local_plan, decision.local_id, decision.local_fingerprint, decision.local_text
    )
    worst = max(state, our_state, key=_SEVERITY.index)
    return Standing(decision, worst, "; ".join(r for r in (why, reason) if r), local, upper)


_SEVERITY: tuple[State, ...] = ("holds", "moved", "suspect", "unknown")


def _found(
    plan: Plan, statement_id: str, fingerprint: str, words: str
) -> tuple[Statement | None, State, str]:
    """The statement that an id answers to, and whether its words are still those that were decided on."""
    statement = _statement(plan, statement_id)
    if statement is not None:
        if fingerprint in ("", statement.fingerprint):
            return statement, "holds", ""
        was = f"were {words!r}, " if words else ""
        return (
            statement,
            "suspect",
            f"{plan.id} {statement_id}: the words {was}are now {first_words(statement)!r}",
        )
    clause, _, code = statement_id.rpartition("-")
    same = [s for s in plan.statements if fingerprint and s.fingerprint == fingerprint]
    if len(same) == 1 and code and same[0].id.rpartition("-")[2] == code:
        return same[0], "moved", f"{plan.id} {statement_id} is now {same[0].id}"
    if same:
        where = " ".join(s.id for s in same[:5])
        return None, "unknown", f"{plan.id} has no statement {statement_id}; the same words stand at {where}"
    if fingerprint and any(c.id == clause for c in plan.clauses):
        was = f" {words!r}" if words else ""
        return None, "suspect", f"{plan.id} {statement_id}: its words{was} no longer stand in clause {clause}"
    return None, "unknown", f"{plan.id} has no statement {statement_id}"


def _statement(plan: Plan, statement_id: str) -> Statement | None:
    try:
        return plan.statement(statement_id)
    except UnknownTaskError:
        return None
