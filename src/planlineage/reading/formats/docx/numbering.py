"""Numbers that stand nowhere in a Word file: lists keep a format and a counter, and Word prints 一、（一）1. from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..counting import counted
from ..xml import local
from .styles import NumberRef, Styles, child, is_on, number, value

_LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """An abstract list: its levels and, for each, how far it has counted (None before the first paragraph)."""

    levels: dict[int, _Level] = field(default_factory=dict)
    style_link: str = ""
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The numbering part. `label` is asked once for each paragraph, in the order of the text, since asking counts."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._replaced: dict[tuple[str, int], _Level] = {}
        self._linked: dict[str, int] = {}
        for element in root if root is not None else ():
            kind = local(element.tag)
            if kind == "abstractNum":
                self._lists[value(element, "abstractNumId")] = self._abstract(element)
            elif kind == "num":
                self._num(element)

    def label(self, style: str, direct: NumberRef | None) -> str:
        """The number that Word prints before the paragraph, with the blank behind it; empty where it prints none."""
        inherited = self._styles.numbering(style)
        ref = direct or inherited
        if direct is not None and not direct.num and inherited is not None:
            ref = NumberRef(inherited.num, direct.level)
        if ref is None or ref.num in ("", "0") or ref.num not in self._nums:
            return ""
        level = ref.level
        if direct is None and style in self._linked:
            level = self._linked[style]
        return self._next(ref.num, min(max(level, 0), _LEVELS - 1))

    def _next(self, num: str, at: int) -> str:
        found = self._list(num)
        if found is None:
            return ""
        for depth, start in self._overrides.pop(num, {}).items():
            found.counters[depth] = start - 1
        counters = found.counters
        for depth in range(at):
            if counters[depth] is None:
                counters[depth] = self._level(found, num, depth).start
        level = self._level(found, num, at)
        before = counters[at]
        counters[at] = level.start if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = self._level(found, num, deeper).restart
            if restart is None or (restart > at and restart > 0):
                counters[deeper] = None
        return self._printed(found, num, level, counters)

    def _printed(self, found: _List, num: str, level: _Level, counters: list[int | None]) -> str:
        if level.style in ("bullet", "none") and not _PLACEHOLDER.search(level.text):
            return ""

        def one(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            count = counters[depth]
            style = "decimal" if level.legal else self._level(found, num, depth).style
            return counted(count, style) if count is not None and style != "none" else ""

        text = _PLACEHOLDER.sub(one, level.text)
        blank = "" if level.suffix == "nothing" or not text or text[-1] in "、．）)，：" else " "
        return text + blank

    def _level(self, found: _List, num: str, at: int) -> _Level:
        return self._replaced.get((num, at)) or found.levels.get(at) or _Level()

    def _list(self, num: str) -> _List | None:
        """The abstract list behind a num; a list may only name the style that says which list is meant."""
        found = self._lists.get(self._nums[num])
        for _ in range(5):
            if found is None or not found.style_link:
                return found
            ref = self._styles.numbering(found.style_link)
            if ref is None or ref.num not in self._nums:
                return found
            found = self._lists.get(self._nums[ref.num])
        return found

    # -- reading the part --------------------------------------------------------------------------------------------

    def _abstract(self, element: Any) -> _List:
        found = _List(style_link=value(child(element, "numStyleLink")))
        for entry in element:
            if local(entry.tag) == "lvl":
                at = number(value(entry, "ilvl"), -1)
                if 0 <= at < _LEVELS:
                    found.levels[at] = self._read_level(entry)
                    style = value(child(entry, "pStyle"))
                    if style:
                        self._linked.setdefault(style, at)
        return found

    def _read_level(self, entry: Any) -> _Level:
        restart = child(entry, "lvlRestart")
        return _Level(
            start=number(value(child(entry, "start")), 1) if child(entry, "start") is not None else 0,
            style=value(child(entry, "numFmt")) or "decimal",
            text=value(child(entry, "lvlText"))[:60],
            suffix=value(child(entry, "suff")) or "tab",
            restart=number(value(restart)) if restart is not None else None,
            legal=is_on(child(entry, "isLgl")),
        )

    def _num(self, element: Any) -> None:
        num = value(element, "numId")
        self._nums[num] = value(child(element, "abstractNumId"))
        for entry in element:
            at = number(value(entry, "ilvl"), -1)
            if local(entry.tag) != "lvlOverride" or not 0 <= at < _LEVELS:
                continue
            start = child(entry, "startOverride")
            if start is not None:
                self._overrides.setdefault(num, {})[at] = number(value(start), 1)
            level = child(entry, "lvl")
            if level is not None:
                self._replaced[num, at] = self._read_level(level)
