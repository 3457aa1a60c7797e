"""Tables in the outline: their groups, headings and rows become clauses, their cells statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from ..model.base import Provenance
from ..model.commitments import Commitment, Deadline, Recurrence, Responsibility, Target
from ..model.parts import ClauseKind
from .cleaning import CleanText
from .commitments import VERSION, Context, cell_note
from .commitments.assigned import NOTHING
from .commitments.cells import cell_target, cell_times
from .drafts import Draft, Place, Ruling
from .names import short_code
from .numbering import label_of
from .outline import Node, Outline
from .segment import Stretch, sentences
from .tables import (
    WHAT,
    WHO,
    Cell,
    Row,
    Table,
    TaskColumn,
    indicator_columns,
    is_blank,
    is_ditto,
    task_column,
    task_columns,
)
from .tables.indicator_columns import nature_of

_ASKS = re.compile("内容|要求|标准|举措|任务|措施|事项")
_IN_TABLE = Place((), "plan", "table")
_QUALITY = {"clean": 0.95, "repaired": 0.85, "doubtful": 0.6}
_TITLES = ("number", "group", "heading", "header")
_SENTENCE = 15
"""So many characters in a cell are more than a name."""


def table_drafts(
    clean: CleanText, outline: Outline, table: Table, context: Context | None = None
) -> tuple[list[Draft], list[str]]:
    """The statements of a table, and the rows to be checked against the page; its clauses are added to the outline.

    A row of a task table is one task, with who and until when from its cells; a row of a table of indicators is a goal with its
    target. In any other table the columns that say what is to be done are tasks; other columns (who guides, where it applies,
    how it is measured) are procedure; titles are headings. What no row could be given stays as unread, or as noise where
    it is a copy of something that stands elsewhere.
    """
    reader = _Reader(clean, outline, table, context or Context())
    return reader.drafts(), reader.doubtful


class _Reader:
    def __init__(self, clean: CleanText, outline: Outline, table: Table, context: Context) -> None:
        self.clean, self.outline, self.table, self.context = clean, outline, table, context
        before = [b for b in outline.blocks if clean.to_source(b.start, b.end).end <= table.region.start]
        parent = before[-1].node if before else None
        if parent is not None and (parent.kind in ("frame", "preamble") or parent.style == "enumerated"):
            parent = parent.parent
        self.root = self.outline.add("table", f"{parent.key}.table" if parent else "table", parent)
        self.doubtful: list[str] = []
        self.headers = {cell.column: cell.text for cell in table.header}
        self.columns = task_columns(self.headers.items())
        self.indicators = None if self.columns else indicator_columns(self.headers.items())
        self.looks_back = self._looks_back()
        self.above: dict[int, str] = {}
        """The words of the last cell of each column that are not 同上."""

    def drafts(self) -> list[Draft]:
        """The drafts of all cells, each reaching over the column marks behind it."""
        made: list[Draft] = []
        for cell in self.table.header:
            made += self._cell(cell, self.root, "heading", 0.95)
        titles: dict[tuple[str | None, str | None], Node] = {}
        for row in self.table.rows:
            node = self._row_node(row, titles)
            if row.quality == "doubtful":
                self.doubtful.append(node.key)
            made += self._row(row, node)
        for cell in self.table.fragments:
            copy = "copy" in cell.note or "twice" in cell.note or "stands" in cell.note
            made += self._cell(cell, self.root, "noise" if copy else "unread", 0.6 if copy else 0.0, whole=True)
        made.sort(key=lambda d: d.start)
        self._cover_separators(made)
        return made

    def _row(self, row: Row, node: Node) -> Iterator[Draft]:
        if row.kind != "heading" and self.indicators is not None and self.table.kind != "damaged":
            yield from self._indicator(row, node)
            return
        task = self._task(row)
        for cell in row.cells:
            if task is None:
                yield from self._cell(cell, node, self._kind(cell, row), _QUALITY[row.quality])
            else:
                yield from self._task_cell(cell, node, row, task)

    def _looks_back(self) -> bool:
        """Whether a column says what was done, and most rows have words in it."""
        done = {column for column, role in self.columns.items() if role == "done"}
        rows = [row for row in self.table.rows if row.kind != "heading"]
        said = sum(any(c.column in done and not is_blank(c.text) for c in row.cells) for row in rows)
        return bool(rows) and 2 * said >= len(rows)

    def _row_node(self, row: Row, titles: dict[tuple[str | None, str | None], Node]) -> Node:
        parent = self.root
        levels: tuple[tuple[tuple[str | None, str | None], ClauseKind], ...] = (
            ((row.group, None), "part"),
            ((row.group, row.heading), "article"),
        )
        for key, kind in levels:
            title = key[1] or (key[0] if kind == "part" else None)
            if title is None:
                continue
            if key not in titles:
                label = label_of(title)
                name = str(label.value) if label else short_code(title)
                above = parent.key if kind == "article" and parent is not self.root else f"{self.root.key}.g"
                words = title[label.length :] if label else title
                titles[key] = self.outline.add(
                    kind,
                    f"{above}.{name}" if kind == "article" else f"{above}{name}",
                    parent,
                    label=label.text if label else "",
                    title=words.strip(),
                )
            parent = titles[key]
        number = (row.number or "").rstrip(".．、")
        row_kind: ClauseKind = row.kind if row.kind in ("bonus", "deduction") else "row"
        mark = "" if row_kind == "row" else row_kind + "-"
        name = f"{mark}{number}" if number else short_code(row.text or "".join(c.text for c in row.cells))
        return self.outline.add(row_kind, f"{self.root.key}.{name}", parent, label=number)

    def _kind(self, cell: Cell, row: Row) -> str | None:
        """The kind of a cell by its column; None where the words must tell."""
        if cell.role in _TITLES:
            return "heading"
        if cell.role == "fragment":
            return "unread"
        label = self.headers.get(cell.column, "")
        main = any(cell.span.overlap(span) for span in row.spans)
        if self.table.kind == "damaged":
            return "task" if main or _ASKS.search(label) else "procedure"
        if task_column(label) == "done":
            return "outcome"
        if _ASKS.search(label):
            return "task"
        long = cell.text.endswith(("。", "；")) or len(cell.text) >= _SENTENCE
        return None if main and long else "procedure"

    # -- indicators ----------------------------------------------------------------------------------------------------

    def _indicator(self, row: Row, node: Node) -> Iterator[Draft]:
        """A row of a table of indicators: its name is the title of its clause, each figure to be reached a goal."""
        columns = self.indicators
        assert columns is not None
        base, ahead = columns.split(self.context.this_year)
        by_column = {cell.column: cell for cell in row.cells}
        name = by_column.get(columns.name)
        node.title = node.title or (name.text if name else "")
        goals = {figures.column: figures for figures in ahead}
        now = by_column.get(base.column) if base else None
        for cell in row.cells:
            figures = goals.get(cell.column)
            kind = "heading" if cell is name or cell.role in _TITLES else "procedure"
            if figures is not None and not is_blank(cell.text):
                kind = "goal"
            elif figures is None and any(f.column == cell.column for f in columns.figures):
                kind = "background" if ahead else "outcome"
            for draft in self._cell(cell, node, kind, _QUALITY[row.quality], whole=True):
                if kind != "heading" or cell is name:
                    draft.read = frozenset({"target", "deadline", "period", "recurrence", "duration"})
                if kind == "goal" and name is not None and figures is not None:
                    unit = by_column.get(columns.unit) if columns.unit is not None else None
                    draft.commitments += self._target(cell, name, unit.text if unit else "", now)
                    nature = nature_of(by_column[columns.nature].text) if columns.nature in by_column else None
                    said = {
                        "year": figures.year,
                        "nature": nature,
                        "baseline_year": base.year if base and now else None,
                    }
                    draft.commitments = [c.model_copy(update=said) for c in draft.commitments]
                yield draft

    def _target(self, cell: Cell, name: Cell, unit: str, now: Cell | None) -> Iterator[Target]:
        found = cell_target(name.text, cell.text, unit, self.context)
        if found is None:
            return
        before = cell_target(name.text, now.text, unit, self.context) if now else None
        yield found.model_copy(
            update={
                "span": cell.span,
                "surface": cell.text,
                "indicator_span": name.span,
                "baseline": before.value if before else None,
            }
        )

    # -- tasks -----------------------------------------------------------------------------------------------------------

    def _task(self, row: Row) -> Cell | None:
        """The one cell of a row of a task table that says what is done; None in any other table."""
        if row.kind == "heading":
            return None
        by_role: dict[TaskColumn | None, Cell] = {}
        for cell in row.cells:
            role = self.columns.get(cell.column)
            if cell.role not in _TITLES and not is_blank(cell.text) and (role == "task" or role not in by_role):
                by_role[role] = cell  # of two names of tasks, the second is the finer one
        return next((by_role[role] for role in WHAT if role in by_role), None)

    def _task_cell(self, cell: Cell, node: Node, row: Row, task: Cell) -> Iterator[Draft]:
        """A cell of such a row: the task stays whole; who and until when are notes on it."""
        role = self.columns.get(cell.column, "other")
        confidence = _QUALITY[row.quality]
        kind = "task" if cell is task else "heading" if role in ("task", "group", "number") else "procedure"
        if self.looks_back and (cell is task or role == "done"):
            kind = "outcome"
        elif role == "goal" and cell is not task:
            kind = "goal"
        if role not in (*WHO, "when") or cell is task:
            yield from self._cell(cell, node, kind, confidence, whole=cell is task)
            return
        if not is_ditto(cell.text):
            self.above[cell.column] = cell.text
        words = self.above.get(cell.column, "")
        for draft in self._cell(cell, node, kind, confidence, whole=True):
            if is_blank(cell.text) and role in NOTHING:
                draft.ruling = Ruling("procedure", Provenance(method=NOTHING[role], confidence=confidence))
            elif not self.looks_back and not is_blank(words):
                draft.commitments += self._who_and_when(cell, words, role, confidence)
                draft.read = frozenset(
                    {"responsible", *(("deadline", "recurrence", "period") if role == "when" else ())}
                )
            yield draft

    def _who_and_when(self, cell: Cell, words: str, role: TaskColumn, confidence: float) -> Iterator[Commitment]:
        """What a cell says of who is responsible or until when; a date that no rule reads keeps its words."""
        provenance = Provenance(method=f"responsible.cell v{VERSION}", confidence=confidence)
        first = self.context.first_listed_leads or "第一" in self.headers[cell.column]
        note = cell_note(words, cast("Any", role), first_leads=first)
        times = cell_times(words, self.context) if role == "when" else []
        paced = note is not None and (role != "when" or not any(isinstance(t, Recurrence) for t in times))
        if note is not None and paced:
            yield Responsibility(
                span=cell.span,
                surface=cell.text,
                mode=note.mode or "负责",
                pace=note.pace,
                lead=tuple(note.lead),
                support=tuple(note.support),
                responsible=tuple(note.responsible),
                guide=tuple(note.guide),
                provenance=provenance,
            )
        for time in times:
            yield time.model_copy(update={"span": cell.span, "surface": cell.text})
        if role == "when" and not times and not paced:
            yield Deadline(span=cell.span, surface=cell.text, provenance=provenance, reading="words")

    # -- cells -----------------------------------------------------------------------------------------------------------

    def _cell(
        self, cell: Cell, node: Node, kind: str | None, confidence: float, *, whole: bool = False
    ) -> Iterator[Draft]:
        start, end = self.clean.from_source(cell.span.start), self.clean.from_source(cell.span.end)
        text = self.clean.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return
        provenance = Provenance(method=f"table: {cell.note or cell.role}", confidence=confidence)
        ruling = Ruling(kind, provenance) if kind else None  # type: ignore[arg-type]
        stretches = [Stretch(start, end)] if whole or kind == "heading" else sentences(text, start, end)
        for stretch in stretches:
            yield Draft(stretch.start, stretch.end, node.key, node.key, _IN_TABLE, ruling, whole=whole)

    def _cover_separators(self, made: list[Draft]) -> None:
        """Let each statement reach over the bars, rulings and tags right behind it; they carry no words."""
        if not made:
            return
        ends = [self.clean.to_source(d.start, d.end).end for d in made]
        i = 0
        for mark in sorted(self.table.separators, key=lambda s: s.start):
            while i + 1 < len(made) and ends[i + 1] <= mark.start:
                i += 1
            if ends[i] <= mark.start:
                made[i].cover_end = max(made[i].cover_end, mark.end)
            elif i == 0:
                made[0].cover_start = min(made[0].cover_start, mark.start)
