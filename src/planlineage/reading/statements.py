"""From placed paragraphs to clauses and statements with ids, kinds, spans and commitments.

The spans of the statements tile the document: what no paragraph claims becomes a statement too, as noise where a cleaning
step explains it, else as unread. Ids are made of the printed numbers above a statement and its own words, so that they
stay the same when another part of the document changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..model.base import Provenance, Span
from ..model.commitments import Commitment, Deadline, Instrument, Target
from ..model.parts import Clause, Edit, Statement, StatementKind
from .cleaning import CleanText
from .drafts import Draft, Place, Ruling
from .names import Names, code_of, fingerprint, short_code
from .outline import Block, Node, Outline
from .segment import sentences

_MARKING = ("markup", "page numbers of contents")
_CONTENTS = Ruling("contents", Provenance(method="kind: list of contents", confidence=0.95))
_COLON_LABEL = re.compile(r"^(?:（[^（）]{1,4}）)?([\u4e00-\u9fff]{2,10})：")


class Builder:
    """Turns an outline into statement drafts, and knows the clauses that they stand in."""

    def __init__(self, clean: CleanText, outline: Outline) -> None:
        self.clean, self.outline, self.text = clean, outline, clean.text
        self._paragraphs: dict[str, Node] = {}
        self.law = any(n.style == "law article" for n in outline.nodes)
        self.first_part = next((n.key for n in outline.nodes if n.kind == "part"), None)

    def drafts(self) -> list[Draft]:
        """The drafts of all paragraphs, in order."""
        below = {id(n.parent) for n in self.outline.nodes if n.parent is not None}
        seen_child: set[int] = set()
        made: list[Draft] = []
        for block in self.outline.blocks:
            node: Node | None = block.node
            plain = block.role == "text" and not block.label
            lead_in = plain and id(node) in below and id(node) not in seen_child
            while node is not None and node.parent is not None:
                seen_child.add(id(node.parent))
                node = node.parent
            made += self._block(block, lead_in)
        return made

    def _block(self, block: Block, lead_in: bool) -> Iterator[Draft]:
        node = block.node
        clause = self._paragraph(node, block) if block.role == "text" and not block.label else node.key
        place = self._place(block, lead_in)
        if block.role == "contents":
            yield Draft(block.start, block.end, clause, node.key, place, _CONTENTS)
            return
        if block.heading_end > block.start:
            own = bool(block.label) or block.role == "heading"
            stem = f"{node.key}-head" if own else node.key
            yield Draft(block.start, block.heading_end, clause, stem, replace(place, role="heading"), heading=own)
        if block.heading_end < block.end:
            for stretch in sentences(self.text, block.heading_end, block.end):
                yield Draft(stretch.start, stretch.end, clause, node.key, place)

    def _paragraph(self, node: Node, block: Block) -> str:
        first = sentences(self.text, block.start, block.end)[0]
        unique = self.outline.names.claim(f"{node.key}/{short_code(self.text[first.start : first.end])}")
        self._paragraphs[unique] = node
        return unique

    def _place(self, block: Block, lead_in: bool) -> Place:
        headings: list[str] = []
        node: Node | None = block.node
        top = block.node
        while node is not None:
            if node.title:
                headings.insert(0, node.title)
            top, node = node, node.parent
        own = self.text[block.start : block.heading_end].rstrip("。：")
        if own and not block.label:
            headings.append(own)
        section = top.style or top.kind if top.kind in ("notice", "annex") else "plan"
        role = block.role if block.role in ("title", "frame") else "text"
        label = _COLON_LABEL.match(self.text, block.start, block.end)
        return Place(
            headings=tuple(headings),
            section=section,
            role=role,
            lead_in=lead_in,
            preamble=block.node.kind == "preamble" and self.outline.numbered > 0,
            closing=block.node.kind == "closing",
            in_first_part=self.first_part is not None and block.node.key.split(".")[0] == self.first_part,
            law=self.law,
            numbered=bool(block.node.label),
            colon_label=label[1] if label else "",
        )

    # -- clauses -----------------------------------------------------------------------------------------------------

    def fallback(self, statements: Sequence[Statement]) -> str:
        """A clause for what stands in none; made where there is no statement at all."""
        return statements[0].clause if statements else self.outline.add("frame", "frame", None).key

    def clauses(self, statements: Iterable[Statement]) -> list[Clause]:
        """The clauses with their source spans; a clause spans all that lies in it and below it."""
        made = {n.key: (n.kind, n.label, n.title, n.parent) for n in self.outline.nodes}
        made |= {key: ("paragraph", "", "", node) for key, node in self._paragraphs.items()}
        extents: dict[str, tuple[int, int]] = {}
        for statement in statements:
            start, end = statement.span.start, statement.span.end
            low, high = extents.get(statement.clause, (start, end))
            extents[statement.clause] = min(low, start), max(high, end)
        for key, (start, end) in list(extents.items()):
            node = made[key][3]
            while node is not None:
                low, high = extents.get(node.key, (start, end))
                extents[node.key] = min(low, start), max(high, end)
                node = node.parent
        found = [
            Clause(
                id=key,
                kind=kind,
                number=label,
                title=title,
                parent=parent.key if parent else None,
                span=Span(start=extents[key][0], end=extents[key][1]),
            )
            for key, (kind, label, title, parent) in made.items()
            if key in extents
        ]
        return sorted(found, key=lambda c: (c.span.start, -c.span.end, c.id.count(".") + c.id.count("/")))


def split_between_deadlines(text: str, drafts: Sequence[Draft], found: Sequence[Commitment]) -> list[Draft]:
    """Cut a statement at a comma where a second deadline opens a new clause: each date then has its own statement."""
    starts = sorted(c.span.start for c in found if isinstance(c, Deadline))
    out: list[Draft] = []
    for draft in drafts:
        inside = [] if draft.whole else starts[bisect_left(starts, draft.start) : bisect_left(starts, draft.end)]
        left = draft.start
        for earlier, later in pairwise(inside):
            if text[later - 1] == "，" and later - left > 8 and draft.end - later > 8 and earlier >= left:
                out.append(replace(draft, start=left, end=later, heading=False, commitments=[]))
                left = later
        out.append(draft if left == draft.start else replace(draft, start=left))
    return out


def assign(drafts: Sequence[Draft], found: Iterable[Commitment], clean: CleanText) -> None:
    """Give each expression to the statement in which it begins, with its span turned into a source span."""
    starts = [d.start for d in drafts]
    for expression in found:
        i = bisect_right(starts, expression.span.start) - 1
        if i >= 0 and expression.span.start < drafts[i].end:
            if expression.kind in drafts[i].read:
                continue
            span = clean.to_source(expression.span.start, expression.span.end)
            update: dict[str, object] = {"span": span}
            if isinstance(expression, Target) and expression.indicator_span is not None:
                name = expression.indicator_span
                update["indicator_span"] = clean.to_source(name.start, name.end)
            if isinstance(expression, Instrument):
                printed = clean.raw(span).strip()
                update["printed"] = printed.removeprefix("《").removesuffix("》")
            drafts[i].commitments.append(expression.model_copy(update=update))


def _binding(found: Sequence[Commitment], kind: StatementKind) -> tuple[Commitment, ...]:
    """What a statement commits to: where it says what was reached, dates bind nothing; promises are held to its figures."""
    return tuple(found) if kind != "outcome" else tuple(c for c in found if not isinstance(c, Deadline))


def finish(clean: CleanText, drafts: Sequence[Draft], rulings: Sequence[Ruling]) -> list[Statement]:
    """Statements with ids and source spans, in the order of the text. A span reaches over signs of markup that touch it."""
    names = Names()
    made: list[Statement] = []
    signs = [e.span for e in clean.edits if e.rule.startswith(_MARKING)]
    after, before = {s.start: s.end for s in signs}, {s.end: s.start for s in signs}
    reached = clean.start
    for draft, ruling in zip(drafts, rulings, strict=True):
        text = clean.text[draft.start : draft.end]
        start, end = clean.range_in_source(draft.start, draft.end)
        end = max(end, draft.cover_end or 0)
        while before.get(start, -1) >= reached:
            start = before[start]
        while end in after:
            end = after[end]
        reached = end
        digest = fingerprint(text)
        stem = draft.stem if draft.heading else f"{draft.stem}-{code_of(digest)}"
        made.append(
            Statement(
                id=names.claim(stem),
                clause=draft.clause,
                kind=ruling.kind,
                span=Span(start=min(start, draft.cover_start), end=end),
                text=text,
                fingerprint=digest,
                provenance=ruling.provenance,
                commitments=_binding(draft.commitments, ruling.kind),
            )
        )
    return made


def leftovers(clean: CleanText, made: Sequence[Statement], fallback: str) -> Iterator[Statement]:
    """Statements for every visible stretch of the source that no other covers: noise if cleaning took it out, else unread."""
    source = clean.source
    covered, gone = bytearray(len(source)), bytearray(len(source))
    for s in made:
        covered[s.span.start : s.span.end] = b"\1" * s.span.length
    for edit in clean.edits:
        if not edit.after:
            gone[edit.span.start : edit.span.end] = b"\1" * edit.span.length
    ends = [e.span.end for e in clean.edits]
    names = Names(s.id for s in made)
    starts = [s.span.start for s in made]
    for match in re.compile(r"[^\n]+").finditer(source, clean.start, clean.end):
        for at, stop in _uncovered(source, covered, match.start(), match.end()):
            edits = clean.edits[bisect_right(ends, at) :]
            left = "".join(source[i] for i in range(at, stop) if not gone[i]).strip()
            owner = made[max(bisect_right(starts, at) - 1, 0)].clause if made else fallback
            kind: StatementKind = "unread" if left else "noise"
            yield Statement(
                id=names.claim(f"{owner.split('/')[0]}-{kind}-{short_code(source[at:stop])}"),
                clause=owner,
                kind=kind,
                span=Span(start=at, end=stop),
                text=_read_again(source, at, stop, edits) if left else "",
                fingerprint=fingerprint(source[at:stop]),
                provenance=Provenance(
                    method=f"kind: {'no rule understood it' if left else edits[0].rule}",
                    confidence=0.0 if left else 0.9,
                ),
            )


def _uncovered(source: str, covered: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line that no statement covers, without the blanks around them."""
    at = start
    while at < end:
        begin = covered.find(0, at, end)
        if begin < 0:
            return
        at = covered.find(1, begin, end)
        at = end if at < 0 else at
        words = source[begin:at]
        if words.strip():
            left = begin + len(words) - len(words.lstrip())
            yield left, left + len(words.strip())


def _read_again(source: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    span = Span(start=start, end=end)
    return CleanText(source, start, end, tuple(e for e in edits if span.contains(e.span))).text.strip()
