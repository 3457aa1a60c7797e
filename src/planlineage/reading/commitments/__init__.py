"""Find every commitment in a clean reading: dates, rhythms, limits, quantities, strength, actors, cited documents."""

from __future__ import annotations

from planlineage.model.commitments import Expression

from . import _deadlines, _durations, _instruments, _recurrences
from ._context import Context
from ._match import Reading

__all__ = ["Context", "recognise"]


def recognise(text: str, context: Context | None = None) -> list[Expression]:
    """All expressions in `text`, spans as offsets into it, sorted by start."""
    reading = Reading(text, context or Context())
    _instruments.instruments(reading)
    _deadlines.periods(reading)
    _recurrences.recurrences(reading)
    _durations.relative_deadlines(reading)
    _deadlines.deadlines(reading)
    _durations.durations(reading)
    return sorted(reading.found, key=lambda found: (found.span.start, found.span.end))
