"""Rows in the making: what the recovery of a damaged table works on before it becomes a `Table`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..tables.values import Cell, Quality, Role
from .atoms import Atom

NUMBER_GLUED = "number and text in one cell"
NUMBER_INFERRED = "number inferred: as many texts as numbers between its neighbours"
NUMBER_COUNTED = "number counted on from the last one printed"
NUMBER_MOVED = "printed number stood beside a copy of the next row"
NUMBER_LOST = "number lost"
TEXT_LOST = "text lost"
TEXT_TWICE = "printed twice; the copy is left aside"
TEXT_SAME = "same text as another row"
TEXT_JOINED = "text joined over a gap"
TEXT_JOINED_IN_DOUBT = "unnumbered text after it taken as its continuation"
TEXT_CUT = "may begin in the middle of a word"
HEADING_GLUED = "heading and text in one cell"
HEADING_JOINED = "heading joined from pieces"
HEADING_UNTANGLED = "heading put back into order"
HEADING_TITLE_LOST = "title of the heading lost"
HEADING_INFERRED = "heading inferred from its neighbours' numbers"
HEADING_PLACED = "heading column shifted; placed by likeness of words"
HEADING_SPLIT = "heading lost; its rows told apart by their words"
HEADING_UNKNOWN = "heading not known"
GROUP_LOST = "title of the group lost; number inferred"
GROUP_UNKNOWN = "group not known"

DOUBTFUL = frozenset(
    {
        NUMBER_COUNTED,
        NUMBER_MOVED,
        NUMBER_LOST,
        TEXT_LOST,
        TEXT_SAME,
        TEXT_CUT,
        TEXT_JOINED_IN_DOUBT,
        HEADING_TITLE_LOST,
        HEADING_INFERRED,
        HEADING_PLACED,
        HEADING_SPLIT,
        HEADING_UNKNOWN,
        GROUP_LOST,
        GROUP_UNKNOWN,
    }
)
"""Notes that make a row doubtful; any other makes it repaired."""


@dataclass(slots=True, eq=False)
class Draft:
    """A row in the making: `label` is its printed number, `bodies` its texts, `section` its number run."""

    position: int
    line: int
    bodies: list[Atom]
    label: Atom | None = None
    number: int | None = None
    section: int = 0
    group: str | None = None
    heading: str | None = None
    notes: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    opens_heading: bool = False

    @property
    def text(self) -> str:
        """Its texts, joined."""
        return "".join(body.text for body in self.bodies)

    @property
    def quality(self) -> Quality:
        """How far the row can be trusted."""
        if any(note in DOUBTFUL for note in self.notes):
            return "doubtful"
        return "repaired" if self.notes else "clean"

    def note(self, note: str) -> None:
        """Add a note, once."""
        if note not in self.notes:
            self.notes.append(note)


@dataclass(slots=True, eq=False)
class Sign:
    """A group's title or a heading as it stands in the text: its value, its mark, its title's pieces."""

    position: int
    line: int
    value: int
    mark: Atom
    titles: list[Atom] = field(default_factory=list)
    glued: bool = False
    copy: bool = False

    @property
    def whole(self) -> bool:
        """Whether its title is there from the start: a mark inside a row's text has only later pieces."""
        if not self.titles:
            return False
        return not (self.glued and self.titles[0].torn and self.titles[0].start > self.mark.start)


@dataclass(slots=True, eq=False)
class Reading:
    """Everything found in a damaged table, by kind; `asides` are atoms of no row, with the reason."""

    drafts: list[Draft] = field(default_factory=list)
    groups: list[Sign] = field(default_factory=list)
    headings: list[Sign] = field(default_factory=list)
    torn: list[Atom] = field(default_factory=list)
    asides: list[tuple[Atom, str]] = field(default_factory=list)


def cell_of(atom: Atom, role: Role, note: str = "") -> Cell:
    """The cell of an atom."""
    return Cell(atom.span, atom.text, role, atom.column, note)


def by_line(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms, one list for each line."""
    lines: list[list[Atom]] = []
    for atom in atoms:
        if not lines or lines[-1][0].line != atom.line:
            lines.append([])
        lines[-1].append(atom)
    return lines
