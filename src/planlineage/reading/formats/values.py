"""What a format reader gives, and the bounds that every one of them keeps to."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ...model.errors import HostileSourceError
from ...model.wording import Reason, told


@dataclass(frozen=True, slots=True)
class Note:
    """Something that reading the file brought up; it becomes a remark of the plan. `code` is stable."""

    code: str
    said: Reason


def noted(code: str, variant: str = "", **values: Any) -> Note:
    """A note; the words of a code that says several things stand under the code and a variant."""
    return Note(code, told("remark", f"{code}.{variant}" if variant else code, **values))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file's own marking says of characters `start` to `end` of its text; `level` counts for headings, from 1."""

    kind: Literal["heading", "bold", "contents", "note", "picture"]
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, and what stands in the file beside it.

    `encoding` names the format (`docx`, `pdf`, `html+utf-8`). Table rows are lines with tabs between the cells. `facts`
    are what the file says of the document outside the running text: title, number, issuer, issued, published. `signs` are
    stretches of the text that only mark it up, `marks` what they say.
    """

    text: str
    encoding: str
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    signs: tuple[tuple[int, int], ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds beyond which a file is taken for damaged or hostile. The largest real plan known is far below each."""

    bytes: int = 50 * 1024 * 1024
    """Size of the file."""
    unpacked: int = 64 * 1024 * 1024
    """Size of one part of an archive once unpacked."""
    ratio: int = 200
    """How many times larger a part may be than its compressed form; text reaches 30."""
    entries: int = 5000
    """Files in an archive."""
    nodes: int = 1_000_000
    """Elements of an XML part."""
    tags: int = 600_000
    """Tags of a web page; the largest page of a ministry seen has 20,000."""
    attributes: int = 10_000
    """Attributes of a tag."""
    depth: int = 200
    """Elements inside one another."""
    cells: int = 100_000
    """Cells of all tables together, spanned ones included."""
    columns: int = 200
    """Cells in a row."""
    pages: int = 2000
    """Pages of a PDF."""
    characters: int = 1_000_000
    """Characters of the text that comes out; a plan of a hundred thousand has not been seen."""
    lines: int = 100_000
    """Lines of the text that comes out."""
    line: int = 200_000
    """Characters in one line; whole plans have been seen on one line of 20,000."""
    seconds: float = 8.0
    """Seconds of work (processor time, whatever else the machine does) to extract the text."""
    memory: int = 1024 * 1024 * 1024
    """Address space of the process that reads files (see `isolated`)."""


LIMITS = Limits()

SCANS = replace(LIMITS, seconds=1800.0, memory=4 * 1024 * 1024 * 1024)
"""Bounds for scans: OCR takes some ten seconds a page and more room."""


class Clock:
    """Measures the work of one reading, in the thread that reads; `check` raises `HostileSourceError` once its time is up."""

    def __init__(self, name: str, seconds: float = LIMITS.seconds) -> None:
        self.name, self.seconds = name, seconds
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raise if the time is up."""
        if time.thread_time() > self._end:
            raise too_much(self.name, "slow", seconds=self.seconds)


def too_much(name: str, limit: str, **values: Any) -> HostileSourceError:
    """The error for a file that goes beyond a limit."""
    return HostileSourceError(f"limit.{limit}", where=name, hint="own pages", **values)


def bounded(text: str, name: str) -> str:
    """The text itself; raises `HostileSourceError` where it, or one of its lines, is longer than any document.

    >>> bounded("一、总则", "plan.txt")
    '一、总则'
    """
    if len(text) > LIMITS.characters:
        raise too_much(name, "characters", size=len(text), most=LIMITS.characters)
    if text.count("\n") > LIMITS.lines:
        raise too_much(name, "lines", size=text.count("\n"), most=LIMITS.lines)
    at = 0
    while len(text) - at > LIMITS.line:
        stop = text.rfind("\n", at, at + LIMITS.line + 1)
        if stop < 0:
            raise too_much(name, "line", most=LIMITS.line)
        at = stop + 1
    return text
