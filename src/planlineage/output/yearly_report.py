"""The yearly report of a place: what was due, done and late in a year, with the sources, as text that a person goes on editing.

The report is blocks of headings, paragraphs and tables; `markdown` and `to_docx` are two ways of writing them down.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..linking.lineage import Lineage
from ..model.disk import write_text
from ..model.wording import words
from ..progress.events import Event
from ..progress.pace import forecast_of
from ..progress.status import Standing, StatusReport
from ..progress.wording import Lang, joined, light_name, status_name
from .yearly_document import Block, Heading, Paragraph, Table, write_document

_OUTCOMES = {"met": "按期完成", "met late": "逾期完成", "missed": "缺期", "open": "未到期"}
_ON_TIME = ("done", "done short of target")


@dataclass(frozen=True, slots=True)
class _Due:
    """An item that was due in the year: a dated duty, or one occurrence."""

    standing: Standing
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
        self.lang: Lang = status.lang
        self.plan = status.plans[0]
        self._sources: dict[str, int] = {}
        self._source_events: list[Event] = []
        self.due = self._due_in(year)
        self.blocks: tuple[Block, ...] = tuple(self._content())

    # -- what happened -----------------------------------------------------------------------------------------------

    def _due_in(self, year: int) -> list[_Due]:
        found: list[_Due] = []
        for s in self.status.standings:
            if s.duty.kind == "deadline" and any(d.year == year for d in s.duty.days):
                outcome = status_name(s.verdict.status, self.lang)
                found.append(_Due(s, s.duty.due_text, outcome, s.verdict.done_on, s.last))
            for o in s.verdict.occurrences:
                if o.due.year == year:
                    outcome = _OUTCOMES[o.outcome] if self.lang == "zh" else o.outcome
                    event = o.state.last if o.state else None
                    found.append(_Due(s, o.due.isoformat(), outcome, o.done_on, event))
        return found

    def _done_in(self, year: int) -> list[Standing]:
        """Dated duties done in the year that were due in another."""
        named = {d.standing.key for d in self.due}
        return [
            s for s in self.status.standings
            if s.verdict.done_on and s.verdict.done_on.year == year and s.key not in named
        ]  # fmt: skip

    def _old_debts(self) -> list[Standing]:
        """Duties that were due in earlier years and are not done."""
        named = {d.standing.key for d in self.due}
        return [s for s in self.status.having("overdue") if s.key not in named]

    # -- how it is said ----------------------------------------------------------------------------------------------

    def _(self, chinese: str, english: str) -> str:
        return chinese if self.lang == "zh" else english

    def _content(self) -> list[Block]:
        day = self.status.day
        title = self._(
            f"{self.plan.name}{self.year}年度实施情况报告", f"{self.plan.name}: report for {self.year}"
        )
        blocks: list[Block] = [
            Heading(1, title),
            Paragraph(self._basis()),
            Heading(2, self._("一、总体情况", "1. Overview")),
        ]
        blocks += [Paragraph(self._overview()), self._numbers()]
        blocks.append(Heading(2, self._("二、本年度应完成事项", "2. Due this year")))
        blocks.append(
            self._due_table()
            if self.due
            else Paragraph(self._("本年度没有到期事项。", "Nothing was due this year."))
        )
        blocks.append(Heading(2, self._("三、本年度提前或者补完成事项", "3. Done this year, due in another")))
        done = self._done_in(self.year)
        blocks.append(self._standings_table(done) if done else Paragraph(self._("无。", "None.")))
        blocks.append(
            Heading(2, self._("四、逾期未完成事项及往年缺期", "4. Overdue, and missed in earlier years"))
        )
        blocks += self._late()
        blocks.append(Heading(2, self._("五、下一年度到期事项", "5. Due next year")))
        coming = self._due_in(self.year + 1)
        rows = tuple(
            (d.due, _clause(d.standing), d.standing.statement.text, _lead(d.standing)) for d in coming
        )
        heads = (
            ("完成时限", "条款", "内容", "牵头单位")
            if self.lang == "zh"
            else ("Due", "Clause", "Task", "Lead unit")
        )
        blocks.append(Table(heads, rows) if rows else Paragraph(self._("无。", "None.")))
        blocks.append(Heading(2, self._("六、资料来源", "6. Sources")))
        blocks += self._listed_sources()
        made = (
            f"本报告由台账自动生成，截至{day}，供修改完善。",
            f"Made from the ledger as of {day}, to be edited.",
        )
        blocks.append(Paragraph(self._(*made)))
        return blocks

    def _basis(self) -> str:
        number = f"（{self.plan.number}）" if self.plan.number else ""
        known = self.status.question.known_on
        as_known = self._(f"，按{known}已报送情况", f", as known on {known}") if known else ""
        return self._(
            f"依据：《{self.plan.name}》{number}；进展台账{self.status.ledger.count}条，截至{self.status.day}{as_known}。"
            f"{self.status.rules.stated('zh')}",
            f"Grounds: {self.plan.name} {number}; {self.status.ledger.count} ledger entries, as of "
            f"{self.status.day}{as_known}. {self.status.rules.stated('en')}",
        )

    def _overview(self) -> str:
        met = sum(d.done_on is not None for d in self.due)
        total, done = len(self.status.standings), self.status.count("done", "done late", "done perhaps late")
        return self._(
            f"规划共有{total}项应办事项。{self.year}年到期{len(self.due)}项（次），其中已完成{met}项（次）；"
            f"截至{self.status.day}累计完成{done}项，逾期未完成{self.status.count('overdue')}项，"
            f"周期任务缺期{self.status.count('recurring missed')}项，未报送{self.status.count('not reported')}项。",
            f"The plan holds {total} duties. {len(self.due)} fell due in {self.year}, {met} of them were met. As of "
            f"{self.status.day}, {done} are done, {self.status.count('overdue')} overdue, "
            f"{self.status.count('recurring missed')} recurring ones missed, {self.status.count('not reported')} not reported.",
        )

    def _numbers(self) -> Table:
        counts = self.status.counts
        rows = tuple((status_name(key, self.lang), str(n)) for key, n in counts.most_common())
        return Table(("状态", "事项数") if self.lang == "zh" else ("Status", "Duties"), rows)

    def _due_table(self) -> Table:
        heads = (
            ("完成时限", "条款", "内容", "牵头单位", "上级条款", "情况", "完成日期", "来源")
            if self.lang == "zh"
            else ("Due", "Clause", "Task", "Lead unit", "Upper clause", "Outcome", "Done on", "Source")
        )
        rows = tuple(
            (
                d.due, _clause(d.standing), d.standing.statement.text, _lead(d.standing), self._upper(d.standing), d.outcome,
                d.done_on.isoformat() if d.done_on else "", self._source(d.event),
            )
            for d in sorted(self.due, key=lambda d: d.due)
        )  # fmt: skip
        return Table(heads, rows)

    def _standings_table(self, standings: Sequence[Standing]) -> Table:
        heads = (
            ("完成时限", "条款", "内容", "牵头单位", "情况", "预计完成", "来源")
            if self.lang == "zh"
            else ("Due", "Clause", "Task", "Lead unit", "Standing", "Forecast", "Source")
        )
        rows = tuple(
            (
                s.duty.due_text, _clause(s), s.statement.text, _lead(s), self._standing(s), self._forecast(s),
                self._source(s.last),
            )
            for s in standings
        )  # fmt: skip
        return Table(heads, rows)

    def _standing(self, standing: Standing) -> str:
        verdict = standing.verdict
        named = f"{status_name(verdict.status, self.lang)}（{light_name(verdict.light, self.lang)}）"
        return f"{named}{joined(verdict.reasons, self.lang)}"

    def _forecast(self, standing: Standing) -> str:
        found = forecast_of(standing, self.status)
        return found.text if found else ""

    def _late(self) -> list[Block]:
        debts = [*self.status.having("overdue"), *self.status.having("recurring missed")]
        if not debts:
            return [Paragraph(self._("无。", "None."))]
        return [self._standings_table(list({s.key: s for s in debts}.values()))]

    def _upper(self, standing: Standing) -> str:
        edges = (
            [e for e in self.lineage.sources(standing.duty.task) if e.relation.is_coverage]
            if self.lineage
            else []
        )
        if not self.lineage or not edges:
            return ""
        upper = self.lineage.upper(edges[0].upper_plan)
        return f"{upper.label(upper.statement(edges[0].upper_id).clause)}"

    def _source(self, event: Event | None) -> str:
        if event is None:
            return ""
        if event.id not in self._sources:
            self._source_events.append(event)
            self._sources[event.id] = len(self._source_events)
        return f"[{self._sources[event.id]}]"

    def _listed_sources(self) -> list[Block]:
        if not self._source_events:
            return [Paragraph(self._("台账中没有相关报送。", "The ledger holds no reports on these."))]
        heads = (
            ("编号", "报送日期", "填报人", "情况", "佐证材料", "原表", "台账编号")
            if self.lang == "zh"
            else ("No.", "Reported on", "Reporter", "Report", "Evidence", "File", "Event id")
        )
        rows = tuple(
            (
                f"[{self._sources[e.id]}]", e.reported_on.isoformat(), e.reporter, self._said(e), e.evidence,
                f"{e.source} {e.source_row}".strip(), e.id[:12],
            )
            for e in self._source_events
        )  # fmt: skip
        return [Table(heads, rows)]

    def _said(self, event: Event) -> str:
        parts: list[Any] = []
        if event.status is not None:
            parts.append(words(f"progress.{event.status}", self.lang))
        if event.percent is not None:
            parts.append(f"{event.percent:g}%")
        if event.times is not None:
            parts.append(f"{event.times}次" if self.lang == "zh" else f"{event.times} times")
        if event.value is not None:
            parts.append(f"{event.value} {event.unit}".strip())
        return f"{'，'.join(parts)}（{event.effective_on}）{event.note}"

    # -- writing it down ---------------------------------------------------------------------------------------------

    @property
    def markdown(self) -> str:
        """The report as Markdown."""
        return "\n\n".join(_markdown(block) for block in self.blocks) + "\n"

    def to_markdown(self, path: str | Path) -> Path:
        """Write it as Markdown. Raises `OutputError`."""
        return write_text(path, self.markdown)

    def to_docx(self, path: str | Path) -> Path:
        """Write it as DOCX, with Word's own styles and tables. Raises `OutputError`; `MissingExtraError` without python-docx."""
        return write_document(self.blocks, path, lang=self.lang)

    def _repr_markdown_(self) -> str:
        return self.markdown


def _clause(standing: Standing) -> str:
    return f"{standing.plan.label(standing.statement.clause)} · {standing.duty.task}"


def _lead(standing: Standing) -> str:
    return "、".join(standing.schedule.units[standing.duty.task][0])


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return block.text
    lines = [_line(block.headers), _line(["---"] * len(block.headers)), *(_line(row) for row in block.rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |"
