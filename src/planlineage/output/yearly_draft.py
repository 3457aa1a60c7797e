"""The sentences of a yearly report (主要做法, 存在问题, 下一步安排), drafted from the ledger for a person to go on writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..model.parts import Statement
from ..model.wording import joined, words
from ..progress.duty_status import DutyStatus
from ..progress.events import Event, Reported
from ..progress.status import StatusReport
from ..progress.statuses import FINISHED, FULFILLED, LATE
from .yearly_document import Block, Heading, Paragraph

_ENDS = "。；;，,. \n"
_NAMED = 8
"""So many tasks are named where nobody says what stands in their way; the table has the others."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A task, its duties, and the reports on it in the year, the earliest first."""

    statement: Statement
    duties: tuple[DutyStatus, ...]
    events: tuple[Event, ...]

    @property
    def done(self) -> bool:
        """Whether all of it is done."""
        return all(d.verdict.status in FINISHED for d in self.duties)


class Draft:
    """The sentences for one year by a status report. `cite` gives the mark of the source of a report on a task."""

    def __init__(self, status: StatusReport, year: int, cite: Callable[[Event], str]) -> None:
        self.status, self.year, self.cite = status, year, cite
        self.plan, self.lang = status.plans[0], status.lang

    def _(self, key: str, **values: Any) -> str:
        return words(f"yearly.{key}", self.lang, **values)

    @cached_property
    def _told(self) -> list[_Told]:
        by_task: dict[str, list[DutyStatus]] = {}
        for one in self.status.duties:
            by_task.setdefault(one.duty.task, []).append(one)
        found = []
        for duties in by_task.values():
            events = {e.id: e for d in duties for e in d.events if e.effective_on.year == self.year}
            ordered = sorted(events.values(), key=lambda e: (e.effective_on, e.seq))
            found.append(_Told(duties[0].statement, tuple(duties), tuple(ordered)))
        return found

    def practices(self) -> Iterator[Block]:
        """What was done, part by part of the plan: how each task stands, and what the units noted in the year."""
        part = None
        for told in self._told:
            if not told.events:
                continue
            top = self.plan.path(told.statement.clause)[0]
            if top.id != part and top.title:
                part = top.id
                yield Heading(3, top.title)
            stands = self._("semicolon").join(dict.fromkeys(self._stands(d) for d in told.duties if d.events))
            yield self._sentence(told, stands, [e.note for e in told.events], told.events)
        if not any(told.events for told in self._told):
            yield Paragraph(self._("nothing reported"))

    def problems(self) -> Iterator[Block]:
        """What is late, and what the units say stands in the way of tasks that are not done."""
        said = [t for t in self._told if not t.done and any(e.problems for e in t.events)]
        spoken = {t.statement.id for t in said}
        late = [d for d in self.status.duties if d.verdict.status in LATE and d.statement.id not in spoken]
        if late:
            named = joined(dict.fromkeys(self._named(d.statement, d.lead) for d in late[:_NAMED]), self.lang)
            more = self._("more") if len(late) > _NAMED else ""
            yield Paragraph(self._("late", count=len(late), named=named, more=more))
        for told in said:
            events = [e for e in told.events if e.problems]
            yield self._sentence(told, "", [e.problems for e in events], events)
        if not late and not said:
            yield Paragraph(self._("no problems"))

    def next_steps(self, coming: int) -> Iterator[Block]:
        """What the units mean to do next for tasks that are not done, and how many tasks fall due in the next year."""
        for told in self._told:
            events = [e for e in told.events if e.next_step]
            if events and not told.done:
                yield self._sentence(told, "", [e.next_step for e in events[-1:]], events[-1:])
        yield Paragraph(self._("next year", year=self.year + 1, count=coming))

    def _stands(self, one: DutyStatus) -> str:
        if one.verdict.status in FULFILLED:
            return joined(one.verdict.reasons, self.lang)
        status = next((e.status for e in reversed(one.events) if e.status), Reported.IN_PROGRESS)
        percent = one.verdict.percent
        share = [] if percent is None else [f"{percent:g}%"]
        return self._("comma").join([words(f"progress.{status}", self.lang), *share])

    def _named(self, statement: Statement, lead: Sequence[str]) -> str:
        what = next(d.item for d in self.status.duties if d.statement.id == statement.id) or statement.text
        return self._("named", what=what.rstrip(_ENDS), lead="、".join(lead)) if lead else what.rstrip(_ENDS)

    def _sentence(self, told: _Told, stands: str, said: Iterable[str], events: Sequence[Event]) -> Paragraph:
        what = self._named(told.statement, told.duties[0].lead)
        noted = self._("semicolon").join(dict.fromkeys(one.strip(_ENDS) for one in said if one.strip(_ENDS)))
        marks = "".join(dict.fromkeys(self.cite(e) for e in events))
        rest = self._("stop").join(part for part in (stands, noted) if part)
        return Paragraph(self._("sentence", what=what, said=rest, sources=marks))
