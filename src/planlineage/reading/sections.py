"""The sections of a document and its outer frame: a notice, the plan it passes on, annexes; titles, numbers, dates, copies.

The outer frame follows the standard layout of official documents (GB/T 9704).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .commitments import is_note
from .lexicon import lexicon
from .lines import Line
from .numbering import label_of

TERMINALS = "。！？；;：:…"
_CN = "一二三四五六七八九十"
_DATE_LINE = re.compile(rf"[（(]?[\d〇○零{_CN}]{{4}}年[\d{_CN}]{{1,3}}月[\d{_CN}]{{1,3}}日[）)]?")
_ISSUED_LINE = re.compile(r".{0,40}\d{4}年\d{1,2}月\d{1,2}日\s*(印发|施行|公布|发布|起施行)")
_ADOPTED_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,60}(通过|公布|批准|施行|发布|修订|修正)")
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:令)?[〔\[（(]\s?\d{4}\s?[〕\]）)]\s?\d{1,5}号|.{0,20}令?第\s?\d{1,4}\s?号"
)
_NUMBER_AND_SIGNER = re.compile(rf"(?:{_DOCUMENT_NUMBER.pattern})\s?签发人\s?[：:].{{1,30}}")
_SIGNER = r"签发人\s?[：:].{1,30}"
_MARKS = re.compile(
    rf"(?:(?:\d{{6}}|(?:绝密|机密|秘密)(?:\s?★\s?.{{1,4}})?|特提|特急|加急|平急|{_SIGNER})\s?)+"
)
_ANNEX_TITLED = re.compile(
    r"附(?:件|录|表|图)?\s?[\d一二三四五六七八九十]{0,3}\s?(?:[：:]\s?|\s+|(?<=[\d一二三四五六七八九十]))(?P<title>[^（(].{3,60})"
)
TERM = re.compile(
    r"[^。；，：:]{1,40}(?:，[^。；，：:]{1,20}){0,2}[：:]|[^。；，：:]{2,24}?(?=(?:是|主要|，)?指(?![导标挥数向]))"
)
"""A term that a list of terms explains, with its colon where it has one."""
_FEWEST_TERMS = 5
_FEWEST_ENTRIES = 3
_LONGEST_ENTRY = 60
_CONTENTS_WITHIN = 400
_BRACKETED = re.compile(r"[（(][^（）()]{2,40}[）)]")
ANNEX_MARK = re.compile(r"附件\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?")
_ANNEX_LIST = re.compile(r"附件[\d一二三]?[：:].+")
COPIES = re.compile(r"(抄送|主送|抄报)[：:].*")
_FOOTNOTE = re.compile(r"［注\d{1,3}］.*")
_ISSUER_MARK = re.compile(r"(?!.*(关于|规范性))[\u4e00-\u9fff]{4,30}文件")


def is_table_line(line: str) -> bool:
    """Whether a line is a table row in plain text: cells set apart by tabs or ` | `."""
    return "\t" in line or " | " in line


@cache
def _type_words() -> re.Pattern[str]:
    words = "|".join(lexicon("outline")["document_types"]["words"])
    return re.compile(rf"({words})(（[^（）]{{1,20}}）){{0,2}}$")


@cache
def outline_pattern(name: str) -> re.Pattern[str]:
    """A pattern of the outline lexicon, compiled."""
    return re.compile(lexicon("outline")[name]["pattern"])


@dataclass(frozen=True, slots=True)
class Section:
    """Lines `first` up to `last`: a notice before the plan it issues, the plan itself, or an annex with its title."""

    first: int
    last: int
    role: Literal["notice", "plan", "annex"]
    title: str = ""
    terms: bool = False
    """Whether it is a list of explained terms."""


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Cut a document into its sections."""
    texts = [line.text for line in lines]
    listed = listed_annexes(texts)
    glossary = _glossary(lines)
    cuts: list[tuple[int, Literal["notice", "plan", "annex"], str]] = [(0, "plan", "")]
    seen_text = False
    for i, text in enumerate(texts):
        title = _annex_title(lines, i, listed) if i > 0 else None
        if title is None and i == glossary and cuts[-1][1] != "annex":
            title = ""
        if title is not None:
            cuts.append((i, "annex", title))
            seen_text = False
        elif seen_text and cuts[-1][1] == "plan" and _opens_issued_plan(texts, i):
            cuts[-1] = (cuts[-1][0], "notice", "")
            cuts.append((i, "plan", ""))
            seen_text = False
        elif text[-1] in TERMINALS:
            seen_text = True
    ends = [start for start, _, _ in cuts[1:]] + [len(lines)]
    return [
        Section(start, end, role, title, role == "annex" and _explains(lines[start:end]))
        for (start, role, title), end in zip(cuts, ends, strict=True)
        if end > start
    ]


def _annex_title(lines: Sequence[Line], i: int, listed: Collection[int]) -> str | None:
    """The title of the annex that begins at a line, empty where it follows below; None where none begins.

    A line such as 附件：方案 begins an annex where its text stands behind it, else it only lists it.
    """
    text = lines[i].text
    if ANNEX_MARK.fullmatch(text) or (lines[i].note and not lines[i - 1].note):
        return ""
    if outline_pattern("notes_heading").fullmatch(text):
        return text
    match = _ANNEX_TITLED.fullmatch(text)
    if (
        match is None
        or text[-1] in TERMINALS
        or i + 1 in listed
        or i in listed
        or label_of(match["title"]) is not None
    ):
        return None
    if lines[i].table:
        return match["title"]
    following = [line.text for line in lines[i + 1 : i + 4]]
    signed = any(is_frame_line(line) for line in following[:2]) or (
        following and _ANNEX_TITLED.fullmatch(following[0])
    )
    if not following or signed or any(ANNEX_MARK.fullmatch(line.text) for line in lines[i + 1 :]):
        return None
    return match["title"]


def _glossary(lines: Sequence[Line]) -> int | None:
    """Where a list of explained terms (1．“六稳”：…) begins that stands behind a document without a heading of its own."""
    found: int | None = None
    entries = others = 0
    for i in range(len(lines) - 1, 0, -1):
        label = label_of(lines[i].text)
        if label is not None and label.rank in (70, 80) and TERM.match(lines[i].text, label.length):
            entries, others = entries + 1, 0
            if label.value <= 2 and entries >= _FEWEST_TERMS:
                found = i
        elif (label is not None and label.rank < 70) or (others := others + 1) > 2:
            break
    return found


def _explains(lines: Sequence[Line]) -> bool:
    """Whether most of the numbered lines of an annex explain a term."""
    numbered = [(line.text, label) for line in lines if (label := label_of(line.text)) is not None]
    return 2 * sum(bool(TERM.match(text, label.length)) for text, label in numbered) > len(numbered)


def _opens_issued_plan(lines: Sequence[str], i: int) -> bool:
    """Whether line i is the title of a plan that the lines before it pass on."""
    line = lines[i]
    if not is_title_like(line) or (i + 1 < len(lines) and _DATE_LINE.fullmatch(lines[i + 1])):
        return False  # a short line right above a date is a signature
    joined = line if _type_words().search(line) else "".join(lines[i : i + 3])
    if not _type_words().search(joined) and not _type_words().search(line):
        return False
    before = lines[max(0, i - 4) : i]
    passed_on = any(
        word in b for b in lines[max(0, i - 12) : i] for word in lexicon("outline")["transmittal"]["words"]
    )
    after_frame = bool(before) and is_frame_line(before[-1])
    after_text = bool(before) and before[-1][-1] in TERMINALS
    return passed_on and (after_frame or after_text)


def mark_contents(lines: Sequence[Line]) -> None:
    """Find lists of contents: what stands below 目录, and runs of short lines that all stand again as headings later."""
    if any(line.listed for line in lines):
        return  # the file's own marking says where it is
    keys = [_key(line.text) if not line.level and _is_entry(line.text) else "" for line in lines]
    last = {key: i for i, key in enumerate(keys) if key} | {
        _key(line.text): i for i, line in enumerate(lines) if line.level
    }
    i = 0
    while i < min(len(lines), _CONTENTS_WITHIN):
        headed = outline_pattern("contents_heading").fullmatch(lines[i].text) is not None
        stop = first = i + headed
        seen: set[str] = set()
        while stop < len(lines) and keys[stop] and keys[stop] not in seen:
            seen.add(keys[stop])
            stop += 1
        size = stop - first
        again = sum(last[key] >= stop for key in seen)
        numbered = sum(label_of(line.text) is not None for line in lines[first:stop])
        if size >= _FEWEST_ENTRIES - headed and (headed or min(again, numbered) * 3 >= size * 2):
            for line in lines[i:stop]:
                line.listed = True
            i = stop
        elif label_of(lines[i].text) is not None:
            return  # the body has begun
        i += 1


def _is_entry(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_ENTRY
        and text[-1] not in TERMINALS
        and "。" not in text
        and not is_table_line(text)
    )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+|(?<=\D)\d{1,3}$", "", text)


def is_title_like(line: str) -> bool:
    """Whether a line could be (part of) a title: short, unnumbered, without a full stop, no outer frame."""
    return (
        4 <= len(line) <= 60
        and line[-1] not in TERMINALS
        and label_of(line) is None
        and not is_table_line(line)
        and not is_frame_line(line)
    )


def is_frame_line(line: str) -> bool:
    """Dates, numbers, notes, copy lists: the outer frame of an official document (GB/T 9704)."""
    patterns = (
        _DATE_LINE,
        _DOCUMENT_NUMBER,
        _NUMBER_AND_SIGNER,
        _MARKS,
        _ANNEX_LIST,
        COPIES,
        _ISSUER_MARK,
        _FOOTNOTE,
    )
    if any(p.fullmatch(line) for p in patterns):
        return True
    if _ISSUED_LINE.fullmatch(line) or (len(line) < 80 and _ADOPTED_LINE.fullmatch(line)):
        return True
    return bool(_BRACKETED.fullmatch(line)) and label_of(line) is None and not is_note(line)


def listed_annexes(lines: Sequence[str]) -> set[int]:
    """The lines of a list of annexes after its first (附件：1．方案, then 2．分工表): numbered, but no clauses.

    >>> listed_annexes(["请认真贯彻执行。", "附件：1．实施方案", "2．任务分工表", "某区人民政府"])
    {2}
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else ""
        if not (i - 1 in found or _ANNEX_LIST.fullmatch(before)):
            continue
        label, above = label_of(line), label_of(re.sub(r"^附件\s?[：:]\s?", "", before))
        counts_on = (
            label is not None
            and above is not None
            and label.style == above.style
            and label.value == above.value + 1
        )
        if counts_on and len(line) < 60 and line[-1] not in TERMINALS:
            found.add(i)
    return found
