"""The text of one Word paragraph: what its runs print, with tracked changes accepted and field codes passed over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..xml import local
from .styles import Styles, child, is_on, value

_THROUGH = frozenset(
    (  # noqa: SIM905 - a list of quoted words is harder to read
        "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo ruby rubyBase r oMath oMathPara "
        "e num den AlternateContent Choice Fallback"
    ).split()
)
_PICTURES = frozenset(("blip", "imagedata"))
_GONE = frozenset(("del", "moveFrom"))
_TEXTS = {"cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": ""}
_ENCLOSED_FIELD = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


@dataclass
class Printed:
    """What one paragraph printed: its text, the boxes that hang on it, and whether it lies in a table of contents."""

    text: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


@dataclass
class Fields:
    """The fields that are open: Word marks where one begins, where its result begins, where it ends, across paragraphs."""

    codes: list[list[str]] = field(default_factory=list)
    results: list[bool] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """Begin, separate or end a field."""
        if kind == "begin" and len(self.codes) < 100:
            self.codes.append([])
            self.results.append(False)
        elif kind == "separate" and self.results:
            self.results[-1] = True
        elif kind == "end" and self.codes:
            self.codes.pop()
            self.results.pop()

    def code(self, text: str) -> None:
        """Add to the code of the innermost field."""
        if self.codes and not self.results[-1]:
            self.codes[-1].append(text[:200])

    @property
    def contents(self) -> bool:
        """Whether a table of contents is open."""
        return bool(self.codes) and "TOC" in self._names()

    @property
    def silent(self) -> bool:
        """Whether text here is a field's code, or the number of a page."""
        return bool(self.codes) and (not all(self.results) or not _ENCLOSED_FIELD.isdisjoint(self._names()))

    def _names(self) -> list[str]:
        return [("".join(code).split() or [""])[0].upper() for code in self.codes]


class Runs:
    """Reads paragraphs; remembers open fields and counts what was passed over."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields = Fields()
        self.counts: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self.pictures: dict[str, None] = {}
        """The relations of the pictures that are drawn, in order."""

    def read(self, paragraph: Any) -> Printed:
        """The text of a paragraph, without its number."""
        printed = Printed()
        self._children(paragraph, printed)
        return printed

    def _children(self, element: Any, printed: Printed) -> None:
        for part in element:
            name = local(part.tag)
            if name in _GONE:
                self.counts["deleted"] += 1
            elif name == "AlternateContent":
                self._alternative(part, printed)
            elif name == "r":
                self._run(part, printed)
            elif name == "t":
                printed.text.append(part.text or "")
            elif name in _THROUGH:
                self.counts["inserted"] += name in ("ins", "moveTo")
                self._children(part, printed)

    def _alternative(self, element: Any, printed: Printed) -> None:
        """One of the ways to draw the same thing: the first that holds a text box, else the first."""
        choices = [c for c in element if local(c.tag) in ("Choice", "Fallback")]
        for choice in choices:
            boxes = _boxes(choice)
            if boxes:
                printed.boxes += boxes
                return
        if choices:
            self._children(choices[0], printed)

    def _run(self, run: Any, printed: Printed) -> None:
        hidden, struck = self._hidden(run), self._struck(run)
        for part in run:
            name = local(part.tag)
            if name == "fldChar":
                self.fields.mark(value(part, "fldCharType"))
            elif name == "instrText":
                self.fields.code(part.text or "")
            elif hidden:
                self.counts["hidden"] += len(part.text or "") if name == "t" else 0
            elif struck and name in ("t", "ruby"):
                self.counts["struck"] += len("".join(part.itertext()))
            elif name == "ruby":
                self._children(part, printed)  # its base; what stands above it only says how it is spoken
            elif name in ("drawing", "pict", "object"):
                printed.boxes += _boxes(part)
                drawn = (e for e in part.iter() if local(e.tag) in _PICTURES)
                self.pictures |= {relation_of(e, "embed", "link", "id"): None for e in drawn}
            elif name == "AlternateContent":
                self._alternative(part, printed)
            elif not self.fields.silent:
                printed.text.append(self._piece(part, name))

    def _piece(self, part: Any, name: str) -> str:
        if name == "t":
            return part.text or ""
        if name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name, value(part, "id")))
            return ""
        if name == "br":
            return "\n"
        if name == "sym":
            return _symbol(value(part, "char"))
        return _TEXTS.get(name, "")

    def _struck(self, run: Any) -> bool:
        properties = child(run, "rPr")
        return properties is not None and any(is_on(child(properties, kind)) for kind in ("strike", "dstrike"))

    def _hidden(self, run: Any) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return False
        switch = child(properties, "vanish")
        if switch is not None:
            return is_on(switch)
        style = value(child(properties, "rStyle"))
        return bool(style) and self.styles.hidden(style)


def relation_of(element: Any, *names: str) -> str:
    """The relation that an element names (`r:id`, or by another of the names)."""
    return next((str(value) for name, value in element.items() if local(name) in names), "")


def _symbol(code: str) -> str:
    """The character of a symbol font; those of private use (Wingdings) mean nothing without the font."""
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= found <= "\uf8ff" or "\ud800" <= found <= "\udfff" or found < " " else found


def _boxes(element: Any) -> list[Any]:
    """The outermost text boxes below an element; of ways to draw the same box, the first."""
    if local(element.tag) == "txbxContent":
        return [element]
    found: list[Any] = []
    for part in element:
        inner = _boxes(part)
        found += inner
        if inner and local(element.tag) == "AlternateContent":
            break
    return found
