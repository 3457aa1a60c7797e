"""What became of a number on its way down: of a target, a limit of time, or a rhythm.

Which way is better depends on the measure: of a floor (at least 60 hours) more binds more, of a ceiling (within 15 working
days) less does. The change says where the number went (raised, lowered); the effect, whether it binds more or less.
"""

from __future__ import annotations

import re

from ..model.commitments import ASPIRED, Deadline, Duration, Recurrence, Target
from ..model.parts import Statement
from ..model.wording import because
from .changes import Aspect, Change, ChangeName

Quantity = Target | Duration | Recurrence

COMMON_UNITS = frozenset({"%", "个", "项", "次"})
"""Units that too many numbers have for the unit to tell that two are about one thing."""

_DAYS = {"D": 1.0, "BD": 1.0, "W": 7.0, "M": 30.0, "Q": 91.0, "Y": 365.0, "TH": 1 / 24, "TM": 1 / 1440}
_ISO = re.compile(r"P(T?)(\d+(?:\.\d+)?)(BD|[DWMQYH])")
_PER_YEAR = {"YEARLY": 1.0, "MONTHLY": 12.0, "WEEKLY": 52.0, "DAILY": 365.0}
_FLOOR, _CEILING = (">=", ">"), ("<=", "<")


def numbers_of(statement: Statement) -> list[Quantity]:
    """The numbers that a statement commits to: targets, limits of time, rhythms."""
    return [c for c in statement.commitments if isinstance(c, Target | Duration | Recurrence) and c.normal != "qual"]


def aspect_of(commitment: Deadline | Quantity) -> Aspect:
    """The aspect that a date or number is reported under."""
    if isinstance(commitment, Deadline):
        return "deadline"
    return "recurrence" if isinstance(commitment, Recurrence) else "target"


def same_measure(above: Quantity, below: Quantity) -> bool:
    """Whether two numbers can be of one measure: both hours, both a share, both a rhythm with or without a count."""
    if isinstance(above, Target) and isinstance(below, Target):
        if bool(above.reference) != bool(below.reference):
            return False
        one, two = above.unit or "", below.unit or ""
        return one == two or (bool(one) and bool(two) and (one.endswith(two) or two.endswith(one)))
    if isinstance(above, Duration) and isinstance(below, Duration):
        return (
            above.comparison == below.comparison and days_of(above.iso) is not None and days_of(below.iso) is not None
        )
    if isinstance(above, Recurrence) and isinstance(below, Recurrence):
        return above.per == below.per and (above.count is None) == (below.count is None)
    return False


def days_of(iso: str) -> float | None:
    """A duration in days, months and years at their usual length; None where it is not a plain duration.

    >>> days_of("PT24H"), days_of("P15BD"), days_of("P3M")
    (1.0, 15.0, 90.0)
    """
    match = _ISO.fullmatch(iso)
    if match is None:
        return None
    unit = "TH" if match[1] and match[3] == "H" else "TM" if match[1] else match[3]
    return float(match[2]) * _DAYS[unit] if unit in _DAYS else None


def quantity_change(above: Quantity, below: Quantity) -> Change:
    """Set two numbers of one measure against each other."""
    if above.normal == below.normal:
        return Change("kept", "same")
    if isinstance(above, Recurrence) and isinstance(below, Recurrence):
        return _rhythm(above, below)
    if isinstance(above, Duration) and isinstance(below, Duration):
        return _number(days_of(above.iso), days_of(below.iso), above.comparison, below.comparison)
    if isinstance(above, Target) and isinstance(below, Target):
        if above.reference or below.reference:
            return Change(
                "uncertain",
                reason=because("other reference", a=above.reference or "", b=below.reference or ""),
            )
        return _number(_value(above), _value(below), _comparison(above), _comparison(below))
    return Change("uncertain", reason=because("kinds differ"))


def _comparison(target: Target) -> str:
    """How a target is bound; one that is only aspired to counts as about."""
    return "~" if target.hedge in ASPIRED else target.comparison


def _value(target: Target) -> float | None:
    return float(target.number) if target.number is not None else None


def _number(above: float | None, below: float | None, before: str, after: str) -> Change:
    if above is None or below is None:
        return Change("uncertain", reason=because("not plain"))
    if (before in _CEILING and after in _FLOOR) or (before in _FLOOR and after in _CEILING):
        return Change("uncertain", "mixed", because("turned round"))
    ceiling = before in _CEILING or after in _CEILING
    if above == below:
        if before == after:
            return Change("kept", "same")
        if after == "~":
            return Change("weakened", "weaker", because("aspired"))
        if before == "~":
            return Change("strengthened", "stronger", because("was aspired"))
        return Change("kept", "same", because("became", a=before, b=after))
    more = below > above
    name: ChangeName = "raised" if more else "lowered"
    kind = because("ceiling" if ceiling else "floor")
    return Change(name, "stronger" if more != ceiling else "weaker", kind)


def frequency(rhythm: Recurrence) -> float | None:
    """How often a year a rhythm asks for; None where it is vague.

    >>> from planlineage.model.base import Provenance, Span
    >>> frequency(Recurrence(span=Span(start=0, end=1), surface="", provenance=Provenance(method="x"),
    ...                      rule="FREQ=YEARLY;INTERVAL=2", count=1))
    0.5
    """
    parts = dict(p.split("=", 1) for p in (rhythm.rule or "").split(";") if "=" in p)
    per_year = _PER_YEAR.get(parts.get("FREQ", ""))
    if per_year is None:
        return float(rhythm.count) if rhythm.per and rhythm.count is not None else None
    return per_year / float(parts.get("INTERVAL", 1)) * (rhythm.count if rhythm.count is not None else 1)


def _rhythm(above: Recurrence, below: Recurrence) -> Change:
    one, two = frequency(above), frequency(below)
    if one is None or two is None:
        if one is None and two is None:
            return Change("kept", "same")
        if two is None:
            return Change("weakened", "weaker", because("vague"))
        return Change("strengthened", "stronger", because("was vague"))
    if one == two:
        if above.due != below.due and above.due and below.due:
            return Change("uncertain", reason=because("day moved", a=above.due, b=below.due))
        return Change("kept", "same")
    ceiling = above.count_comparison in _CEILING
    return Change(
        "raised" if two > one else "lowered",
        "stronger" if (two > one) != ceiling else "weaker",
        because("times a year"),
    )
