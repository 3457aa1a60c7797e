"""Lineages with known edges, made without the linker: for tests of what is shown, not of what is found."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from planlineage.comparing.lineage import Lineage
from planlineage.model.base import Provenance, Span
from planlineage.model.lineage import AlignedPiece, Evidence, LineageEdge, Relation
from planlineage.model.parts import Statement
from planlineage.model.plan import Plan

_TAGS = {"equal": "same", "replace": "changed", "delete": "added", "insert": "dropped"}

Tie = tuple[str, str, Relation, float]
"""Words of a local statement, words of an upper one, the relation between them, and its confidence."""


def find(plan: Plan, words: str) -> Statement:
    """The first statement other than a heading with some words."""
    return next(s for s in plan.statements if words in s.text and s.kind != "heading")


def tie(local: Plan, upper: Plan, below: Statement, above: Statement, relation: Relation, sure: float) -> LineageEdge:
    """An edge whose pieces are those of difflib."""
    matcher = difflib.SequenceMatcher(None, below.text, above.text, autojunk=False)
    pieces = []
    for tag, a, b, c, d in matcher.get_opcodes():
        ours = Span(start=below.span.start + a, end=below.span.start + b) if b > a else None
        theirs = Span(start=above.span.start + c, end=above.span.start + d) if d > c else None
        pieces.append(
            AlignedPiece.model_validate(
                {
                    "difference": _TAGS[tag],
                    "local": below.text[a:b],
                    "upper": above.text[c:d],
                    "local_span": ours,
                    "upper_span": theirs,
                }
            )
        )
    return LineageEdge(
        local_plan=local.id,
        local_id=below.id,
        local_kind=below.kind,
        local_span=below.span,
        upper_plan=upper.id,
        upper_id=above.id,
        upper_kind=above.kind,
        upper_span=above.span,
        relation=relation,
        confidence=sure,
        evidence=Evidence(pieces=tuple(pieces)),
        provenance=Provenance(method="test", confidence=sure),
    )


def lineage(local: Plan, upper: Plan, ties: Sequence[Tie]) -> Lineage:
    """The lineage of two plans with edges between the statements that hold some words."""
    return Lineage(local, [upper], [tie(local, upper, find(local, a), find(upper, b), r, c) for a, b, r, c in ties])
