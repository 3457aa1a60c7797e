"""Tables in the outline: their groups, headings and rows become clauses, their cells statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.base import Provenance
from ..model.commitments import Responsibility
from ..model.plan import ClauseKind
from .cleaning import CleanText
from .commitments import VERSION, bare_days, cell_note
from .drafts import Draft, Place, Ruling
from .names import short_code
from .numbering import label_of
from .outline import Node, Outline
from .segment import Stretch, sentences
from .tables import WHO, Cell, Row, Table, TaskColumn, task_columns

_CONTENT_COLUMN = re.compile("内容|要求|标准|举措|任务|措施|事项")
_IN_TABLE = Place((), "plan", "table")
_QUALITY = {"clean": 0.95, "repaired": 0.85, "doubtful": 0.6}


def table_drafts(clean: CleanText, outline: Outline, table: Table) -> tuple[list[Draft], list[str]]:
    """The statements of a table, and the rows to be checked against the page; its clauses are added to the outline.

    The main text of a row, and columns that say what is to be done, are tasks; other columns (who guides, where it applies,
    how it is measured) are procedure; titles are headings. What no row could be given stays as unread, or as noise where
    it is a copy of something that stands elsewhere.
    """
    reader = _Reader(clean, outline, table)
    return reader.drafts(), reader.doubtful


class _Reader:
    def __init__(self, clean: CleanText, outline: Outline, table: Table) -> None:
        self.clean, self.outline, self.table = clean, outline, table
        before = [b for b in outline.blocks if clean.to_source(b.start, b.end).end <= table.region.start]
        parent = before[-1].node if before else None
        if parent is not None and (parent.kind in ("frame", "preamble") or parent.style == "enumerated"):
            parent = parent.parent
        self.root = self.outline.add("table", f"{parent.key}.table" if parent else "table", parent)
        self.doubtful: list[str] = []
        self.headers = {cell.column: cell.text for cell in table.header}
        self.columns = task_columns(self.headers.items())

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
            task = self._task(row)
            for cell in row.cells:
                if task is None:
                    made += self._cell(cell, node, self._kind(cell, row), _QUALITY[row.quality])
                else:
                    made += self._task_cell(cell, node, row, task)
        for cell in self.table.fragments:
            copy = "copy" in cell.note or "twice" in cell.note or "stands" in cell.note
            made += self._cell(cell, self.root, "noise" if copy else "unread", 0.6 if copy else 0.0, whole=True)
        made.sort(key=lambda d: d.start)
        self._cover_separators(made)
        return made

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

    def _kind(self, cell: Cell, row: Row) -> str:
        if cell.role in ("number", "group", "heading", "header"):
            return "heading"
        if cell.role == "fragment":
            return "unread"
        if any(cell.span.overlap(span) for span in row.spans) or _CONTENT_COLUMN.search(
            self.headers.get(cell.column, "")
        ):
            return "task"
        return "procedure"

    def _task(self, row: Row) -> Cell | None:
        """The one cell of a row of a task table that says what is done; None in any other table."""
        if row.kind == "heading":
            return None
        by_role: dict[TaskColumn | None, Cell] = {}
        for cell in row.cells:
            if cell.role not in ("number", "group", "heading"):
                by_role.setdefault(self.columns.get(cell.column), cell)
        return by_role.get("content") or by_role.get("task")

    def _task_cell(self, cell: Cell, node: Node, row: Row, task: Cell) -> Iterator[Draft]:
        """A cell of such a row: the task stays whole; who and until when are notes on it."""
        role = self.columns.get(cell.column, "other")
        confidence = _QUALITY[row.quality]
        kind = "task" if cell is task else "heading" if role in ("task", "group", "number") else "procedure"
        if role not in (*WHO, "when") or cell is task:
            yield from self._cell(cell, node, kind, confidence, whole=cell is task)
            return
        note = cell_note(cell.text, role)  # type: ignore[arg-type]
        days = bare_days(cell.text) if role == "when" else []
        for draft in self._cell(cell, node, kind, confidence, whole=True):
            if note is not None:
                draft.commitments.append(
                    Responsibility(
                        span=cell.span,
                        surface=cell.text,
                        mode=note.mode or "负责",
                        pace=note.pace,
                        lead=tuple(note.lead),
                        support=tuple(note.support),
                        guide=tuple(note.guide),
                        provenance=Provenance(method=f"responsible.cell v{VERSION}", confidence=confidence),
                    )
                )
            draft.commitments += [day.model_copy(update={"span": cell.span, "surface": cell.text}) for day in days]
            yield draft

    def _cell(self, cell: Cell, node: Node, kind: str, confidence: float, *, whole: bool = False) -> Iterator[Draft]:
        start, end = self.clean.from_source(cell.span.start), self.clean.from_source(cell.span.end)
        text = self.clean.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return
        ruling = Ruling(kind, Provenance(method=f"table: {cell.note or cell.role}", confidence=confidence))  # type: ignore[arg-type]
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
