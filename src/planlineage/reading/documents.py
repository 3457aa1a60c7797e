"""Several documents in one file: a news agency's announcement, a press explanation, and the plan itself."""

from __future__ import annotations

import re

from ..model.base import Span
from ..model.parts import DocumentPart, DocumentRole
from .citing import titles
from .lexicon import lexicon
from .segment import Stretch, paragraphs

_NEAR, _SHORT = 16, 20


def split_documents(text: str) -> tuple[DocumentPart, ...]:
    """The documents that stand in a source text, in order; most files hold just one.

    A line such as 《…》全文如下。 ends a news agency's report; what follows is the plan. Numbered questions with answers
    before it are the press explanation. A work report may stand behind the resolution that approves it. Spans are tight:
    they begin and end with a visible character.

    >>> parts = split_documents("某省印发规划。\\n《某省规划》全文如下。\\n一、总则\\n加强领导。")
    >>> [part.role for part in parts]
    ['announcement', 'plan']
    """
    blocks = list(paragraphs(text))
    marker_pattern = re.compile(lexicon("outline")["full_text_marker"]["pattern"])
    marker = next(
        (
            i
            for i, b in enumerate(blocks[:-1])
            if b.end - b.start < 120 and marker_pattern.fullmatch(text, b.start, b.end)
        ),
        None,
    )
    if marker is None or marker == 0:
        report = _report_after_resolution(text, blocks)
        if report:
            return (
                _part("announcement", text, blocks[0], blocks[report - 1]),
                _part("plan", text, blocks[report], blocks[-1]),
            )
        return (_part("plan", text, blocks[0], blocks[-1]),) if blocks else ()
    named = titles(text[blocks[marker].start : blocks[marker].end])
    title = next((title for _, _, title in named), "")
    plan = _part("plan", text, blocks[marker + 1], blocks[-1], title=title)
    return (*_before(text, blocks[: marker + 1]), plan)


def _report_after_resolution(text: str, blocks: list[Stretch]) -> int:
    """The block with which a work report begins behind the resolution that approves it; 0 where there is none."""
    title, greeting = (re.compile(lexicon("outline")[f"report_{name}"]["pattern"]) for name in ("title", "greeting"))
    approval = re.compile(lexicon("outline")["report_approval"]["pattern"])
    for i, block in enumerate(blocks[1:_NEAR], start=1):
        if block.end - block.start < _SHORT and title.fullmatch(text, block.start, block.end):
            spoken = any(greeting.match(text, b.start, b.end) for b in blocks[i + 1 : i + 5])
            approved = any(approval.search(text, b.start, b.end) for b in blocks[:i])
            return i if spoken and approved else 0
    return 0


def _before(text: str, blocks: list[Stretch]) -> list[DocumentPart]:
    question = re.compile(lexicon("outline")["question"]["pattern"])
    asked = [
        i
        for i, b in enumerate(blocks[:-1])
        if question.fullmatch(text, b.start, b.end) and text.startswith("答", blocks[i + 1].start)
    ]
    if not asked:
        return [_part("announcement", text, blocks[0], blocks[-1])]
    first = asked[0]
    head = [_part("announcement", text, blocks[0], blocks[first - 1])] if first else []
    return [*head, _part("explanation", text, blocks[first], blocks[-1])]


def _part(role: DocumentRole, text: str, first: Stretch, last: Stretch, *, title: str = "") -> DocumentPart:
    if not title and role == "announcement":
        line = text[first.start : first.end]
        title = line if len(line) < 60 and not line.endswith("。") else ""
    return DocumentPart(role=role, title=title, span=Span(start=first.start, end=last.end))
