"""What the sentences about answers are made of: dates, numbers and signs in words, and the places that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.commitments import Deadline, Duration, Recurrence, Target
from ..model.parts import Statement
from ..model.wording import Printed, Reason, because
from .clauses import place_of
from .quantities import COMMON_UNITS, Quantity
from .strength_sides import Sign

Place = tuple[int, int]

MOST_SIGNS = 3
"""Signs of strength that a sentence names; more are counted."""

LONGEST = 48
"""Characters of a clause that a sentence quotes."""

LONGEST_NAME = 12
"""Characters of the name of an indicator; longer ones are half a sentence."""

_INNER = str.maketrans("“”", "‘’")
_ISO = re.compile(r"P(T?)(\d+(?:\.\d+)?)([A-Z]+)")
_RULE = re.compile(r"FREQ=(\w+);INTERVAL=(\d+)")


@dataclass(frozen=True, slots=True)
class Marks:
    """The places in the clean texts of both statements that an answer speaks of; empty where it speaks of all of it."""

    upper: tuple[Place, ...] = ()
    local: tuple[Place, ...] = ()


def quoted(words: str) -> str:
    """Words to stand between quotation marks: those inside become single ones, and what is long is cut.

    >>> quoted("推进“跨省通办”")
    '推进‘跨省通办’'
    """
    words = words.translate(_INNER)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def signs_told(signs: Sequence[Sign]) -> tuple[Reason, ...]:
    """The signs of a change of strength: which words became others, went and came."""
    told: list[Reason] = []
    signs = list({(s.upper, s.lower): s for s in signs}.values())  # a clause may be less in one way and more in another
    signs = [s for s in signs if not any(_is_within(s, other) for other in signs)]
    for sign in signs[:MOST_SIGNS]:
        kind = "both" if sign.upper and sign.lower else "gone" if sign.upper else "new"
        told.append(because(f"said.sign.{kind}", a=quoted(sign.upper), b=quoted(sign.lower)))
    more = len(signs) - len(told)
    return (*told, because("said.sign.more", count=more)) if more else tuple(told)


def _is_within(sign: Sign, other: Sign) -> bool:
    """Whether the words of a sign stand inside those of another, which then says all that it says."""
    return sign != other and sign.upper in other.upper and sign.lower in other.lower


def days_told(low: int, high: int) -> Reason | int:
    """How far a date moved one way, without the sign: one number, or a range."""
    near, far = sorted((abs(low), abs(high)))
    return far if near == far else because("said.days between", a=near, b=far)


def said(commitment: Deadline | Quantity) -> Printed:
    """A date or number: in Chinese by its own words, in English by its value.

    >>> from planlineage.reading.commitments import recognise
    >>> [hours] = recognise("培训不少于60学时。", kinds={"target"})
    >>> said(hours).text("zh"), said(hours).text("en")
    ('不少于60学时', 'at least 60 学时')
    """
    words = re.sub(r"\s+", "", commitment.surface)
    if isinstance(commitment, Deadline):
        return Printed(words, commitment.days_text)
    if isinstance(commitment, Duration):
        return Printed(words, _duration(commitment))
    if isinstance(commitment, Recurrence):
        return Printed(words, _rhythm(commitment))
    what = commitment.indicator or ""
    if commitment.unit in COMMON_UNITS and 0 < len(what) <= LONGEST_NAME and what not in words:
        return Printed(what + words, because("said.measured", what=what, amount=_target(commitment)))
    return Printed(words, _target(commitment))


def _target(target: Target) -> Reason | str:
    if target.value is None or target.base == "multiple":
        return target.surface
    unit = f" {target.unit}" if target.unit and target.unit != "%" else target.unit or ""
    if target.upper_value:
        return because("said.range", a=target.value, b=f"{target.upper_value}{unit}")
    return because(f"said.{target.comparison}", a=f"{target.value}{unit}")


def _duration(limit: Duration) -> Reason | str:
    parts = [m for iso in (limit.iso, limit.upper_iso or "") if (m := _ISO.fullmatch(iso))]
    if not parts:
        return limit.surface
    lengths = [because(f"said.{'one' if m[2] == '1' else 'length'}.{m[1]}{m[3]}", n=m[2]) for m in parts]
    if len(lengths) == 2:
        return because("said.range", a=lengths[0], b=lengths[1])
    return because(f"said.{limit.comparison}", a=lengths[0])


def _rhythm(rhythm: Recurrence) -> Reason | str:
    rule = _RULE.fullmatch(rhythm.rule or "")
    if rule is None:
        return rhythm.surface
    every = because(f"said.every.{rule[1]}", n=rule[2]) if rule[2] != "1" else because(f"said.each.{rule[1]}")
    if rhythm.count is None:
        return every
    count = because(f"said.{rhythm.count_comparison or '='}", a=rhythm.count)
    return because("said.once" if rhythm.count == 1 else "said.times", every=every, count=count)


def place_within(statement: Statement, commitment: Deadline | Quantity) -> tuple[Place, ...]:
    """Where a commitment stands in its statement; nowhere where a note or table cell states it."""
    return (place_of(statement, commitment),) if statement.span.contains(commitment.span) else ()


def places_of(text: str, words: Iterable[str]) -> tuple[Place, ...]:
    """Where some words stand in a text, in its order; overlapping places are one.

    >>> places_of("严格执行条例，增强实效。", ["实效", "严格执行", "执行条例"])
    ((0, 6), (9, 11))
    """
    found: list[Place] = []
    starts = ((text.find(word), len(word)) for word in words if word)
    for start, length in sorted(s for s in starts if s[0] >= 0):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], start + length)
        else:
            found.append((start, start + length))
    return tuple(found)
