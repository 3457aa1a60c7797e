"""The process that reads files for another: one message in, one out, until the other side is gone."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Callable

from ...model.errors import DamagedSourceError, PlanLineageError
from . import extract_here
from .isolated import packed, receive, send
from .values import LIMITS, SCANS, Extracted, Limits, too_much


def answer(data: bytes, read: Callable[[bytes], Extracted], limits: Limits) -> bytes:
    """The text of a file, or the error it raises, as a message."""
    try:
        return packed(read(data))
    except PlanLineageError as error:
        return packed(error)
    except MemoryError:
        return packed(too_much("", "memory", megabytes=limits.memory >> 20))
    except Exception as error:
        return packed(DamagedSourceError("breaks reader", hint="save again or text", error=type(error).__name__))


def _scan(data: bytes) -> Extracted:
    from .scans import extract_scan_here

    return extract_scan_here(data, "", SCANS.seconds)


def main() -> None:
    """Serve until the input ends. Seconds of work and memory are bounded by the system, where it can."""
    scans = sys.argv[1:] == ["scan"]
    limits, read = (SCANS, _scan) if scans else (LIMITS, lambda data: extract_here(data, ""))
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = io.FileIO(0, closefd=False), io.FileIO(1, "w", closefd=False)
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            number, data = receive(source)
            _bound_work(limits)
            send(sink, number, answer(data, read, limits))


def _bound_work(limits: Limits) -> None:
    """Let the system end this process once the file at hand has taken its seconds; a library in C can't be interrupted."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        until = int(time.process_time() + limits.seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))


if __name__ == "__main__":
    main()
