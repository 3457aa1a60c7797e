"""Recovery of a damaged table: its rows from the sequence of their numbers, its headings from their own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from ...model.base import Span
from ..tables.grid import Grid
from ..tables.regular import TEXT_BLANKS, kind_under
from ..tables.values import Cell, Row, Table
from ..tables.wording import has_blanks, key
from .atoms import atoms_of
from .copies import copied_lines
from .drafts import NUMBER_GLUED, TEXT_CUT, Draft, Reading, by_line, cell_of
from .gaps import fill_gaps
from .headings import Group, arrange, mark_copies, note_titles
from .sequence import row_numbers
from .sorting import settle, sort_line
from .titles import TitleReader, join_torn

_OPENING, _OCCURRENCES = 2, 2


def recover(grid: Grid, region: Span, header: tuple[Cell, ...]) -> Table:
    """Read a damaged table whose header, if it has one, is already taken off the grid."""
    atoms = atoms_of(grid)
    chains = row_numbers(atoms)
    sections = {atom: number for number, chain in enumerate(chains) for atom in chain}
    reading = Reading()
    lines = by_line(settle(grid.text, atoms, sections))
    copies = copied_lines(lines, {at for at, line in enumerate(lines) if any(atom in sections for atom in line)})
    for at, line in enumerate(lines):
        if at in copies:
            reading.asides += [(atom, "copy of the line beside it") for atom in line]
        else:
            sort_line(grid.text, line, reading, sections)
    breaks = sorted(sign.position for sign in (*reading.groups, *reading.headings))
    missing = fill_gaps(reading, breaks, bool(header))
    mark_copies(reading)
    groups = arrange(reading)
    join_torn(groups, reading)
    note_titles(groups)
    _note_cut_texts(reading.drafts)
    _name(groups, reading)
    _add_cells(grid, groups, reading)
    rows = tuple(_row(draft) for draft in reading.drafts)
    fragments = [cell_of(atom, "fragment", note) for atom, note in reading.asides]
    if not rows:
        fragments += [cell for group in groups for cell in _cells_of_signs(group)]
    return Table(
        region,
        "damaged",
        header,
        rows,
        tuple(sorted(fragments, key=lambda cell: cell.span.start)),
        tuple(grid.separators),
        tuple(map(str, missing)),
    )


def _name(groups: Sequence[Group], reading: Reading) -> None:
    titles = TitleReader(reading)
    positions = [draft.position for draft in reading.drafts]
    for group in groups:
        name = titles.group(group)
        for draft in reading.drafts[bisect_left(positions, group.start) : bisect_left(positions, group.end)]:
            draft.group = name
        for heading in group.headings:
            title = titles.heading(heading)
            for draft in heading.rows:
                draft.heading = title


def _note_cut_texts(drafts: Sequence[Draft]) -> None:
    """Note texts glued to their number that open with letters which everywhere else follow one same letter.

    Where cells ran into each other, the beginning of a text is often gone (`制经济` for `所有制经济`).
    """
    glued = [draft for draft in drafts if NUMBER_GLUED in draft.notes and len(draft.text) > _OPENING]
    openings = {draft.text[:_OPENING] for draft in glued}
    before: dict[str, Counter[str]] = {}
    for draft in drafts:
        text = draft.text
        for at in range(1, len(text) - _OPENING + 1):
            if (opening := text[at : at + _OPENING]) in openings:
                before.setdefault(opening, Counter())[text[at - 1]] += 1
    for draft in glued:
        letters = before.get(draft.text[:_OPENING], Counter())
        if len(letters) == 1 and key(*letters) and letters.total() >= _OCCURRENCES:
            draft.note(TEXT_CUT)


def _add_cells(grid: Grid, groups: Sequence[Group], reading: Reading) -> None:
    """Give each row its cells: its own, and those of the group and heading that stand at its head."""
    if not reading.drafts:
        return
    for draft in reading.drafts:
        if draft.label is not None:
            draft.cells.append(cell_of(draft.label, "number"))
        draft.cells += [cell_of(body, "text") for body in draft.bodies]
        if any(has_blanks(grid.text[body.start : body.end]) for body in draft.bodies):
            draft.note(TEXT_BLANKS)
    positions = [draft.position for draft in reading.drafts]
    for group in groups:
        for cell in _cells_of_signs(group):
            at = min(bisect_left(positions, cell.span.start), len(positions) - 1)
            reading.drafts[at].cells.append(cell)


def _cells_of_signs(group: Group) -> list[Cell]:
    cells = [cell_of(group.sign.mark, "group")] if group.sign else []
    for heading in group.headings:
        if heading.sign is not None:
            cells += [cell_of(atom, "heading") for atom in (heading.sign.mark, *heading.sign.titles)]
    return cells


def _row(draft: Draft) -> Row:
    return Row(
        number=None if draft.number is None else str(draft.number),
        group=draft.group,
        heading=draft.heading,
        cells=tuple(sorted(draft.cells, key=lambda cell: cell.span.start)),
        text=draft.text,
        spans=tuple(body.span for body in draft.bodies),
        quality=draft.quality,
        notes=tuple(draft.notes),
        kind=kind_under(draft.heading, draft.group),
    )
