"""What a command is: a name, words of help, examples that run, its options, and what it does."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from ..model.errors import PlanLineageError
from .console import Console
from .status import ExitStatus


class UsageError(PlanLineageError):
    """The command line doesn't make sense."""


class Parser(argparse.ArgumentParser):
    """A parser that raises its errors, so that they are shown like all others: on one line."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse has to say as a `UsageError`."""
        raise UsageError(message, hint=f"see `{self.prog} --help`")


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `examples` are whole command lines, run by the tests; `own` shows the use with the user's own files."""

    name: str
    summary: str
    description: str
    examples: tuple[str, ...]
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Console], ExitStatus]
    own: tuple[str, ...] = ()

    @property
    def epilog(self) -> str:
        """What stands below the options in the help."""
        heading = ["example:" if len(self.examples) == 1 else "examples:"] if self.examples else []
        lines = [*heading, *(f"  {line}" for line in self.examples)]
        if self.own:
            lines += [
                *([""] if lines else []),
                "with your own documents:",
                *(f"  {line}" for line in self.own),
            ]
        return "\n".join(lines)

    @property
    def long_description(self) -> str:
        """The description, its paragraphs wrapped for the terminal."""
        paragraphs = (" ".join(p.split()) for p in self.description.split("\n\n"))
        return "\n\n".join(textwrap.fill(p, 90) for p in paragraphs)
