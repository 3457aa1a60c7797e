"""The numbers that a task sets, as something that can be measured: ≥80 %, at most 5 working days, at least 40 hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..model.commitments import Duration, Target
from ..model.parts import Statement
from .errors import MeasureError

_ISO = re.compile(r"P(?:T?)(\d+(?:\.\d+)?)(BD|[A-Z])")
_UNITS = {"BD": "个工作日", "D": "天", "W": "周", "M": "个月", "Y": "年", "TH": "小时", "TM": "分钟"}
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"}
NEAR = Decimal("0.05")
"""Share by which a value may lie off a number that the plan gives as about (左右)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a task sets. `number` counts the measures of a task from 1.

    `threshold` is None where the plan refers to a number that stands elsewhere (上一年度平均值): `reference` says which.
    """

    number: int
    comparison: str
    threshold: Decimal | None
    upper: Decimal | None = None
    unit: str = ""
    reference: str = ""
    what: str = ""

    @property
    def full_text(self) -> str:
        """The measure for people, after what is measured."""
        return f"{self.what}{self.text}"

    def shown(self, value: Decimal) -> str:
        """A measured value in its unit."""
        return f"{value} {self.unit}".strip()

    @property
    def text(self) -> str:
        """The measure for people.

        >>> Measure(1, ">=", Decimal(80), unit="%").text
        '≥80 %'
        """
        amount = self.reference if self.threshold is None else str(self.threshold)
        if self.upper is not None:
            return f"{amount}—{self.upper} {self.unit}".strip()
        return f"{_SIGNS[self.comparison]}{amount} {self.unit}".strip()

    def met_by(self, value: Decimal, reference: Decimal | None = None) -> bool | None:
        """Whether a measured value meets it; None where the number that it refers to is not known.

        >>> Measure(1, "<=", Decimal(5), unit="个工作日").met_by(Decimal("4.5"))
        True
        """
        bound = self.threshold if self.threshold is not None else reference
        if bound is None:
            return None
        if self.upper is not None:
            return bound <= value <= self.upper
        match self.comparison:
            case ">=":
                return value >= bound
            case "<=":
                return value <= bound
            case ">":
                return value > bound
            case "<":
                return value < bound
            case "~":
                return abs(value - bound) <= abs(bound) * NEAR
            case _:
                return value >= bound if self.unit == "%" else value == bound


def measures_of(statement: Statement) -> tuple[Measure, ...]:
    """The numbers that a statement sets, in the order of its text.

    >>> from planlineage.model.files import shipped_plan
    >>> plan = shipped_plan("shanting_2021")
    >>> [measure.text for measure in measures_of(plan.statement("3.9-eaest"))]
    ['≥5 个工作日', '≤15 个工作日']
    """
    found: list[Measure] = []
    for item in statement.commitments:
        number = len(found) + 1
        if isinstance(item, Target):
            if item.comparison != "qual" and not item.condition:
                found.append(_of_target(item, number))
        elif isinstance(item, Duration):
            measure = _of_duration(item, number)
            if measure is not None:
                found.append(measure)
    return tuple(found)


def _of_target(target: Target, number: int) -> Measure:
    upper = _decimal(target.upper_value)
    threshold = None if target.reference else _decimal(target.value)
    if threshold is None and target.number is not None:  # a fraction: 2/3
        threshold = round(Decimal(target.number.numerator) / target.number.denominator, 4)
    unit = "倍" if target.base == "multiple" else target.unit or ""
    return Measure(number, target.comparison, threshold, upper, unit, target.reference or "", target.indicator or "")


def _of_duration(duration: Duration, number: int) -> Measure | None:
    lower = _ISO.fullmatch(duration.iso)
    if lower is None:
        return None
    unit = _UNITS.get(("T" if "T" in duration.iso else "") + lower[2], lower[2])
    upper = _ISO.fullmatch(duration.upper_iso or "")
    return Measure(number, duration.comparison, Decimal(lower[1]), Decimal(upper[1]) if upper else None, unit)


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def choose(measures: tuple[Measure, ...], number: int | None, *, where: str) -> Measure:
    """The measure that a value is meant for. Raises `MeasureError` where that can't be told."""
    if not measures:
        raise MeasureError("nothing to measure", field="value", where=where, hint="no value")
    listed = "; ".join(f"{m.number}: {m.text}" for m in measures)
    if number is None:
        if len(measures) == 1:
            return measures[0]
        raise MeasureError("several measures", field="measure", where=where, hint="say which", listed=listed)
    for measure in measures:
        if measure.number == number:
            return measure
    raise MeasureError("no measure", field="measure", where=where, hint="measures", number=number, listed=listed)
