"""One grammar of outline numbering: 第二篇, 第三章, 第十五条之一, 一、, （一）, 1．, 1.1.2, （1）, ①, 一是, 专栏1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.parts import ClauseKind
from .numerals import ORDINAL, chinese, whole

CN = f"[{ORDINAL}]"
"""One character of a clause's number, for a pattern."""


@dataclass(frozen=True, slots=True)
class Style:
    """A numbering style: how it looks, how high it stands in an outline (1 is highest), what its clauses are called.

    `one` is the character that stands for one where a style has a character of its own for each number (①).
    """

    name: str
    rank: int
    kind: ClauseKind
    pattern: re.Pattern[str]
    one: str = ""


STYLES = (
    Style("book part", 10, "part", re.compile(rf"第({CN}{{1,6}}|\d{{1,3}})(?:[篇编]|部分)")),
    Style("chapter", 20, "chapter", re.compile(rf"第({CN}{{1,6}}|\d{{1,3}})章")),
    Style("section", 30, "section", re.compile(rf"第({CN}{{1,6}}|\d{{1,3}})节")),
    Style("law article", 40, "article", re.compile(rf"第({CN}{{1,6}}|\d{{1,4}})条(?:之{CN}{{1,3}})?")),
    Style("part", 50, "part", re.compile(rf"({CN}{{1,4}})[、．.](?!{CN}、)")),
    Style("article", 60, "article", re.compile(rf"（?\s?({CN}{{1,4}})\s?）")),
    Style("article", 60, "article", re.compile("([㈠-㈩])"), "㈠"),
    Style("box", 65, "box", re.compile(rf"【?专栏\s?(\d{{1,3}}|{CN}{{1,3}})[】：:]?")),
    Style("decimal", 50, "part", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:\s+|[.．、](?!\d))")),
    Style("measure", 70, "measure", re.compile(r"(\d{1,3})\s?(?:[．、]|\.(?!\d)|\.(?=(?:19|20)\d\d年))")),
    Style("measure", 70, "measure", re.compile("([⒈-⒛])"), "⒈"),
    Style("item", 80, "item", re.compile(r"（?\s?(\d{1,3})\s?）")),
    Style("item", 80, "item", re.compile("([⑴-⒇])"), "⑴"),
    Style("note", 80, "item", re.compile(r"[\[［〔](\d{1,3})[\]］〕]")),
    Style("circled", 90, "item", re.compile("([①-⑳])"), "①"),
    Style("enumerated", 95, "item", re.compile(rf"({CN}{{1,3}})是")),
)
_OPENING = re.compile(rf"[第（\d\[［〔【专㈠-㈩⒈-⒛⑴-⒇①-⑳{ORDINAL}]")
"""What any number may begin with."""
_TIGHT = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\s*(?=[\u4e00-\u9fff“《])")
_MAJOR = re.compile(r"(\d{1,2})(?:\s+|[.．、]\s*)(?=[\u4e00-\u9fff“《])")
_BEFORE_QUANTITY = re.compile(r"(\d{1,3})\.(?=\d{1,4}(?![万亿千百多])[\u4e00-\u9fff])")
_MEASURE = next(s for s in STYLES if s.name == "measure")
_DECIMAL_KINDS: tuple[ClauseKind, ...] = ("part", "article", "measure")
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Label:
    """The number at the head of a paragraph as printed, its style and value; `path` holds all numbers of a decimal (1.1.2)."""

    style: Style
    value: int
    text: str
    path: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """How many characters the label takes."""
        return len(self.text)

    @property
    def rank(self) -> int:
        """How high its clause stands; 1.1 stands right below 1."""
        return self.style.rank + max(0, len(self.path) - 1)

    @property
    def kind(self) -> ClauseKind:
        """What its clause is called."""
        return _DECIMAL_KINDS[min(len(self.path), 3) - 1] if self.path else self.style.kind

    @property
    def of_law(self) -> bool:
        """Whether it numbers an article of a law."""
        return self.style.name == "law article"


def label_of(paragraph: str) -> Label | None:
    """The numbering label at the start of a paragraph, or None.

    >>> label_of("（四）推进政府机构职能优化").value, label_of("1.2 工作原则").path
    (4, (1, 2))
    >>> label_of("2022年年底前") is None
    True
    """
    if not _OPENING.match(paragraph):
        return None
    for style in STYLES:
        match = style.pattern.match(paragraph)
        if match:
            if style.name == "decimal":
                return _decimal(match)
            value = ord(match[1]) - ord(style.one) + 1 if style.one else whole(match[1])
            return Label(style, value or 0, match.group())
    return None


def _decimal(match: re.Match[str]) -> Label:
    path = tuple(int(part) for part in match[1].split("."))
    style = next(s for s in STYLES if s.name == "decimal")
    return Label(style, path[-1], match.group(), path)


def labels_of(lines: Sequence[str]) -> list[Label | None]:
    """The labels of the paragraphs of one document, which tell more than each for itself.

    Decimals count where they follow one another, so that a quantity at the head of a line is none; with them 1 and 2 alone are
    their chapters. A paragraph that goes on with 二是 is not the item 一是.

    >>> [label and label.text for label in labels_of(["1 总则", "1.1 目的", "1.2 原则", "1.5万家企业", "一是建账；二是公开。"])]
    ['1 ', '1.1 ', '1.2 ', None, None]
    """
    labels = [label_of(line) for line in lines]
    _count_on(lines, labels)
    tight = [m and _decimal(m) for m in map(_TIGHT.match, lines)]
    spaced = [label if label and label.path else None for label in labels]
    accepted = _chained(spaced, fewest=2) or _chained(tight, fewest=4)
    majors = {label.path[0] for label in accepted.values()}
    for i, line in enumerate(lines):
        label, major = labels[i], _MAJOR.match(line)
        if i in accepted or (label and label.path):
            labels[i] = accepted.get(i)
        elif major and int(major[1]) in majors:
            labels[i] = _decimal(major)
        elif label and label.style.name == "enumerated" and chinese(label.value + 1) + "是" in line:
            labels[i] = None
    return labels


def _count_on(lines: Sequence[str], labels: list[Label | None]) -> None:
    """A number before a quantity (6.5个项目) counts where it goes on from the one before it."""
    last = 0
    for i, line in enumerate(lines):
        label = labels[i]
        if label is not None and label.style.name == "measure":
            last = label.value
        elif (match := _BEFORE_QUANTITY.match(line)) and int(match[1]) == last + 1 > 1:
            last += 1
            labels[i] = Label(_MEASURE, last, match.group())


def _chained(labels: Sequence[Label | None], *, fewest: int) -> dict[int, Label]:
    """The decimals by place, where most of them go on from the one before; else none."""
    found = {i: label for i, label in enumerate(labels) if label}
    steps = 0
    before: tuple[int, ...] = (0,)
    held = {}
    for i, label in found.items():
        if _goes_on(before, label.path):
            steps += 1
            held[i] = label
            before = label.path
    return held if steps >= fewest and steps >= _SURE * len(found) else {}


def _goes_on(before: tuple[int, ...], path: tuple[int, ...]) -> bool:
    """Whether a decimal number may follow another: 1.1 → 1.2, 1.1.1, 2.1."""
    shared = next((k for k, (a, b) in enumerate(zip(before, path, strict=False)) if a != b), None)
    if shared is None:
        return len(path) > len(before) and set(path[len(before) :]) == {1}
    return path[shared] == before[shared] + 1 and set(path[shared + 1 :]) <= {1}
