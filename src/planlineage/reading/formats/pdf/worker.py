"""The process that reads PDFs for another: one message in, one out, until the other side is gone."""

from __future__ import annotations

import contextlib
import sys

from ....model.errors import DamagedSourceError, PlanLineageError
from ..values import LIMITS, too_much
from .extract import extract_pdf
from .isolated import packed, receive, send


def answer(data: bytes) -> bytes:
    """The text of a PDF, or the error it raises, as a message."""
    try:
        return packed(extract_pdf(data, ""))
    except PlanLineageError as error:
        return packed(error)
    except MemoryError:
        return packed(too_much("", f"needs more than {LIMITS.memory >> 20} MB of memory"))
    except Exception as error:
        what = f"is a PDF that breaks the reader: {type(error).__name__}"
        return packed(DamagedSourceError(what, hint="print it to a new PDF"))


def main() -> None:
    """Serve until the input ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory, LIMITS.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            send(sys.stdout.buffer, answer(receive(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
