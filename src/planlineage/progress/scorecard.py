"""The demonstration scorecard: a place against an indicator system, such as that of 2019 for model places (示范指标体系).

Which indicators its plan addresses follows from lineage; which are met, from measured values, its own assessment and the
progress of the tasks that carry them. The share met stands against the rule of 90 %. Deductions, bonus items, the recurring
duties of a named place and the grounds for taking its name away are items to be checked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from ..linking.lineage import Lineage
from ..model.plan import Clause, Plan
from ..model.report import Report, Row
from .duties import Schedule
from .events import Event
from .history import AsOf, read_ledger, states_of
from .indicators import Assessment, Outcome, Part, occurred, together
from .recurring import judge_recurring
from .rules import DEFAULT, Rules
from .status import Standing, StatusReport
from .store import Progress
from .wording import Lang

SHARE = 0.9
"""The share of indicators that a model place must meet (2019 opinion, part 二（一）: 符合…指标体系90%以上指标)."""

OUTCOMES: Mapping[str, str] = {"met": "达标", "not met": "未达标", "partly": "部分达标", "unknown": "待评"}
ADDRESSED: Mapping[str, str] = {
    "covered": "已覆盖",
    "partly": "部分覆盖",
    "thematic": "仅主题相近",
    "missing": "未覆盖",
}
CHECKS: Mapping[bool | None, tuple[str, str]] = {
    True: ("已发生", "occurred"), False: ("未发生", "not occurred"), None: ("待核", "not checked"),
}  # fmt: skip
_WITHDRAWAL, _ANNUAL = "摘牌退出", "年度报告"
_MISREAD = "已经达到示范指标体系"
_YEAR = datetime.timedelta(days=366)

Kind = Literal["indicator", "bonus", "deduction"]
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
    addressed: str
    parts: tuple[Part, ...]
    outcome: Outcome
    occurred: bool | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A ground for taking the name away: whether it occurred, None where nobody has said."""

    id: str
    text: str
    occurred: bool | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a scorecard is made from beside the plans: the ledger, the question, when the place was named, references, rules."""

    progress: Progress | None
    question: AsOf
    named_on: datetime.date | None = None
    references: Mapping[str, Decimal] = field(default_factory=dict)
    rules: Rules = DEFAULT
    lang: Lang = "zh"


class Scorecard(Report):
    """A place's scorecard. `lineage` runs from the place's plan to the indicator system.

    `share_met` counts indicators shown as met; `range` is from these to all that are not known to have failed. `verdict` is
    "passes", "fails" or "open" against the 90 % rule. `gaps` are the indicators that the plan does not address.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "number", "kind", "group", "subgroup", "text", "addressed", "local_ids", "confidence", "outcome", "grounds",
        "evidence", "remark", "ids",
    )  # fmt: skip

    def __init__(self, local: Plan, indicators: Plan, lineage: Lineage | None, inputs: Inputs) -> None:
        self.local, self.plan, self.inputs = local, indicators, inputs
        self.day, self.lang = inputs.question.day, inputs.lang
        ledger = read_ledger(inputs.progress, inputs.question)
        status = StatusReport([local], ledger, inputs.question, inputs.rules, inputs.lang)
        standings: dict[str, list[Standing]] = {}
        for standing in status.standings:
            standings.setdefault(standing.duty.task, []).append(standing)
        starts = local.issued or (local.period.begins if local.period else None)
        self._events = ledger.of(indicators.id, local.place or None)
        self._assessment = Assessment(
            Schedule(indicators, starts, self.day + _YEAR), lineage, standings, self._events, inputs.references,
            self.day, inputs.rules, inputs.lang,
        )  # fmt: skip
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
        return (
            f"{self.local.place or self.local.name}, as of {self.day}: {self.addressed} of {len(self.indicators)} "
            f"indicators addressed, {low:.0%} met (at most {high:.0%}); against {SHARE:.0%}: {self.verdict}"
        )

    @property
    def addressed(self) -> int:
        """How many indicators the plan addresses, in whole or in part."""
        return sum(i.addressed in ("covered", "partly") for i in self.indicators)

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
        return self.share_met, 1 - self.count("not met") / total if self.indicators else 0.0

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
        return [i for i in self.indicators if i.addressed not in ("covered", "partly")]

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
            clause, kind, number, _title(self.plan, above, "part"), _title(self.plan, above, "article"),
            "".join(s.text for s in statements), self._addressed(parts), parts, together(parts), happened,
            ("扫描件此行有缺损，须核对原件" if self.lang == "zh" else "damaged in the scan: check the page")
            if clause.id in doubtful else "",
        )  # fmt: skip

    def _addressed(self, parts: tuple[Part, ...]) -> str:
        carried = [p for p in parts if p.local_ids]
        if carried:
            return "covered" if len(carried) == len(parts) else "partly"
        ids = [p.statement.id for p in parts]
        near = self._lineage and any(self._lineage.carriers(self.plan.id, i) for i in ids)
        return "thematic" if near else "missing"

    def rows(self) -> list[Row]:
        """One row an indicator, then the bonus and deduction items, in the order of the system."""
        zh = self.lang == "zh"
        return [
            {
                "number": i.number,
                "kind": i.kind,
                "group": i.group,
                "subgroup": i.subgroup,
                "text": i.text,
                "addressed": ADDRESSED[i.addressed] if zh else i.addressed,
                "local_ids": " ".join(dict.fromkeys(x for p in i.parts for x in p.local_ids)),
                "confidence": max((p.confidence for p in i.parts if p.local_ids), default=None),
                "outcome": _outcome(i, self.lang),
                "grounds": "；".join(dict.fromkeys(g for p in i.parts for g in p.grounds)),
                "evidence": "；".join(dict.fromkeys(e for p in i.parts for e in p.sources)),
                "remark": i.remark,
                "ids": " ".join(p.statement.id for p in i.parts),
            }
            for i in self.items
        ]

    def by_group(self) -> ScorecardGroups:
        """The counts of each of the groups of indicators."""
        return ScorecardGroups(self)

    @property
    def duties(self) -> ScorecardDuties:
        """The recurring duties: of the indicators, and the annual report of a named place where `named_on` was given."""
        return ScorecardDuties(self)

    def recurring(self) -> Iterator[tuple[str, str, str, Row]]:
        """Each occurrence of each recurring duty up to a year from the day: statement id, text, rhythm, and its row."""
        named = self.inputs.named_on
        schedules = [
            (self._assessment.schedule, {s.id for i in self.items for s in (p.statement for p in i.parts)})
        ]
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
                        silent = o.outcome == "missed" and not events
                        outcome = "no report" if silent else o.outcome
                        row: Row = {"due": o.due, "outcome": outcome, "done_on": o.done_on}
                        yield duty.task, self.plan.statement(duty.task).text, duty.surface, row


def _outcome(indicator: Indicator, lang: Lang) -> str:
    if indicator.kind == "indicator":
        return OUTCOMES[indicator.outcome] if lang == "zh" else indicator.outcome
    return CHECKS[indicator.occurred][0 if lang == "zh" else 1]


def _title(plan: Plan, above: list[Clause], kind: str) -> str:
    clause = next((c for c in above if c.kind == kind), None)
    if clause is None:
        return ""
    return f"{clause.number}{clause.title or '（标题缺损）'}"


def _doubtful(plan: Plan) -> set[str]:
    """The rows that the reader wants to have checked against the page."""
    return {clause for remark in plan.report.remarks if remark.code == "table" for clause in remark.clauses}


def _misread(text: str) -> str:
    return "底本作“已经达到”，按文意应为“未达到”，须核对原件" if _MISREAD in text else ""


class ScorecardGroups(Report):
    """The scorecard by group of indicators."""

    columns: ClassVar[tuple[str, ...]] = (
        "group", "indicators", "addressed", "met", "partly", "not_met", "unknown", "share_met",
    )  # fmt: skip

    def __init__(self, card: Scorecard) -> None:
        self.card = card

    def rows(self) -> list[Row]:
        """One row a group, in the order of the system."""
        groups: dict[str, list[Indicator]] = {}
        for indicator in self.card.indicators:
            groups.setdefault(indicator.group, []).append(indicator)
        return [
            {
                "group": name,
                "indicators": len(held),
                "addressed": sum(i.addressed in ("covered", "partly") for i in held),
                "met": sum(i.outcome == "met" for i in held),
                "partly": sum(i.outcome == "partly" for i in held),
                "not_met": sum(i.outcome == "not met" for i in held),
                "unknown": sum(i.outcome == "unknown" for i in held),
                "share_met": sum(i.outcome == "met" for i in held) / len(held),
            }
            for name, held in groups.items()
        ]


class ScorecardDuties(Report):
    """The recurring duties of a place under the indicator system, one row an occurrence.

    The outcome is `met`, `met late`, `missed`, `open`, or `no report` where the day has passed and nobody ever reported on it.
    """

    columns: ClassVar[tuple[str, ...]] = ("id", "text", "rhythm", "due", "outcome", "done_on")

    def __init__(self, card: Scorecard) -> None:
        self.card = card

    def rows(self) -> list[Row]:
        """One row an occurrence, the annual report of a named place first."""
        return [
            {"id": i, "text": text, "rhythm": rhythm, **row} for i, text, rhythm, row in self.card.recurring()
        ]
