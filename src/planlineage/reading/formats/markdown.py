"""Markdown: its signs are told from the text, so that they never reach the clean reading, and what they say is kept.

The source text stays as it is. Signs are stretches that cleaning takes out; marks say where a heading, a bold run, a list of
contents, a footnote or a picture stands; the front matter gives facts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from .values import Extracted, Mark

_FRONT = re.compile(r"\s*-{3,}[ \t]*\n((?:[^\n]*\n){0,40}?)-{3,}[ \t]*(?:\n|$)")
_FACT = re.compile(r"(title|source|date|author|number|issuer)[ \t]*:[ \t]*([^\n]*\S)", re.IGNORECASE)
_FACTS = {"date": "published", "author": "issuer"}
_EVIDENCE = re.compile(
    r"^#{1,6}[ \t]+\S|\*\*[^*\n]{1,400}\*\*|!\[[^\]\n]{0,200}\]\(|^<details>|^\[\^[^\]\s]{1,20}\]:|^\|(?:\s*:?-{3,}:?\s*\|)+",
    re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.{0,4000}?-->", re.DOTALL)
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]+(?=\S)", re.MULTILINE)
_SIGNS = (
    re.compile(r"^[ ]{0,3}(?:>[ \t]?)+", re.MULTILINE),
    re.compile(r"^[ \t]*[-*+][ \t]+(?=[^\s\d]|\d+[^\d\s-])", re.MULTILINE),
    re.compile(r"^[ ]{0,3}(?:-[ \t]*){3,}$|^[ ]{0,3}(?:\*[ \t]*){3,}$|^[ ]{0,3}`{3}[^\n`]{0,40}$", re.MULTILINE),
    re.compile(r"\[\^[^\]\s]{1,20}\](?!:)"),
    re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!~>|])"),
    re.compile(r"(?<=\S)[ \t]+#+[ \t]*$", re.MULTILINE),
)
_NOTE = re.compile(r"^[ ]{0,3}(\[\^[^\]\s]{1,20}\]:)([^\n]*)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)")
_LINK = re.compile(r"(?<!!)(\[)[^\]\n]{1,200}(\]\((?:https?:|/|\.|#|mailto:)[^)\n]{0,400}\))")
_STARS = re.compile(r"(?<!\\)\*{2,}")
_CONTENTS = re.compile(
    r"<details>\s{0,4}<summary>([^<\n]{0,10}目\s{0,4}录[^<\n]{0,10}</summary>.{0,60000}?)(?:</?details>|^[ ]{0,3}#{1,6}[ \t]|\Z)",
    re.DOTALL | re.MULTILINE,
)


def read_markdown(plain: Extracted) -> Extracted:
    """The text itself, with signs, marks and facts where it is Markdown; unchanged where it is not.

    >>> read = read_markdown(Extracted("## 一、总则\\n**加强领导。**落实责任。", "utf-8"))
    >>> [(mark.kind, mark.level, mark.start, mark.end) for mark in read.marks], read.signs
    ([('heading', 2, 3, 7), ('bold', 0, 10, 15)], ((0, 3), (8, 10), (15, 17)))
    """
    text = plain.text
    front = _FRONT.match(text)
    facts = {m[1].lower(): m[2] for m in _FACT.finditer(front[1])} if front else {}
    if not facts and not _EVIDENCE.search(text):
        return plain
    reader = _Reader(text, front.end() if front and facts else 0)
    return dataclasses.replace(
        plain,
        encoding=f"markdown+{plain.encoding}",
        facts={_FACTS.get(name, name): value for name, value in facts.items()},
        signs=tuple(sorted(reader.signs)),
        marks=tuple(sorted(reader.marks, key=lambda mark: (mark.start, -mark.end))),
    )


class _Reader:
    """Finds signs and marks; a stretch once taken is not a sign of anything else."""

    def __init__(self, text: str, begin: int) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.signs: list[tuple[int, int]] = []
        self.marks: list[Mark] = []
        if begin:
            self._take_lines(0, begin)
        for match in _COMMENT.finditer(text, begin):
            self._take_lines(*match.span())
        for match in _PICTURE.finditer(text, begin):
            self.marks.append(Mark("picture", *match.span()))
            self._take(*match.span())
        for match in _HEADING.finditer(text, begin):
            end = text.find("\n", match.end())
            self.marks.append(Mark("heading", match.end(), len(text) if end < 0 else end, len(match[1])))
            self._take(*match.span())
        for match in _LINK.finditer(text, begin):
            self._take(*match.span(1))
            self._take(*match.span(2))
        for match in _NOTE.finditer(text, begin):
            self.marks.append(Mark("note", *match.span(2)))
            self._take(*match.span(1))
        for pattern in _SIGNS:
            for match in pattern.finditer(text, begin):
                self._take(*match.span())
        self.marks += self._bold(begin)
        self.marks += (Mark("contents", *match.span(1)) for match in _CONTENTS.finditer(text, begin))

    def _take(self, start: int, end: int) -> None:
        if end > start and not any(self.taken[start:end]):
            self.taken[start:end] = b"\1" * (end - start)
            self.signs.append((start, end))

    def _take_lines(self, start: int, end: int) -> None:
        for match in re.compile(r"\S[^\n]*").finditer(self.text, start, end):
            self._take(*match.span())

    def _bold(self, begin: int) -> Iterator[Mark]:
        """Bold runs: each sign closes the one before it in its line, else opens one."""
        opened = line = -1
        for match in _STARS.finditer(self.text, begin):
            self._take(*match.span())
            at = self.text.rfind("\n", 0, match.start())
            if opened >= 0 and at == line:
                yield Mark("bold", opened, match.start())
                opened = -1
            else:
                opened, line = match.end(), at
