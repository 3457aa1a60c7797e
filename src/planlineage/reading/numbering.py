"""Chinese outline numbering: 第三章, 第十五条, 一、, （一）, 1．, （1）, ① — recognised, ranked and turned into numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model.plan import ClauseKind

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CN = "[一二三四五六七八九十百零〇]"


def chinese_number(text: str) -> int:
    """The value of a Chinese or Arabic numeral below one thousand.

    >>> [chinese_number(n) for n in ("十", "三十五", "一百零二", "68")]
    [10, 35, 102, 68]
    """
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total += (digit or 1) * 100
            digit = 0
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@dataclass(frozen=True, slots=True)
class Style:
    """A numbering style: how it looks, how high it stands in an outline (1 is highest), what its clauses are called."""

    name: str
    rank: int
    kind: ClauseKind
    pattern: re.Pattern[str]


STYLES = (
    Style("chapter", 1, "chapter", re.compile(rf"第({_CN}{{1,6}}|\d{{1,3}})[编章]")),
    Style("section", 2, "section", re.compile(rf"第({_CN}{{1,6}}|\d{{1,3}})节")),
    Style("law article", 3, "article", re.compile(rf"第({_CN}{{1,6}}|\d{{1,4}})条")),
    Style("part", 4, "part", re.compile(rf"({_CN}{{1,4}})[、．.](?!{_CN}、)")),
    Style("article", 5, "article", re.compile(rf"（\s?({_CN}{{1,4}})\s?）")),
    Style("measure", 6, "measure", re.compile(r"(\d{1,3})\s?(?:[．、]|\.(?!\d))")),
    Style("item", 7, "item", re.compile(r"（\s?(\d{1,3})\s?）")),
    Style("circled", 8, "item", re.compile("([①-⑳])")),
)


@dataclass(frozen=True, slots=True)
class Label:
    """The number at the head of a paragraph: its style, its value, and how many characters it takes."""

    style: Style
    value: int
    text: str

    @property
    def length(self) -> int:
        """How many characters the label takes."""
        return len(self.text)


def label_of(paragraph: str) -> Label | None:
    """The numbering label at the start of a paragraph, or None.

    >>> label_of("（四）推进政府机构职能优化").value
    4
    >>> label_of("2022年年底前") is None
    True
    """
    for style in STYLES:
        match = style.pattern.match(paragraph)
        if match:
            value = ord(match[1]) - ord("①") + 1 if style.name == "circled" else chinese_number(match[1])
            return Label(style, value, match.group())
    return None
