"""What became of a plan's promises by a later report: one record for each target and each task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..comparing.following.decide import RUBRIC, Outcome, Verdict, comparable, difference, outcomes
from ..comparing.following.parts import Promise, looks_back, promises
from ..model.errors import ReportOrderError
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, because
from .intervals import weighted_range

Timing = Literal["in_time", "late", "unknown"]
_KEPT: tuple[Verdict, ...] = ("met", "reported_done")
_JUDGED: tuple[Verdict, ...] = (*_KEPT, "close", "missed")


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
    reason: tuple[Reason, ...] = column()
    promise: Promise = column(hidden=True)
    outcome: Outcome = column(hidden=True)

    @property
    def words(self) -> str:
        """The words of the promise."""
        return self.promise.text


class FollowUp(Report[Followed]):
    """What a later report says of each target and task of a plan, in the order of the plan.

    `verdict` of a target is met, close, missed, reported (spoken of without a number to compare) or not_reported; of a task
    reported_done, reported or not_reported. `confidence` is the chance, 0 to 1, that the reading by the model is right;
    `rubric` the version of the rules. `remarks` say what is odd about the two documents.

    >>> from planlineage import follow_up, parse_text
    >>> plan = parse_text("一、今年重点工作\\n生产总值增长5%以上。", title="某市2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n生产总值增长5.6%。\\n二、今年重点工作\\n发展工业。"
    >>> report = parse_text(told, title="某市2025年政府工作报告")
    >>> [(row.verdict, row.actual) for row in follow_up(plan, report) if row.kind == "target"]
    [('met', '5.6')]
    """

    kind = ""
    rubric = RUBRIC

    def __init__(self, plan: Plan, report: Plan, *, lang: Lang = "en") -> None:
        self.plan, self.report, self.lang = plan, report, lang
        self.remarks = _checked(plan, report)
        made = promises(plan)
        back = looks_back(report)
        self._searched = because("follow.searched", report=report.name, statements=len(back))
        self._records = [self._record(p, o) for p, o in zip(made, outcomes(made, report), strict=True)]

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
        return len(self._of(*_KEPT)) / len(judged) if judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % range of the rate that follows from how sure each verdict is."""
        judged = self._of(*_JUDGED)
        if not judged:
            return 0.0, 1.0
        chances = [r.confidence if r.verdict in _KEPT else 1 - r.confidence for r in judged]
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
            found.setdefault(key, Counter())[row.verdict] += 1
        return {key: dict(counts) for key, counts in found.items()}

    def _part(self, row: Followed) -> str:
        return self.plan.path(row.promise.statement.clause)[0].title

    def _of(self, *verdicts: Verdict) -> list[Followed]:
        return [r for r in self._records if r.verdict in verdicts]

    def _record(self, promise: Promise, outcome: Outcome) -> Followed:
        target, figure = promise.target, outcome.figure
        against = target and figure and comparable(target, figure)
        said = [
            s
            for s in self.report.statements
            if any(s.span.start < e.end and e.start < s.span.end for e in outcome.evidence)
        ]
        unreported = outcome.verdict == "not_reported"
        return Followed(
            plan=self.plan.id,
            report=self.report.id,
            task_id=promise.statement.id,
            start=promise.span.start,
            end=promise.span.end,
            kind="target" if target else "task",
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
            difference=_decimal(difference(target, figure)) if against and target and figure else "",
            timing=self._timing(promise, outcome),
            reason=(outcome.reason, *([self._searched] if unreported else [])),
            promise=promise,
            outcome=outcome,
        )

    def _timing(self, promise: Promise, outcome: Outcome) -> Timing:
        if outcome.verdict not in _KEPT or self.plan.period is None or self.report.period is None:
            return "unknown"
        due = self.plan.period.ends.year
        if promise.target is not None and promise.target.year is not None:
            due = max(due, promise.target.year)
        return "in_time" if self.report.period.begins.year <= due + 1 else "unknown"


def _decimal(number: Fraction) -> str:
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def _checked(plan: Plan, report: Plan) -> tuple[Reason, ...]:
    """Refuse a report that cannot look back on the plan; remark what makes the two an unlikely couple."""
    if plan.source.text == report.source.text:
        raise ReportOrderError(
            "the report is the plan itself", where=report.name, hint="give the report of a later year"
        )
    found = []
    if plan.period is None or report.period is None:
        found.append(because("follow.years unknown"))
    elif report.period.begins <= plan.period.begins:
        raise ReportOrderError(
            f"the report is for {report.period.begins.year}, the plan for {plan.period.begins.year}",
            where=report.name,
            hint="a report looks back on a plan of an earlier year",
        )
    elif report.period.begins.year > plan.period.ends.year + 1:
        found.append(because("follow.years between", years=report.period.begins.year - plan.period.ends.year - 1))
    if plan.place != report.place:
        found.append(because("follow.other place", plan=plan.place, report=report.place))
    return tuple(found)
