"""One indicator of a scorecard: its parts, and whether each is met by what was measured, assessed or carried out locally.

What speaks for a part, in this order: a measured value against its number; the place's own assessment; the statuses of the
local tasks that carry it. What nothing speaks for is unknown, not failed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..comparing.lineage import Lineage
from ..model.lineage import LineageEdge
from ..model.parts import Statement
from ..model.wording import Reason, Term, because
from .duties import Schedule
from .duty_status import DutyStatus
from .events import Event, Reported
from .history import State, fold, states_of
from .measures import Measure, measures_of
from .recurring import judge_recurring
from .rules import Rules
from .statuses import FULFILLED

Outcome = Literal["met", "not_met", "partly", "unknown"]


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of an indicator: its outcome, and what speaks for that. `local_ids` are the local tasks that carry it."""

    statement: Statement
    outcome: Outcome
    grounds: tuple[Reason, ...] = ()
    local_ids: tuple[str, ...] = ()
    confidence: float = 0.0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that a place's indicators are judged by: its lineage, the status of its tasks, its own reports, references.

    `references` gives the numbers that indicators refer to (上一年度全国平均值), by statement id.
    """

    schedule: Schedule
    lineage: Lineage | None
    duties: Mapping[str, Sequence[DutyStatus]]
    events: Mapping[str, Sequence[Event]]
    references: Mapping[str, Decimal]
    day: datetime.date
    rules: Rules

    def part(self, statement: Statement) -> Part:
        """Whether one statement of an indicator is met, and why."""
        edges = self._edges(statement)
        carried = [s for e in edges for s in self.duties.get(e.local_id, ())]
        own = fold(list(self.events.get(statement.id, ())))
        votes: list[tuple[Outcome, Reason | None]] = [*self._measured(statement, own, carried)]
        if own is not None:
            votes.append(self._assessed(statement, own))
        elif carried:
            votes.append(self._carried(carried))
        sources = [*(own.evidence if own else ()), *(e for s in carried if s.state for e in s.state.evidence)]
        return Part(
            statement,
            _together([outcome for outcome, _ in votes]),
            tuple(dict.fromkeys(why for _, why in votes if why)),
            tuple(dict.fromkeys(e.local_id for e in edges)),
            max((e.confidence for e in edges), default=0.0),
            tuple(dict.fromkeys(sources)),
        )

    def _carried(self, carried: Sequence[DutyStatus]) -> tuple[Outcome, Reason]:
        """What the local tasks say: all done, or some begun."""
        if all(s.last is None for s in carried):
            return "unknown", because("tasks silent")
        done = sum(s.verdict.status in FULFILLED for s in carried)
        said = because("tasks done", all=len(carried), done=done)
        return ("met" if done == len(carried) else "partly"), said

    def _edges(self, statement: Statement) -> list[LineageEdge]:
        if self.lineage is None:
            return []
        found = self.lineage.carriers(self.schedule.plan.id, statement.id)
        return [e for e in found if e.relation.is_coverage]

    def _measured(
        self, statement: Statement, own: State | None, carried: Sequence[DutyStatus]
    ) -> list[tuple[Outcome, Reason]]:
        """A vote for each number of the statement: met, not met, or unknown where nothing was measured."""
        found: list[tuple[Outcome, Reason]] = []
        for measure in measures_of(statement):
            value = _value(measure, own, carried)
            if value is None:
                found.append(("unknown", because("unmeasured", measure=measure.full_text)))
                continue
            met = measure.met_by(value, self.references.get(statement.id))
            outcome: Outcome = "unknown" if met is None else "met" if met else "not_met"
            key = "measured without reference" if met is None else "measured"
            found.append((outcome, because(key, value=measure.shown(value), measure=measure.text)))
        return found

    def _assessed(self, statement: Statement, own: State) -> tuple[Outcome, Reason | None]:
        """What the place says of the statement itself."""
        rhythms = [d for d in self.schedule.duties.get(statement.id, ()) if d.kind == "recurring"]
        events = list(self.events.get(statement.id, ()))
        if rhythms:
            judged = [judge_recurring(d, states_of(d, events), self.day, self.rules) for d in rhythms]
            missed = tuple(o.due for v in judged for o in v.occurrences if o.outcome == "missed")
            if missed:
                return "not_met", because("missed", occurrences=missed)
            return "met", because("as often as due")
        match own.status:
            case Reported.DONE | Reported.NOT_OCCURRED:
                return "met", because("assessed met", day=own.done_on or (own.last.effective_on if own.last else ""))
            case Reported.OCCURRED | Reported.NOT_STARTED | Reported.STOPPED:
                return "not_met", because("assessed as", status=Term(f"progress.{own.status}"))
            case Reported.IN_PROGRESS:
                return "partly", because("assessed running", percent="" if own.percent is None else f"{own.percent:g}%")
        return ("met" if own.values else "unknown"), None


def _value(measure: Measure, own: State | None, carried: Sequence[DutyStatus]) -> Decimal | None:
    """The value measured for a number: reported on the indicator, else on the only local number in the same unit."""
    if own is not None and measure.number in own.values:
        return own.values[measure.number][0]
    found = [
        held[0]
        for one in carried
        for state in _states(one)
        for local in measures_of(one.statement)
        if local.unit == measure.unit and (held := state.values.get(local.number)) is not None
    ]
    return found[-1] if len({str(v) for v in found}) == 1 else None


def _states(one: DutyStatus) -> list[State]:
    last = [o.state for o in one.verdict.occurrences if o.state is not None][-1:]
    return [one.state] if one.state is not None else last


def _together(votes: Sequence[Outcome]) -> Outcome:
    """Several outcomes as one: one failure fails; all met is met; something met or begun is partly."""
    if "not_met" in votes:
        return "not_met"
    if votes and all(v == "met" for v in votes):
        return "met"
    return "partly" if any(v in ("met", "partly") for v in votes) else "unknown"


def together(parts: Sequence[Part]) -> Outcome:
    """The outcome of an indicator from those of its parts.

    >>> together([])
    'unknown'
    """
    return _together([p.outcome for p in parts])


def occurred(statement_ids: Sequence[str], events: Mapping[str, Sequence[Event]]) -> bool | None:
    """Whether something that should not (or may) happen is reported to have happened; None where nobody has said."""
    answers = [
        state.status is Reported.OCCURRED
        for i in statement_ids
        if (state := fold(list(events.get(i, ())))) is not None and state.status is not None
    ]
    return any(answers) if answers else None
