"""The entry point: reads the command line, runs the command, and turns every error into one line and a status."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import SUPPRESS, RawDescriptionHelpFormatter
from collections.abc import Sequence

from .._version import __version__
from ..model.errors import PlanLineageError
from .command import Parser
from .console import Console
from .language import system_language
from .options import not_over_an_input
from .registry import COMMANDS
from .status import ExitStatus

_DESCRIPTION = """\
Take Chinese government plans apart into tasks, and trace each one to its upper clause and deadline.

A plan is given as the id of a shipped plan (central_2021), a plan JSON, or a document."""

_EPILOG = """\
commands:
{commands}

`planlineage COMMAND --help` shows the options of a command, with examples.

example:
  planlineage demo

exit status: 0 done; 1 a check that was asked for failed; 2 bad usage or unreadable input; 70 a fault of planlineage"""


class _Formatter(RawDescriptionHelpFormatter):
    """Keeps the paragraphs of description and examples, and puts short options and their help on one line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26)


def main(argv: Sequence[str] | None = None) -> int:
    """Run `planlineage` with these arguments (those of the process by default); returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a narrow console shows ? rather than nothing at all
    console = Console()
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
        console.complain("error", f"{error.filename or 'output'}: {error.strerror or error}")
        return ExitStatus.BAD_INPUT
    except Exception as error:  # a fault of ours: never the status of a failed check
        traceback.print_exc()
        console.complain("fault", f"{type(error).__name__}: {error} (please report this)")
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
    console.language = args.lang or system_language(console.environment)
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
    listed = "\n".join(f"  {c.name:<13}{c.summary}" for c in COMMANDS)
    parser = Parser(
        prog="planlineage",
        usage="planlineage [-h] [--version] COMMAND ...",
        description=_DESCRIPTION,
        epilog=_EPILOG.format(commands=listed),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"planlineage {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", prog="planlineage", help=SUPPRESS, parser_class=Parser
    )
    for command in COMMANDS:
        child = commands.add_parser(
            command.name,
            description=command.long_description,
            epilog=command.epilog,
            formatter_class=_Formatter,
            allow_abbrev=False,
        )
        command.configure(child)
    return parser
