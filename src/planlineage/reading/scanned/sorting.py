"""Sorting the atoms of a damaged table: rows and their texts, headings, groups, torn pieces, loose texts."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from ..tables.wording import clean
from .atoms import Atom
from .drafts import HEADING_GLUED, NUMBER_GLUED, Draft, Reading, Sign

_LONGEST_TITLE = 40
_LONGEST_GLUED_TITLE = 30
_SHORT = 12
_LONGEST_TORN = 60


def settle(text: str, atoms: Sequence[Atom], confirmed: Container[Atom]) -> list[Atom]:
    """Put numbers that are no row numbers, and marks that are no headings', back into their text."""
    style = _heading_style(atoms)
    settled: list[Atom] = []
    grown: list[Atom] = []
    swallow = False

    def begin(atom: Atom) -> None:
        settled.append(replace(atom, kind="text"))
        grown.append(settled[-1])

    def swallowed(atom: Atom) -> None:
        settled[-1].end = atom.end
        grown.append(settled[-1])

    for atom in atoms:
        # What a tag parts stays apart: it belongs to no cell.
        joins = bool(settled) and settled[-1].line == atom.line and not text[settled[-1].end : atom.start].strip()
        last = settled[-1] if joins and settled[-1].cell == atom.cell else None
        if swallow and last is not None and atom.kind in ("text", "mark"):
            swallowed(atom)
            continue
        swallow = False
        if atom.kind == "number" and atom not in confirmed:
            swallow = True
            if atom.inner and last is not None and last.kind == "text":
                swallowed(atom)
            else:
                begin(atom)
        elif atom.kind == "mark" and atom.style != style:
            swallow = True
            begin(atom)
        else:
            settled.append(atom)
    for atom in set(grown):
        atom.text = clean(text[atom.start : atom.end])
    return settled


def _heading_style(atoms: Sequence[Atom]) -> str:
    counts = {"arabic": 0, "chinese": 0}
    for at, atom in enumerate(atoms):
        if atom.kind == "mark" and atom.style:
            title = atoms[at + 1] if at + 1 < len(atoms) else None
            counts[atom.style] += title is not None and title.kind == "text" and title.size <= _LONGEST_TITLE
    return "chinese" if counts["chinese"] > counts["arabic"] else "arabic"


def sort_line(text: str, line: Sequence[Atom], reading: Reading, sections: Mapping[Atom, int]) -> None:
    """Sort the atoms of one line into a reading; texts without a number become drafts without one.

    `sections` gives for each row number the run of numbers that it belongs to.
    """
    at = 0
    while at < len(line):
        atom = line[at]
        if atom.kind == "group":
            reading.groups.append(Sign(atom.start, atom.line, atom.value, atom))
        elif atom.kind == "number":
            draft = Draft(atom.start, atom.line, [], atom, atom.value, sections.get(atom, 0))
            reading.drafts.append(draft)
            at = _take_body(text, line, at + 1, draft, reading)
            continue
        elif atom.kind == "mark":
            at = _take_heading(text, line, at, reading)
            continue
        elif _is_torn_piece(line, at):
            reading.torn.append(atom)
        else:
            reading.drafts.append(Draft(atom.start, atom.line, [atom]))
        at += 1


def _take_body(text: str, line: Sequence[Atom], at: int, draft: Draft, reading: Reading) -> int:
    """Give a numbered row the mark and the words after its number; returns the next place in the line."""
    label = draft.label
    if label is None or at == len(line):
        return at
    if line[at].kind == "mark":
        sign = Sign(line[at].start, line[at].line, line[at].value, line[at], glued=True)
        reading.headings.append(sign)
        draft.note(HEADING_GLUED)
        at += 1
        if at < len(line) and line[at].kind == "text":
            draft.bodies = _part_title(text, line[at], sign, reading)
            at += 1
    elif line[at].kind == "text" and (line[at].cell == label.cell or not line[at].torn):
        draft.bodies = [line[at]]
        at += 1
    if draft.bodies:
        draft.position = draft.bodies[0].start
        if draft.bodies[0].cell == label.cell:
            draft.note(NUMBER_GLUED)
    return at


def _take_heading(text: str, line: Sequence[Atom], at: int, reading: Reading) -> int:
    mark = line[at]
    sign = Sign(mark.start, mark.line, mark.value, mark)
    reading.headings.append(sign)
    following = line[at + 1] if at + 1 < len(line) else None
    if following is None or following.kind != "text":
        return at + 1
    if following.cell != mark.cell:
        # The mark stands alone in its cell; its title was pushed into the next one.
        if following.torn or following.size <= _LONGEST_TITLE:
            sign.titles = [following]
            return at + 2
        return at + 1
    then = line[at + 2] if at + 2 < len(line) else None
    if following.size <= _LONGEST_TITLE or (then is not None and then.kind == "number"):
        sign.titles = [following]
        return at + 2
    sign.glued = True
    bodies = _part_title(text, following, sign, reading)
    if (
        not sign.titles
        and reading.torn
        and reading.torn[-1].line == mark.line
        and at
        and line[at - 1] is reading.torn[-1]
    ):
        # The mark slid from a torn heading into the text beside it.
        sign.titles = [reading.torn.pop()]
    draft = Draft(bodies[0].start, mark.line, bodies, opens_heading=True)
    draft.note(HEADING_GLUED)
    reading.drafts.append(draft)
    return at + 2


def _part_title(text: str, words: Atom, sign: Sign, reading: Reading) -> list[Atom]:
    """Part a short first sentence after a mark off as the heading's title; the rest is the row's text."""
    stop = text.find("。", words.start, words.end)
    before = reading.headings[-2] if len(reading.headings) > 1 else None
    known = before is not None and before.value == sign.value and bool(before.titles)
    if known or stop < 0 or not text[stop + 1 : words.end].strip():
        return [words]
    title = replace(words, end=stop + 1, text=clean(text[words.start : stop + 1]))
    if title.size > _LONGEST_GLUED_TITLE:
        return [words]
    rest = text[stop + 1 : words.end]
    start = stop + 1 + len(rest) - len(rest.lstrip())
    sign.titles = [title]
    return [replace(words, start=start, text=clean(rest))]


def _is_torn_piece(line: Sequence[Atom], at: int) -> bool:
    atom = line[at]
    if atom.torn and atom.size <= _LONGEST_TORN:
        return True
    return at == 0 and atom.size <= _SHORT and len(line) > 1 and line[1].kind == "number"
