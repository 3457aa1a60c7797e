"""The demonstration scorecard: a place against an indicator system, such as that of 2019 for model places (示范指标体系).

Which indicators its plan addresses follows from lineage; which are met, from measured values, its own assessment and the
progress of the tasks that carry them. The share met stands against the rule of 90 %. Deductions, bonus items, the recurring
duties of a named place and the grounds for taking its name away are items to be checked.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeVar

from ..comparing.lineage import Lineage
from ..model.parts import Clause
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, Term, because, percentage, words
from .duties import Schedule
from .duty_status import DutyStatus
from .events import Event
from .history import AsOf, read_ledger, states_of
from .indicators import Assessment, Outcome, Part, occurred, together
from .recurring import judge_recurring
from .rules import DEFAULT, Rules
from .status import StatusReport
from .statuses import Outcome as Met
from .store import Progress

SHARE = 0.9
"""The share of indicators that a model place must meet (2019 opinion, part 二（一）: 符合…指标体系90%以上指标)."""

_WITHDRAWAL, _ANNUAL = "摘牌退出", "年度报告"
_MISREAD = "已经达到示范指标体系"
_YEAR = datetime.timedelta(days=366)

Kind = Literal["indicator", "bonus", "deduction"]
Addressed = Literal["covered", "partly", "thematic", "missing"]
Result = Outcome | Literal["occurred", "not_occurred", "not_checked"]
_KINDS: Mapping[str, Kind] = {"row": "indicator", "bonus": "bonus", "deduction": "deduction"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator system for one place. `remark` says where the shipped text should be checked on the page."""

    clause: Clause
    kind: Kind
    number: str
    group: str
    subgroup: str
    text: str
    addressed: Addressed
    parts: tuple[Part, ...]
    outcome: Outcome
    occurred: bool | None = None
    remark: Reason | None = None

    @property
    def result(self) -> Result:
        """The outcome of an indicator; of a bonus or deduction item whether it occurred."""
        return self.outcome if self.kind == "indicator" else result_of(self.occurred)

    @property
    def is_addressed(self) -> bool:
        """Whether the plan addresses it, in whole or in part."""
        return self.addressed in ("covered", "partly")


@dataclass(frozen=True, slots=True)
class Check:
    """A ground for taking the name away: whether it occurred, None where nobody has said."""

    id: str
    text: str
    occurred: bool | None
    remark: Reason | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a scorecard is made from beside the plans: the ledger, the question, when the place was named, references, rules."""

    progress: Progress | None
    question: AsOf
    named_on: datetime.date | None = None
    references: Mapping[str, Decimal] = field(default_factory=dict)
    rules: Rules = DEFAULT
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRow:
    """One item of the indicator system. `local_ids` are the tasks that carry it, `grounds` say what speaks for its outcome."""

    number: str
    kind: Kind
    group: str
    subgroup: str
    text: str
    addressed: Addressed = column(words="addressed")
    local_ids: tuple[str, ...]
    confidence: float | None
    outcome: Result = column(words="result")
    grounds: tuple[Reason, ...]
    evidence: tuple[str, ...] = column(joint="；")
    remark: Reason | None
    ids: tuple[str, ...]


class Scorecard(Report[ScorecardRow]):
    """A place's scorecard. `lineage` runs from the place's plan to the indicator system.

    `share_met` counts indicators shown as met; `range` is from these to all that are not known to have failed. `verdict` is
    "passes", "fails" or "open" against the 90 % rule. `gaps` are the indicators that the plan does not address.
    """

    def __init__(self, local: Plan, indicators: Plan, lineage: Lineage | None, inputs: Inputs) -> None:
        self.local, self.plan, self.inputs = local, indicators, inputs
        self.day, self.lang = inputs.question.day, inputs.lang
        ledger = read_ledger(inputs.progress, inputs.question, (local, indicators))
        status = StatusReport([local], ledger, inputs.question, inputs.rules, inputs.lang)
        duties: dict[str, list[DutyStatus]] = {}
        for one in status.duties:
            duties.setdefault(one.duty.task, []).append(one)
        starts = local.issued or (local.period.begins if local.period else None)
        self._events = ledger.of(indicators.id, local.place or None)
        self._assessment = Assessment(
            Schedule(indicators, starts, self.day + _YEAR),
            lineage,
            duties,
            self._events,
            inputs.references,
            self.day,
            inputs.rules,
        )
        self._lineage = lineage
        doubtful = _doubtful(indicators)
        self.items = [self._indicator(c, doubtful) for c in indicators.clauses if c.kind in _KINDS]

    @property
    def indicators(self) -> list[Indicator]:
        """The rows that count towards the share."""
        return [i for i in self.items if i.kind == "indicator"]

    @property
    def heading(self) -> str:
        """The result in one line."""
        low, high = self.range
        return words(
            "heading.scorecard",
            self.speaks,
            place=self.local.place or self.local.name,
            day=self.day,
            addressed=self.addressed,
            count=len(self.indicators),
            low=percentage(low),
            high=percentage(high),
            share=percentage(SHARE),
            verdict=Term(f"verdict.{self.verdict}"),
        )

    @property
    def addressed(self) -> int:
        """How many indicators the plan addresses, in whole or in part."""
        return sum(i.is_addressed for i in self.indicators)

    def count(self, outcome: Outcome) -> int:
        """How many indicators have an outcome."""
        return sum(i.outcome == outcome for i in self.indicators)

    @property
    def share_met(self) -> float:
        """The share of indicators shown as met, 0 to 1."""
        return self.count("met") / len(self.indicators) if self.indicators else 0.0

    @property
    def range(self) -> tuple[float, float]:
        """The share met, and the share if all that is not known to have failed were met."""
        total = len(self.indicators) or 1
        return self.share_met, 1 - self.count("not_met") / total if self.indicators else 0.0

    @property
    def verdict(self) -> Literal["passes", "fails", "open"]:
        """How the place stands against the 90 % rule; "fails" also where a deduction or a ground for withdrawal occurred."""
        if any(c.occurred for c in self.grounds) or self.deductions:
            return "fails"
        low, high = self.range
        if low >= SHARE:
            return "passes"
        return "open" if high >= SHARE else "fails"

    @property
    def deductions(self) -> list[Indicator]:
        """The deduction items that occurred."""
        return [i for i in self.items if i.kind == "deduction" and i.occurred]

    @property
    def gaps(self) -> list[Indicator]:
        """The indicators that the plan does not address."""
        return [i for i in self.indicators if not i.is_addressed]

    @property
    def grounds(self) -> list[Check]:
        """The grounds for taking the name of a model place away (摘牌退出), as items to check."""
        clause = next((c for c in self.plan.clauses if _WITHDRAWAL in c.title), None)
        if clause is None:
            return []
        return [
            Check(s.id, s.text, occurred([s.id], self._events), _misread(s.text))
            for s in self.plan.statements
            if s.clause == clause.id and s.kind == "task"
        ]

    def _indicator(self, clause: Clause, doubtful: set[str]) -> Indicator:
        statements = [s for s in self.plan.statements if s.clause == clause.id and s.is_task]
        parts = tuple(self._assessment.part(s) for s in statements)
        number = clause.id.rpartition(".")[2]
        kind = _KINDS[clause.kind]
        above = self.plan.path(clause.id)[:-1]
        happened = occurred([s.id for s in statements], self._events) if kind != "indicator" else None
        return Indicator(
            clause,
            kind,
            number,
            self._title(above, "part"),
            self._title(above, "article"),
            "".join(s.text for s in statements),
            self._addressed(parts),
            parts,
            together(parts),
            happened,
            because("damaged row") if clause.id in doubtful else None,
        )

    def _addressed(self, parts: tuple[Part, ...]) -> Addressed:
        carried = [p for p in parts if p.local_ids]
        if carried:
            return "covered" if len(carried) == len(parts) else "partly"
        ids = [p.statement.id for p in parts]
        near = self._lineage and any(self._lineage.carriers(self.plan.id, i) for i in ids)
        return "thematic" if near else "missing"

    @cached_property
    def records(self) -> Sequence[ScorecardRow]:
        """One record per item, in the order of the system."""
        return [
            ScorecardRow(
                number=i.number,
                kind=i.kind,
                group=i.group,
                subgroup=i.subgroup,
                text=i.text,
                addressed=i.addressed,
                local_ids=_each(x for p in i.parts for x in p.local_ids),
                confidence=max((p.confidence for p in i.parts if p.local_ids), default=None),
                outcome=i.result,
                grounds=_each(g for p in i.parts for g in p.grounds),
                evidence=_each(e for p in i.parts for e in p.sources),
                remark=i.remark,
                ids=tuple(p.statement.id for p in i.parts),
            )
            for i in self.items
        ]

    def by_group(self) -> ScorecardGroups:
        """The counts of each of the groups of indicators."""
        return ScorecardGroups(self.indicators, self.lang)

    @property
    def duties(self) -> ScorecardDuties:
        """The recurring duties: of the indicators, and the annual report of a named place where `named_on` was given."""
        return ScorecardDuties(list(self._recurring()), self.lang)

    def _recurring(self) -> Iterator[ScorecardDuty]:
        """Each occurrence of each recurring duty up to a year from the day."""
        named = self.inputs.named_on
        schedules = [(self._assessment.schedule, {s.id for i in self.items for s in (p.statement for p in i.parts)})]
        annual = next((c for c in self.plan.clauses if _ANNUAL in c.title), None)
        if named is not None and annual is not None:
            own = {s.id for s in self.plan.statements if s.clause == annual.id and s.is_task}
            schedules.insert(0, (Schedule(self.plan, named, self.day + _YEAR), own))
        for schedule, ids in schedules:
            for duty in schedule:
                if duty.task in ids and duty.kind == "recurring":
                    events: list[Event] = list(self._events.get(duty.task, ()))
                    judged = judge_recurring(duty, states_of(duty, events), self.day, self.inputs.rules)
                    for o in judged.occurrences:
                        outcome: Met = "no_report" if o.outcome == "missed" and not events else o.outcome
                        text = self.plan.statement(duty.task).text
                        yield ScorecardDuty(
                            id=duty.task,
                            text=text,
                            rhythm=duty.surface,
                            due=o.due,
                            outcome=outcome,
                            done_on=o.done_on,
                        )

    def _title(self, above: list[Clause], kind: str) -> str:
        clause = next((c for c in above if c.kind == kind), None)
        if clause is None:
            return ""
        return f"{clause.number}{clause.title or words('scorecard.no title', self.lang)}"


def result_of(happened: bool | None) -> Result:
    """What is known of something that should not (or may) happen."""
    return "not_checked" if happened is None else "occurred" if happened else "not_occurred"


T = TypeVar("T")


def _each(many: Iterable[T]) -> tuple[T, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(many))


def _doubtful(plan: Plan) -> set[str]:
    """The rows that the reader wants to have checked against the page."""
    return {clause for remark in plan.report.remarks if remark.code == "table" for clause in remark.clauses}


def _misread(text: str) -> Reason | None:
    return because("misprint") if _MISREAD in text else None


@dataclass(frozen=True, slots=True)
class ScorecardGroup:
    """The counts of a group of indicators; `share_met` runs from 0 to 1."""

    group: str
    indicators: int
    addressed: int
    met: int
    partly: int
    not_met: int
    unknown: int
    share_met: float


class ScorecardGroups(Report[ScorecardGroup]):
    """The scorecard by group of indicators, in the order of the system."""

    def __init__(self, indicators: Sequence[Indicator], lang: Lang) -> None:
        self.indicators, self.lang = indicators, lang

    @cached_property
    def records(self) -> Sequence[ScorecardGroup]:
        """One record per group."""
        groups: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            groups.setdefault(indicator.group, []).append(indicator)
        return [_counted(name, held) for name, held in groups.items()]


def _counted(name: str, held: Sequence[Indicator]) -> ScorecardGroup:
    counts = Counter(i.outcome for i in held)
    return ScorecardGroup(
        group=name,
        indicators=len(held),
        addressed=sum(i.is_addressed for i in held),
        met=counts["met"],
        partly=counts["partly"],
        not_met=counts["not_met"],
        unknown=counts["unknown"],
        share_met=counts["met"] / len(held),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardDuty:
    """One occurrence of a recurring duty of a place under the indicator system."""

    id: str
    text: str
    rhythm: str
    due: datetime.date
    outcome: Met = column(words="occurrence")
    done_on: datetime.date | None


class ScorecardDuties(Report[ScorecardDuty]):
    """The recurring duties of a place under the indicator system, the annual report of a named place first."""

    def __init__(self, records: Sequence[ScorecardDuty], lang: Lang) -> None:
        self._records, self.lang = records, lang

    @property
    def records(self) -> Sequence[ScorecardDuty]:
        """One record per occurrence."""
        return self._records
