"""From two plans to their lineage: statements become units, the linker's edges become edges with source spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..model.base import Provenance, Span
from ..model.errors import LevelOrderError
from ..model.lineage import AlignedPiece, Difference, Evidence, LineageEdge
from ..model.parts import Edit, Statement
from ..model.plan import Plan
from ..model.wording import Term
from ..reading.cleaning import CleanText
from ..reading.numbering import label_of
from . import link_units
from .align import pieces
from .normalise import compared
from .outline import ARTICLE
from .units import LinkOptions, Unit, UnitEdge

LINKER_VERSION = "1"
"""Version of the linking method; every edge carries it."""

_TITLE = 40
"""Characters up to which a measure of one sentence is its own title."""
_UNLINKED = frozenset({"noise", "contents"})


def link_plans(
    locals_: Plan | Sequence[Plan], uppers: Sequence[Plan], options: LinkOptions | None = None
) -> list[LineageEdge]:
    """The edges from a local plan to one or several upper plans, in the order of the local text.

    A local plan that stands in several files is linked as the one plan that it is: how sure an edge is depends on the words
    of the whole. Raises `LevelOrderError` where an upper plan stands below the local one, or two plans of a side have one id.
    """
    ours = [locals_] if isinstance(locals_, Plan) else list(locals_)
    check_levels(ours, uppers)
    below, above = [PlanUnits(p) for p in ours], {u.id: PlanUnits(u) for u in uppers}
    places = [(own, i) for own in below for i in range(len(own.units))]
    units = [own.units[i] for own, i in places]
    found = link_units(units, {key: plan.units for key, plan in above.items()}, options)
    return [edge_of(replace(e, local=places[e.local][1]), places[e.local][0], above[e.upper_plan]) for e in found]


def check_levels(locals_: Sequence[Plan], uppers: Sequence[Plan]) -> None:
    """Raise `LevelOrderError` where an upper plan stands below a local one, or two plans of a side have one id."""
    for side, plans in (("local", locals_), ("upper", uppers)):
        ids = [p.id for p in plans]
        if len(set(ids)) < len(ids):
            raise LevelOrderError("same id on one side", where=", ".join(ids), hint="own id", side=side)
    for local in locals_:
        for upper in uppers:
            if upper.level is not None and local.level is not None and local.level.is_above(upper.level):
                raise LevelOrderError(
                    "levels swapped",
                    where=f"{local.id} → {upper.id}",
                    hint="swapped",
                    upper=Term(f"level.{upper.level}"),
                    local=Term(f"level.{local.level}"),
                )


class PlanUnits:
    """The statements of a plan as units, with the way back from their clean text to the source.

    `more` are ids of statements that are units too, though of a kind that is not linked.
    """

    def __init__(self, plan: Plan, more: Collection[str] = ()) -> None:
        self.plan = plan
        self.statements = [s for s in plan.statements if s.id in more or (s.kind not in _UNLINKED and s.text.strip())]
        self._shares = Counter(s.clause for s in self.statements)
        self.units = [self._unit(s) for s in self.statements]
        self._clean: dict[str, CleanText] = {}

    def position(self, statement_id: str) -> int:
        """Where a statement stands among the units; -1 where it is none of them."""
        return next((i for i, s in enumerate(self.statements) if s.id == statement_id), -1)

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
            statement.id,
            statement.text,
            part,
            article,
            rank,
            sum(c.number != "" for c in path),
            title=statement.kind == "heading" or alone,
            front=clause.kind == "frame" and statement.kind != "heading",
        )

    def source_span(self, position: int, start: int, end: int) -> Span:
        """The source span behind characters `start` to `end` of a statement's clean text."""
        statement = self.statements[position]
        clean = self._clean.get(statement.id)
        if clean is None:
            clean = self._clean[statement.id] = _clean_of(self.plan, statement)
        return clean.to_source(start, end)


def _clean_of(plan: Plan, statement: Statement) -> CleanText:
    source, span = plan.source, statement.span
    first = bisect_left(plan.edits, span.start, key=_begin)
    last = bisect_right(plan.edits, span.end, key=_begin)
    edits = tuple(e for e in plan.edits[first:last] if span.contains(e.span))
    return CleanText(source.text, span.start, span.end, edits, source.start)


def _begin(edit: Edit) -> int:
    return edit.span.start


def same_words(local: Statement, plan: Plan, upper: Statement) -> list[tuple[int, int]]:
    """Where the words of an upper statement that a local one has too stand in the source of its plan."""
    clean = _clean_of(plan, upper)
    aligned = pieces(compared(local.text), compared(upper.text))
    return [clean.range_in_source(*p.upper) for p in aligned if p.difference is Difference.SAME and p.upper]


def _is_short(text: str) -> bool:
    return len(text) <= _TITLE and not any(mark in text[:-1] for mark in "。；：")


def edge_of(edge: UnitEdge, ours: PlanUnits, theirs: PlanUnits) -> LineageEdge:
    """An edge between units as one between statements, with spans into both sources."""
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
