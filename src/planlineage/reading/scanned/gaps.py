"""Texts without a number between numbered rows: new rows, continuations or copies; the free numbers tell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from ..tables.wording import caption_openings, ends_sentence
from .copies import COPY, is_copy, share, shingles
from .drafts import (
    NUMBER_COUNTED,
    NUMBER_INFERRED,
    NUMBER_LOST,
    NUMBER_MOVED,
    TEXT_JOINED,
    TEXT_JOINED_IN_DOUBT,
    TEXT_LOST,
    TEXT_SAME,
    TEXT_TWICE,
    Draft,
    Reading,
)


def fill_gaps(reading: Reading, breaks: Sequence[int], whole: bool) -> list[int]:
    """Number the unnumbered drafts of a reading, or join them to others; returns the numbers still missing.

    `breaks` are the source offsets of headings and groups, which no text runs across. `whole` says that the
    table begins with a header, so that its numbers are expected to start at 1. Only the first run of
    numbers is checked for missing ones: the later ones are additions that start anew.
    """
    missing: list[int] = []
    kept: list[Draft] = []
    for section, drafts in enumerate(_sections(reading.drafts)):
        anchors = [at for at, draft in enumerate(drafts) if draft.number is not None]
        if not anchors:
            for draft in drafts:
                draft.note(NUMBER_LOST)
            kept += drafts
            continue
        bounds = [-1, *anchors, len(drafts)]
        for at, (left, right) in enumerate(pairwise(bounds)):
            before = drafts[left] if left >= 0 else None
            after = drafts[right] if right < len(drafts) else None
            next_one = drafts[bounds[at + 2]] if at + 2 < len(bounds) - 1 else None
            free = _free_numbers(before, after, whole or section > 0)
            loose = _without_copies(reading, drafts[left + 1 : right], before, after)
            rows, unused = _number(reading, loose, before, after, next_one, free, breaks)
            kept += rows
            if section == 0:
                missing += unused
            if after is not None:
                kept.append(after)
    for draft in kept:
        if not draft.bodies:
            draft.note(TEXT_LOST)
    _note_same_texts(kept)
    reading.drafts = sorted(kept, key=lambda draft: draft.position)
    return missing


def _sections(drafts: Sequence[Draft]) -> list[list[Draft]]:
    sections: list[list[Draft]] = [[]]
    for draft in drafts:
        if draft.number is not None and draft.section >= len(sections):
            sections.append([])
        sections[-1].append(draft)
    return sections


def _free_numbers(before: Draft | None, after: Draft | None, whole: bool) -> list[int] | None:
    """The numbers between two rows; None where nothing bounds them."""
    if after is None or after.number is None:
        return None
    if before is None:
        return list(range(1, after.number)) if whole else []
    return list(range((before.number or 0) + 1, after.number))


def _without_copies(reading: Reading, loose: Sequence[Draft], before: Draft | None, after: Draft | None) -> list[Draft]:
    kept = []
    neighbours = [(row, set(shingles(row.text))) for row in (after, before) if row is not None]
    for draft in loose:
        original = next((row for row, known in neighbours if share(draft.text, known) >= COPY), None)
        if original is None or draft.opens_heading:
            kept.append(draft)
            continue
        original.note(TEXT_TWICE)
        reading.asides += [(body, f"copy of row {original.number}") for body in draft.bodies]
    return kept


def _number(
    reading: Reading,
    loose: list[Draft],
    before: Draft | None,
    after: Draft | None,
    next_one: Draft | None,
    free: list[int] | None,
    breaks: Sequence[int],
) -> tuple[list[Draft], list[int]]:
    if before is not None and not before.bodies and loose and not _parted(before, loose[0], breaks):
        _join(before, loose.pop(0), TEXT_JOINED)
    rows = _joined(loose, before, breaks)
    if not rows:
        return [], free or []
    if free is None:
        return _count_on(rows, before, breaks), []
    if len(rows) == len(free):
        for row, number in zip(rows, free, strict=True):
            row.number = number
            row.note(NUMBER_INFERRED)
        return rows, []
    if not free:
        return _without_place(reading, rows, before, after, next_one, breaks), []
    for row in rows:
        row.note(NUMBER_LOST)
    return rows, free


def _joined(loose: Sequence[Draft], before: Draft | None, breaks: Sequence[int]) -> list[Draft]:
    """The texts that are no continuation of a sentence broken off before them."""
    rows: list[Draft] = []
    previous = before
    for draft in loose:
        broken_off = previous is not None and bool(previous.bodies) and not ends_sentence(previous.bodies[-1].text)
        if previous is not None and broken_off and not draft.opens_heading and not _parted(previous, draft, breaks):
            _join(previous, draft, TEXT_JOINED)
        else:
            rows.append(draft)
            previous = draft
    return rows


def _parted(left: Draft, right: Draft, breaks: Sequence[int]) -> bool:
    return bisect_left(breaks, left.position) != bisect_left(breaks, right.position)


def _join(row: Draft, more: Draft, note: str) -> None:
    row.bodies += more.bodies
    row.note(note)


def _count_on(rows: list[Draft], before: Draft | None, breaks: Sequence[int]) -> list[Draft]:
    """Number the texts after the last printed number where headings or cells show that they are rows."""
    number = (before.number or 0) if before else 0
    alone = len(rows) == 1 and before is not None and not _parted(before, rows[0], breaks)
    for row in rows:
        if row.text.startswith(caption_openings()) or alone or before is None:
            row.note(NUMBER_LOST)
            continue
        number += 1
        row.number = number
        row.note(NUMBER_COUNTED)
    return rows


def _without_place(
    reading: Reading,
    rows: list[Draft],
    before: Draft | None,
    after: Draft | None,
    next_one: Draft | None,
    breaks: Sequence[int],
) -> list[Draft]:
    """Texts between two rows whose numbers leave no room."""
    if (
        len(rows) == 1
        and after is not None
        and next_one is not None
        and (before is None or _parted(before, rows[0], breaks))
        and is_copy(after.text, [next_one.text])
    ):
        # The number slid down one cell, beside a second copy of the row after it: the text above it is its
        # own.
        reading.asides += [(body, f"copy of row {next_one.number}") for body in after.bodies]
        next_one.note(TEXT_TWICE)
        after.bodies = rows[0].bodies
        after.position, after.line = rows[0].position, rows[0].line
        after.note(NUMBER_MOVED)
        return []
    kept = []
    for row in rows:
        if before is not None and not _parted(before, row, breaks):
            _join(before, row, TEXT_JOINED_IN_DOUBT)
        else:
            row.note(NUMBER_LOST)
            kept.append(row)
    return kept


def _note_same_texts(drafts: Sequence[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for draft in drafts:
        if draft.bodies and (other := seen.setdefault(draft.text, draft)) is not draft:
            other.note(TEXT_SAME)
            draft.note(TEXT_SAME)
