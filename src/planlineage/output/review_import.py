"""A filled-in review sheet back into decisions. Each cell that can't be taken is reported; nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from ..linking.review import ON_EDGES, Action, Decision, Decisions, Slot
from ..model.base import first_complaint
from ..model.errors import DecisionFileError, InvalidValueError, UnknownTaskError
from ..model.lineage import Relation
from ..model.plan import Plan
from ..model.wording import Lang, Reason, told
from ..tabular.cells import CellError, day_of, text_of
from ..tabular.imported import NOT_COMPUTED, BadRows, Defaults, ImportReport, Problem
from ..tabular.sheets import Cell, read_sheet
from .review_columns import LAYOUT, SHEET_VERSION, relation_of, understood

_CHANGED = told("sheet", "changed")


class ReviewImport(ImportReport):
    """What became of a review sheet. `decisions` are the earlier ones with those of the sheet; where it is `refused`, the earlier
    ones alone. Nothing is written: `decisions.save(path)` does.
    """

    def __init__(self, path: Path, earlier: Decisions, lang: Lang) -> None:
        super().__init__(path, "review", lang)
        self.decisions = earlier


class _BadCellError(Exception):
    """A cell that can't be taken, by its column."""

    def __init__(self, column: str, problem: Reason) -> None:
        self.column, self.problem = column, problem
        super().__init__(problem)


def read_review(
    path: str | Path,
    locals_: Sequence[Plan],
    uppers: Sequence[Plan],
    decisions: Decisions | None = None,
    *,
    bad_rows: BadRows = "refuse",
    defaults: Defaults | None = None,
    lang: Lang = "zh",
) -> ReviewImport:
    """Read a filled-in review sheet (XLSX or CSV).

    With `bad_rows="refuse"` one bad row is enough and no decision is taken; with "skip" those of the good rows are. A new
    decision takes the place of the earlier ones on the same edge, gap or task. Rows that say no day are of
    `defaults.reported_on`, today by default. `lang` is the language in which the problems name the columns.

    Raises `DecisionFileError` where the file can't be read at all or was made for another plan.
    """
    path = Path(path)
    earlier = decisions or Decisions()
    table = read_sheet(path, LAYOUT)
    _made_for(table.meta, locals_, path)
    found: dict[Slot, tuple[int, Decision]] = {}
    report = ReviewImport(path, earlier, lang)
    reader = _Reader(locals_, uppers, defaults or Defaults())
    for number, cells in table.rows:
        cell = cells.get("decision")
        if cell is None or cell.blank:
            report.blank += 1
            continue
        try:
            decision = reader.decision(cells)
            before = found.get(decision.slot)
            if before is not None and before[1].says != decision.says:
                raise _BadCellError("decision", told("sheet", "contradicts", row=before[0]))
            found[decision.slot] = number, decision
        except _BadCellError as error:
            report.problems.append(Problem.at(number, cells, error.column, error.problem, key="decision"))
    report.refused = bool(report.problems) and bad_rows == "refuse"
    if not report.refused:
        _take(report, earlier, [decision for _, decision in found.values()])
    return report


def _take(report: ReviewImport, earlier: Decisions, decisions: Sequence[Decision]) -> None:
    """The decisions that say something new; one that repeats an earlier one leaves it, with its day, as it is."""
    held: dict[Slot, list[Decision]] = {}
    for one in earlier.made:
        held.setdefault(one.slot, []).append(one)
    fresh = [d for d in decisions if not any(_same(d, e) for e in held.get(d.slot, ()))]
    report.added, report.known = len(fresh), len(decisions) - len(fresh)
    report.decisions = earlier.with_(fresh)


def _same(one: Decision, other: Decision) -> bool:
    ignored = {"date": None, "local_text": "", "upper_text": "", "local_source": "", "upper_source": ""}
    return one.model_copy(update=ignored) == other.model_copy(update=ignored)


class _Reader:
    """Makes a decision of a row, and checks it against the plans."""

    def __init__(self, locals_: Sequence[Plan], uppers: Sequence[Plan], defaults: Defaults) -> None:
        self.plans = {"local": {p.id: p for p in locals_}, "upper": {p.id: p for p in uppers}}
        self.defaults = defaults

    def decision(self, cells: Mapping[str, Cell]) -> Decision:
        """The decision of a row. Raises `_BadCellError`."""
        for name in ("decision", "note", "reviewer", "date", "local_id", "upper_id"):
            if (cell := cells.get(name)) is not None and cell.formula:
                raise _BadCellError(name, NOT_COMPUTED)
        try:
            action, relation = understood(text_of(cells.get("decision")))
        except InvalidValueError as error:
            raise _BadCellError("decision", error.reason) from None
        upper, upper_id = self._statement(cells, "upper")
        local = self._plan(cells, "local")
        local_id = ""
        if action in ON_EDGES:
            if not text_of(cells.get("local_id")):
                raise _BadCellError("local_id", told("sheet", "needs local", action=action))
            local, local_id = self._statement(cells, "local")
        elif text_of(cells.get("relation")):
            raise _BadCellError("decision", told("sheet", "for gaps", action=action))
        return self._made(
            cells, action, relation or self._proposed(cells, action), (local, local_id), (upper, upper_id)
        )

    @staticmethod
    def _proposed(cells: Mapping[str, Cell], action: Action) -> Relation | None:
        """The relation that an accepted edge was proposed with."""
        if action != "accept":
            return None
        found = relation_of(text_of(cells.get("relation")))
        if found is None:
            raise _BadCellError("decision", told("sheet", "only proposed"))
        return found

    def _made(
        self,
        cells: Mapping[str, Cell],
        action: Action,
        relation: Relation | None,
        local: tuple[Plan, str],
        upper: tuple[Plan, str],
    ) -> Decision:
        try:
            day = day_of(cells.get("date")) or self.defaults.reported_on or datetime.date.today()
        except CellError as error:
            raise _BadCellError("date", error.reason) from None
        note, reviewer = text_of(cells.get("note")), text_of(cells.get("reviewer")) or self.defaults.reporter
        if action == "justify" and not note:
            raise _BadCellError("note", told("sheet", "needs reason"))
        try:
            return Decision.about(action, *upper, *local, relation=relation, note=note, reviewer=reviewer, date=day)
        except ValidationError as error:
            raise _BadCellError("decision", first_complaint(error)[1]) from None

    def _plan(self, cells: Mapping[str, Cell], side: str) -> Plan:
        plans, name = self.plans[side], text_of(cells.get(f"{side}_plan"))
        if not name and len(plans) == 1:
            return next(iter(plans.values()))
        if name not in plans:
            raise _BadCellError(f"{side}_plan", told("sheet", "other plan", name=name, known=tuple(plans)))
        return plans[name]

    def _statement(self, cells: Mapping[str, Cell], side: str) -> tuple[Plan, str]:
        plan, wanted = self._plan(cells, side), text_of(cells.get(f"{side}_id"))
        try:
            statement = plan.statement(wanted)
        except UnknownTaskError as error:
            raise _BadCellError(f"{side}_id", told("sheet", "in plan", what=error.reason, plan=plan.id)) from None
        seen = text_of(cells.get(f"{side}_fingerprint")).removeprefix("#")
        if seen not in ("", statement.fingerprint):
            raise _BadCellError(f"{side}_fingerprint", _CHANGED)
        return plan, statement.id


def _made_for(meta: Mapping[str, str], locals_: Sequence[Plan], path: Path) -> None:
    if meta.get("kind", "review") != "review":
        raise DecisionFileError("no review sheet", where=str(path), hint=LAYOUT.start)
    made, ids = meta.get("plan"), [p.id for p in locals_]
    if made is not None and made not in ids:
        raise DecisionFileError(
            "sheet of another plan", where=str(path), hint="check plan", made=made, ids=", ".join(ids)
        )
    version = meta.get("version", str(SHEET_VERSION))
    if not version.isdigit() or int(version) > SHEET_VERSION:
        raise DecisionFileError("newer sheet", where=str(path), hint="upgrade")
