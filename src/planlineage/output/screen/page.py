"""A page for the terminal, put together from titles, lines, paragraphs, facts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .paint import Paint
from .table import Cell, Column, table
from .text import cut, harmless, pad, width, wrap
from .words import Words


class Page:
    """Lines that fit a width, in a language, with or without colour. Text from outside is made harmless on its way in."""

    def __init__(self, columns: int, words: Words, paint: Paint | None = None) -> None:
        self.columns = max(columns, 40)
        self.words = words
        self.paint = paint or Paint()
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """The page as it is printed, without a last line break."""
        return "\n".join(self._lines)

    def blank(self, *, always: bool = False) -> None:
        """An empty line, unless there is one already; at the top of the page only where it is `always` wanted."""
        if self._lines[-1] if self._lines else always:
            self._lines.append("")

    def banner(self, text: str) -> None:
        """A title over the whole width, ruled to the edge."""
        self.blank()
        text = cut(harmless(text), self.columns - 8)
        rule = "━" * max(0, self.columns - width(text) - 4)
        self._lines.append(
            f"{self.paint('━━', 'cyan')} {self.paint(text, 'bold')} {self.paint(rule, 'cyan')}"
        )

    def title(self, text: str, note: str = "") -> None:
        """A heading with an empty line above it, and a quieter note beside or below it."""
        self.blank()
        text = harmless(text)
        head = wrap(text, self.columns)
        self._lines += [self.paint(line, "bold") for line in head]
        if not note:
            return
        note = harmless(note)
        if len(head) == 1 and width(text) + width(note) + 2 <= self.columns:
            self._lines[-1] += "  " + self.paint(note, "dim")
        else:
            self.line(note, style="dim")

    def line(self, text: str, *, style: str = "", indent: int = 0, hanging: int = 0) -> None:
        """A paragraph, wrapped; lines after the first stand `hanging` columns further in."""
        self.lead("", text, style=style, indent=indent, hanging=hanging)

    def lead(
        self,
        lead: str,
        text: str,
        *,
        style: str = "",
        lead_style: str = "",
        below: str = "",
        indent: int = 0,
        hanging: int = 0,
    ) -> None:
        """A paragraph after a lead (a label, the line of a tree) that is not wrapped; it hangs under its own beginning.

        `below` stands in the lead's place on the lines after the first.
        """
        lead, below = harmless(lead), harmless(below)
        inner = indent + width(lead)
        lines = wrap(harmless(text), self.columns - inner - hanging)
        start = " " * indent + self.paint(lead, lead_style)
        for i, line in enumerate(lines):
            under = (
                " " * indent + self.paint(below, lead_style) + " " * (inner - indent - width(below) + hanging)
            )
            before = start if i == 0 else under
            self._lines.append((before + self.paint(line, style)).rstrip())

    def items(self, items: Iterable[Sequence[tuple[str, str]]], *, indent: int = 2, gap: int = 3) -> None:
        """Short items of several styles side by side, as many on a line as fit."""
        line, used = "", 0
        for item in items:
            columns = sum(width(text) for text, _ in item)
            if used and indent + used + gap + columns > self.columns:
                self._lines.append(" " * indent + line)
                line, used = "", 0
            line += " " * (gap if used else 0) + "".join(self.paint(*piece) for piece in item)
            used += (gap if used else 0) + columns
        if line:
            self._lines.append(" " * indent + line)

    def pieces(self, pieces: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
        """A line of several styles that was made for the screen and is known to fit."""
        self._lines.append(" " * indent + "".join(self.paint(text, style) for text, style in pieces))

    def facts(self, facts: Iterable[tuple[str, str]], *, indent: int = 2) -> None:
        """Names and values one below the other; those without a value are left out."""
        known = [(name, value) for name, value in facts if value]
        wide = max((width(name) for name, _ in known), default=0)
        for name, value in known:
            self.lead(pad(name, wide + 2), value, lead_style="dim", indent=indent)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell | str]],
        *,
        indent: int = 0,
        header: bool = True,
    ) -> None:
        """A table, indented; nothing where there are no rows."""
        if rows:
            lines = table(columns, rows, self.columns - indent, self.paint, header=header)
            self._lines += [" " * indent + line for line in lines]
