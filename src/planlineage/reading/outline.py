"""The outline of a document: which paragraph belongs to which clause, and what is heading, text or outer frame.

Works on the clean reading. First the sections (a notice, the plan it passes on, annexes), then inside each the numbering,
then the headings: a clause's first sentence is its heading where the clauses beside it are built the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model.plan import ClauseKind
from .headings import Headings
from .names import Names
from .numbering import Label, labels_of
from .sections import (
    ANNEX_MARK,
    COPIES,
    TERMINALS,
    is_frame_line,
    is_table_line,
    is_title_like,
    listed_annexes,
    outline_pattern,
    sections_of,
)
from .segment import Stretch

Role = Literal["heading", "text", "title", "frame", "table"]


@dataclass(slots=True)
class Node:
    """A clause under construction; `key` is its path of numbers, `heading` the clean offsets of its title."""

    kind: ClauseKind
    key: str
    parent: Node | None
    rank: int = 0
    label: str = ""
    value: int = 0
    title: str = ""
    of_law: bool = False


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
    title: str = ""
    numbered: int = 0
    gaps: list[tuple[str, int]] = field(default_factory=list)
    names: Names = field(default_factory=Names)

    def add(self, kind: ClauseKind, key: str, parent: Node | None, **extra: Any) -> Node:
        """A new clause, under a key that no other has."""
        node = Node(kind, self.names.claim(key), parent, **extra)
        self.nodes.append(node)
        return node


def read_outline(text: str, stretches: Sequence[Stretch]) -> Outline:
    """Place every paragraph of a clean text in the document's outline. `stretches` are its paragraphs outside tables."""
    outline = Outline()
    lines = [text[s.start : s.end] for s in stretches]
    sections = sections_of(lines)
    for index, (first, last, role) in enumerate(sections):
        name = role if role != "annex" else f"annex{sum(r == 'annex' for _, _, r in sections[: index + 1])}"
        _Section(outline, text, list(stretches[first:last]), lines[first:last], role, name).read()
    return outline


# -- one section -----------------------------------------------------------------------------------------------------------


class _Section:
    """Reads the clauses of one section. Front lines first, then numbered clauses, then closing and signature."""

    def __init__(
        self, outline: Outline, text: str, stretches: list[Stretch], lines: list[str], role: str, name: str
    ) -> None:
        self.outline, self.text, self.stretches, self.lines, self.role = outline, text, stretches, lines, role
        self.prefix = "" if role == "plan" else name
        self.root: Node | None = None
        self._frame: Node | None = None
        if self.prefix:
            kind: ClauseKind = "notice" if role == "notice" else "annex"
            self.root = self.outline.add(kind, self.prefix, None)
        self.listed = listed_annexes(lines)
        self.labels: list[Label | None] = [
            None if i in self.listed else label for i, label in enumerate(labels_of(lines))
        ]
        texts = (i for i in range(len(lines) - 1, -1, -1) if lines[i][-1] in TERMINALS or self.labels[i])
        self._last_text = next(texts, -1)
        self.law = sum(bool(label and label.of_law) for label in self.labels) >= 3
        self.headings = Headings(text, stretches, lines, self.labels, self.law)

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

    def _frame_node(self) -> Node:
        if self._frame is None:
            self._frame = self.outline.add("frame", self._key("frame"), self.root)
        return self._frame

    def _block(
        self, i: int, node: Node, role: Role, *, label: int = 0, heading_end: int | None = None
    ) -> Block:
        s = self.stretches[i]
        block = Block(s.start, s.end, node, role, label, s.start if heading_end is None else heading_end)
        self.outline.blocks.append(block)
        return block

    def _front(self) -> int:
        """Title, document number, addressees; returns the index of the first line of the body."""
        title: list[str] = []
        i = 0
        while i < len(self.lines):
            line, label = self.lines[i], self.labels[i]
            if label is not None or is_table_line(line):
                break
            addressee = line[-1] in "：:" and len(line) < 160 and "。" not in line and self._more_text(i)
            if not (is_title_like(line) or self._is_frame(i) or addressee or ANNEX_MARK.fullmatch(line)):
                break
            if is_title_like(line):
                if self.role != "annex" and not self._more_text(i):
                    break
                title.append(line)
                self._block(i, self._frame_node(), "title")
            else:
                self._block(i, self._frame_node(), "frame")
            i += 1
        if title and self.root is not None:
            self.root.title = "".join(title)
        if title and self.role == "plan":
            self.outline.title = "".join(title)
        return i

    def _is_frame(self, i: int) -> bool:
        return i in self.listed or is_frame_line(self.lines[i])

    def _more_text(self, i: int) -> bool:
        return i < self._last_text

    def _tail(self, body: int) -> int:
        """Index of the first line of the signature and what follows it."""
        tail = len(self.lines)
        while tail > body and self._is_tail_line(tail - 1):
            tail -= 1
        return tail

    def _is_tail_line(self, i: int) -> bool:
        line = self.lines[i]
        if self.labels[i] is not None or is_table_line(line):
            return False
        if self._is_frame(i):
            return True
        signature = len(line) <= 40 and line[-1] not in "；;：:！？…" and i + 1 < len(self.lines)
        if signature and line[-1] != "。":
            return True
        copies = any(COPIES.fullmatch(before) for before in self.lines[max(0, i - 2) : i])
        return copies and len(line) < 60

    # -- numbered clauses ------------------------------------------------------------------------------------------

    def _body(self, first: int, last: int) -> None:
        closing = self._closing_start(first, last)
        stack: list[Node] = []
        preamble: Node | None = None
        previous: dict[str, int] = {}
        headings = self.headings.find(first, last)
        for i in range(first, closing):
            label = self.labels[i]
            if label is None:
                if not stack and preamble is None:
                    preamble = self.outline.add("preamble", self._key("preamble"), self.root)
                node = stack[-1] if stack else preamble
                assert node is not None
                self._block(i, node, "text", heading_end=headings.get(i))
                continue
            while stack and stack[-1].rank >= label.rank:
                stack.pop()
            parent = stack[-1] if stack else self.root
            node = self._numbered(label, parent)
            stack.append(node)
            self._check_sequence(label, previous)
            heading_end = headings.get(i)
            if heading_end is not None:
                node.title = self._title(i, heading_end)
            role: Role = "heading" if heading_end == self.stretches[i].end else "text"
            self._block(i, node, role, label=label.length, heading_end=heading_end)
        if closing < last:
            node = self.outline.add("closing", self._key("closing"), self.root)
            for i in range(closing, last):
                self._block(i, node, "text")

    def _numbered(self, label: Label, parent: Node | None) -> Node:
        kind = label.kind
        if self.law and label.rank > 40:
            kind = "item"
        above = parent.key if parent is not None else self.prefix
        key = f"{above}.{label.value}" if above else str(label.value)
        self.outline.numbered += 1
        return self.outline.add(
            kind,
            key,
            parent,
            rank=label.rank,
            label=label.text.strip(),
            value=label.value,
            of_law=label.of_law,
        )

    def _check_sequence(self, label: Label, previous: dict[str, int]) -> None:
        last = previous.get(label.style.name, 0)
        if label.value not in (last + 1, 1):
            message = f"{label.text} follows {last}" if last else f"numbering begins at {label.text}"
            self.outline.gaps.append((message, len(self.outline.blocks)))
        previous[label.style.name] = label.value

    def _title(self, i: int, heading_end: int) -> str:
        label = self.labels[i]
        start = self.stretches[i].start + (label.length if label else 0)
        return self.text[start:heading_end].strip().rstrip("。：:")

    def _closing_start(self, first: int, last: int) -> int:
        """Index of the first closing paragraph: unnumbered, after a clause that has its text, speaking of the plan as a whole."""
        numbered = [i for i in range(first, last) if self.labels[i] is not None]
        if not numbered or self.law:
            return last
        i = last
        while i - 1 > numbered[-1] and self.labels[i - 1] is None and not is_table_line(self.lines[i - 1]):
            i -= 1
        if not self.headings.own_text(numbered[-1]):
            i += 1
        while i < last:
            line = self.lines[i]
            if outline_pattern("closing_openings").match(line) and (
                outline_pattern("self_names").search(line) or i == last - 1
            ):
                return i
            if outline_pattern("self_names").search(line) and i > numbered[-1] + 1:
                return i
            i += 1
        return last
