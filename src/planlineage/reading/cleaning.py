"""Cleaning: a second reading of the source with a log of every step, never a rewriting of it.

Cleaning folds the width of punctuation, repairs known confusions (显着 → 显著), takes out stray spaces, markup, invisible
characters and web spam, and joins lines that a page break tore apart. Each step is an `Edit` at a span of the source;
`replay` applies a log to a source text and gives the same clean reading again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from ..model.base import Span
from ..model.errors import InvalidValueError
from ..model.parts import Edit
from .folding import CHINESE, CJK, fold, listed, simplified_runs
from .lexicon import lexicon
from .segment import is_table_line

_CHINESE = re.compile(f"[{CHINESE}]")
_INVISIBLE = re.compile(f"[{listed('invisible')}]+")
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n]{0,200})?/?>|&nbsp;")
_BLANKS = re.compile(f"[{listed('blanks')}]+")
_YEAR_RANGE = re.compile(r"(?<=\d)\s?[-－–―~～──]{1,2}\s?(?=\d{4}\s?年)")
_WIDE_DIGITS = re.compile("[０-９Ａ-Ｚａ-ｚ％]+")
_UNDERSCORED = re.compile(rf"[A-Za-z0-9{CJK}.·\-]{{1,60}}(?:_+[A-Za-z0-9{CJK}.·\-]{{0,60}}){{1,20}}")
_LEADER = re.compile(
    r"(?<![….．·•])(?:[…·•]{2,}+|[.．]{4,}+)[ \t\xa0\u3000….．·•]*+(?:\n?[—－-]?\d{1,4}[—－-]?)?(?=[ \t\u3000]*+(?:\n|$))"
)
_SPACED_OUT = re.compile(rf"(?<![{CJK}])[{CJK}][ \u3000]+[{CJK}][ \u3000]*(?=\n|$)|[章节篇编条][ \u3000]+[{CJK}]")
_DECIMAL_LINE = re.compile(
    r"[ \t\u3000]*(?:\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=\s+[^\d\s年月日个亿万千百元人名项条件次位家所户亩吨岁%]))\s+\S"
)
_TWO_TITLES = re.compile(
    rf"[ \t\u3000]*第[一二三四五六七八九十百]{{1,5}}(?:[篇编章节]|部分)[ \t\u3000]*[{CJK}、“”]{{4,40}}"
)
_TITLE = re.compile(rf"[{CJK}、“”]{{4,40}}[ \t\u3000]*$", re.MULTILINE)
_ADJACENT = re.compile(r"(?<=\S)[ \t]*\n(?=[^\s|])")
_WRAP = re.compile(r"(?<=[^\s。！？；：!?;:”）》】…|])[ \t]*\n(?=[^\s|])")
_FEWEST_WRAPS = 30
_MOST_WRAPPED = 0.7
_FULL_LINE = 0.7
_TERMINAL = "。！？；：!?;:”’）)》】.…"
_NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[（(][一二三四五六七八九十百\d]{1,4}\s?[）)]|[一二三四五六七八九十百]{1,4}、"
    r"|\d{1,3}\s?[．.、]|[①-⑳]|附\s?件|答：|[一二三四五六七八九十]是)"
)


@dataclass(frozen=True)
class CleanText:
    """The clean reading of the characters `start` to `end` of a source text, with the way back to source offsets.

    `text` is the clean text; `edits` the log, in order, not overlapping. `offset` is the source offset at which the string
    `source` begins, where only a part of the source was kept.
    """

    source: str
    start: int
    end: int
    edits: tuple[Edit, ...]
    offset: int = 0

    @cached_property
    def _pieces(self) -> tuple[str, list[int], list[int], list[int]]:
        out: list[str] = []
        clean_starts: list[int] = []
        source_starts: list[int] = []
        kept: list[int] = []
        at, length = self.start, 0

        def add(text: str, source_start: int, is_kept: bool) -> None:
            nonlocal length
            if text:
                out.append(text)
                clean_starts.append(length)
                source_starts.append(source_start)
                kept.append(is_kept)
                length += len(text)

        for edit in self.edits:
            add(self.source[at - self.offset : edit.span.start - self.offset], at, True)
            add(edit.after, edit.span.start, len(edit.after) == edit.span.length)
            at = edit.span.end
        add(self.source[at - self.offset : self.end - self.offset], at, True)
        return "".join(out), clean_starts, source_starts, kept

    @property
    def text(self) -> str:
        """The clean reading."""
        return self._pieces[0]

    def to_source(self, start: int, end: int) -> Span:
        """The source span behind `text[start:end]`, from its first to its last character.

        >>> clean_text("显 着").to_source(0, 2)
        Span(start=0, end=3)
        """
        first, stop = self.range_in_source(start, end)
        return Span(start=first, end=stop)

    def range_in_source(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of the source span behind `text[start:end]`."""
        if not self.edits:
            return self.start + start, self.start + max(start, end)
        first = self._source_of(start, end=False)
        return first, self._source_of(end - 1, end=True) if start < end else first

    def raw(self, span: Span) -> str:
        """What stands at a span of the source, unchanged."""
        return self.source[span.start - self.offset : span.end - self.offset]

    def from_source(self, offset: int) -> int:
        """The clean offset of the first character kept at or after a source offset.

        >>> clean_text("显 着,好").from_source(3)
        2
        """
        _, clean_starts, source_starts, kept = self._pieces
        i = bisect_right(source_starts, offset) - 1
        if i < 0:
            return 0
        stop = clean_starts[i + 1] if i + 1 < len(clean_starts) else len(self.text)
        if kept[i]:
            return min(clean_starts[i] + offset - source_starts[i], stop)
        return clean_starts[i] if offset <= source_starts[i] else stop

    def _source_of(self, offset: int, *, end: bool) -> int:
        _, clean_starts, source_starts, kept = self._pieces
        if not clean_starts:
            return self.end
        i = bisect_right(clean_starts, offset) - 1
        if kept[i]:
            return source_starts[i] + (offset - clean_starts[i]) + (1 if end else 0)
        if not end:
            return source_starts[i]
        return self._edit_end(source_starts[i])

    @cached_property
    def _edit_ends(self) -> dict[int, int]:
        return {edit.span.start: edit.span.end for edit in self.edits}

    def _edit_end(self, start: int) -> int:
        return self._edit_ends[start]


def replay(source: str, edits: Sequence[Edit], *, start: int = 0) -> str:
    """Apply a cleaning log to a source text. `start` is the source offset at which `source` begins.

    Raises ValueError where the source does not read as the log says.

    >>> cleaned = clean_text("效果显着,提高")
    >>> replay("效果显着,提高", cleaned.edits) == cleaned.text == "效果显著，提高"
    True
    """
    out, at = [], start
    for edit in edits:
        if source[edit.span.start - start : edit.span.end - start] != edit.before or edit.span.start < at:
            raise InvalidValueError("log misfit", start=edit.span.start)
        out += [source[at - start : edit.span.start - start], edit.after]
        at = edit.span.end
    out.append(source[at - start :])
    return "".join(out)


def clean_text(
    source: str, start: int = 0, end: int | None = None, *, signs: Iterable[tuple[int, int]] = ()
) -> CleanText:
    """The clean reading of a source text, or of a part of it. `signs` are stretches that only mark the text up."""
    end = len(source) if end is None else end
    bare = [
        Edit(span=Span(start=a, end=b), rule="markup signs", before=source[a:b], after="")
        for a, b in signs
        if start <= a and b <= end
    ]
    read = CleanText(source, start, end, tuple(bare))
    claimed: list[_Change] = []
    taken = bytearray(len(read.text))
    for rule in _RULES:
        for change in rule(read.text):
            if not any(taken[change.start : change.end]):
                taken[change.start : change.end] = b"\1" * (change.end - change.start)
                claimed.append(change)
    return CleanText(source, start, end, tuple(_placed(sorted(claimed), read)))


class _Change(NamedTuple):
    """What a rule wants changed: characters `start` to `end` of the text without signs read as `after`."""

    start: int
    end: int
    rule: str
    after: str


def _placed(changes: Iterable[_Change], read: CleanText) -> Iterator[Edit]:
    """The changes and the signs as edits at their places in the source; a change swallows the signs inside it."""
    signs = iter(read.edits)
    sign = next(signs, None)
    for change in changes:
        span = read.to_source(change.start, change.end)
        while sign is not None and sign.span.start < span.end:
            if sign.span.end <= span.start:
                yield sign
            sign = next(signs, None)
        yield Edit(span=span, rule=change.rule, before=read.raw(span), after=change.after)
    while sign is not None:
        yield sign
        sign = next(signs, None)


@cache
def _spam_terms() -> re.Pattern[str]:
    terms = sorted(lexicon("cleaning")["spam_terms"]["terms"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)), re.IGNORECASE)


def _spam(window: str) -> Iterable[_Change]:
    if "_" not in window:
        return
    for match in _UNDERSCORED.finditer(window):
        run = match.group()
        hits = list(_spam_terms().finditer(run))
        pieces = [p for p in run.split("_") if p]
        if len(pieces) < 2 or sum(bool(_spam_terms().search(p)) for p in pieces) < 2:
            continue
        first, last = run.index("_"), run.rindex("_")
        begin = next((h.start() for h in hits if h.start() < first), first)
        latin = re.match(r"[A-Za-z0-9.\-]*", run[last + 1 :])
        after = [h.end() for h in hits if h.end() > last]
        stop = max([last + 1 + (latin.end() if latin else 0), *after])
        yield _Change(match.start() + begin, match.start() + stop, "web spam", "")


def _markup(window: str) -> Iterable[_Change]:
    return (_Change(m.start(), m.end(), "markup", "") for m in _MARKUP.finditer(window))


def _invisible(window: str) -> Iterable[_Change]:
    return (_Change(m.start(), m.end(), "invisible characters", "") for m in _INVISIBLE.finditer(window))


def _year_dashes(window: str) -> Iterable[_Change]:
    return (_Change(m.start(), m.end(), "dash between years", "—") for m in _YEAR_RANGE.finditer(window))


def _confusions(window: str) -> Iterable[_Change]:
    for pair in lexicon("cleaning")["confusions"]:
        at = window.find(pair["wrong"])
        while at >= 0:
            yield _Change(at, at + len(pair["wrong"]), "confused characters", pair["right"])
            at = window.find(pair["wrong"], at + 1)


def _traditional(window: str) -> Iterable[_Change]:
    return (_Change(start, end, "traditional characters", new) for start, end, new in simplified_runs(window))


def _compatibility(window: str) -> Iterable[_Change]:
    for match in re.finditer("[\uf900-\ufaff\u2e80-\u2fdf]", window):
        folded = unicodedata.normalize("NFKC", match.group())
        if folded != match.group():
            yield _Change(match.start(), match.end(), "compatibility characters", folded)


def _widths(window: str) -> Iterable[_Change]:
    for match in _WIDE_DIGITS.finditer(window):
        yield _Change(match.start(), match.end(), "width of digits and letters", fold(match.group()))
    for match in re.finditer(r"[,;:?!()]", window):
        if _in_chinese(window, match.start(), match.group()):
            yield _Change(match.start(), match.end(), "width of punctuation", fold(match.group()))


def _in_chinese(window: str, at: int, mark: str) -> bool:
    """Whether a half-width mark stands in Chinese text; brackets ask the pair, so that both ends agree."""
    if mark == "(":
        close = window.find(")", at, at + 80)
        inner = window[at + 1 : close] if close > 0 else window[at + 1 : at + 12]
        return bool(_CHINESE.search(inner)) or _near(window, at) or (inner.isdigit() and _near(window, close))
    if mark == ")":
        begin = window.rfind("(", max(0, at - 80), at)
        return _in_chinese(window, begin, "(") if begin >= 0 else _near(window, at)
    return _near(window, at)


def _near(window: str, at: int) -> bool:
    before = window[max(0, at - 3) : at].rstrip(" ")[-1:]
    after = window[at + 1 : at + 4].lstrip(" ")[:1]
    return bool(_CHINESE.match(before) or _CHINESE.match(after)) if before + after else False


@cache
def _furniture() -> str:
    return "|".join(lexicon("cleaning")["page_furniture"]["patterns"])


@cache
def _line_ends() -> re.Pattern[str]:
    """The end of a line with the blank lines behind it, and the page number that may stand among them."""
    blank = r"[ \t\xa0\u3000]"
    return re.compile(rf"(?<!{blank}){blank}*\n(?:\s*(?:{_furniture()}){blank}*\n)?\s*")


def _page_furniture(window: str) -> Iterable[_Change]:
    """Take out lines that are the page's and not the document's: page numbers, print buttons, editors' names."""
    for match in re.finditer(rf"(?m)^[ \t\u3000]*({_furniture()})[ \t\r\u3000]*$", window):
        yield _Change(match.start(1), match.end(1), "page furniture", "")


def _line_wraps(window: str) -> Iterable[_Change]:
    """Join a line to the next where a page break tore a sentence apart.

    Only long lines that end in the middle of a sentence qualify, and only where the next line goes on with text.
    """
    for match in _line_ends().finditer(window):
        line_start = window.rfind("\n", 0, match.start()) + 1
        line = window[line_start : match.start()]
        stop = window.find("\n", match.end())
        following = window[match.end() : stop if stop >= 0 else len(window)]
        if not following or len(line) < 12 or line[-1] in _TERMINAL or is_table_line(line) or is_table_line(following):
            continue
        continues = (
            line[-1] in "，、,（《“" or ("。" in line and line.rstrip()[-1] not in _TERMINAL) or _open_sentence(line)
        )
        ends_well = "。" in following or "；" in following
        if continues and ends_well and not _NUMBERED.match(following):
            yield _Change(match.start(), match.end(), "line torn by a page break", "")


def _open_sentence(line: str) -> bool:
    """Whether a line is running text that has not come to its end (a heading has no comma clauses before a full text)."""
    return len(line) > 60 and "，" in line


def _hard_wraps(window: str) -> Iterable[_Change]:
    """Join the lines of a text that was broken at one width throughout, in the middle of its sentences."""
    if len(_ADJACENT.findall(window)) < _FEWEST_WRAPS:
        return
    ends = [m for m in _WRAP.finditer(window) if not _NUMBERED.match(window, m.end())]
    if len(ends) < _MOST_WRAPPED * len(_ADJACENT.findall(window)):
        return
    lengths = [m.start() - window.rfind("\n", 0, m.start()) - 1 for m in ends]
    width = sorted(lengths)[len(lengths) // 2]
    for match, length in zip(ends, lengths, strict=True):
        if length >= _FULL_LINE * width:
            yield _Change(match.start(), match.end(), "line broken at a fixed width", "")


def _leaders(window: str) -> Iterable[_Change]:
    """Take out the dots that lead to a page number in a list of contents, and the number."""
    for match in _LEADER.finditer(window):
        yield _Change(match.start(), match.end(), "page numbers of contents", "")


def _spaces(window: str) -> Iterable[_Change]:
    """Take out blanks inside Chinese text, and between Chinese and digits; keep those between Latin words.

    One behind a decimal number at the head of a line (1.2 目的) stays: it tells the number from a quantity; and one between the
    two halves of a chapter's title.
    """
    for match in _BLANKS.finditer(window):
        start, end = match.span()
        if "\t" in match.group():
            continue
        before, after = window[start - 1 : start], window[end : end + 1]
        if not before or not after or "\n" in (before, after) or "|" in (before, after):
            continue
        if "\u3000\u3000" in match.group() and not _SPACED_OUT.match(window, start - 1):
            continue
        if before.isdigit() and _DECIMAL_LINE.fullmatch(window, window.rfind("\n", 0, start) + 1, end + 1):
            continue
        if _TWO_TITLES.fullmatch(window[window.rfind("\n", 0, start) + 1 : start]) and _TITLE.match(window, end):
            continue
        if _CHINESE.match(before) or _CHINESE.match(after):
            yield _Change(start, end, "blanks inside Chinese text", "")


_RULES = (
    _spam,
    _markup,
    _invisible,
    _year_dashes,
    _confusions,
    _traditional,
    _compatibility,
    _widths,
    _leaders,
    _hard_wraps,
    _line_wraps,
    _page_furniture,
    _spaces,
)
"""The steps of cleaning. A step does not touch what one before it has claimed."""
