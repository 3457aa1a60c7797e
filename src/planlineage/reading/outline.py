"""The outline of a document: which paragraph belongs to which clause, and what is heading, text or outer frame.

Works on the clean reading. First the sections (a notice, the plan it passes on, annexes), then inside each the numbering,
then the headings: a clause's first sentence is its heading where the clauses beside it are built the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ..model.plan import ClauseKind
from .lexicon import lexicon
from .numbering import Label, label_of
from .segment import Stretch, sentences

MAX_HEADING = 45
"""No run-in heading seen in 30 real plans is longer; longer first sentences are tasks themselves."""

Role = Literal["heading", "text", "title", "frame", "table"]
_TERMINALS = "。！？；;：:…"
_DATE_LINE = re.compile(r"[（(]?[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?")
_ISSUED_LINE = re.compile(r".{0,40}\d{4}年\d{1,2}月\d{1,2}日\s*(印发|施行|公布|发布|起施行)")
_ADOPTED_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,60}(通过|公布|批准|施行|发布|修订|修正)")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}(?:令)?[〔\[（(]\s?\d{4}\s?[〕\]）)]\s?\d{1,5}号|.{0,20}令?第\s?\d{1,4}\s?号")
_BRACKETED = re.compile(r"[（(][^（）()]{2,40}[）)]")
_ANNEX_MARK = re.compile(r"附件\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?")
_ANNEX_LIST = re.compile(r"附件[\d一二三]?[：:].+")
_COPIES = re.compile(r"(抄送|主送|抄报)[：:].*")
_ISSUER_MARK = re.compile(r"(?!.*(关于|规范性))[\u4e00-\u9fff]{4,30}文件")


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
    start: int = 0
    end: int = 0
    has_text: bool = False


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


def is_table_line(line: str) -> bool:
    """Whether a line is a table row in plain text: cells set apart by tabs or ` | `."""
    return "\t" in line or " | " in line


@cache
def _type_words() -> re.Pattern[str]:
    words = "|".join(lexicon("outline")["document_types"]["words"])
    return re.compile(rf"({words})(（[^（）]{{1,20}}）){{0,2}}$")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("outline")[name]["pattern"])


def read_outline(text: str, stretches: Sequence[Stretch]) -> Outline:
    """Place every paragraph of a clean text in the document's outline. `stretches` are its paragraphs outside tables."""
    outline = Outline()
    lines = [text[s.start : s.end] for s in stretches]
    sections = _sections(lines)
    for index, (first, last, role) in enumerate(sections):
        name = role if role != "annex" else f"annex{sum(r == 'annex' for _, _, r in sections[: index + 1])}"
        _Section(outline, text, list(stretches[first:last]), lines[first:last], role, name).read()
    for node in outline.nodes:
        node.start = min((b.start for b in outline.blocks if b.node is node), default=node.start)
    return outline


# -- sections ------------------------------------------------------------------------------------------------------------


def _sections(lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Cut the lines into (first, last, role): a notice before the plan it issues, the plan, its annexes."""
    cuts: list[tuple[int, str]] = [(0, "plan")]
    seen_text = False
    for i, line in enumerate(lines):
        if _ANNEX_MARK.fullmatch(line) and i > 0:
            cuts.append((i, "annex"))
            seen_text = False
        elif seen_text and cuts[-1][1] == "plan" and _opens_issued_plan(lines, i):
            cuts[-1] = (cuts[-1][0], "notice")
            cuts.append((i, "plan"))
            seen_text = False
        elif line[-1] in _TERMINALS:
            seen_text = True
    ends = [start for start, _ in cuts[1:]] + [len(lines)]
    return [(start, end, role) for (start, role), end in zip(cuts, ends, strict=True) if end > start]


def _opens_issued_plan(lines: Sequence[str], i: int) -> bool:
    """Whether line i is the title of a plan that the lines before it pass on."""
    line = lines[i]
    if not _is_title_like(line):
        return False
    joined = line if _type_words().search(line) else "".join(lines[i : i + 3])
    if not _type_words().search(joined) and not _type_words().search(line):
        return False
    before = lines[max(0, i - 4) : i]
    passed_on = any(word in b for b in lines[max(0, i - 12) : i] for word in lexicon("outline")["transmittal"]["words"])
    after_frame = bool(before) and _is_frame_line(before[-1])
    after_text = bool(before) and before[-1][-1] in _TERMINALS
    return passed_on and (after_frame or after_text)


def _is_title_like(line: str) -> bool:
    return (
        4 <= len(line) <= 60
        and line[-1] not in _TERMINALS
        and label_of(line) is None
        and not is_table_line(line)
        and not _is_frame_line(line)
    )


def _is_frame_line(line: str) -> bool:
    """Dates, numbers, notes, copy lists: the outer frame of an official document (GB/T 9704)."""
    patterns = (_DATE_LINE, _DOCUMENT_NUMBER, _ANNEX_LIST, _COPIES, _ISSUER_MARK)
    if any(p.fullmatch(line) for p in patterns):
        return True
    if _ISSUED_LINE.fullmatch(line) or (len(line) < 80 and _ADOPTED_LINE.fullmatch(line)):
        return True
    return bool(_BRACKETED.fullmatch(line)) and label_of(line) is None


# -- one section -----------------------------------------------------------------------------------------------------------


class _Section:
    """Reads the clauses of one section. Front lines first, then numbered clauses, then closing and signature."""

    def __init__(
        self, outline: Outline, text: str, stretches: list[Stretch], lines: list[str], role: str, name: str
    ) -> None:
        self.outline, self.text, self.stretches, self.lines, self.role = outline, text, stretches, lines, role
        self.prefix = "" if role == "plan" else name
        self.root: Node | None = None
        if self.prefix:
            kind: ClauseKind = "notice" if role == "notice" else "annex"
            self.root = self._node(kind, self.prefix, None)
        self.labels: list[Label | None] = [label_of(line) for line in lines]
        self.law = sum(bool(lab and lab.style.name == "law article") for lab in self.labels) >= 3

    def read(self) -> None:
        """Read the section into the outline."""
        body = self._front()
        tail = self._tail(body)
        self._body(body, tail)
        frame = None
        for i in range(tail, len(self.lines)):
            frame = frame or self._node("frame", self._key("foot"), self.root)
            self._block(i, frame, "frame")

    def _key(self, *parts: str) -> str:
        return ".".join(p for p in (self.prefix, *parts) if p)

    def _node(self, kind: ClauseKind, key: str, parent: Node | None, **extra: object) -> Node:
        taken = {n.key for n in self.outline.nodes}
        unique, n = key, 2
        while unique in taken:
            unique, n = f"{key}~{n}", n + 1
        node = Node(kind, unique, parent, **extra)  # type: ignore[arg-type]
        self.outline.nodes.append(node)
        return node

    def _frame_node(self) -> Node:
        key = self._key("frame")
        return next((n for n in self.outline.nodes if n.key == key), None) or self._node("frame", key, self.root)

    def _block(self, i: int, node: Node, role: Role, *, label: int = 0, heading_end: int | None = None) -> Block:
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
            if not (_is_title_like(line) or _is_frame_line(line) or addressee or _ANNEX_MARK.fullmatch(line)):
                break
            if _is_title_like(line):
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

    def _more_text(self, i: int) -> bool:
        return any(line[-1] in _TERMINALS or label for line, label in zip(self.lines[i + 1 :], self.labels[i + 1 :], strict=True))

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
        if _is_frame_line(line):
            return True
        signature = len(line) <= 40 and line[-1] not in "；;：:！？…" and i + 1 < len(self.lines)
        if signature and line[-1] != "。":
            return True
        copies = any(_COPIES.fullmatch(before) for before in self.lines[max(0, i - 2) : i])
        return copies and len(line) < 60

    # -- numbered clauses ------------------------------------------------------------------------------------------

    def _body(self, first: int, last: int) -> None:
        closing = self._closing_start(first, last)
        stack: list[Node] = []
        preamble: Node | None = None
        previous: dict[str, int] = {}
        headings = self._headings(first, last)
        for i in range(first, closing):
            label = self.labels[i]
            if label is None:
                if not stack and preamble is None:
                    preamble = self._node("preamble", self._key("preamble"), self.root)
                node = stack[-1] if stack else preamble
                assert node is not None
                node.has_text = True
                self._block(i, node, "text", heading_end=headings.get(i))
                continue
            while stack and stack[-1].rank >= label.style.rank:
                stack.pop()
            parent = stack[-1] if stack else self.root
            node = self._numbered(label, parent, i)
            stack.append(node)
            self._check_sequence(label, node, previous)
            heading_end = headings.get(i)
            if heading_end is not None:
                node.title = self._title(i, heading_end)
            node.has_text = heading_end is None or heading_end < self.stretches[i].end
            role: Role = "heading" if heading_end == self.stretches[i].end else "text"
            self._block(i, node, role, label=label.length, heading_end=heading_end)
        if closing < last:
            node = self._node("closing", self._key("closing"), self.root)
            for i in range(closing, last):
                self._block(i, node, "text")

    def _numbered(self, label: Label, parent: Node | None, i: int) -> Node:
        kind = label.style.kind
        if self.law and label.style.rank > 3:
            kind = "item"
        above = parent.key if parent is not None else self.prefix
        key = f"{above}.{label.value}" if above else str(label.value)
        self.outline.numbered += 1
        return self._node(kind, key, parent, rank=label.style.rank, label=label.text.strip(), value=label.value)

    def _check_sequence(self, label: Label, node: Node, previous: dict[str, int]) -> None:
        last = previous.get(label.style.name, 0)
        if label.value not in (last + 1, 1):
            self.outline.gaps.append((f"{label.text} follows {last}" if last else f"numbering begins at {label.text}", len(self.outline.blocks)))
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
        if not self._own_text(numbered[-1]):
            i += 1
        while i < last:
            line = self.lines[i]
            if _pattern("closing_openings").match(line) and (_pattern("self_names").search(line) or i == last - 1):
                return i
            if _pattern("self_names").search(line) and i > numbered[-1] + 1:
                return i
            i += 1
        return last

    def _own_text(self, i: int) -> bool:
        """Whether a numbered paragraph holds text after its heading."""
        return len(sentences(self.lines[i], pieces=False)) > 1 or len(self.lines[i]) > MAX_HEADING

    # -- headings ----------------------------------------------------------------------------------------------------

    def _headings(self, first: int, last: int) -> dict[int, int]:
        """For each paragraph that has a heading: the clean offset where it ends."""
        found: dict[int, int] = {}
        run_in: dict[int, int] = {}
        for i in range(first, last):
            label = self.labels[i]
            if label is None or (self.law and label.style.rank > 2):
                continue
            end = self._whole_line_heading(i, last)
            if end is not None:
                found[i] = end
                continue
            end = self._run_in(i, label.length)
            if end is not None:
                run_in[i] = end
        found.update(self._agreed(run_in, first, last))
        found.update(self._unnumbered(found, first, last))
        return found

    def _whole_line_heading(self, i: int, last: int) -> int | None:
        line, label = self.lines[i], self.labels[i]
        assert label is not None
        body = line[label.length :].strip()
        if not body or len(body) > (2 * MAX_HEADING if label.style.rank <= 4 else MAX_HEADING) or body[-1] in "；;：:":
            return None
        stretch = self.stretches[i]
        following = self.labels[i + 1] if i + 1 < last else None
        leads_on = i + 1 < last and (following is None or following.style.rank > label.style.rank)
        if "。" in body[:-1]:
            return None
        if body[-1] == "。":
            return stretch.end if leads_on and not self._is_closing_line(i + 1) else None
        return stretch.end if leads_on or label.style.rank <= 4 else None

    def _is_closing_line(self, i: int) -> bool:
        return bool(_pattern("self_names").search(self.lines[i]) and _pattern("closing_openings").match(self.lines[i]))

    def _run_in(self, i: int, label: int) -> int | None:
        """Where a run-in heading would end: a short first sentence with more text behind it."""
        stretch = self.stretches[i]
        cut = sentences(self.text, stretch.start + label, stretch.end)
        if len(cut) < 2:
            return None
        first = self.text[cut[0].start : cut[0].end]
        if len(first) > MAX_HEADING or first[-1] not in "。：" or "（" in first[-12:] and first.endswith("）。"):
            return None
        return cut[0].end

    def _agreed(self, run_in: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings count where most clauses of the same style in the section have one."""
        counted: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for i in range(first, last):
            label = self.labels[i]
            if label is not None and self._own_text(i):
                total[label.style.name] += 1
                counted[label.style.name] += i in run_in
        agreed = {}
        for i, end in run_in.items():
            label = self.labels[i]
            assert label is not None
            if counted[label.style.name] * 2 > total[label.style.name]:
                agreed[i] = end
        return agreed

    def _unnumbered(self, found: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings of unnumbered paragraphs that stand side by side right below a heading."""
        extra: dict[int, int] = {}
        i = first
        while i < last:
            if found.get(i) != self.stretches[i].end:
                i += 1
                continue
            group: list[int] = []
            j = i + 1
            while j < last and self.labels[j] is None and not is_table_line(self.lines[j]):
                group.append(j)
                j += 1
            if j < last and self._is_deeper(i, j):
                group = []
            ends = {g: end for g in group if (end := self._run_in(g, 0)) is not None}
            if len(ends) >= 2 and len(ends) * 5 >= len(group) * 3:
                extra.update(ends)
            i = j
        return extra

    def _is_deeper(self, i: int, j: int) -> bool:
        above, below = self.labels[i], self.labels[j]
        return above is not None and below is not None and below.style.rank > above.style.rank


