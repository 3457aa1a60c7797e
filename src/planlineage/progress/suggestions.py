"""Entries that a later report proposes for a ledger: nothing is taken in until a person has accepted it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..analysis.follow_up import Followed, FollowUp
from ..analysis.timing import looked_back_on
from ..comparing.following.decide import comparable
from ..comparing.following.features import same_unit
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, words
from .duties import Duty, schedule_of
from .events import Event, Reported
from .measures import Measure, measures_of
from .store import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed entry, in the columns of a ledger file; `decision` is for the person who accepts or rejects it.

    `effective_on` is None where the day can't be told from the report: done within the year, of a task that was due within it.
    """

    task: str
    content: str = ""
    due: str = ""
    target: str = ""
    measure: int | None = None
    decision: str | None = None
    status: Reported = column(words="progress")
    percent: int | None = None
    value: str = ""
    effective_on: datetime.date | None = None
    reported_on: datetime.date | None = None
    evidence: str = ""
    note: str = ""
    confidence: float = 0.0
    reporter: str | None = None


class Suggestions(Report[Suggestion]):
    """What a follow-up proposes to enter for the tasks of its plan, in the order of the plan.

    A task of which every promise was kept is proposed as done, one of which some were kept or are spoken of as in progress,
    one of which nothing is said not at all. A number that the report gives for one of a task's measures makes a row of its own.
    What the ledger holds already is left out. `confidence` is that of the least sure verdict a row rests on.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、今年重点工作\\n新建枣庄机场。", title="某省2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n新建枣庄机场。\\n二、今年重点工作\\n发展工业。"
    >>> report = parse_text(told, title="某省2025年政府工作报告")
    >>> [(s.task, s.status.value, str(s.effective_on)) for s in Suggestions(FollowUp(plan, report))]
    [('1-rjjht', 'done', '2024-12-31')]
    """

    kind = "ledger"
    shown_columns = ("task", "content", "due", "status", "value", "effective_on", "evidence", "confidence")

    def __init__(self, followed: FollowUp, progress: Progress | None = None, *, lang: Lang = "zh") -> None:
        self.followed, self.lang = followed, lang
        self._held = list(_held(progress, followed.plan)) if progress is not None else []
        self._records = list(self._found())

    @property
    def records(self) -> Sequence[Suggestion]:
        """One record for each proposed entry."""
        return self._records

    @property
    def heading(self) -> str:
        """What the table shows."""
        return self.followed.heading

    def _found(self) -> Iterator[Suggestion]:
        schedule = schedule_of(self.followed.plan)
        rows: dict[str, list[Followed]] = {}
        for row in self.followed:
            rows.setdefault(row.task_id, []).append(row)
        for statement in schedule.statements:
            for made in self._of(statement, rows.get(statement.id, ()), schedule.duties[statement.id][0]):
                if not any(_says(event, made) for event in self._held):
                    yield made

    def _of(self, statement: Statement, rows: Sequence[Followed], duty: Duty) -> Iterator[Suggestion]:
        spoken = [r for r in rows if r.settled != "not_reported"]
        if not spoken:
            return
        done = all(r.pledge == "kept" for r in rows)
        measured: list[tuple[Followed | None, Measure | None]] = list(_measured(statement, spoken))
        for row, measure in measured or [(None, None)]:
            rests_on = [row] if row and not done else spoken
            yield Suggestion(
                task=statement.id,
                content=statement.text,
                due=duty.due_text,
                target=measure.text if measure else "",
                measure=measure.number if measure else None,
                status=Reported.DONE if done else Reported.IN_PROGRESS,
                percent=100 if done else _percent(row) if row and len(rows) == 1 else None,
                value=row.actual if row else "",
                effective_on=self._day(duty, spoken) if done else self._last_day,
                reported_on=self.followed.report.issued,
                evidence=self._evidence(rests_on),
                note=words("suggest.note", self.lang, kept=sum(r.pledge == "kept" for r in rows), count=len(rows)),
                confidence=min(r.chance for r in rests_on),
            )

    @property
    def _last_day(self) -> datetime.date | None:
        year = looked_back_on(self.followed.report)
        return year[1] if year else None

    def _day(self, duty: Duty, rows: Sequence[Followed]) -> datetime.date | None:
        """The day from which a task is done: the last that the report looks back on, unless that would make it late."""
        due, ended = max(duty.days, default=None), self._last_day
        told = due is None or ended is None or due >= ended or all(r.timing == "late" for r in rows)
        return ended if told else None

    def _evidence(self, rows: Sequence[Followed]) -> str:
        report = self.followed.report
        spans = dict.fromkeys(span for row in rows for span in row.outcome.evidence)
        said = "；".join(f"“{report.source.at(span)}”（{span.start}-{span.end}）" for span in spans)
        return words("suggest.evidence", self.lang, report=report.name, said=said)


def _held(progress: Progress, plan: Plan) -> Iterator[Event]:
    """What the ledger holds on a plan, also under ids that it went by before."""
    for name in (plan.id, *progress.renamed([plan])):
        yield from progress.events(name)


def _measured(statement: Statement, rows: Sequence[Followed]) -> Iterator[tuple[Followed | None, Measure | None]]:
    """The rows that give a number for a measure of the task, in the unit of the plan."""
    measures = measures_of(statement)
    for row in rows:
        target, figure = row.promise.target, row.outcome.figure
        if target is not None and figure is not None and comparable(target, figure):
            own = next((m for m in measures if m.what == row.indicator and str(m.threshold) == row.value), None)
            if own is not None and same_unit(target.unit, figure.unit)[0]:
                yield row, own


def _percent(row: Followed) -> int | None:
    """How much of a promised amount was reached, at most 99; None for rates and ceilings, which are no amounts."""
    target, over = row.promise.target, row.difference
    if target is None or not target.number or target.base == "growth" or target.comparison in ("<=", "<") or not over:
        return None
    return max(0, min(99, int(100 * (1 + Fraction(over) / abs(target.number)))))


def _says(event: Event, made: Suggestion) -> bool:
    """Whether the ledger holds already what is proposed: the task done, or the same status and number."""
    if event.task != made.task:
        return False
    same_number = not made.value or (event.measure == made.measure and str(event.value) == made.value)
    return event.status is made.status and same_number
