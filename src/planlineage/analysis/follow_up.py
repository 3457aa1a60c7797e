"""What became of a plan's promises by a later report: one record for each target and each task."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from ..comparing.effective import effective_deadlines
from ..comparing.following.decide import KEPT, RUBRIC, Outcome, Verdict, difference, outcomes
from ..comparing.following.parts import Promise, looks_back, promises
from ..model.base import Span
from ..model.commitments import Target
from ..model.errors import ReportOrderError
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, because, words
from .intervals import weighted_range
from .pledges import PersonVerdict, Place, Pledge, completion, pledge
from .timing import Timing, due_day, timing

_POWERS = {10**8: "亿", 10**4: "万"}
_JUDGED: tuple[Verdict, ...] = (*KEPT, "close", "missed")


@dataclass(frozen=True, slots=True)
class Followed:
    """One promise of the plan and what the report says of it. `start` and `end` count characters of the plan's source text."""

    plan: str
    report: str
    task_id: str = column(exact=True)
    start: int = column()
    end: int = column()
    kind: Literal["target", "task"] = column(exact=True)
    indicator: str = column()
    comparison: str = column(exact=True)
    value: str = column(exact=True)
    unit: str = column()
    verdict: Verdict = column(exact=True)
    confidence: float = column()
    report_ids: tuple[str, ...] = column()
    evidence: tuple[str, ...] = column(joint=";")
    actual: str = column(exact=True)
    actual_unit: str = column()
    difference: str = column(exact=True)
    timing: Timing = column(exact=True)
    pledge: Pledge = column(exact=True)
    completion: int | None = column()
    person: Verdict | None = column(exact=True)
    reviewer: str = column()
    note: str = column()
    reason: tuple[Reason, ...] = column()
    promise: Promise = column(hidden=True)
    outcome: Outcome = column(hidden=True)

    @property
    def settled(self) -> Verdict:
        """The verdict of a person where there is one, else the machine's."""
        return self.person or self.verdict

    @property
    def chance(self) -> float:
        """How sure the settled verdict is; that of a person is taken as sure."""
        return 1.0 if self.person else self.confidence

    @property
    def words(self) -> str:
        """The words of the promise."""
        return self.promise.text

    def difference_text(self, lang: Lang) -> str:
        """The difference with its sign and unit: +0.6 percentage points, -3 万吨; empty where there is none."""
        if not self.difference:
            return ""
        sign = "" if self.difference.startswith("-") or float(self.difference) == 0 else "+"
        unit = words("unit.points", lang) if self.unit == "%" else self.unit
        return sign + _quantity(self.difference, unit, lang)

    def actual_text(self, lang: Lang) -> str:
        """The number of the report with its unit, as it is written in a language: 124.5 万人, 1,245,000 人."""
        return _quantity(self.actual, self.actual_unit, lang) if self.actual else ""


class FollowUp(Report[Followed]):
    """What a later report says of each target and task of a plan, in the order of the plan.

    `verdict` of a target is met, close, missed, reported (spoken of without a number to compare) or not_reported; of a task
    reported_done, reported or not_reported. `confidence` is the chance, 0 to 1, that the reading by the model is right;
    `rubric` the version of the rules. `remarks` say what is odd about the two documents. `timing` says of what was kept if it
    came by its day. `person` is a person's verdict, from `verdicts`: it stands beside the machine's, and counts in its place in
    rates, counts and the scales of pledge research (`pledge`, and `completion` from 1 to 5, None for not yet rated).

    >>> from planlineage import follow_up, parse_text
    >>> plan = parse_text("一、今年重点工作\\n生产总值增长5%以上。", title="某市2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n生产总值增长5.6%。\\n二、今年重点工作\\n发展工业。"
    >>> report = parse_text(told, title="某市2025年政府工作报告")
    >>> [(row.verdict, row.actual) for row in follow_up(plan, report) if row.kind == "target"]
    [('met', '5.6')]
    """

    kind = ""
    shown_columns = ("task_id", "indicator", "value", "unit", "verdict", "actual", "difference", "confidence")
    rubric = RUBRIC

    def __init__(
        self,
        plan: Plan,
        report: Plan,
        *,
        verdicts: Mapping[Place, PersonVerdict] | None = None,
        lang: Lang | None = None,
    ) -> None:
        self.plan, self.report = plan, report
        self._speak_in(lang)
        self.remarks = _checked(plan, report)
        self._verdicts = dict(verdicts or {})
        self._due = effective_deadlines(plan)
        made = promises(plan)
        back = looks_back(report)
        self._starts = [s.span.start for s in report.statements]
        self._searched = because("follow.searched", report=report.name, statements=len(back))
        self._records = [self._record(p, o) for p, o in zip(made, outcomes(made, report), strict=True)]
        lost = len(self._verdicts) - sum(r.person is not None for r in self._records)
        if lost:
            self.remarks += (because("follow.lost verdicts", count=lost),)

    @property
    def records(self) -> Sequence[Followed]:
        """One record for each promise."""
        return self._records

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.plan.name} → {self.report.name}"

    @property
    def rate(self) -> float:
        """Share of the promises with a verdict that were kept, 0 to 1; what is only spoken of or not at all is left out."""
        judged = self._of(*_JUDGED)
        return len(self._of(*KEPT)) / len(judged) if judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of the rate that follows from how sure each verdict is."""
        judged = self._of(*_JUDGED)
        if not judged:
            return 0.0, 1.0
        chances = [r.chance if r.settled in KEPT else 1 - r.chance for r in judged]
        low, high = weighted_range(chances, [1] * len(judged))
        return min(low / len(judged), self.rate), max(high / len(judged), self.rate)

    @property
    def missed(self) -> list[Followed]:
        """The targets whose number falls short."""
        return self._of("missed")

    @property
    def unreported(self) -> list[Followed]:
        """The promises that the report says nothing of, as far as could be found."""
        return self._of("not_reported")

    def by(self, column: Literal["part", "indicator", "unit", "kind"]) -> dict[str, dict[str, int]]:
        """Verdicts counted by the part of the plan, the indicator, the unit, or the kind of promise."""
        found: dict[str, Counter[str]] = {}
        for row in self._records:
            key = self._part(row) if column == "part" else str(getattr(row, column))
            found.setdefault(key, Counter())[row.settled] += 1
        return {key: dict(counts) for key, counts in found.items()}

    def _part(self, row: Followed) -> str:
        return self.plan.path(row.promise.statement.clause)[0].title

    def _of(self, *verdicts: Verdict) -> list[Followed]:
        return [r for r in self._records if r.settled in verdicts]

    def _said(self, evidence: Sequence[Span]) -> list[Statement]:
        """The statements of the report that the evidence stands in, in the order of the text."""
        found = set()
        for span in evidence:
            at = max(bisect_right(self._starts, span.start) - 1, 0)
            while at < len(self._starts) and self._starts[at] < span.end:
                if span.start < self.report.statements[at].span.end:
                    found.add(at)
                at += 1
        return [self.report.statements[at] for at in sorted(found)]

    def _record(self, promise: Promise, outcome: Outcome) -> Followed:
        target, figure = promise.target, outcome.figure
        judged = target is not None and figure is not None and outcome.verdict in _JUDGED
        over = difference(target, figure, outcome.against) if judged and target and figure else None
        due = due_day(promise, self._due[promise.statement.id])
        kind: Literal["target", "task"] = "target" if target else "task"
        place = (self.plan.id, self.report.id, kind, promise.statement.id, promise.span.start, promise.span.end)
        said_by = self._verdicts.get(place)
        settled = said_by.verdict if said_by else outcome.verdict
        said = self._said(outcome.evidence)
        unreported = outcome.verdict == "not_reported"
        return Followed(
            plan=self.plan.id,
            report=self.report.id,
            task_id=promise.statement.id,
            start=promise.span.start,
            end=promise.span.end,
            kind=kind,
            indicator=(target.indicator or "") if target else "",
            comparison=target.comparison if target else "",
            value=(target.value or "") if target else "",
            unit=(target.unit or "") if target else "",
            verdict=outcome.verdict,
            confidence=round(outcome.confidence, 2),
            report_ids=tuple(s.id for s in said),
            evidence=tuple(f"{e.start}-{e.end}" for e in outcome.evidence),
            actual=(figure.value or "") if figure else "",
            actual_unit=(figure.unit or "") if figure else "",
            difference=_decimal(over) if over is not None else "",
            timing=timing(due, outcome, self.report),
            pledge=pledge(settled, task=target is None),
            completion=completion(settled, task=target is None, share=_share(target, over)),
            person=said_by.verdict if said_by else None,
            reviewer=said_by.reviewer if said_by else "",
            note=said_by.note if said_by else "",
            reason=(outcome.reason, *([self._searched] if unreported else [])),
            promise=promise,
            outcome=outcome,
        )


def _quantity(number: str, unit: str, lang: Lang) -> str:
    """A number with its unit as people write it: in Chinese by 万 and 亿, in English with commas."""
    try:
        value = Decimal(number)
    except InvalidOperation:  # words of the report, such as a range
        return f"{number} {unit}".rstrip()
    if lang == "en":
        return f"{value:,} {unit}".rstrip()
    power = next((p for p in _POWERS if abs(value) >= p), 1)
    return f"{(value / power).normalize():f} {_POWERS.get(power, '')}{unit}".rstrip()


def _share(target: Target | None, over: Fraction | None) -> Fraction | None:
    """The share of a promised number that was reached."""
    promised = target.number if target else None
    return 1 + over / abs(promised) if over is not None and promised else None


def _decimal(number: Fraction) -> str:
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def _checked(plan: Plan, report: Plan) -> tuple[Reason, ...]:
    """Refuse a report that cannot look back on the plan; remark what makes the two an unlikely couple."""
    if plan.source.text == report.source.text:
        raise ReportOrderError("report is the plan", where=report.name, hint="later report")
    found = []
    if plan.period is None or report.period is None:
        found.append(because("follow.years unknown"))
    elif report.period.begins <= plan.period.begins:
        raise ReportOrderError(
            "report too early",
            where=report.name,
            hint="report looks back",
            year=report.period.begins.year,
            year2=plan.period.begins.year,
        )
    elif report.period.begins.year > plan.period.ends.year + 1:
        found.append(because("follow.years between", years=report.period.begins.year - plan.period.ends.year - 1))
    if plan.place != report.place:
        found.append(because("follow.other place", plan=plan.place, report=report.place))
    return tuple(found)
