"""What the recognisers hand to each other: the folded text, the context, what is taken, and how an expression is made."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from ...model.base import Provenance
from ...model.commitments import Expression
from .context import Context
from .text import Claims, Folded

VERSION = "1"
E = TypeVar("E", bound=Expression)


@cache
def _provenance(method: str, confidence: float) -> Provenance:
    return Provenance(method=f"commitments.{method}", version=VERSION, confidence=confidence)


class Reading:
    """One run over one text."""

    def __init__(self, text: str, context: Context) -> None:
        self.folded = Folded(text)
        self.text = self.folded.text
        self.context = context
        self.claims = Claims(len(self.text))
        self.found: list[Expression] = []
        self.starts: list[int] = []

    def add(
        self,
        kind: type[E],
        start: int,
        end: int,
        method: str,
        /,
        *,
        confidence: float = 1.0,
        claim: bool = True,
        **values: Any,
    ) -> E:
        """Record an expression over a folded stretch."""
        span = self.folded.span(start, end)
        expression = kind(
            span=span,
            surface=self.folded.original[span.start : span.end],
            provenance=_provenance(method, confidence),
            **values,
        )
        self.found.append(expression)
        self.starts.append(start)
        if claim:
            self.claims.add(start, end)
        return expression
