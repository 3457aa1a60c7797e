"""Paragraph styles of a Word document: what a style inherits decides numbering, hiding and tables of contents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from ..xml import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def value(element: Any, attribute: str = "val") -> str:
    """An attribute of the Word namespace, transitional or strict; empty where the element or attribute is missing."""
    if element is None:
        return ""
    return element.get(W + attribute) or element.get(_STRICT + attribute) or element.get(attribute) or ""


@cache
def _path(*names: str) -> str:
    return "/".join(f"{{*}}{name}" for name in names)


def child(element: Any, *path: str) -> Any:
    """The element below by local names; None where there is none."""
    return element.find(_path(*path)) if element is not None else None


def is_on(element: Any) -> bool:
    """Whether a switch such as <w:vanish/> is there and on."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def number(text: str, default: int = 0) -> int:
    """A whole number in an attribute; the default where it is none or absurd."""
    try:
        found = int(text) if len(text) < 12 else default
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


@dataclass(frozen=True, slots=True)
class NumberRef:
    """Which list (`num`) a paragraph belongs to, and at which level."""

    num: str
    level: int


class Styles:
    """The styles part. `root` is its XML, or None."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self.default = ""
        for style in root if root is not None else ():
            if local(style.tag) == "style":
                key = value(style, "styleId")
                self._styles[key] = style
                if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                    self.default = key
        self._chains: dict[str, list[Any]] = {}

    def chain(self, style: str) -> list[Any]:
        """A style and those it is based on."""
        if style not in self._chains:
            found: list[Any] = []
            at = style
            while at in self._styles and len(found) < 20:
                found.append(self._styles[at])
                at = value(child(self._styles[at], "basedOn"))
            self._chains[style] = found
        return self._chains[style]

    def name(self, style: str) -> str:
        """The name of a style, in lower case."""
        return value(child(self._styles.get(style), "name")).lower()

    def numbering(self, style: str) -> NumberRef | None:
        """The list that a style's paragraphs belong to."""
        level: int | None = None
        for link in self.chain(style):
            properties = child(link, "pPr", "numPr")
            if properties is None:
                continue
            if level is None and child(properties, "ilvl") is not None:
                level = number(value(child(properties, "ilvl")))
            num = child(properties, "numId")
            if num is not None:
                return NumberRef(value(num), level or 0)
        return None

    def hidden(self, style: str) -> bool:
        """Whether a style hides its text."""
        for link in self.chain(style):
            switch = child(link, "rPr", "vanish")
            if switch is not None:
                return is_on(switch)
        return False
