"""Which task each responsibility note of a plan holds for, and why: the bracket behind a paragraph, the line below an item.

A note reaches back to the note before it within its paragraph; one on a line of its own covers the numbered clause that it
closes; one that closes a clause whose other paragraphs or items have none covers them too; one in a heading, all below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...model.commitments import Commitment, Deadline, Pace, Recurrence, Responsibility
from ...model.parts import Statement
from ...model.plan import Plan
from ...model.wording import Reason, because
from .responsibility import is_note
from .restated import METHOD, restated

_INSIDE = re.compile("[）】][。；]$")
"""A bracket before the full stop of its sentence."""
Scope = Literal["sentence", "paragraph", "clause", "siblings", "heading", "following", "row", "person"]
"""How far a note reaches; a person decides for one task."""

_REASONS: Mapping[Scope, Reason] = {
    "sentence": because("assigned sentence"),
    "paragraph": because("assigned paragraph"),
    "clause": because("assigned clause"),
    "siblings": because("assigned siblings"),
    "heading": because("assigned heading"),
    "following": because("assigned following"),
    "row": because("assigned row"),
    "person": because("assigned person"),
}


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is responsible for a task: bodies by role, the statements that say so, how far their note reaches.

    `deadlines` and `rhythms` are those of a note that stands apart from the task's own words, `pace` what it says in their place;
    `dated` where a person decided them, so that nothing else gives it a rhythm.
    """

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    scope: Scope = "sentence"
    notes: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    rhythms: tuple[Recurrence, ...] = ()
    pace: Pace | None = None
    dated: bool = False

    @property
    def reason(self) -> Reason:
        """Why the note holds for the task."""
        return _REASONS[self.scope]


NOTHING = {"lead": "table: no lead unit", "when": "table: no date"}
"""How a cell of a dash was read: there is no lead unit, or no date."""

NOBODY = Assigned()
"""A task for which no note says who is responsible."""


def assigned(plan: Plan) -> dict[str, Assigned]:
    """For each statement of a plan that a note covers (by id): who is responsible.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、任务\\n（一）公示。建立平台。完善台账。（区司法局负责，各镇配合）\\n（二）督查。开展督查。")
    >>> [(plan.statement(i).text[:5], a.lead, a.support, a.scope) for i, a in assigned(plan).items() if plan.statement(i).is_task]
    [('完善台账。', ('区司法局',), ('各镇',), 'paragraph'), ('建立平台。', ('区司法局',), ('各镇',), 'paragraph')]
    """
    return _Reader(plan).read()


class _Reader:
    """One run over one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.found: dict[str, Assigned] = {}
        self.noted = {s.id: note for s in plan.statements if (note := _said(s)) is not None}
        self.clauses = {s.id: plan.numbered(s.clause).id for s in plan.statements} if self.noted else {}

    def read(self) -> dict[str, Assigned]:
        self._rows()
        if self.noted:
            self._notes()
        self._persons()
        return self.found

    def _notes(self) -> None:
        """Notes in and below the text."""
        for place, statement in enumerate(self.plan.statements):
            note = self.noted.get(statement.id)
            if note is not None and statement.kind != "heading" and statement.id not in self.found:
                self._reach_back(place, statement, note)
        for statement in self.plan.statements:
            note = self.noted.get(statement.id)
            if note is not None and statement.kind == "heading":
                self._give(self.plan.within(statement.clause), replace(note, scope="heading"))
        self._carry()

    def _persons(self) -> None:
        """What people decided for single tasks, whatever other notes say."""
        for statement in self.plan.statements:
            for decided in statement.commitments:
                if not isinstance(decided, Responsibility) or decided.decides is None:
                    continue
                note = replace(self.found.get(statement.id, NOBODY), scope="person")
                if decided.decides == "units":
                    note = replace(
                        note,
                        lead=decided.lead,
                        support=decided.support,
                        responsible=decided.responsible,
                        guide=decided.guide,
                        notes=(statement.id, *note.notes),
                    )
                else:
                    rhythms = tuple(c for c in statement.commitments if isinstance(c, Recurrence))
                    note = replace(note, deadlines=(), rhythms=rhythms, pace=decided.pace, dated=True)
                self.found[statement.id] = note

    def _rows(self) -> None:
        """Rows of task tables: who and when from their cells; where a merged cell leaves them blank, from the row above."""
        tables: dict[str, dict[str, list[Statement]]] = {}
        parents = {clause.id: clause.parent for clause in self.plan.clauses}
        rows = {clause.id for clause in self.plan.clauses if clause.kind == "row"}
        for statement in self.plan.statements:
            if statement.clause in rows:
                table = statement.clause
                while parents.get(table) is not None and not table.endswith("table"):
                    table = parents[table] or table
                tables.setdefault(table, {}).setdefault(statement.clause, []).append(statement)
        again = restated(self.plan.statements, rows) if tables else {}
        for cells in tables.values():
            if not any(map(_is_task_row, cells.values())):
                continue
            above = NOBODY
            for row in _with_continued(cells.values()):
                above = _row_note(row, above)
                if above.notes:
                    self._give([s for s in row if s.kind != "heading"], above)
                    body = {name for s in row for name in again.get(s.id, ())} - self.noted.keys()
                    self._give(map(self.plan.statement, sorted(body)), above)

    def _give(self, statements: Iterable[Statement], note: Assigned) -> None:
        for statement in statements:
            self.found.setdefault(statement.id, note)

    def _reach_back(self, place: int, statement: Statement, note: Assigned) -> None:
        """Give a note to itself and to what stands before it, as far as it reaches."""
        apart = is_note(statement.text)
        inside = self._before(place, lambda other: other.clause == statement.clause)
        scope: Scope = "paragraph" if inside else "sentence"
        if apart and not inside:
            scope = "clause"
            inside = self._before(place, lambda other: self.clauses[other.id] == self.clauses[statement.id])
        elif not apart and _INSIDE.search(statement.text) and not self._closes(place, statement, "clause"):
            scope, inside = "sentence", []
        if self._closes(place, statement, "numbered") and (more := self._uncovered(statement, inside)):
            inside, scope = more, "siblings"
        self._give([statement, *inside], replace(note, scope=scope))

    def _before(self, place: int, belongs: Callable[[Statement], bool]) -> list[Statement]:
        """The statements before a place that belong to the same stretch, back to the one that has a note."""
        found: list[Statement] = []
        for other in reversed(self.plan.statements[:place]):
            if not belongs(other) or other.id in self.found or other.id in self.noted:
                break
            if other.kind != "heading":
                found.append(other)
        return found

    def _closes(self, place: int, statement: Statement, what: Literal["clause", "numbered"]) -> bool:
        """Whether nothing more of its own clause (a paragraph, or the numbered one) stands behind a statement."""
        after = next((s for s in self.plan.statements[place + 1 :] if s.kind != "noise"), None)
        if after is None or what == "clause":
            return after is None or after.clause != statement.clause
        return not any(c.id == self.clauses[statement.id] for c in self.plan.path(after.clause))

    def _uncovered(self, statement: Statement, whole: list[Statement]) -> list[Statement]:
        """All statements of the clause, or of the clause above with its items, where no other of them has a note."""
        own = self.plan.numbered(statement.clause)
        parent = own.parent
        for clause in (parent, own.id) if parent else (own.id,):
            if clause is None or (clause == parent and not self._has_items(clause, own.kind)):
                continue
            below = [s for s in self.plan.within(clause) if s.span.start < statement.span.start and s.kind != "heading"]
            if len(below) > len(whole) and not any(s.id in self.noted or s.id in self.found for s in below):
                return below
        return []

    def _has_items(self, clause: str, kind: str) -> bool:
        """Whether a clause is an article with items, not a part with articles."""
        own = next(c for c in self.plan.clauses if c.id == clause)
        return own.kind in ("article", "measure") and kind in ("measure", "item", "paragraph")

    def _carry(self) -> None:
        """以下均需各区政府落实: these lead from here on, where nobody else does."""
        carried: Assigned | None = None
        for statement in self.plan.statements:
            lead = tuple(name for c in statement.commitments if isinstance(c, Responsibility) for name in c.following)
            if carried is not None:
                known = self.found.get(statement.id)
                if known is None:
                    self.found[statement.id] = carried
                elif not known.lead:
                    self.found[statement.id] = replace(known, lead=carried.lead, notes=(*known.notes, *carried.notes))
            if lead:
                carried = Assigned(lead=lead, scope="following", notes=(statement.id,))


def _is_task_row(row: Sequence[Statement]) -> bool:
    """Whether a row is one task with cells beside it that say who or until when."""
    beside = [s for s in row if not s.is_task and s.provenance.method != METHOD]
    return len(beside) == len(row) - 1 and any(s.deadlines or _said(s) for s in beside)


def _with_continued(rows: Iterable[list[Statement]]) -> list[list[Statement]]:
    """The rows, each with those below it that name no task of their own: a merged cell holds the task of all of them."""
    found: list[list[Statement]] = []
    for row in rows:
        if found and not any(s.is_task or s.kind == "outcome" or s.provenance.method == METHOD for s in row):
            found[-1] = [*found[-1], *row]
        else:
            found.append(row)
    return found


def _row_note(row: Sequence[Statement], above: Assigned) -> Assigned:
    """What the cells of a row say of its task."""
    said = [note for s in row if (note := _said(s)) is not None]
    lead = tuple(dict.fromkeys(name for note in said for name in note.lead))
    beside = [s for s in row if not s.is_task]
    times = [c for s in beside for c in s.commitments if _fills(c, s)]
    rhythms = tuple(c for c in times if isinstance(c, Recurrence))
    dates = tuple(c for c in times if isinstance(c, Deadline))
    if not times:
        dates = tuple(d for s in beside for d in s.deadlines)
    pace = next((note.pace for note in said if note.pace), None)
    found = Assigned(
        lead=lead,
        support=tuple(dict.fromkeys(n for note in said for n in note.support if n not in lead)),
        responsible=tuple(dict.fromkeys(n for note in said for n in note.responsible if n not in lead)),
        guide=tuple(dict.fromkeys(n for note in said for n in note.guide)),
        scope="row",
        notes=tuple(s.id for s in beside if _said(s) or s.deadlines or any(_fills(c, s) for c in s.commitments)),
        deadlines=dates,
        rhythms=rhythms,
        pace=pace,
    )
    nothing = {s.provenance.method for s in beside}  # a dash says that there is nothing; only a blank cell is merged
    if not lead and above.lead and NOTHING["lead"] not in nothing:
        found = replace(
            found,
            lead=above.lead,
            support=found.support or above.support,
            responsible=found.responsible or above.responsible,
            guide=found.guide or above.guide,
            notes=(*found.notes, *above.notes),
        )
    undated = not (dates or rhythms or pace) and not any(s.is_task and s.deadlines for s in row)
    if undated and NOTHING["when"] not in nothing and (above.deadlines or above.rhythms or above.pace):
        notes = tuple(dict.fromkeys((*found.notes, above.notes[-1])))
        found = replace(found, deadlines=above.deadlines, rhythms=above.rhythms, pace=above.pace, notes=notes)
    return found


def _fills(commitment: Commitment, statement: Statement) -> bool:
    """Whether a date or rhythm is all that a cell says."""
    time = isinstance(commitment, Deadline | Recurrence)
    return time and "".join(commitment.surface.split()) == "".join(statement.text.split())


def _said(statement: Statement) -> Assigned | None:
    """What the notes of a statement say together."""
    notes = [c for c in statement.commitments if isinstance(c, Responsibility) and c.decides is None]
    if not notes:
        return None
    lead = tuple(dict.fromkeys(name for n in notes for name in n.lead))
    support = tuple(dict.fromkeys(name for n in notes for name in n.support if name not in lead))
    apart = is_note(statement.text) or not statement.is_task
    return Assigned(
        lead=lead,
        support=support,
        responsible=tuple(dict.fromkeys(name for n in notes for name in n.responsible if name not in lead)),
        guide=tuple(dict.fromkeys(name for n in notes for name in n.guide)),
        notes=(statement.id,),
        deadlines=tuple(d for d in statement.deadlines if apart or any(n.span.contains(d.span) for n in notes)),
        pace=next((n.pace for n in notes if n.pace), None),
    )
