"""The outer lines of a document: notice or decree, title, number, signature, days, before and after the running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ...model.data import data
from ..cleaning import CleanText
from ..numbering import label_of
from ..segment import paragraphs
from .dates import DAY, SMALL, YEAR

TERMINALS = "。！？；;…"
_HEAD = 400
_DAY_LINE = re.compile(rf"[（(]?{DAY}[）)]?")
_ISO_LINE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_BODY_AND_DAY = re.compile(rf"(?P<body>[\u4e00-\u9fff、]{{3,60}}?)[，,]?(?P<day>{DAY})")
_IMPRINT = re.compile(rf"(?P<body>[\u4e00-\u9fff、]{{0,40}}?){DAY}印发")
_OF_TYPE = re.compile(r"的[\u4e00-\u9fff]{2,8}$")
_BRACKETED = re.compile(r"[（(【][^（）()]{2,200}[）)】]")
_ADOPTED = re.compile(
    rf"[\\*＊>\s]*[（(]?(?:{DAY}|{YEAR}年{SMALL}月(?=第|[\u4e00-\u9fff]{{2,12}}第)).{{0,900}}(?:通过|公布|发布|批准|修订|修正|施行|决定)[。；，]?(?:.{{0,80}})[）)]?"
)
_ASSEMBLY = re.compile(
    rf"[（(]?[-—－―─\s]*(?:(?P<day>{DAY}|\d\d年\d{{1,2}}月\d{{1,2}}日))?(?:在|于)?(?P<body>[\u4e00-\u9fff·]{{2,24}}?)"
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}届)?(?:人民代表大会|人大)(?:常务委员会|常委会)?"
    r"(?:第?[一二三四五六七八九十百零〇\d]{1,5}次(?:全体)?(?:会议|全会))?(?:上|通过)?(?P<rest>.{0,60}?)[）)]?"
)


@cache
def lexicon() -> Any:
    """What the outer lines are told by."""
    return data("planlineage.reading.lexicon", "identity")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the lexicon, compiled."""
    return re.compile(lexicon()[name]["pattern"])


@cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["kind"], re.compile(entry["pattern"], re.IGNORECASE)) for entry in lexicon()["lines"]]


@cache
def type_words() -> re.Pattern[str]:
    """The last words of titles, with what may stand in brackets behind them."""
    words = [
        *data("planlineage.reading.lexicon", "outline")["document_types"]["words"],
        *lexicon()["types"]["words"],
    ]
    return re.compile(
        rf"(?:{'|'.join(sorted(set(words), key=len, reverse=True))})(?:[（(][^（）()]{{1,30}}[）)]){{0,2}}$"
    )


@dataclass(slots=True)
class Line:
    """A paragraph: its clean text without blanks, its clean offsets, what kind of line it is."""

    text: str
    start: int
    end: int
    kind: str


@dataclass
class Layout:
    """The lines of a document and what was found out about them; indices count lines.

    `title` are the lines of the document's own title, `notice` those of the title of the notice or decree that passes it on,
    `first` is its first line of running text, `signature` the day line under the bodies that sign (or None).
    """

    clean: CleanText
    lines: list[Line]
    title: list[int] = field(default_factory=list)
    notice: list[int] = field(default_factory=list)
    target: str = ""
    begins: int = 0
    first: int = 0

    def raw(self, line: Line) -> str:
        """What stands on the page, where blanks may part the bodies that sign."""
        return self.clean.raw(self.clean.to_source(line.start, line.end))

    def text(self, indices: Sequence[int]) -> str:
        """Several lines, joined as one title."""
        return "".join(self.lines[i].text for i in indices)

    def of_kind(self, *kinds: str) -> Iterator[tuple[int, Line]]:
        """The lines of some kinds, in order."""
        return ((i, line) for i, line in enumerate(self.lines) if line.kind in kinds)


def read_layout(clean: CleanText, contents: Sequence[tuple[int, int]] = ()) -> Layout:
    """Tell the lines of a clean text apart, and find the title. `contents` are the clean stretches of its lists of contents."""
    lines = [
        Line(re.sub(r"\s", "", clean.text[s.start : s.end]), s.start, s.end, "text") for s in paragraphs(clean.text)
    ]
    layout = Layout(clean, lines)
    for i, line in enumerate(lines):
        if len(line.text) < (1200 if line.text[:1] in "（(" else 260):
            listed = any(start <= line.start < end for start, end in contents)
            line.kind = "contents" if listed else _listed(line.text) or _kind(line.text, head=i < _HEAD)
    _mark_signatures(lines)
    _find_title(layout)
    return layout


def _kind(text: str, *, head: bool) -> str:
    if not text:
        return "furniture"
    return next((kind for kind, holds in _TESTS if holds(text, head)), "title")


def _listed(text: str) -> str | None:
    return next((kind for kind, expression in _kinds() if expression.fullmatch(text)), None)


def _speaker(text: str) -> bool:
    """Whether a line is an office with the name of who holds it."""
    match = pattern("office").match(text)
    name = text[match.end() :] if match else ""
    return match is not None and (len(name) <= 4 or "·" in name) and not type_words().search(text)


def _signed(text: str) -> bool:
    match = _BODY_AND_DAY.fullmatch(text)
    return match is not None and is_body(match["body"])


def _of_a_meeting(text: str) -> bool:
    return "会议" in text or re.search(r"(?:^|日|在).{2,20}第.{1,4}届.*大会上?[）)]?$", text) is not None


def assembly(line: Line) -> re.Match[str] | None:
    """The parts of a line that says before which assembly a report was given, and when."""
    return _ASSEMBLY.fullmatch(line.text)


def is_body(text: str) -> bool:
    """Whether a text could be the name of one body.

    >>> is_body("青云市民政局"), is_body("关于加强绿道管护的通知"), is_body("某某")
    (True, False, False)
    """
    return bool(
        2 <= len(text) <= 30
        and re.fullmatch(
            rf"(?!.*(?:关于|如下|通知|意见|方案))[\u4e00-\u9fff（）·]+?{pattern('organs').pattern}(?:（.{{2,12}}）)?|国务院|中共中央",
            text,
        )
    )


def signed_day(line: Line) -> re.Match[str] | None:
    """Body and day of a line that holds both."""
    return _BODY_AND_DAY.fullmatch(line.text)


_TESTS: tuple[tuple[str, Callable[[str, bool], bool]], ...] = (
    ("day", lambda text, _: text[0] not in "（(" and bool(_DAY_LINE.fullmatch(text))),
    ("bracketed day", lambda text, _: bool(_DAY_LINE.fullmatch(text))),
    ("iso day", lambda text, _: bool(_ISO_LINE.fullmatch(text))),
    ("imprint", lambda text, _: bool(_IMPRINT.fullmatch(text))),
    ("adoption", lambda text, head: head and "年" in text[:20] and bool(_ADOPTED.fullmatch(text))),
    (
        "assembly",
        lambda text, head: head and len(text) < 120 and _of_a_meeting(text) and bool(_ASSEMBLY.fullmatch(text)),
    ),
    ("numbered", lambda text, _: label_of(text) is not None),
    ("signed day", lambda text, _: _signed(text)),
    ("addressee", lambda text, _: text[-1] in "：:" and "。" not in text and len(text) < 200),
    ("bracket", lambda text, _: bool(_BRACKETED.fullmatch(text))),
    ("signer", lambda text, _: bool(pattern("signer").fullmatch(text))),
    ("speaker", lambda text, head: head and len(text) < 30 and _speaker(text)),
    ("text", lambda text, _: text[-1] in TERMINALS or len(text) > 90 or "。" in text),
)
"""What a line is, by the first test that it passes; one that passes none may be a title."""


def _mark_signatures(lines: list[Line]) -> None:
    """Short lines right above a day are the bodies that sign."""
    for i, line in enumerate(lines):
        if line.kind not in ("day", "iso day"):
            continue
        at = i - 1
        while at >= 0 and (
            lines[at].kind in ("signer", "bracket") or (lines[at].kind == "title" and _signs(lines[at].text))
        ):
            if lines[at].kind == "title":
                lines[at].kind = "body"
            at -= 1


def _signs(text: str) -> bool:
    return all(is_body(part) or len(part) < 3 for part in re.split("[、，]", text))


# -- the title ---------------------------------------------------------------------------------------------------------


def _find_title(layout: Layout) -> None:
    groups = list(_groups(layout.lines))
    own = next((g for g in groups if _reads_as_title(layout, g)), [])
    title = _whole_title(layout, own) if own else _first_lines(layout, groups)
    if not title:
        layout.begins = layout.first = _first_text(layout.lines, 0)
        return
    after = title[-1] + 1
    passes = pattern("passes_on").search(layout.text(title))
    enclosed = _enclosed(layout, groups, after, passes["target"] if passes else "")
    if passes:
        layout.target = passes["target"]
    if enclosed:
        layout.notice, layout.title = title, enclosed
        after = enclosed[-1] + 1
    else:
        layout.title = title
    layout.begins = layout.title[0] if layout.title else 0
    layout.first = _first_text(layout.lines, after)


def _groups(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Runs of lines that could be titles."""
    run: list[int] = []
    for i, line in enumerate(lines[:_HEAD]):
        if line.kind == "title" or (
            run and line.kind == "bracket" and re.search(r"\d{4}年|试行|摘要|草案|暂行", line.text)
        ):
            run.append(i)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _reads_as_title(layout: Layout, group: Sequence[int]) -> bool:
    before = layout.lines[: group[0]]
    return bool(_whole_title(layout, group)) and not any(
        line.kind == "numbered"
        or (line.kind == "text" and len(line.text) > 20 and not pattern("transmittal").search(line.text))
        for line in before
    )


def _whole_title(layout: Layout, group: Sequence[int]) -> list[int]:
    """The lines of a group that make up one title: up to the first that ends with a type of document, and what goes on."""
    lines = layout.lines
    for first in range(len(group)):
        if (
            is_body(lines[group[first]].text)
            and first + 1 < len(group)
            and not lines[group[first + 1]].text.startswith("关于")
        ):
            continue
        for last in range(first, min(first + 5, len(group))):
            text = layout.text(group[first : last + 1])
            if len(text) > 160 or not type_words().search(shorn(text)):
                continue
            return _extended(layout, group, first, last)
    return []


def _extended(layout: Layout, group: Sequence[int], first: int, last: int) -> list[int]:
    """The lines of a title and those right below it that go on from it."""
    end = last + 1
    while end < len(group) and _goes_on(layout.text(group[first:end]), layout.lines[group[end]].text):
        end += 1
    return list(group[first:end])


def _first_lines(layout: Layout, groups: Sequence[Sequence[int]]) -> list[int]:
    """The very first line of a document where it is not running text: a title without a type of document (an article's, say)."""
    if not groups or groups[0][0] > 2 or not 5 <= len(layout.text(groups[0][:1])) <= 60:
        return []
    return list(groups[0][:1])


def _goes_on(title: str, following: str) -> bool:
    """Whether a line continues a title that could already be whole."""
    if following in title:
        return False
    if "关于" in title and not _OF_TYPE.search(title) and _OF_TYPE.search(following):
        return True  # 关于全面推行某制度 | 某制度的指导意见
    return re.match(r"[的和及与暨、]|[（(]\d{4}|[（(](?:试行|暂行|摘要)", following) is not None


def _enclosed(layout: Layout, groups: Sequence[Sequence[int]], after: int, target: str) -> list[int]:
    """The title of the document that a notice or decree passes on, where it follows in the same file."""
    wanted = _core(target)
    for group in groups:
        inside = [i for i in group if i >= after]
        for first in range(len(inside)):
            for last in range(first, min(first + 4, len(inside))):
                if wanted and _same(_core(layout.text(inside[first : last + 1])), wanted):
                    return _extended(layout, inside, first, last)
    passed_on = False
    for i in range(after, min(len(layout.lines), _HEAD)):
        line = layout.lines[i]
        if line.kind == "numbered" and passed_on:
            break
        if line.kind in ("text", "addressee"):
            passed_on = passed_on or bool(pattern("transmittal").search(line.text))
        elif line.kind == "title" and passed_on:
            group = next((g for g in groups if i in g), [i])
            if title := _whole_title(layout, [g for g in group if g >= i]):
                return title
    return []


def shorn(title: str) -> str:
    """A title without the day, meeting and speaker that stand in brackets behind it; years of a period stay.

    >>> shorn("政府工作报告（2026年1月27日在某省会议上省长某某）"), shorn("某市规划（2021—2025年）")
    ('政府工作报告', '某市规划（2021—2025年）')
    """
    return re.sub(r"[（(][^（）()]*(?:日|会议|大会)[^（）()]*[）)]$", "", title)


def _core(title: str) -> str:
    return re.sub(r"[《》〈〉“”\"\s·—－–\-（）()]", "", title)


def _same(one: str, two: str) -> bool:
    return len(one) > 5 and (one == two or one.endswith(two) or (len(one) > 9 and two.endswith(one)))


def _first_text(lines: Sequence[Line], after: int) -> int:
    return next((i for i in range(after, len(lines)) if lines[i].kind in ("text", "numbered")), len(lines))
