"""Reading in a second process: a file may be built to hang the library that reads it, or to take all memory.

One such process is started when the first packed or marked-up file (PDF, DOCX, XLSX, web page) is read, and serves those that
follow. The system bounds its memory and its seconds of work, and it is killed where a file goes beyond them.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from io import FileIO
from typing import IO, Any

from ...model import errors
from ...model.wording import packed as plain, unpacked as unplain
from .values import LIMITS, SCANS, Extracted, Limits, Mark, Note, too_much

_HEAD = struct.Struct("!QQ")
_PIECE = 1 << 20
_LEAVE = 0.2
"""Seconds to wait for a process to end by itself."""
_PATIENCE = 6
"""The process counts its own seconds of work; on the clock of a busy machine it may take this many times as long."""


class NoProcessError(Exception):
    """No process can be started here."""


def read_isolated(data: bytes, name: str, *, scan: bool = False) -> Extracted:
    """The text of a file, or the error of its reader; of a `scan` by OCR. Raises `NoProcessError`."""
    return unpacked((_SCANNER if scan else _READER).ask(data, name), name)


def packed(found: Extracted | errors.PlanLineageError) -> bytes:
    """A result or an error as bytes, for the way between two processes."""
    if isinstance(found, Extracted):
        message: dict[str, Any] = asdict(replace(found, notes=()))
        message["notes"] = [(note.code, plain(note.said)) for note in found.notes]
    else:
        message = {"error": type(found).__name__, "key": found.key, "hint": found.hint_key, "values": found.values}
    return json.dumps(message).encode()


def unpacked(answer: bytes, name: str) -> Extracted:
    """The result behind an answer of the second process; raises the error that it holds."""
    message = json.loads(answer)
    if "error" in message:
        raise getattr(errors, message["error"])(message["key"], where=name, hint=message["hint"], **message["values"])
    message["notes"] = tuple(Note(code, unplain(said)) for code, said in message["notes"])
    message["signs"] = tuple((start, end) for start, end in message["signs"])
    message["marks"] = tuple(Mark(**mark) for mark in message["marks"])
    return Extracted(**message)


class _Reader:
    """The second process, started when it is first asked. Questions and answers are numbered.

    Whatever ends a question early (an error, Ctrl-C, a timeout that raises) ends the process too: the answer that it still owes
    must never be taken for that of the next file.
    """

    def __init__(self, task: str, limits: Limits) -> None:
        self._task, self._limits = task, limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, data: bytes, name: str) -> bytes:
        """The answer for one file. Raises `HostileSourceError` where the process died or had to be killed."""
        with self._lock:
            try:
                process = self._running()
                late = threading.Event()

                def stop() -> None:
                    late.set()
                    process.kill()

                timer = threading.Timer(_PATIENCE * self._limits.seconds, stop)
                timer.daemon = True
                timer.start()
                try:
                    return self._exchange(process, data)
                finally:
                    timer.cancel()
            except EOFError:
                ended = self._stop()
                if late.is_set() or ended == -getattr(signal, "SIGXCPU", 0):
                    raise too_much(name, "slow", seconds=self._limits.seconds) from None
                raise too_much(name, "memory or stopped", megabytes=self._limits.memory >> 20) from None
            except BaseException:
                self._stop()
                raise

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes) -> bytes:
        """Send one file and wait for its answer. Raises `EOFError` where the process is gone."""
        assert process.stdin is not None and process.stdout is not None
        self._asked += 1
        try:
            send(process.stdin, self._asked, data)
            number, answer = receive(process.stdout)
        except (BrokenPipeError, ConnectionResetError):
            raise EOFError from None
        if number != self._asked:
            raise RuntimeError(f"the reader answered question {number}, not {self._asked}")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
            try:
                self._process = subprocess.Popen(
                    [sys.executable or "python3", "-P", "-m", f"{__package__}.worker", self._task],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    bufsize=0,  # nothing is held back that a fork could send twice
                )
            except TimeoutError:  # an OSError too, but the caller's own
                raise
            except OSError as error:
                raise NoProcessError from error
        return self._process

    def _stop(self) -> int:
        """End the process, whatever it is at; gives how it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        _close_pipes(process)  # it ends by itself where it waits for the next file
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(_LEAVE)
        process.kill()
        return process.wait()

    def forked(self) -> None:
        """Begin anew in a process that was forked: the lock may be held there for ever, the process is the parent's."""
        process = self._process
        self.__init__(self._task, self._limits)  # type: ignore[misc]
        if process is not None:
            process.returncode = 0  # it is the child of another process, which will end it
            _close_pipes(process)

    def close(self) -> None:
        """Stop the process, if there is one."""
        with self._lock:
            self._stop()


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def send(pipe: IO[bytes] | FileIO, number: int, data: bytes) -> None:
    """Write one message and its number."""
    for part in (_HEAD.pack(number, len(data)), data):
        left = memoryview(part)
        while left:
            left = left[pipe.write(left) :]


def receive(pipe: IO[bytes] | FileIO) -> tuple[int, bytes]:
    """Read one message and its number. Raises `EOFError` where the other side is gone."""
    number, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    return number, _exactly(pipe, length)


def _exactly(pipe: IO[bytes] | FileIO, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = pipe.read(min(length - len(data), _PIECE))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


_READER, _SCANNER = _Reader("file", LIMITS), _Reader("scan", SCANS)
for _one in (_READER, _SCANNER):
    atexit.register(_one.close)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_one.forked)
