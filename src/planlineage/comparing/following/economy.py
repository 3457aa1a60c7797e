"""Promises that something grows as fast as the economy (居民收入与经济增长同步), judged by the two rates of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ...model.base import Span
from ...model.commitments import Target
from .features import Looked
from .lexicon import pattern
from .parts import Promise

NEARLY = Fraction(3, 10)
"""How many points what is to grow with the economy 基本 may stay behind and still be close."""

_SANE = 3
"""How many times the growth of the economy a rate may be and still be one of the same year."""


Verdict = Literal["met", "close", "missed", "reported"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A rate of growth beside that of the economy, with the words of both."""

    verdict: Verdict
    growth: Target
    economy: Target
    evidence: tuple[Span, ...]


def beside_economy(promise: Promise, looked: Looked) -> Beside | None:
    """The rate that a promise measures by the economy's; None where it does not, or the report lacks one of the two.

    Where only the people in towns and in villages have rates, both count, or that of those whom the promise names; with one of
    them ahead of the economy and the other behind it nothing can be said of all.
    """
    if promise.target is None or not pattern("as_economy").search(promise.text):
        return None
    growths = list(_growths(looked))
    economy = next((g for g in growths if pattern("economy").fullmatch(g[0])), None)
    subjects = [name for name in ("incomes", "revenue", "trade") if pattern(f"grows_{name}").search(promise.text)]
    if economy is None or len(subjects) != 1:
        return None
    most = _SANE * max(rate(economy[1]), Fraction(3))
    own = [g for g in growths if pattern(f"rate_{subjects[0]}").fullmatch(g[0]) and rate(g[1]) < most]
    sides = {m.group(): g for g in reversed(own) if (m := pattern("side").search(g[0]))}
    asked = set(pattern("side").findall(promise.text))
    whole = [g for g in own if not pattern("side").search(g[0])]
    if len(asked) == 1:
        whole, sides = [], {side: g for side, g in sides.items() if side in asked}
    if not whole and len(sides) != (len(asked) or 2):
        return None
    told = whole[:1] or sorted(sides.values(), key=lambda g: rate(g[1]))
    behind, ahead = (rate(economy[1]) - rate(told[k][1]) for k in (0, -1))
    verdict: Verdict = "met" if behind <= 0 else "reported" if ahead <= 0 else "missed"
    if verdict == "missed" and "基本" in promise.text and behind <= NEARLY:
        verdict = "close"
    return Beside(verdict, told[0][1], economy[1], (economy[2], *(g[2] for g in told)))


def rate(target: Target) -> Fraction:
    """A growth in per cent, below 0 for a fall."""
    growth = target.number or Fraction(0)
    return -growth if target.base == "decline" else growth


def _growths(looked: Looked) -> Iterator[tuple[str, Target, Span]]:
    """The rates of growth of one year, by the plain name of what grew; a bare one (达126万亿元，增长5.2%) has its amount's."""
    name, end = "", -1
    for own, figure in zip(looked.names, looked.figures, strict=True):
        target, piece = figure.target, looked.pieces[figure.piece]
        bare = not own and piece.span.start - end == 1 and re.match("(?:同比|比上年)?(?:增长|下降)", piece.text)
        name, end = name if bare else own, piece.span.end
        if target.unit == "%" and target.base in ("growth", "decline") and name and not piece.years:
            yield name, target, piece.span
