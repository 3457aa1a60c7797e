"""A page for the terminal, put together from titles, passages, facts and tables; rich lays it out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from .table import Cell, Column, Passage, table
from .text import cut, harmless
from .words import Words

_BLANK = Text()


class Page:
    """What is shown, in a language, for a width, with or without colour. Text from outside is made harmless on its way in."""

    def __init__(self, columns: int, words: Words, *, in_colour: bool = False) -> None:
        self.columns = max(columns, 40)
        self.words = words
        self.in_colour = in_colour
        self._parts: list[RenderableType] = []

    @property
    def text(self) -> str:
        """The page as it is printed, without a last line break."""
        console = Console(
            file=io.StringIO(),
            width=self.columns,
            color_system="standard" if self.in_colour else None,
            force_terminal=self.in_colour,
            legacy_windows=False,
            _environ={},
        )
        with console.capture() as captured:
            for part in self._parts:
                console.print(part)
        return "\n".join(line.rstrip(" ") for line in captured.get().removesuffix("\n").split("\n"))

    def blank(self, *, always: bool = False) -> None:
        """An empty line, unless there is one already; at the top of the page only where it is `always` wanted."""
        if self._parts[-1] is not _BLANK if self._parts else always:
            self._parts.append(_BLANK)

    def banner(self, text: str) -> None:
        """A title over the whole width, ruled to the edge."""
        self.blank()
        text = cut(harmless(text), self.columns - 8)
        rule = "━" * max(0, self.columns - cell_len(text) - 4)
        self.pieces([("━━ ", "cyan"), (text, "bold"), (f" {rule}", "cyan")])

    def title(self, text: str, note: str = "") -> None:
        """A heading with an empty line above it, and a quieter note beside or below it."""
        self.blank()
        text, note = harmless(text), harmless(note)
        if note and cell_len(text) + cell_len(note) + 2 <= self.columns:
            self.pieces([(text, "bold"), ("  ", ""), (note, "dim")])
            return
        self.line(text, style="bold")
        if note:
            self.line(note, style="dim")

    def line(self, text: str, *, style: str = "", indent: int = 0, hanging: int = 0) -> None:
        """A paragraph, wrapped; lines after the first stand `hanging` columns further in."""
        self._add(Passage(text, style, hanging=hanging), indent)

    def cut(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """One line, cut where it is longer than the page is wide."""
        self._add(Passage(text, style, lines=1), indent)

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
        lines: int = 0,
    ) -> None:
        """A paragraph after a lead (a label, the line of a tree) that is not wrapped; it hangs under its own beginning.

        `below` stands in the lead's place on the lines after the first, of which there are at most `lines` (0: all).
        """
        self._add(Passage(text, style, lead, lead_style, below, hanging, lines), indent)

    def items(self, items: Iterable[Sequence[tuple[str, str]]], *, indent: int = 2, gap: int = 3) -> None:
        """Short items of several styles side by side, as many on a line as fit."""
        shown = [Text.assemble(*item, no_wrap=True) for item in items]
        if shown:
            self._add(Columns(shown, padding=(0, gap)), indent)

    def pieces(self, pieces: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
        """A line of several styles that was made for the screen and is known to fit."""
        self._add(Text.assemble(*pieces, no_wrap=True), indent)

    def facts(self, facts: Iterable[tuple[str, str]], *, indent: int = 2) -> None:
        """Names and values one below the other; those without a value are left out."""
        known = [(name, value) for name, value in facts if value]
        wide = max((cell_len(name) for name, _ in known), default=0)
        for name, value in known:
            self.lead(set_cell_size(name, wide + 2), value, lead_style="dim", indent=indent)

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
            self._add(table(columns, rows, self.columns - indent, header=header), indent)

    def _add(self, part: RenderableType, indent: int) -> None:
        self._parts.append(Padding(part, (0, 0, 0, indent)) if indent else part)
