"""The yearly report of a place: what was done, what stands in the way and what comes next, then tables of what was due, done and
late in a year, with the sources, as text that a person goes on editing.

The report is blocks of headings, paragraphs and tables; `markdown` and `to_docx` are two ways of writing them down.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..analysis.deadlines import beside_date
from ..comparing.lineage import Lineage
from ..model.disk import write_text
from ..model.wording import joined, title, words
from ..progress.duty_status import DutyStatus
from ..progress.events import Event
from ..progress.pace import forecast_of
from ..progress.status import StatusReport
from ..progress.statuses import FINISHED
from .official_document import Letter, write_official
from .yearly_document import Block, Heading, Paragraph, Table
from .yearly_draft import Draft

_MARKS = re.compile(r"[\\`*_\[\]<>&|~]|^[#+=-]")


@dataclass(frozen=True, slots=True)
class _Due:
    """An item that was due in the year: a dated duty, or one occurrence."""

    duty: DutyStatus
    due: str
    outcome: str
    done_on: datetime.date | None
    event: Event | None


class YearlyReport:
    """The report of one plan for one year, by a status report as of its last day (or of an earlier day in it).

    `lineage` adds the upper clause of each task. `blocks` are the content; numbers in brackets refer to the sources at the
    end: who reported what when, with the evidence.
    """

    def __init__(self, status: StatusReport, year: int, lineage: Lineage | None = None) -> None:
        self.status, self.year, self.lineage = status, year, lineage
        self.lang = status.lang
        self.plan = status.plans[0]
        self._sources: dict[str, int] = {}
        self._source_events: list[Event] = []
        self.due = self._due_in(year)
        self.blocks: tuple[Block, ...] = tuple(self._content())

    # -- what happened -----------------------------------------------------------------------------------------------

    def _due_in(self, year: int) -> list[_Due]:
        found: list[_Due] = []
        for s in self.status.duties:
            if s.duty.kind == "deadline" and any(d.year == year for d in s.duty.days):
                outcome = words(f"progress.{s.verdict.status}", self.lang)
                found.append(_Due(s, s.duty.due_text, outcome, s.verdict.done_on, s.last))
            for o in s.verdict.occurrences:
                if o.due.year == year:
                    event = o.state.last if o.state else None
                    outcome = words(f"occurrence.{o.outcome}", self.lang)
                    found.append(_Due(s, o.due.isoformat(), outcome, o.done_on, event))
        return found

    def _done_in(self, year: int) -> list[DutyStatus]:
        """Dated duties done in the year that were due in another."""
        named = {d.duty.key for d in self.due}
        done = (s for s in self.status.duties if s.verdict.done_on and s.verdict.done_on.year == year)
        return [s for s in done if s.key not in named]

    # -- how it is said ----------------------------------------------------------------------------------------------

    def _(self, key: str, **values: Any) -> str:
        return words(f"yearly.{key}", self.lang, **values)

    def _content(self) -> Iterator[Block]:
        yield Heading(1, self._("title", plan=self.plan.name, year=self.year))
        yield Paragraph(self._basis())
        yield Heading(2, self._("overview"))
        yield Paragraph(self._overview())
        counts = self.status.counts.most_common()
        yield self._table(("status", "duties"), [(words(f"progress.{k}", self.lang), str(n)) for k, n in counts], "")
        draft = Draft(self.status, self.year, self._source)
        coming = self._due_in(self.year + 1)
        yield Heading(2, self._("practices"))
        yield from draft.practices()
        yield Heading(2, self._("problems"))
        yield from draft.problems()
        yield Heading(2, self._("next"))
        yield from draft.next_steps(len(coming))
        yield Heading(2, self._("due"))
        yield self._due_table()
        yield Heading(2, self._("done"))
        yield self._duties_table(self._done_in(self.year))
        yield Heading(2, self._("overdue"))
        late = [*self.status.having("overdue"), *self.status.having("recurring_missed")]
        yield self._duties_table(list({s.key: s for s in late}.values()))
        yield Heading(2, self._("coming"))
        listed = [(d.due, _clause(d.duty), d.duty.statement.text, _lead(d.duty)) for d in coming]
        yield self._table(("due", "clause", "content", "lead"), listed, "none")
        yield Heading(2, self._("sources"))
        yield self._listed_sources()
        yield Paragraph(self._("made", day=self.status.day))

    def _table(self, columns: Sequence[str], rows: Sequence[tuple[str, ...]], otherwise: str) -> Block:
        """A table; where it has no rows, a paragraph that says so."""
        if not rows and otherwise:
            return Paragraph(self._(otherwise))
        return Table(tuple(title(c, self.lang, "yearly") for c in columns), tuple(rows))

    def _basis(self) -> str:
        known = self.status.question.known_on
        return self._(
            "basis",
            plan=self.plan.name,
            number=self._("number", number=self.plan.number) if self.plan.number else "",
            count=self.status.ledger.count,
            day=self.status.day,
            known=self._("as known", day=known) if known else "",
            rules=self.status.rules.stated(self.lang),
        )

    def _overview(self) -> str:
        return self._(
            "counts",
            total=len(self.status.duties),
            year=self.year,
            due=len(self.due),
            met=sum(d.done_on is not None for d in self.due),
            day=self.status.day,
            done=self.status.count(*FINISHED),
            overdue=self.status.count("overdue"),
            missed=self.status.count("recurring_missed"),
            silent=self.status.count("not_reported"),
        )

    def _due_table(self) -> Block:
        columns = ("due", "clause", "content", "lead", "upper_clause", "outcome", "done_on", "source")
        rows = [
            (
                d.due,
                _clause(d.duty),
                d.duty.statement.text,
                _lead(d.duty),
                self._upper(d.duty),
                d.outcome,
                d.done_on.isoformat() if d.done_on else "",
                self._source(d.event),
            )
            for d in sorted(self.due, key=lambda d: d.due)
        ]
        return self._table(columns, rows, "nothing due")

    def _duties_table(self, duties: Sequence[DutyStatus]) -> Block:
        columns = ("due", "clause", "content", "lead", "outcome", "forecast", "source")
        rows = [
            (
                s.duty.due_text,
                _clause(s),
                s.statement.text,
                _lead(s),
                self._state(s),
                self._forecast(s),
                self._source(s.last),
            )
            for s in duties
        ]
        return self._table(columns, rows, "none")

    def _state(self, one: DutyStatus) -> str:
        verdict = one.verdict
        status, light = (
            words(f"progress.{verdict.status}", self.lang),
            words(f"light.{verdict.light}", self.lang),
        )
        return self._("state", status=status, light=light, why=joined(verdict.reasons, self.lang))

    def _forecast(self, one: DutyStatus) -> str:
        found = forecast_of(one, self.status.day, self.status.rules.grain)
        return found.text if found else ""

    def _upper(self, one: DutyStatus) -> str:
        upper = beside_date(self.lineage, one.plan, one.statement, one.duty.effective).upper
        return upper.plan.label(upper.statement.clause) if upper else ""

    def _source(self, event: Event | None) -> str:
        if event is None:
            return ""
        if event.id not in self._sources:
            self._source_events.append(event)
            self._sources[event.id] = len(self._source_events)
        return f"[{self._sources[event.id]}]"

    def _listed_sources(self) -> Block:
        columns = ("source_number", "reported_on", "reporter", "report", "evidence", "file", "event")
        rows = [
            (
                f"[{self._sources[e.id]}]",
                e.reported_on.isoformat(),
                e.reporter,
                self._said(e),
                e.evidence,
                f"{e.source} {e.source_row}".strip(),
                e.id[:12],
            )
            for e in self._source_events
        ]
        return self._table(columns, rows, "no sources")

    def _said(self, event: Event) -> str:
        said = self._("comma").join(event.said(self.lang))
        return self._("said", said=said, day=event.effective_on, note=event.remarks(self.lang))

    # -- writing it down ---------------------------------------------------------------------------------------------

    @property
    def markdown(self) -> str:
        """The report as Markdown."""
        return "\n\n".join(_markdown(block) for block in self.blocks) + "\n"

    def to_markdown(self, path: str | Path) -> Path:
        """Write it as Markdown. Raises `OutputError`."""
        return write_text(path, self.markdown)

    def to_docx(self, path: str | Path) -> Path:
        """Write it as DOCX in the form of official documents. Raises `OutputError`; `MissingExtraError` without python-docx."""
        return write_official(self.blocks, Letter(), path, lang=self.lang)

    def _repr_markdown_(self) -> str:
        return self.markdown


def _clause(one: DutyStatus) -> str:
    return f"{one.plan.label(one.statement.clause)} · {one.duty.task}"


def _lead(one: DutyStatus) -> str:
    return "、".join(one.lead)


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Paragraph):
        return _plain(block.text)
    lines = [_line(block.headers), "| " + " | ".join("---" for _ in block.headers) + " |", *map(_line, block.rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_plain, cells)) + " |"


def _plain(text: str) -> str:
    """A text on one line, in which nothing is Markdown or HTML: notes are written by many hands."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
