"""The entry point: reads the command line, runs the command, and turns every error into one line and a status."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Sequence

from .._version import __version__
from ..model.disk import refusal
from ..model.errors import PlanLineageError
from ..model.wording import LANGS, Lang, options, system_language, told, words
from .command import Formatter, Parser, paragraphs
from .console import Console
from .options import not_over_an_input
from .project import Project
from .registry import COMMANDS
from .status import ExitStatus


def main(argv: Sequence[str] | None = None) -> int:
    """Run `planlineage` with these arguments (those of the process by default); returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a narrow console shows ? rather than nothing at all
    console = Console()
    console.language = _asked(argv) or _usual(console)
    with options.speaking(console.language):
        return _answered(argv, console)


def _asked(argv: Sequence[str] | None) -> Lang | None:
    """The language that the command line asks for, known before anything else of it is read: its errors speak it too."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--lang", nargs="?")
    asked = parser.parse_known_args(argv)[0].lang
    return next((known for known in LANGS if known == asked), None)


def _usual(console: Console) -> Lang:
    """The language of the environment variable, else of the project, else of the system."""
    if "PLANLINEAGE_LANG" not in console.environment:
        try:
            if language := Project.here().language:
                return language
        except PlanLineageError:
            pass  # the command that needs the project will say what is wrong with it
    return system_language(console.environment)


def _answered(argv: Sequence[str] | None, console: Console) -> int:
    """Run the command and say what went wrong."""
    try:
        status = _run(argv, console)
        console.out.flush()
        return int(status)
    except PlanLineageError as error:
        console.complain("error", error.message)
        return ExitStatus.BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to say, not even at exit
        return ExitStatus.BROKEN_PIPE
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except OSError as error:
        where = error.filename or told("said", "output")
        console.complain("error", told("said", "where", where=where, what=refusal(error)).text(console.language))
        return ExitStatus.BAD_INPUT
    except Exception as error:  # a fault of ours: never the status of a failed check
        traceback.print_exc()
        what = told("said", "please report", error=f"{type(error).__name__}: {error}")
        console.complain("fault", what.text(console.language))
        return ExitStatus.CRASHED


def _run(argv: Sequence[str] | None, console: Console) -> ExitStatus:
    parser = make_parser()
    try:
        args = parser.parse_args(_joined(sys.argv[1:] if argv is None else argv))
    except SystemExit as stop:  # --help and --version have printed
        return ExitStatus.DONE if not stop.code else ExitStatus.BAD_INPUT
    if args.command is None:
        parser.print_help()
        return ExitStatus.DONE
    args.lang = args.lang or ("zh" if any(getattr(args, n, None) for n in ("out", "out_dir")) else console.language)
    not_over_an_input(args)
    command = next(c for c in COMMANDS if c.name == args.command)
    return command.run(args, console)


def _joined(argv: Sequence[str]) -> list[str]:
    """The arguments with a command of two words as one."""
    two = " ".join(argv[:2])
    return [two, *argv[2:]] if any(two == c.name for c in COMMANDS) else list(argv)


def make_parser() -> Parser:
    """The parser of the whole command line."""
    lang = options.language
    listed = "\n".join((words("help.commands", lang), *(f"  {c.name:<13}{c.summary}" for c in COMMANDS)))
    example = "\n".join((words("help.example", lang), "  planlineage demo"))
    parser = Parser(
        prog="planlineage",
        usage="planlineage [-h] [--version] COMMAND ...",
        description=paragraphs("help.about"),
        epilog="\n\n".join((listed, words("help.more", lang), example, words("help.statuses", lang))),
        formatter_class=Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"planlineage {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", prog="planlineage", help=SUPPRESS, parser_class=Parser
    )
    for command in COMMANDS:
        child = commands.add_parser(
            command.name,
            description=command.description,
            epilog=command.epilog,
            formatter_class=Formatter,
            allow_abbrev=False,
        )
        command.configure(child)
    return parser
