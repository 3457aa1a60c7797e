"""The console: what is printed where, how wide, in colour or not, and the sign of life during long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from ..model.wording import Lang
    from ..output.screen.page import Page

_WITHOUT_A_TERMINAL = 100
_WIDEST = 140


class Console:
    """Standard output for results, standard error for everything else."""

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.environment = os.environ if environment is None else environment
        self.language: Lang = "zh"

    def page(self) -> Page:
        """An empty page that fits this console."""
        from ..output.screen.page import Page  # noqa: PLC0415 - loads when something is shown
        from ..output.screen.paint import Paint  # noqa: PLC0415
        from ..output.screen.words import Words  # noqa: PLC0415

        return Page(self.columns, Words(self.language), Paint(self.in_colour))

    def show(self, page: Page) -> None:
        """Print a page."""
        self.write(page.text + "\n")

    def write(self, text: str) -> None:
        """Write to standard output as it is."""
        self.out.write(text)
        self.out.flush()

    def complain(self, kind: str, message: str) -> None:
        """One line on standard error: `planlineage: error: …`."""
        from ..output.screen.text import harmless  # noqa: PLC0415

        self.err.write(f"planlineage: {kind}: {harmless(message)}\n")
        self.err.flush()

    @property
    def in_colour(self) -> bool:
        """Whether standard output is a terminal that wants colour."""
        quiet = self.environment.get("NO_COLOR") or self.environment.get("TERM") == "dumb"
        return self.out.isatty() and not quiet

    @property
    def columns(self) -> int:
        """The width to write in: COLUMNS, or that of the terminal that any of the streams leads to, or 100; at most 140."""
        told = self.environment.get("COLUMNS", "")
        if told.isascii() and told.isdigit() and int(told):
            return min(int(told), _WIDEST)
        for stream in (self.out, self.err, sys.stdin):
            try:
                return min(os.get_terminal_size(stream.fileno()).columns or _WITHOUT_A_TERMINAL, _WIDEST)
            except (AttributeError, OSError, ValueError):  # no terminal, or no stream at all
                continue
        return _WITHOUT_A_TERMINAL

    @contextmanager
    def working(self, key: str, name: str) -> Iterator[None]:
        """Say what is being done while it is done, on a terminal only; the line is gone afterwards."""
        shown = self.err.isatty() and self.environment.get("TERM") != "dumb"
        if shown:
            from ..output.screen.text import cut, harmless  # noqa: PLC0415
            from ..output.screen.words import Words  # noqa: PLC0415

            self.err.write("\r" + cut(Words(self.language)(key, name=harmless(name)), self.columns - 1))
            self.err.flush()
        try:
            yield
        finally:
            if shown:
                self.err.write("\r\x1b[K")
                self.err.flush()
