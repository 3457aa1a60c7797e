"""The reading report: how well a document could be read, and what a person should know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from ..model.base import Span
from ..model.parts import DocumentPart, ReadingReport, Remark, Statement
from ..model.wording import Term, told
from .cleaning import CleanText
from .identity import SURE_OF_LEVEL, Identity, facts_remark
from .outline import Outline
from .source import SourceText
from .steps import sets
from .tables import Table


@sets("report")
def report_on(  # noqa: PLR0913, PLR0917 - all that there may be to remark on
    source: SourceText,
    parts: Sequence[DocumentPart],
    part: DocumentPart,
    clean: CleanText,
    outline: Outline,
    tables: Sequence[Table],
    identity: Identity,
    statements: Sequence[Statement],
    doubtful: Sequence[Sequence[str]],
) -> ReadingReport:
    """The report on one document of a source."""
    kinds: Counter[str] = Counter()
    for statement in statements:
        kinds[statement.kind] += _visible(source.text[statement.span.start : statement.span.end])
    remarks = [
        *_on_numbers(outline),
        *(Remark(code=note.code, said=note.said) for note in source.notes),
        *map(_on_table, tables, doubtful),
        *facts_remark(identity, source.facts),
        *_on_gaps(clean, outline),
        *_on_pictures(source, part, clean, outline),
        *_on_identity(identity),
        *_on_parts(parts, part),
        *_on_spam(clean),
    ]
    return ReadingReport(
        characters=_visible(source.text[part.span.start : part.span.end]),
        unread=kinds["unread"],
        kinds=dict(sorted(kinds.items())),
        cleaning=dict(sorted(Counter(e.rule for e in clean.edits).items())),
        documents=tuple(parts),
        remarks=tuple(remarks),
    )


def _remark(code: str, **values: object) -> Remark:
    return Remark(code=code, said=told("remark", code, **values))


def _visible(text: str) -> int:
    return len(re.sub(r"\s", "", text))


def _on_numbers(outline: Outline) -> Iterator[Remark]:
    if not outline.numbered:
        yield _remark("no-outline")


def _on_gaps(clean: CleanText, outline: Outline) -> Iterator[Remark]:
    for said, at in outline.gaps:
        block = outline.blocks[min(at, len(outline.blocks) - 1)]
        yield Remark(code="numbering-gap", said=said, span=clean.to_source(block.start, block.end))


def _on_pictures(source: SourceText, part: DocumentPart, clean: CleanText, outline: Outline) -> Iterator[Remark]:
    """What stands in a picture (a table, a box) is not read; its place is named."""
    starts = [block.start for block in outline.blocks]
    for mark in source.marks:
        span = Span(start=mark.start, end=mark.end)
        if mark.kind == "picture" and part.span.contains(span):
            at = bisect_right(starts, clean.from_source(mark.start)) - 1
            node = outline.blocks[max(at, 0)].node if starts else None
            names = f"{node.label} {node.title}".strip() if node else ""
            said = told("remark", "picture.in", place=names) if names else told("remark", "picture")
            yield Remark(code="picture", said=said, span=span, clauses=(node.key,) if node else ())


def _on_table(table: Table, ids: Sequence[str]) -> Remark:
    doubtful = tuple(str(row.number or row.text[:8]) for row in table.rows if row.quality == "doubtful")
    said = told(
        "remark",
        "table",
        rows=len(table.rows),
        doubtful=told("remark", "table.doubtful", rows=doubtful) if doubtful else "",
        missing=told("remark", "table.missing", rows=tuple(map(str, table.missing))) if table.missing else "",
    )
    return Remark(code="table", said=said, span=table.region, clauses=tuple(ids))


def _on_identity(identity: Identity) -> Iterator[Remark]:
    if not identity.title:
        yield _remark("no-title")
    if identity.level is None:
        yield _remark("no-level")
    found = identity.found.get("level")
    if identity.level is not None and found is not None and found.confidence < SURE_OF_LEVEL:
        yield _remark("level-inferred", level=Term(f"level.{identity.level}"), words=found.words)


def _on_parts(parts: Sequence[DocumentPart], part: DocumentPart) -> Iterator[Remark]:
    others = tuple(
        told("remark", "several-documents.other", role=Term(f"document.{p.role}"), start=p.span.start, end=p.span.end)
        for p in parts
        if p is not part
    )
    if others:
        yield _remark("several-documents", others=others, role=Term(f"document.{part.role}"))


def _on_spam(clean: CleanText) -> Iterator[Remark]:
    for edit in clean.edits:
        if edit.rule == "web spam":
            yield Remark(code="web-spam", said=told("remark", "web-spam", text=edit.before), span=edit.span)
