"""Exit statuses, by name."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the command tells the shell. Those above 100 follow the shell's own rule: 128 and the number of the signal."""

    DONE = 0
    CHECK_FAILED = 1
    BAD_INPUT = 2
    CRASHED = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141
