"""What ties a lower statement to the upper statement that it carries down, and how one can see that it does.

A lineage edge runs from the local plan to the upper one. In PROV-O terms a verbatim edge is `prov:wasQuotedFrom`, an
adapted or partial one `prov:wasDerivedFrom`; a thematic edge claims no derivation and is `prov:wasInfluencedBy`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from .base import Model, Provenance, Span
from .citing import Citation
from .errors import InvalidValueError
from .show import Showable


class Relation(StrEnum):
    """How much of the upper statement the lower one carries.

    >>> Relation.PARTIAL.prov, Relation.PARTIAL.chinese, Relation.THEMATIC.is_coverage
    ('wasDerivedFrom', '部分落实', False)
    """

    VERBATIM = "verbatim"
    ADAPTED = "adapted"
    PARTIAL = "partial"
    THEMATIC = "thematic"

    @property
    def is_coverage(self) -> bool:
        """Whether it counts as carrying the upper statement; thematic never does."""
        return self is not Relation.THEMATIC

    @property
    def prov(self) -> str:
        """The PROV-O property, read from the lower statement to the upper one."""
        return _PROV[self]

    @property
    def chinese(self) -> str:
        """The relation's name in Chinese output."""
        return _CHINESE[self]


_PROV = {
    Relation.VERBATIM: "wasQuotedFrom",
    Relation.ADAPTED: "wasDerivedFrom",
    Relation.PARTIAL: "wasDerivedFrom",
    Relation.THEMATIC: "wasInfluencedBy",
}
_CHINESE = {
    Relation.VERBATIM: "原文照录",
    Relation.ADAPTED: "改写落实",
    Relation.PARTIAL: "部分落实",
    Relation.THEMATIC: "主题相近",
}


class Difference(StrEnum):
    """What became of a stretch of text on the way down.

    `same` stands on both sides; `changed` was put in other words; `added` stands only in the lower statement; `dropped` only
    in the upper one.
    """

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


class AlignedPiece(Model):
    """A stretch of the lower statement beside the stretch of the upper statement that it answers to.

    `local` and `upper` are the words in the clean reading, empty where a side has none; the spans point into the two
    source texts.

    >>> piece = AlignedPiece(difference="changed", local="重奖", upper="奖励", local_span=Span(start=3, end=5),
    ...                      upper_span=Span(start=9, end=11))
    >>> piece.difference.value
    'changed'
    """

    difference: Difference
    local: str = ""
    upper: str = ""
    local_span: Span | None = None
    upper_span: Span | None = None

    @model_validator(mode="after")
    def _sides(self) -> AlignedPiece:
        if self.difference is not Difference.DROPPED and self.local_span is None:
            raise InvalidValueError("no local place", value=self.difference.value)
        if self.difference is not Difference.ADDED and self.upper_span is None:
            raise InvalidValueError("no upper place", value=self.difference.value)
        return self


class Evidence(Model):
    """Why an edge is believed: the aligned pieces and the measured features.

    `pieces` run in the order of the lower statement, dropped ones where they would have stood. `carried` are the clauses of
    the lower statement that the upper one explains (all of it, where it is one clause). `features` are the numbers that the
    decision was made from, under the names that `docs/linking.md` explains.
    """

    pieces: tuple[AlignedPiece, ...] = ()
    carried: tuple[Span, ...] = ()
    features: dict[str, float] = Field(default_factory=dict)


class LineageEdge(Showable, Model):
    """A lower statement carries an upper statement down.

    `confidence` is calibrated: of edges at 0.8, about eight in ten are right. For a thematic edge it is the confidence that
    the lower statement carries the upper one all the same, and so it is low.

    >>> from planlineage import link
    >>> edge = link("weibin_2021", "central_2021").edges[0]
    >>> edge.relation.value, edge.local_id, edge.upper_id
    ('verbatim', 'preamble-y966z', 'preamble-y966z')
    """

    local_plan: str
    local_id: str
    local_kind: str = ""
    local_span: Span
    upper_plan: str
    upper_id: str
    upper_kind: str = ""
    upper_span: Span
    relation: Relation
    confidence: float = Field(ge=0, le=1)
    evidence: Evidence = Evidence()
    provenance: Provenance

    def __str__(self) -> str:
        return repr(self)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells one edge from every other: local plan and statement, upper plan and statement."""
        return self.local_plan, self.local_id, self.upper_plan, self.upper_id

    def citation(self, side: Literal["upper", "local"] = "upper") -> Citation:
        """The passage of one side: title, number, clause and the words on the page, also by GB/T 7714 and as BibTeX.

        Raises `ValueError` for another side, and for an edge that belongs to no lineage.

        >>> from planlineage import link
        >>> edge = link("weibin_2021", "central_2021").edges[1]
        >>> edge.citation().number, edge.citation("local").title
        ('中发〔2021〕33号', '卫滨区法治政府建设实施方案（2021—2025年）')
        """
        ends = self.__dict__.get("_ends")
        if ends is None:
            raise InvalidValueError("edge alone")
        if side not in ("upper", "local"):
            raise InvalidValueError("no such side", side=side)
        plan, statement = (ends[1], self.upper_id) if side == "upper" else (ends[0], self.local_id)
        found: Citation = plan.cite(statement)
        return found

    def __repr__(self) -> str:
        ends = f"{self.local_plan}#{self.local_id} → {self.upper_plan}#{self.upper_id}"
        return f"LineageEdge({ends}, {self.relation}, {self.confidence:.2f})"
