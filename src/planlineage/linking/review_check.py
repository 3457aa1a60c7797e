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

from ..model.deciding import APPLIED, BROKEN, SEVERITY, State, contested, decided_on
from ..model.lineage import Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import Reason, Term, because, told
from .review import ON_EDGES, Action, Decision, Decisions, Slot


@dataclass(frozen=True, slots=True)
class CheckedDecision:
    """A decision with its state, why, and the statements it is about, as far as they were found."""

    decision: Decision
    state: State
    reasons: tuple[Reason, ...] = ()
    local: Statement | None = None
    upper: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision in the table; texts are those of the statements, or those decided on where a statement was not found."""

    state: State
    action: Action
    relation: Relation | None
    local_plan: str
    local_id: str
    upper_plan: str
    upper_id: str
    reviewer: str
    date: datetime.date | None
    note: str
    reason: tuple[Reason, ...]
    local_text: str
    upper_text: str


class DecisionCheck(Report[DecisionRow]):
    """All decisions with their state for some plans; see `planlineage.linking.review_check`.

    `checked` are in the order of the file, the records those to look at first. `broken` are those that are suspect, unknown or
    in conflict; `ok` says that there are none.
    """

    def __init__(self, decisions: Decisions, locals_: Sequence[Plan], uppers: Sequence[Plan]) -> None:
        decisions = readdressed(decisions, locals_, uppers)
        self.decisions = decisions
        self.checked = _checked(decisions, {p.id: p for p in locals_}, {p.id: p for p in uppers})

    def having(self, *states: State) -> tuple[CheckedDecision, ...]:
        """Those in some states."""
        return tuple(s for s in self.checked if s.state in states)

    @property
    def broken(self) -> tuple[CheckedDecision, ...]:
        """Those that a person has to look at; none of them is applied."""
        return self.having(*BROKEN)

    @property
    def ok(self) -> bool:
        """Whether no decision is suspect, unknown or in conflict."""
        return not self.broken

    @property
    def heading(self) -> str:
        """The result in one line."""
        counts = Counter(s.state for s in self.checked)
        states = tuple(str(told("said", "counted", word=Term(f"decision.{s}"), count=n)) for s, n in counts.items())
        return str(told("heading", "decisions", count=len(self.checked), states=states or "–"))

    @cached_property
    def records(self) -> Sequence[DecisionRow]:
        """One record for each decision, those to look at first."""
        return [_row(one) for one in sorted(self.checked, key=lambda one: one.state not in BROKEN)]

    @cached_property
    def in_force(self) -> Decisions:
        """Shorthand for what holds about gaps and about what applies, with the caller's own shorthand."""
        applies, justified = dict(self.decisions.applies), dict(self.decisions.justified)
        applied = sorted(self.having(*APPLIED), key=lambda s: bool(s.decision.local_plan))  # the more special one last
        for one in applied:
            if one.upper is not None:
                key = f"{one.decision.upper_plan}#{one.upper.id}"
                if one.decision.action == "justify":
                    justified[key] = one.decision.note
                elif one.decision.action not in ON_EDGES:
                    applies[key] = one.decision.action == "applies"
        return Decisions(applies, justified)


def readdressed(decisions: Decisions, locals_: Sequence[Plan], uppers: Sequence[Plan]) -> Decisions:
    """The decisions with the ids that their plans have now: a plan whose file was renamed is known again by its text."""
    sides = [("local", {p.id for p in locals_}, locals_), ("upper", {p.id for p in uppers}, uppers)]
    made = []
    for decision in decisions.made:
        update = {}
        for side, ids, plans in sides:
            name, digest = getattr(decision, f"{side}_plan"), getattr(decision, f"{side}_source")
            same = [p.id for p in plans if digest and p.source.sha256.startswith(digest)]
            if name and name not in ids and len(same) == 1:
                update[f"{side}_plan"] = same[0]
        made.append(decision.model_copy(update=update) if update else decision)
    return replace(decisions, made=tuple(made))


def _row(one: CheckedDecision) -> DecisionRow:
    made = one.decision
    return DecisionRow(
        state=one.state,
        action=made.action,
        relation=made.relation,
        local_plan=made.local_plan,
        local_id=made.local_id,
        upper_plan=made.upper_plan,
        upper_id=made.upper_id,
        reviewer=made.reviewer,
        date=made.date,
        note=made.note,
        reason=one.reasons,
        local_text=one.local.text if one.local else made.local_text,
        upper_text=one.upper.text if one.upper else made.upper_text,
    )


def _checked(decisions: Decisions, ours: Mapping[str, Plan], theirs: Mapping[str, Plan]) -> tuple[CheckedDecision, ...]:
    found: list[CheckedDecision] = []
    by_slot: dict[Slot, list[int]] = defaultdict(list)
    for decision in sorted(dict.fromkeys(decisions.made), key=lambda d: d.order):
        by_slot[decision.slot].append(len(found))
        found.append(_check(decision, ours, theirs))
    for places in by_slot.values():
        for at, state in contested([found[i].decision for i in places]):
            place = places[at]
            if found[place].state in APPLIED or state == "superseded":
                found[place] = replace(found[place], state=state, reasons=(because(state),))
    return tuple(found)


def _check(decision: Decision, ours: Mapping[str, Plan], theirs: Mapping[str, Plan]) -> CheckedDecision:
    upper_plan, local_plan = theirs.get(decision.upper_plan), ours.get(decision.local_plan)
    if upper_plan is None or (decision.local_plan and local_plan is None):
        other = decision.upper_plan if upper_plan is None else decision.local_plan
        return CheckedDecision(decision, "elsewhere", (because("elsewhere", a=other),))
    upper, state, why = decided_on(upper_plan, decision.upper_id, decision.upper_fingerprint, decision.upper_text)
    if decision.action not in ON_EDGES or local_plan is None:
        return CheckedDecision(decision, state, why, None, upper)
    local, our_state, our_why = decided_on(
        local_plan, decision.local_id, decision.local_fingerprint, decision.local_text
    )
    worst = max(state, our_state, key=SEVERITY.index)
    return CheckedDecision(decision, worst, (*our_why, *why), local, upper)
