"""Which of the numbers found in a table are its row numbers: the heaviest rising sequence tells.

Row numbers rise, and each stands once. A number that scanning misread, or that is part of a sentence,
breaks the rise and falls out; one that stands alone in its cell weighs more than one glued to words.
"""

from __future__ import annotations

from collections.abc import Sequence

from .atoms import WEAK, Atom

_LONGEST_JUMP = 30
_MAX_VALUE = 1000


def heaviest_rise(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The places of the strictly rising subsequence with the greatest weight. Values from 1 to 999.

    >>> heaviest_rise([1, 2, 40, 3, 3, 4], [2, 2, 3, 1, 2, 2])
    [0, 1, 4, 5]
    """
    size = max(values, default=0)
    best = [(0, -1)] * (size + 1)  # a Fenwick tree of (weight, place) over values
    before: list[int] = []
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at, found = value - 1, (0, -1)
        while at > 0:
            found = max(found, best[at])
            at -= at & -at
        before.append(found[1])
        total = (found[0] + weight, place)
        at = value
        while 0 < at <= size:
            best[at] = max(best[at], total)
            at += at & -at
    at, last = size, (0, -1)
    while at > 0:
        last = max(last, best[at])
        at -= at & -at
    chain = []
    place = last[1]
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def row_numbers(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The row numbers among the number atoms, one list for each run that starts anew at 1 under a heading.

    Where no numbers form a sequence but the dotted marks do (`1.门诊人次数`), the marks are turned into
    numbers.
    """
    numbers = [atom for atom in atoms if atom.kind == "number" and 0 < atom.value < _MAX_VALUE]
    chosen = _sections(atoms)
    marks = [atom for atom in atoms if atom.kind == "mark" and atom.style == "arabic" and atom.value > 0]
    if sum(map(len, chosen)) < 3:
        rise = heaviest_rise([mark.value for mark in marks], [1] * len(marks))
        if len(rise) > max(3, len(numbers)):
            for mark in marks:
                mark.kind = "number"
            chosen = _sections(atoms)
    return chosen


def _sections(atoms: Sequence[Atom]) -> list[list[Atom]]:
    runs: list[list[Atom]] = [[]]
    under_heading = False
    for atom in atoms:
        if atom.kind in ("group", "mark"):
            under_heading = True
        elif atom.kind == "number" and 0 < atom.value < _MAX_VALUE:
            # A run of its own needs a heading above it, so that a stray 1 cannot cut the sequence.
            if atom.value == 1 and under_heading and runs[-1] and atom.weight > WEAK:
                runs.append([])
            runs[-1].append(atom)
            under_heading = False
    return [chain for run in runs if (chain := _confirm(run))]


def _confirm(run: list[Atom]) -> list[Atom]:
    chain = [run[at] for at in heaviest_rise([a.value for a in run], [a.weight for a in run])]
    confirmed: list[Atom] = []
    for atom in chain:
        previous = confirmed[-1].value if confirmed else 0
        # A number glued to words is believed only where it is the very next one.
        if atom.weight == WEAK and atom.value != previous + 1:
            continue
        if confirmed and atom.value - previous > _LONGEST_JUMP:
            continue
        confirmed.append(atom)
    return confirmed
