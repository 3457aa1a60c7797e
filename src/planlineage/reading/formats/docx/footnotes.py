"""Footnotes and endnotes: at the end of the text, in the order in which they are called."""

from __future__ import annotations

from typing import Any

from ..rows import joined
from ..xml import local
from .body import Body
from .styles import value


def footnote_lines(body: Body, footnotes: Any, endnotes: Any) -> list[str]:
    """A line for each note that the text calls: ［注1］ and its words."""
    called = list(dict.fromkeys(body.runs.notes))
    if not called:
        return []
    held = {"footnoteReference": _by_id(footnotes), "endnoteReference": _by_id(endnotes)}
    lines: list[str] = []
    for kind, key in called:
        element = held[kind].get(key)
        if element is None:
            continue
        words = joined(body.note(element)).strip()
        if words:
            lines.append(f"［注{len(lines) + 1}］{words}")
    return lines


def _by_id(root: Any) -> dict[str, Any]:
    if root is None:
        return {}
    return {value(e, "id"): e for e in root if local(e.tag) in ("footnote", "endnote")}
