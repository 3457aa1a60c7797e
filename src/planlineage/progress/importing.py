"""Taking a filled-in ledger file into the store.

Each row that can't be taken is reported with its cell. Importing a file again changes nothing, since a row's id depends on
what stands in it alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..model.errors import UnknownTaskError
from ..model.plan import Plan
from ..model.wording import LANGS, Lang, Reason, told, words
from ..tabular.cells import CellError, count_of, day_of, percent_of, text_of, value_of
from ..tabular.imported import NOT_COMPUTED, BadRows, Defaults, ImportReport, Problem
from ..tabular.sheets import Cell, Sheet, read_sheet
from .columns import ENTRIES, LAYOUT, LEDGER, TEMPLATE_VERSION
from .duties import schedule_of
from .entries import Entry, Fields, checked
from .errors import BadEntryError, LedgerFileError
from .events import REMARKS, Event, Reported
from .store import Progress


def status_of(cell: Cell | None) -> Reported | None:
    """A status by its Chinese or English name; None for an empty cell. Raises `CellError`."""
    if cell is None or cell.blank:
        return None
    status = Reported.of(text_of(cell))
    if status is None or status is Reported.WITHDRAWN:
        names = "、".join(s.chinese for s in Reported if s is not Reported.WITHDRAWN)
        raise CellError("no such status", hint="statuses", given=text_of(cell), names=names)
    return status


_READERS: dict[str, Callable[[Cell | None], Any]] = {
    "duty": count_of,
    "measure": count_of,
    "status": status_of,
    "percent": percent_of,
    "times": count_of,
    "value": value_of,
    "unit": text_of,
    "effective_on": day_of,
    "reported_on": day_of,
    "closed_on": day_of,
    "approver": text_of,
    "evidence": text_of,
    **dict.fromkeys(REMARKS, text_of),
    "reporter": text_of,
}


def import_ledger(
    progress: Progress,
    path: str | Path,
    plan: Plan,
    *,
    bad_rows: BadRows = "refuse",
    defaults: Defaults | None = None,
    sheet: str | None = None,
    lang: Lang = "zh",
) -> ImportReport:
    """Take a ledger file (XLSX or CSV) into the store, in one step.

    In a sheet of proposed entries only rows that a person accepted are entries. With `bad_rows="refuse"` one bad row is
    enough and nothing is taken; with "skip" the good rows are.

    Raises `LedgerFileError` where the file can't be read at all or was made for another plan, and errors under
    `StoreError`; what is wrong with single rows is in the report.
    """
    report, events = read_ledger(path, plan, defaults=defaults, sheet=sheet, lang=lang)
    report.refused = bool(report.problems) and bad_rows == "refuse"
    if not report.refused:
        added = progress.append(events, [plan])
        report.added, report.known = added.new, added.known
    return report


def read_ledger(
    path: str | Path,
    plan: Plan,
    *,
    defaults: Defaults | None = None,
    sheet: str | None = None,
    lang: Lang = "zh",
) -> tuple[ImportReport, list[Event]]:
    """The entries of a ledger file, and what is wrong with its rows; nothing is taken. Raises as `import_ledger` does."""
    path = Path(path)
    table = read_sheet(path, LAYOUT, sheet)
    _made_for(table, plan, path)
    held = defaults or Defaults()
    held = replace(held, place=held.place or table.meta.get("place", ""))
    report = ImportReport(path, "ledger", lang)
    events: list[Event] = []
    proposed = any("decision" in cells for _, cells in table.rows)
    for number, cells in table.rows:
        empty = all((cell := cells.get(name)) is None or cell.blank for name in ENTRIES)
        if empty or (proposed and not _accepted(number, cells, report.problems)):
            report.blank += 1
            continue
        event = _event(plan, number, cells, path.name, held, report.problems)
        if event is not None:
            events.append(event)
    return report, events


def _accepted(row: int, cells: dict[str, Cell], problems: list[Problem]) -> bool:
    """Whether a person accepted a proposed entry; one that is not decided yet is no entry."""
    said = text_of(cells.get("decision")).lower()
    names = {a: {words(f"decide.{a}", lang) for lang in LANGS} for a in ("accept", "reject")}
    if said and said not in names["accept"] | names["reject"]:
        problems.append(_problem(row, cells, "decision", told("sheet", "accept or reject", given=said)))
    return said in names["accept"]


def _made_for(table: Sheet, plan: Plan, path: Path) -> None:
    made = table.meta.get("plan", plan.id)
    if made != plan.id:
        raise LedgerFileError("ledger of another plan", where=str(path), hint="check plan", made=made, id=plan.id)
    version = table.meta.get("version", str(TEMPLATE_VERSION))
    if not (version.isascii() and version.isdigit() and len(version) < 5):
        raise LedgerFileError("no template version", where=str(path), hint="new template", version=version[:40])
    if int(version) > TEMPLATE_VERSION:
        raise LedgerFileError("newer sheet", where=str(path), hint="upgrade")


def _event(
    plan: Plan, number: int, cells: dict[str, Cell], source: str, defaults: Defaults, problems: list[Problem]
) -> Event | None:
    before = len(problems)
    fields = _fields(plan, number, cells, defaults, problems)
    if len(problems) > before:
        return None
    task = text_of(cells.get("task"))
    try:
        return checked(
            Entry(plan, task, fields, source, str(number)),
            today=datetime.date.today(),
            effective_on=defaults.effective_on,
        )
    except (BadEntryError, UnknownTaskError) as error:
        column = error.field if isinstance(error, BadEntryError) else "task"
        problems.append(_problem(number, cells, column, error.reason))
        return None


def _fields(plan: Plan, number: int, cells: dict[str, Cell], defaults: Defaults, problems: list[Problem]) -> Fields:
    fields: Fields = {"place": defaults.place}
    for name, reader in _READERS.items():
        cell = cells.get(name)
        if cell is None or cell.blank:
            continue
        if cell.formula:
            problems.append(_problem(number, cells, name, NOT_COMPUTED))
            continue
        try:
            fields[name] = reader(cell)  # type: ignore[literal-required]
        except CellError as error:
            problems.append(_problem(number, cells, name, error.reason))
    if fields.get("value", "") == "":
        fields.pop("measure", None)
    if defaults.reported_on and not fields.get("reported_on"):
        fields["reported_on"] = defaults.reported_on
    if not fields.get("reporter"):
        fields["reporter"] = defaults.reporter
    try:
        _place_in_rhythm(plan, cells, fields)
    except CellError as error:
        problems.append(_problem(number, cells, "occurrence", error.reason))
    return fields


def _place_in_rhythm(plan: Plan, cells: dict[str, Cell], fields: Fields) -> None:
    """Duty and occurrence: a template names them in every row, and they matter only for tasks with a rhythm.

    An occurrence may be given by its due day, or by its year where only one falls into it.
    """
    task = text_of(cells.get("task"))
    duties = schedule_of(plan).duties.get(task, ())
    if not any(d.kind == "recurring" for d in duties):
        if len(duties) == 1:
            fields.pop("duty", None)
        return
    cell = cells.get("occurrence")
    if cell is None or cell.blank:
        return
    year = text_of(cell).removesuffix("年")
    if not year.isdigit() or len(year) != 4:
        fields["occurrence"] = day_of(cell)
        return
    known = {o for d in duties if fields.get("duty") in (None, d.number) for o in d.occurrences if o.year == int(year)}
    if len(known) != 1:
        raise CellError("several occurrences", hint="due day", count=len(known), year=year)
    fields["occurrence"] = known.pop()


def _problem(row: int, cells: dict[str, Cell], column: str, problem: Reason) -> Problem:
    return Problem.at(row, cells, column if column in LEDGER.names else "", problem, key="task")
