"""The outline of a document: which paragraph belongs to which clause, and what is heading, text or outer frame.

First the lists of contents are set apart, then the sections (a notice, the plan it passes on, annexes), then in each the headings
are found and the clauses nested. How high a clause stands follows from its number, from what the file marks, and from the order
in which kinds of numbers first appear: where 第一章 stands between 一、 and 二、, it lies in 一、.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model.parts import ClauseKind
from ..model.wording import Reason, told
from .commitments import is_note
from .headings import Headings
from .identity import Layout
from .lines import Line
from .names import Names, short_code
from .numbering import labels_of
from .sections import (
    TERMINALS,
    Section,
    listed_annexes,
    outline_pattern,
    sections_of,
)

Role = Literal["heading", "text", "title", "frame", "contents"]

_GREETS = frozenset({"addressee", "greeting"})
_UNNUMBERED = 62
"""How high a heading without a number stands among the ranks of numbering styles, where nothing else tells."""
_HIGHEST_INSIDE = 50
"""Numbers from this rank on may have higher ones inside them; chapters and articles of laws never do."""


@dataclass(slots=True)
class Node:
    """A clause under construction; `key` is its path of numbers. `style`, `rank` and `level` say how high it stands."""

    kind: ClauseKind
    key: str
    parent: Node | None
    style: str = ""
    rank: int = 0
    level: int = 0
    label: str = ""
    value: int = 0
    title: str = ""
    plain: int = 0
    """How many unnumbered paragraphs stand in it."""


@dataclass(slots=True)
class Block:
    """A paragraph with its place. `label` is the length of its number, `heading_end` where a heading ends (or its start)."""

    start: int
    end: int
    node: Node
    role: Role
    label: int = 0
    heading_end: int = 0


@dataclass
class Outline:
    """The clauses in the order of the text, and every paragraph in its clause."""

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    numbered: int = 0
    gaps: list[tuple[Reason, int]] = field(default_factory=list)
    names: Names = field(default_factory=Names)

    def add(self, kind: ClauseKind, key: str, parent: Node | None, **extra: Any) -> Node:
        """A new clause, under a key that no other has."""
        node = Node(kind, self.names.claim(key), parent, **extra)
        self.nodes.append(node)
        return node


def read_outline(text: str, lines: Sequence[Line], layout: Layout) -> Outline:
    """Place every paragraph of a clean text in the document's outline. `lines` are its paragraphs outside tables."""
    outline = Outline()
    outer = {line.start: line.kind for line in layout.lines}
    titles: dict[int, Literal["title", "notice"]] = {layout.lines[i].start: "notice" for i in layout.notice}
    titles |= {layout.lines[i].start: "title" for i in layout.title}
    for line in lines:
        line.outer = outer.get(line.start, "")
        line.titled = titles.get(line.start, "")
    listed = [line for line in lines if line.listed]
    if listed:
        node = outline.add("contents", "contents", None)
        outline.blocks += (Block(line.start, line.end, node, "contents") for line in listed)
    body = [line for line in lines if not line.listed]
    annexes = 0
    for section in sections_of(body):
        annexes += section.role == "annex"
        name = {"plan": "", "annex": f"annex{annexes}"}.get(section.role, section.role)
        _Reader(outline, text, body[section.first : section.last], section, name).read()
    outline.blocks.sort(key=lambda block: block.start)
    return outline


# -- one section -----------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the clauses of one section. Front lines first, then numbered clauses, then closing and signature."""

    def __init__(self, outline: Outline, text: str, lines: list[Line], section: Section, prefix: str) -> None:
        self.outline, self.text, self.lines, self.role, self.prefix = (
            outline,
            text,
            lines,
            section.role,
            prefix,
        )
        self.root: Node | None = None
        self._frame: Node | None = None
        if section.role != "plan":
            style = "terms" if section.terms else ""
            self.root = outline.add(section.role, prefix, None, title=section.title, style=style)
        texts = [line.text for line in lines]
        self.listed = listed_annexes(texts)
        for i, label in enumerate(labels_of(texts)):
            lines[i].label = None if i in self.listed else label
        self._last_text = next(
            (i for i in range(len(lines) - 1, -1, -1) if texts[i][-1] in TERMINALS or lines[i].label), -1
        )
        self.law = sum(bool(line.label and line.label.of_law) for line in lines) >= 3
        self.headings = Headings(text, lines, law=self.law, terms=section.terms)
        self.stack: list[Node] = []
        self._places: dict[str, list[int]] = {}
        self._previous: dict[str, Node] = {}
        self._within: set[tuple[str, str]] = set()

    def read(self) -> None:
        """Read the section into the outline."""
        body = self._front()
        tail = self._tail(body)
        self._body(body, tail)
        frame = None
        for i in range(tail, len(self.lines)):
            frame = frame or self.outline.add("frame", self._key("foot"), self.root)
            self._block(i, frame, "frame")

    def _key(self, *parts: str) -> str:
        return ".".join(p for p in (self.prefix, *parts) if p)

    def _block(self, i: int, node: Node, role: Role, *, heading_end: int | None = None) -> None:
        line = self.lines[i]
        label = line.label.length if line.label and role in ("heading", "text") else 0
        end = line.start if heading_end is None else heading_end
        self.outline.blocks.append(Block(line.start, line.end, node, role, label, end))

    # -- the outer frame -----------------------------------------------------------------------------------------------

    def _front(self) -> int:
        """Title, document number, addressees; returns the index of the first line of the body."""
        title: list[str] = []
        i = 0
        while i < len(self.lines):
            line = self.lines[i]
            if line.label is not None or line.level > 1 or outline_pattern("apart").fullmatch(line.text):
                break
            opener = self.role == "annex" and i == 0 and line.text[-1] not in TERMINALS
            named = bool(line.titled) or (
                line.outer == "title" and len(line.text) > 3 and (self.role == "annex" or not title)
            )
            frame = line.is_frame or i in self.listed or (line.outer in _GREETS and self._more_text(i))
            if not (opener or frame or named or (line.outer == "title" and self.role != "annex")):
                break
            if not (line.titled or frame or self.role == "annex" or self._more_text(i)):
                break
            if title and not (line.titled or frame or self.role == "annex") and self.headings.stands_alone(i):
                break
            if self._frame is None:
                self._frame = self.outline.add("frame", self._key("frame"), self.root)
            title += [line.text] * (named and not opener)
            self._block(i, self._frame, "title" if named or opener else "frame")
            i += 1
        if title and self.root is not None:
            self.root.title = self.root.title or "".join(title)
        return i

    def _more_text(self, i: int) -> bool:
        return i < self._last_text

    def _tail(self, body: int) -> int:
        """Index of the first line of the signature and what follows it."""
        tail = len(self.lines)
        while tail > body and self._is_tail_line(tail - 1):
            tail -= 1
        return tail

    def _is_tail_line(self, i: int) -> bool:
        line = self.lines[i].text
        if self.lines[i].label is not None or self.lines[i].level or self.lines[i].table:
            return False
        if i in self.listed or (self.lines[i].is_frame and not is_note(line)):
            return True
        signature = len(line) <= 40 and line[-1] not in "；;：:！？…" and i + 1 < len(self.lines)
        if signature and line[-1] != "。":
            return True
        copies = any(before.outer == "copies" for before in self.lines[max(0, i - 2) : i])
        return copies and len(line) < 60

    # -- clauses -------------------------------------------------------------------------------------------------------

    def _body(self, first: int, last: int) -> None:
        closing = self._closing_start(first, last)
        headings = self.headings.find(first, last)
        alone = {i for i in headings if self.lines[i].label is None and headings[i] == self.lines[i].end}
        alone = {i for i in alone if self.headings.stands_alone(i)}
        for i in range(first, closing):
            self._places.setdefault(self._style(i, i in alone), []).append(i)
        preamble: Node | None = None
        for i in range(first, closing):
            line = self.lines[i]
            heading_end = headings.get(i)
            if line.label is not None or i in alone:
                node = self._clause(i, i in alone)
                if heading_end is not None:
                    node.title = self._title(line, heading_end)
                self._block(i, node, "heading" if heading_end == line.end else "text", heading_end=heading_end)
                continue
            self._leave_items()
            if not self.stack and preamble is None:
                preamble = self.outline.add("preamble", self._key("preamble"), self.root)
            owner = self.stack[-1] if self.stack else preamble
            if owner is not None:
                owner.plain += 1
                self._block(i, owner, "text", heading_end=heading_end)
        if closing < last:
            node = self.outline.add("closing", self._key("closing"), self.root)
            for i in range(closing, last):
                self._block(i, node, "text")

    def _style(self, i: int, alone: bool) -> str:
        label = self.lines[i].label
        if label is not None:
            return f"{label.style.name} {len(label.path)}" if label.path else label.style.name
        return f"line {self.lines[i].level}" if alone else ""

    def _clause(self, i: int, alone: bool) -> Node:
        """The clause that a line opens, put in its place among the open ones."""
        line, label = self.lines[i], self.lines[i].label
        style = self._style(i, alone)
        rank = label.rank if label else _UNNUMBERED
        value = label.value if label else 0
        at = next((k for k, node in enumerate(self.stack) if self._closes(node, style, line.level)), len(self.stack))
        closed = self.stack[at:]
        del self.stack[at:]
        if not closed:
            while self.stack and not self._inside(self.stack[-1], style, rank, line.level, i):
                closed.append(self.stack.pop())
        if alone and outline_pattern("apart").fullmatch(line.text):
            self.stack.clear()
        parent = self.stack[-1] if self.stack else self.root
        if parent is not None:
            self._within.add((parent.style, style))
        kind: ClauseKind = label.kind if label else "section"
        if self.law and label and any(n.style == "law article" for n in self.stack):
            kind = "item"
        above = parent.key if parent is not None else self.prefix
        name = str(value) if label else f"h{short_code(line.text)}"
        node = self.outline.add(
            kind,
            f"{above}.{name}" if above else name,
            parent,
            style=style,
            rank=rank,
            level=line.level,
            value=value,
            label=label.text.strip() if label else "",
        )
        self.outline.numbered += label is not None
        if label is not None:
            self._check_sequence(node, self._previous.get(style), label.text)
            self._previous[style] = node
        self.stack.append(node)
        return node

    @staticmethod
    def _closes(node: Node, style: str, level: int) -> bool:
        """Whether an open clause ends where one of this style and marked level begins."""
        if node.level and level:
            return node.level >= level
        return node.style == style

    def _inside(self, node: Node, style: str, rank: int, level: int, i: int) -> bool:
        """Whether a clause of a style that is not open yet stands inside an open clause."""
        if node.level and level:
            return level > node.level
        if outline_pattern("apart").fullmatch(node.title):
            return False
        if node.style == "law article" and not self.lines[i].label:
            return False
        if rank > node.rank:
            return True
        if "box" in (node.style, style) or node.rank < _HIGHEST_INSIDE:
            return False
        if (node.style, style) in self._within:
            return True
        label = self.lines[i].label
        following = self._next(node.style, i)
        if node.style.startswith("line"):  # numbers below an unnumbered heading start again below the next one
            again = self._next(style, following) if following is not None else None
            again_label = self.lines[again].label if again is not None else None
            return label is not None and label.value == 1 and (again_label is None or again_label.value == 1)
        after = self.lines[following].label if following is not None else None
        return after is not None and after.value == node.value + 1

    def _next(self, style: str, i: int) -> int | None:
        places = self._places.get(style, [])
        k = bisect_right(places, i)
        return places[k] if k < len(places) else None

    def _leave_items(self) -> None:
        """An unnumbered paragraph stands in no item (一是), and behind the items of a box in the section around it."""
        while self.stack and self.stack[-1].style == "enumerated":
            self.stack.pop()
        at = next((k for k, node in enumerate(self.stack) if node.style == "box"), None)
        if at is not None and len(self.stack) > at + 1:
            items = [n for n in self.outline.nodes if n.parent is self.stack[at]]
            if not any(n.plain for n in items) and not self.stack[at].plain:
                del self.stack[at:]

    def _check_sequence(self, node: Node, before: Node | None, printed: str) -> None:
        last = before.value if before is not None else 0
        excerpt = self.outline.numbered == 1  # the first number of all tells where an excerpt begins
        if node.value not in (last + 1, 1) and not (node.value == last and "之" in printed) and not excerpt:
            said = told("remark", "numbering-gap" if last else "numbering-gap.first", printed=printed, last=last)
            self.outline.gaps.append((said, len(self.outline.blocks)))

    def _title(self, line: Line, heading_end: int) -> str:
        return self.text[line.start + line.number : heading_end].strip().rstrip("。：:")

    def _closing_start(self, first: int, last: int) -> int:
        """Index of the first closing paragraph: unnumbered, after a clause that has its text, speaking of the plan as a whole."""
        numbered = [i for i in range(first, last) if self.lines[i].label is not None]
        if not numbered or self.law:
            return last
        i = last
        while i - 1 > numbered[-1] and self.lines[i - 1].label is None and not self.lines[i - 1].level:
            i -= 1
        if not self.headings.own_text(numbered[-1]):
            i += 1
        while i < last:
            line = self.lines[i].text
            if outline_pattern("closing_openings").match(line) and (
                outline_pattern("self_names").search(line) or i == last - 1
            ):
                return i
            if outline_pattern("self_names").search(line) and i > numbered[-1] + 1:
                return i
            i += 1
        return last
