"""What every model shares: immutability, strictness, spans and provenance."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .errors import InvalidValueError, PlanLineageError
from .wording import Reason, has_words, told


class Model(BaseModel):
    """An immutable value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A stretch of the source text: characters `start` up to, not including, `end`.

    Offsets count Unicode characters from the start of the source document, also where a plan is only a part of it.

    >>> Span(start=3, end=5).length
    2
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise InvalidValueError("span backwards", end=self.end, start=self.start)
        return self

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start

    def overlap(self, other: Span) -> int:
        """How many characters both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Provenance(Model):
    """Who says so: a rule or method by name and version, how sure it is, and who reviewed it.

    `confidence` is between 0 and 1; 1 for what is read off the text by a rule that admits no doubt.
    """

    method: str
    version: str = "1"
    confidence: float = Field(default=1.0, ge=0, le=1)
    reviewer: str | None = None


def first_complaint(error: ValidationError) -> tuple[str, Reason]:
    """Where the first thing stands that a model refuses (`clauses.3.kind`; empty for the whole), and what is wrong with it."""
    first = error.errors()[0]
    own = first.get("ctx", {}).get("error")
    key = first["type"] if has_words(f"field.{first['type']}") else "other"
    said = (
        own.reason if isinstance(own, PlanLineageError) else told("field", key, type=first["type"], said=first["msg"])
    )
    return ".".join(str(part) for part in first["loc"]), said
