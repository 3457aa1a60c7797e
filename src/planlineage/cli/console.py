"""The console: what is printed where, how wide, in colour or not, and the sign of life during long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TextIO

from ..model.wording import Lang, Reason, shown, words

if TYPE_CHECKING:
    from rich.progress import TaskID

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
        self.out = out or sys.stdout or _nowhere()  # Python has no stream where one was closed before it started
        self.err = err or sys.stderr or _nowhere()
        self.environment = os.environ if environment is None else environment
        self.language: Lang = "zh"

    def page(self) -> Page:
        """An empty page that fits this console."""
        from ..output.screen.page import Page  # with rich, when something is shown
        from ..output.screen.words import Words

        return Page(self.columns, Words(self.language), in_colour=self.in_colour)

    def show(self, page: Page) -> None:
        """Print a page."""
        self.write(page.text + "\n")

    def write(self, text: str) -> None:
        """Write to standard output as it is."""
        self.out.write(text)
        self.out.flush()

    def complain(self, kind: str, message: str | Reason) -> None:
        """One line on standard error: `planlineage: error: …`."""
        from ..output.screen.text import harmless

        self.err.write(
            f"planlineage: {words(f'complaint.{kind}', self.language)}{harmless(shown(message, self.language))}\n"
        )
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
    def counting(self) -> Iterator[Callable[[str, int, int], None]]:
        """A bar for each stage of long work, with rate and time left, on a terminal only. Called with stage, done, of."""
        if not self.err.isatty():
            yield lambda *_: None
            return
        from rich.console import Console as Terminal
        from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

        from ..output.screen.words import Words

        terminal = Terminal(file=self.err, _environ=self.environment)
        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=terminal, transient=True) as bars:
            stages: dict[str, TaskID] = {}

            def tell(stage: str, done: int, of: int) -> None:
                if stage not in stages:
                    stages[stage] = bars.add_task(Words(self.language)(f"stage.{stage}"), total=of)
                bars.update(stages[stage], completed=done, total=of)

            yield tell

    @contextmanager
    def working(self, key: str, name: str) -> Iterator[None]:
        """Say what is being done while it is done, on a terminal only; the line is gone afterwards."""
        if not self.err.isatty():
            yield
            return
        from rich.console import Console as Terminal
        from rich.live import Live
        from rich.spinner import Spinner
        from rich.text import Text

        from ..output.screen.text import harmless
        from ..output.screen.words import Words

        said = Text(Words(self.language)(key, name=harmless(name)), overflow="ellipsis", no_wrap=True)
        terminal = Terminal(file=self.err, _environ=self.environment)
        spinner = Spinner("dots", said, style="cyan")
        with Live(spinner, console=terminal, transient=True, redirect_stdout=False, redirect_stderr=False):
            yield


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - as long as the process lives
