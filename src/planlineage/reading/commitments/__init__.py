"""Find every commitment in a clean reading: dates, rhythms, limits, quantities, strength, actors, cited documents.

`recognise` is the door. The rules stand in one module a kind, their words in ../lexicon/commitments; the meaning of each
normal form in docs/commitments.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ...model.commitments import Expression, Target
from . import (
    actors,
    deadlines,
    durations,
    instruments,
    periods,
    recurrences,
    responsibility,
    strength,
    targets,
    terms,
)
from .assigned import NOBODY, Assigned, assigned
from .catch_all import catch_all_scope, is_catch_all
from .context import Context
from .match import VERSION, Reading
from .occurrences import occurrences
from .responsibility import bodies, cell_note, is_note
from .working_days import add_working_days, known_years, working_days_between

__all__ = [
    "NOBODY",
    "VERSION",
    "Assigned",
    "Context",
    "add_working_days",
    "assigned",
    "bodies",
    "catch_all_scope",
    "cell_note",
    "figures",
    "is_catch_all",
    "is_note",
    "known_years",
    "occurrences",
    "recognise",
    "working_days_between",
]

_TIMES = frozenset({"deadline", "period", "recurrence", "duration"})

# The order matters: what is read first takes its characters. 每2年 is a rhythm before 2年 can be a length, and 31日 a day
# of a date before it can be a length. Beside each rule stand the kinds that cannot be told without it.
_RULES = (
    (periods.periods, _TIMES | {"target"}),
    (instruments.instruments, _TIMES | {"target", "instrument", "docnumber"}),
    (recurrences.recurrences, _TIMES | {"target"}),
    (terms.terms, _TIMES | {"target"}),
    (deadlines.deadlines, _TIMES | {"target"}),
    (durations.durations, frozenset({"duration", "target"})),
    (targets.targets, frozenset({"target"})),
    (responsibility.responsibilities, frozenset({"responsible"})),
    (strength.strengths, frozenset({"strength"})),
    (strength.totalities, frozenset({"totality"})),
    (actors.actors, frozenset({"actor"})),
)


def recognise(text: str, context: Context | None = None, *, kinds: Collection[str] | None = None) -> list[Expression]:
    """All expressions in a text: a sentence, a paragraph or a whole document.

    No expression depends on what stands before its sentence; what holds for a whole document comes in through `context`.

    Args:
        text: a clean reading; lines are paragraphs. Half-width punctuation, full-width digits and stray blanks are read
            as well.
        context: facts about the document, best made with `Context.of`.
        kinds: only these kinds (`deadline`, `actor`, …), in less time; all by default.

    Returns:
        The expressions (Deadline, Period, Recurrence, Duration, Target, Totality, Strength, Instrument, DocumentNumber,
        Responsibility, Actor), spans as offsets into `text`, sorted by where they start.

    >>> [(found.kind, found.surface, found.normal) for found in recognise("2025年前，办复率达到100%。")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('deadline', '2025年前', 'latest=2024-12-31;edtf=../2024;reading=strict;alt=2025-12-31;ambiguous'),
     ('target', '达到100%', '= 100 %')]
    """
    reading = Reading(text, context or Context())
    wanted = None if kinds is None else frozenset(kinds)
    for rule, serves in _RULES:
        if wanted is None or serves & wanted:
            rule(reading)
    found = reading.found if wanted is None else [e for e in reading.found if getattr(e, "kind", "") in wanted]
    return sorted(found, key=lambda found: (found.span.start, found.span.end, type(found).__name__))


def figures(text: str, context: Context | None = None) -> list[Target]:
    """All numbers of a text with what each measures, also those that only report: for the look back of a report.

    >>> [(t.indicator, t.base, t.value, t.unit) for t in figures("全年已新增就业1244万人，地区生产总值增长5.2%。")]
    [('就业', 'added', '12440000', '人'), ('地区生产总值', 'growth', '5.2', '%')]
    """
    found = recognise(text, replace(context or Context(), figures=True), kinds={"target"})
    return [target for target in found if isinstance(target, Target)]
