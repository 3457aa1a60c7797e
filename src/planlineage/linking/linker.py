"""From two plans to their lineage: statements become units, the linker's edges become edges with source spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..model.base import Provenance, Span
from ..model.errors import LevelOrderError
from ..model.lineage import AlignedPiece, Evidence, LineageEdge
from ..model.plan import Plan, Statement
from ..reading.cleaning import CleanText
from ..reading.numbering import label_of
from . import link_units
from .outline import ARTICLE
from .units import LinkOptions, Unit, UnitEdge

LINKER_VERSION = "1"
"""Version of the linking method; every edge carries it."""

_TITLE = 40
"""Characters up to which a measure of one sentence is its own title."""
_UNLINKED = frozenset({"noise", "unread"})


def link_plans(local: Plan, uppers: Sequence[Plan], options: LinkOptions | None = None) -> list[LineageEdge]:
    """The edges from a local plan to one or several upper plans, in the order of the local text.

    Raises `LevelOrderError` where an upper plan stands below the local one, or two upper plans have the same id.
    """
    ids = [u.id for u in uppers]
    if len(set(ids)) < len(ids):
        raise LevelOrderError(
            "two upper plans have the same id", where=", ".join(ids), hint="give each its own `id`"
        )
    for upper in uppers:
        if upper.level is not None and local.level is not None and local.level.is_above(upper.level):
            raise LevelOrderError(
                f"the upper plan is of a lower level ({upper.level}) than the local one ({local.level})",
                where=f"{local.id} → {upper.id}",
                hint="are the two swapped? the local plan comes first",
            )
    ours = _PlanUnits(local)
    theirs = {upper.id: _PlanUnits(upper) for upper in uppers}
    edges = link_units(ours.units, {key: plan.units for key, plan in theirs.items()}, options)
    return [_edge(edge, ours, theirs[edge.upper_plan]) for edge in edges]


class _PlanUnits:
    """The statements of a plan as units, with the way back from their clean text to the source."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.statements = [s for s in plan.statements if s.kind not in _UNLINKED and s.text.strip()]
        self._shares = Counter(s.clause for s in self.statements)
        self.units = [self._unit(s) for s in self.statements]
        self._clean: dict[str, CleanText] = {}

    def _unit(self, statement: Statement) -> Unit:
        path = self.plan.path(statement.clause)
        clause = path[-1]
        keys = [c.id for c in path if c.kind in ("part", "chapter", "article", "measure", "item")]
        part, article = (*keys, "", "")[:2]
        opens = clause.number != "" and statement.span.start == clause.span.start
        label = label_of(clause.number) if opens else None
        rank = label.rank if label else 0
        alone = rank > ARTICLE and self._shares[clause.id] == 1 and _is_short(statement.text)
        return Unit(
            statement.id, statement.text, part, article, rank, sum(c.number != "" for c in path),
            title=rank > 0 and (statement.kind == "heading" or alone),
            front=clause.kind == "frame",
        )  # fmt: skip

    def source_span(self, position: int, start: int, end: int) -> Span:
        """The source span behind characters `start` to `end` of a statement's clean text."""
        statement = self.statements[position]
        clean = self._clean.get(statement.id)
        if clean is None:
            source = self.plan.source
            edits = tuple(e for e in self.plan.edits if statement.span.contains(e.span))
            clean = CleanText(source.text, statement.span.start, statement.span.end, edits, source.start)
            self._clean[statement.id] = clean
        return clean.to_source(start, end)


def _is_short(text: str) -> bool:
    return len(text) <= _TITLE and not any(mark in text[:-1] for mark in "。；：")


def _edge(edge: UnitEdge, ours: _PlanUnits, theirs: _PlanUnits) -> LineageEdge:
    local, upper = ours.statements[edge.local], theirs.statements[edge.upper]
    return LineageEdge(
        local_plan=ours.plan.id,
        local_id=local.id,
        local_kind=local.kind,
        local_span=local.span,
        upper_plan=theirs.plan.id,
        upper_id=upper.id,
        upper_kind=upper.kind,
        upper_span=upper.span,
        relation=edge.relation,
        confidence=edge.confidence,
        evidence=Evidence(
            pieces=tuple(
                AlignedPiece(
                    difference=piece.difference,
                    local=local.text[slice(*piece.local)] if piece.local else "",
                    upper=upper.text[slice(*piece.upper)] if piece.upper else "",
                    local_span=ours.source_span(edge.local, *piece.local) if piece.local else None,
                    upper_span=theirs.source_span(edge.upper, *piece.upper) if piece.upper else None,
                )
                for piece in edge.pieces
            ),
            carried=tuple(ours.source_span(edge.local, *place) for place in edge.carried),
            features=edge.features,
        ),
        provenance=Provenance(method="linking", version=LINKER_VERSION, confidence=edge.confidence),
    )
