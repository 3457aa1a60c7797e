"""Which group and which second-level heading each row of a damaged table stands under.

Groups count up through the table, headings count up through a group and start anew with the next one. Where
a title is lost, the numbers around it still tell that it was there.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .copies import COPY, share, shingles
from .drafts import (
    GROUP_LOST,
    GROUP_UNKNOWN,
    HEADING_INFERRED,
    HEADING_PLACED,
    HEADING_SPLIT,
    HEADING_TITLE_LOST,
    HEADING_UNKNOWN,
    Draft,
    Reading,
    Sign,
)
from .placing import place_headings, split_place
from .sequence import heaviest_rise

_TITLED, _BARE, _COPIED = 3, 2, 1
_MOST_GROUPS = 99


@dataclass(slots=True, eq=False)
class Heading:
    """A second-level heading and its rows. `sign` is None where nothing of it is left in the text."""

    value: int | None
    sign: Sign | None
    rows: list[Draft] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Group:
    """A group, its headings in order, and its rows. `value` is None where not even its number can be told."""

    value: int | None
    sign: Sign | None
    start: float
    end: float = math.inf
    inferred: bool = False
    signs: list[Sign] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def mark_copies(reading: Reading) -> None:
    """Mark the headings that only repeat a text of the next rows: cells that slid into the heading column."""
    rows = sorted(reading.drafts, key=lambda draft: draft.line)
    lines = [row.line for row in rows]
    at_line, known = -1, frozenset[str]()
    for sign in reading.headings:
        if not sign.titles or sign.glued:
            continue
        if sign.line != at_line:
            at_line, low = sign.line, bisect_left(lines, sign.line + 1)
            near = [row.text for row in rows[low : low + 2] if row.line <= sign.line + 2]
            known = frozenset(shingle for text in near for shingle in shingles(text))
        sign.copy = share(sign.titles[0].text, known) >= COPY


def arrange(reading: Reading) -> list[Group]:
    """The groups of a reading with their headings and rows; signs that fit nowhere become asides."""
    groups = _split_at_restarts(_groups(reading), reading)
    positions = [draft.position for draft in reading.drafts]
    last = 0
    for group in groups:
        low = bisect_left(positions, group.start)
        rows = reading.drafts[low : bisect_left(positions, group.end)]
        last = _head(group, rows, reading, last)
    return groups


def _groups(reading: Reading) -> list[Group]:
    signs = reading.groups
    rise = set(heaviest_rise([sign.value for sign in signs], [1] * len(signs)))
    groups = [Group(None, None, -1)]
    for at, sign in enumerate(signs):
        if at not in rise:
            reading.asides.append((sign.mark, "title of a group out of sequence"))
            continue
        groups[-1].end = sign.position
        groups.append(Group(sign.value, sign, sign.position))
    starts = [group.start for group in groups]
    for sign in reading.headings:
        groups[bisect_left(starts, sign.position) - 1].signs.append(sign)
    if not groups[0].signs and not any(draft.position < groups[0].end for draft in reading.drafts):
        groups.pop(0)
    return groups


def _split_at_restarts(groups: list[Group], reading: Reading) -> list[Group]:
    """Open a group of its own where the headings start anew at 1 though no new group's title is left."""
    split: list[Group] = []
    for at, group in enumerate(groups):
        runs = _runs(group.signs)
        following = groups[at + 1].value if at + 1 < len(groups) else None
        lost = following - group.value - 1 if following and group.value else None
        if group.value is None or lost == 0:
            # No numbers of groups to go by, or none of them lost: a new start is not a new group.
            split.append(group)
            continue
        starts = [group.start, *(run[0].position for run in runs[1:])]
        ends = [*starts[1:], group.end]
        counted = lost is None or lost == len(runs) - 1
        for count, (run, start, end) in enumerate(zip(runs, starts, ends, strict=True)):
            value = group.value + count if counted or not count else None
            value = value if value is None or value <= _MOST_GROUPS else None
            split.append(Group(value, None if count else group.sign, start, end, count > 0, run))
    positions = [draft.position for draft in reading.drafts]
    for group in split:
        if group.inferred:
            for row in reading.drafts[bisect_left(positions, group.start) : bisect_left(positions, group.end)]:
                row.note(GROUP_LOST if group.value else GROUP_UNKNOWN)
    return split


def _runs(signs: Sequence[Sign]) -> list[list[Sign]]:
    """The headings of a group, cut before each that starts anew at 1."""
    runs: list[list[Sign]] = [[]]
    highest = 0
    for sign in signs:
        if sign.value == 1 and highest > 1:
            runs.append([])
            highest = 0
        runs[-1].append(sign)
        if not sign.copy:
            highest = max(highest, sign.value)
    return runs


def _head(group: Group, rows: list[Draft], reading: Reading, last: int) -> int:
    """Share a group's rows out to its headings; returns the last heading's number."""
    weights = [_COPIED if sign.copy else _TITLED if sign.titles else _BARE for sign in group.signs]
    rise = set(heaviest_rise([sign.value for sign in group.signs], weights))
    kept: list[Sign] = []
    refused: list[Sign] = []
    for at, sign in enumerate(group.signs):
        if at in rise:
            kept.append(sign)
        else:
            refused.append(sign)
            note = "copy of a row's text" if sign.copy else "heading mark out of sequence"
            reading.asides += [(atom, note) for atom in (sign.mark, *sign.titles)]
    positions = [row.position for row in rows]
    starts = [bisect_left(positions, sign.position) for sign in kept] + [len(rows)]
    group.headings = [
        Heading(sign.value, sign, rows[low:high]) for sign, low, high in zip(kept, starts, starts[1:], strict=False)
    ]
    _replace_shifted(group, refused)
    _head_first_rows(group, rows[: starts[0]], last)
    _infer_lost(group)
    return group.headings[-1].value or last if group.headings else last


def _replace_shifted(group: Group, refused: Sequence[Sign]) -> None:
    """Place headings anew by their words where body texts slid into their column and pushed them up."""
    for sign in refused:
        if not sign.copy:
            continue
        at = max(
            (n for n, h in enumerate(group.headings) if h.sign and h.sign.position < sign.position),
            default=None,
        )
        if at is None or HEADING_PLACED in (group.headings[at].rows or [Draft(0, 0, [])])[0].notes:
            continue
        first = at
        while first > 0 and len(group.headings[first - 1].rows) == 1:
            first -= 1
        part = group.headings[first : at + 1]
        rows = [row for heading in part for row in heading.rows]
        if len(part) < 2 or any(heading.sign is None for heading in part):
            continue
        printed = [rows.index(heading.rows[0]) if heading.rows else 0 for heading in part]
        titles = ["".join(atom.text for atom in heading.sign.titles) for heading in part if heading.sign]
        starts = [*place_headings(titles, printed, [row.text for row in rows]), len(rows)]
        for heading, low, high in zip(part, starts, starts[1:], strict=False):
            heading.rows = rows[low:high]
        for row in rows:
            row.note(HEADING_PLACED)


def _head_first_rows(group: Group, rows: list[Draft], last: int) -> None:
    """Rows before the first heading that is left: under the one before it, if just one is lost."""
    if not rows:
        return
    first = group.headings[0].value if group.headings else None
    if first == 2 or (first is not None and first == last + 2):
        group.headings.insert(0, Heading(first - 1, None, rows))
        for row in rows:
            row.note(HEADING_INFERRED)
        return
    group.headings.insert(0, Heading(None, None, rows))
    if first is not None:
        for row in rows:
            row.note(HEADING_UNKNOWN)


def _infer_lost(group: Group) -> None:
    """Where one number is missing between two headings, part the rows of the first one by their words."""
    found: list[Heading] = []
    for heading, following in pairwise([*group.headings, None]):
        if heading is None:
            continue
        found.append(heading)
        if following is None or heading.value is None or following.value is None:
            continue
        gap = following.value - heading.value
        if gap == 2 and len(heading.rows) > 1:
            at = split_place([row.text for row in heading.rows])
            found.append(Heading(heading.value + 1, None, heading.rows[at:]))
            for row in heading.rows[1:]:
                row.note(HEADING_SPLIT)
            heading.rows = heading.rows[:at]
        elif gap > 2:
            for row in heading.rows[1:]:
                row.note(HEADING_SPLIT)
    group.headings = found


def note_titles(groups: Sequence[Group]) -> None:
    """Note the rows whose heading kept its mark but not its title, or only the end of it."""
    for group in groups:
        for heading in group.headings:
            if heading.sign is not None and not heading.sign.whole:
                for row in heading.rows:
                    row.note(HEADING_TITLE_LOST)
