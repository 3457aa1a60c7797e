"""What a command is: a name, examples that run, its options, and what it does. Its words stand in `words/commands.json`."""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from ..model.errors import PlanLineageError
from ..model.wording import has_words, options, told, words
from .console import Console
from .status import ExitStatus

_DESCRIPTION_WIDTH = 90


class UsageError(PlanLineageError):
    """The command line doesn't make sense."""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the paragraphs of description and examples, wraps Chinese too, and puts short options and their help on one line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language of the process, and raises its errors, so that they are shown like all others.

    The words of an option stand in `words/options.json`, under its command (`option.progress.add.note`) or for all.
    """

    def error(self, message: str) -> NoReturn:
        """Raise what argparse has to say as a `UsageError`."""
        raise UsageError("usage", hint="help", said=message, program=self.prog)

    def format_help(self) -> str:
        """The help, with the words of each option."""
        for action in self._actions:
            if action.help != argparse.SUPPRESS:
                action.help = self._words_of(action.dest) or action.help
        return super().format_help()

    def _words_of(self, dest: str) -> str | None:
        """The words of an option: those of its command, or of the command above it, or those for all."""
        path = self.prog.split()[1:]
        keys = (".".join(("option", *path[:depth], dest)) for depth in range(len(path), -1, -1))
        return next((words(key, options.language) for key in keys if has_words(key)), None)


def refused(key: str, **values: object) -> argparse.ArgumentTypeError:
    """Why a value of an option can't be taken."""
    return argparse.ArgumentTypeError(told("error", key, **values).text(options.language))


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines."""
    from ..output.screen.text import wrap

    return wrap(" ".join(text.split()), width)


def _sentence(text: str) -> str:
    """A sentence of argparse's own in the language of the process."""
    key = f"argparse.{text}"
    return words(key, options.language) if has_words(key) else gettext.gettext(text)


def _counted(one: str, many: str, count: int) -> str:
    return _sentence(one if count == 1 else many)


vars(argparse).update(_=_sentence, ngettext=_counted)  # argparse asks these two for all that it says


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `examples` are whole command lines, run by the tests; `own` shows the use with the user's own files."""

    name: str
    examples: tuple[str, ...]
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Console], ExitStatus]
    own: tuple[str, ...] = ()

    @property
    def _key(self) -> str:
        return f"help.{self.name.replace(' ', '.')}"

    @property
    def summary(self) -> str:
        """What it does, in a line."""
        return words(f"{self._key}.summary", options.language)

    @property
    def epilog(self) -> str:
        """What stands below the options in the help."""
        key = "help.example" if len(self.examples) == 1 else "help.examples"
        blocks = [
            "\n".join((words(heading, options.language), *(f"  {line}" for line in lines)))
            for heading, lines in ((key, self.examples), ("help.own", self.own))
            if lines
        ]
        return "\n\n".join(blocks)

    @property
    def description(self) -> str:
        """What it does, its paragraphs wrapped for the terminal."""
        return paragraphs(f"{self._key}.description")


def paragraphs(key: str) -> str:
    """Words of several paragraphs, wrapped for the terminal."""
    found = words(key, options.language).split("\n\n")
    return "\n\n".join("\n".join(wrapped(paragraph, _DESCRIPTION_WIDTH)) for paragraph in found)
