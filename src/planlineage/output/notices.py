"""The letters of an office about the tasks of a plan: 催办通知 to units that are behind, 通报 to all, from a status report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ..model.disk import numbered_paths
from ..model.wording import percentage, title, words
from ..progress.duty_status import DutyStatus
from ..progress.status import StatusReport
from ..progress.statuses import FULFILLED, LATE
from .official_document import Letter, write_official
from .yearly_document import Block, Heading, Paragraph, Table

NoticeKind = Literal["urge", "bulletin"]
"""`urge` is a 催办通知, `bulletin` a 通报."""


class Notice:
    """A letter about the tasks of a plan on a day; `unit` limits it to the tasks that one unit leads.

    `answer_by` is the day until which units shall report; `issuer` signs. A task that nobody reported on is not called late: its
    day has passed without a report. Future tasks are in no list.
    """

    def __init__(
        self,
        status: StatusReport,
        kind: NoticeKind = "urge",
        *,
        unit: str = "",
        issuer: str = "",
        answer_by: datetime.date | None = None,
        red_head: str = "",
    ) -> None:
        self.status, self.kind, self.unit = status, kind, unit
        self.issuer, self.answer_by, self.red_head = issuer, answer_by, red_head
        self.plan, self.lang = status.plans[0], status.lang
        self.duties = [d for d in status.duties if not unit or unit in d.lead]

    @cached_property
    def behind(self) -> dict[str, list[DutyStatus]]:
        """The duties that are late, near (`soon`) or have no report though their day has passed (`silent`)."""
        found: dict[str, list[DutyStatus]] = {"late": [], "soon": [], "silent": []}
        for one in sorted(self.duties, key=lambda d: d.day or datetime.date.max):
            status = one.verdict.status
            past = status in LATE or (status == "not_reported" and one.day is not None and one.day < self.status.day)
            if past:
                found["late" if one.last else "silent"].append(one)
            elif status == "due_soon":
                found["soon"].append(one)
        return found

    @property
    def units(self) -> list[str]:
        """The units that lead a duty that is behind."""
        many = (unit for own in self.behind.values() for d in own for unit in d.lead)
        return list(dict.fromkeys(many))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Title, paragraphs and tables."""
        return tuple(self._urging() if self.kind == "urge" else self._bulletin())

    def to_docx(self, path: str | Path) -> Path:
        """Write it as Word document. Raises `OutputError`, `MissingExtraError` without python-docx."""
        to = self.unit or (self._("comma").join(self.units) if self.kind == "urge" else self._("all units"))
        letter = Letter(
            to=self._("to", units=to) if to else "",
            issuer=self.issuer,
            day=self._date(self.status.day),
            red_head=self.red_head,
        )
        return write_official(self.blocks, letter, path, lang=self.lang)

    # -- what it says ------------------------------------------------------------------------------------------------

    def _(self, key: str, **values: Any) -> str:
        return words(f"notice.{key}", self.lang, **values)

    def _date(self, day: datetime.date) -> str:
        return self._("date", year=day.year, month=day.month, day=day.day)

    def _asked(self) -> str:
        return self._("asked by", day=self._date(self.answer_by)) if self.answer_by else self._("asked")

    def _urging(self) -> Iterator[Block]:
        yield Heading(1, self._("urge title", plan=self.plan.name))
        yield Paragraph(self._("urge", plan=self.plan.name, day=self._date(self.status.day), asked=self._asked()))
        for number, (part, duties) in enumerate((p, d) for p, d in self.behind.items() if d):
            head = self._(f"urge {part}", count=len(duties))
            yield Heading(2, self._("numbered", number=self._number(number), text=head))
            yield self._table(duties, with_unit=not self.unit and any(d.lead for d in duties))
        yield Paragraph(self._("urge end" if any(self.behind.values()) else "nothing behind"))

    def _bulletin(self) -> Iterator[Block]:
        yield Heading(1, self._("bulletin title", plan=self.plan.name))
        done, total = sum(d.verdict.status in FULFILLED for d in self.duties), len(self.duties)
        counts = {part: len(own) for part, own in self.behind.items()}
        counts["closed"] = sum(d.closed is not None for d in self.duties)
        share = percentage(done / total) if total else "–"
        day = self._date(self.status.day)
        parts = iter(range(9))

        def head(key: str) -> Heading:
            return Heading(2, self._("numbered", number=self._number(next(parts)), text=self._(key)))

        yield head("overall")
        yield Paragraph(self._("counts", plan=self.plan.name, day=day, total=total, done=done, share=share, **counts))
        if (by_unit := self._by_unit()).rows:
            yield head("by unit")
            yield by_unit
        for part in ("late", "silent"):
            if own := self.behind[part]:
                yield head(f"bulletin {part}")
                yield self._table(own, with_unit=any(d.lead for d in own))
        yield head("demands")
        yield Paragraph(self._("demand", asked=self._asked()))

    def _by_unit(self) -> Table:
        units: dict[str, list[DutyStatus]] = {}
        for one in self.duties:
            for name in one.lead:
                units.setdefault(name, []).append(one)
        late = {d.key for d in self.behind["late"]}
        silent = {d.key for d in self.behind["silent"]}
        counted = [
            (
                name,
                len(own),
                sum(d.verdict.status in FULFILLED for d in own),
                sum(d.closed is not None for d in own),
                sum(d.key in late for d in own),
                sum(d.key in silent for d in own),
            )
            for name, own in units.items()
        ]
        counted.sort(key=lambda row: (-row[4], -row[5], -row[1]))
        rows = tuple(tuple(map(str, row)) for row in counted)
        return Table(self._titles("unit", "tasks", "done", "closed", "late", "silent"), rows)

    def _table(self, duties: Sequence[DutyStatus], *, with_unit: bool = False) -> Table:
        names = ["number", "content", *(["unit"] if with_unit else []), "due", "behind", "last_report"]
        rows = []
        for number, one in enumerate(duties, 1):
            was_due = _was_due(one)
            days = (self.status.day - was_due).days if was_due else 0
            due = self._("occurrence", due=one.duty.due_text, day=was_due) if _missed(one) else one.duty.due_text
            lead = [self._("comma").join(one.lead)] if with_unit else []
            overdue = self._("days", count=days) if days > 0 else ""
            rows.append((str(number), one.statement.text, *lead, due, overdue, self._last(one)))
        return Table(self._titles(*names), tuple(rows))

    def _titles(self, *names: str) -> tuple[str, ...]:
        return tuple(title(name, self.lang, "notice") for name in names)

    def _last(self, one: DutyStatus) -> str:
        event = one.last
        if event is None:
            return self._("no report")
        return self._("comma").join([event.effective_on.isoformat(), *event.said(self.lang)])

    def _number(self, place: int) -> str:
        return "一二三四五六七八九"[place] if self.lang == "zh" else str(place + 1)


def _missed(one: DutyStatus) -> list[datetime.date]:
    """The due days of a rhythm that were missed, the last one last."""
    return [o.due for o in one.verdict.occurrences if o.outcome in ("missed", "no_report")]


def _was_due(one: DutyStatus) -> datetime.date | None:
    missed = _missed(one)
    return missed[-1] if missed else one.day


def notices_by_unit(notice: Notice, folder: str | Path) -> Iterator[Path]:
    """One 催办通知 for each unit that is behind, in a folder. Yields the paths."""
    for unit, path in zip(notice.units, numbered_paths(folder, notice.units, ".docx"), strict=True):
        own = Notice(
            notice.status,
            notice.kind,
            unit=unit,
            issuer=notice.issuer,
            answer_by=notice.answer_by,
            red_head=notice.red_head,
        )
        yield own.to_docx(path)
