"""Reading PDFs in a second process: PDFium is fast and careful, but it can't be interrupted, and a file may be built to hang it.

One such process is started when the first PDF is read and serves those that follow. It has a bounded address space, and it
is killed when a file takes too long. Where no process can be started, the PDF is read in this one.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import struct
import subprocess
import sys
import threading
from typing import IO, Any

from ....model import errors
from ..values import LIMITS, Extracted, Note, too_much

_LENGTH = struct.Struct("!Q")


def read_pdf(data: bytes, name: str) -> Extracted:
    """The text of a PDF.

    Raises `EncryptedSourceError`, `DamagedSourceError`, `NoTextLayerError`, `HostileSourceError` or `MissingExtraError`.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise errors.MissingExtraError(
            "reading PDF needs pypdfium2, which is not installed",
            where=name,
            hint="pip install 'planlineage[documents]'",
        )
    try:
        answer = _READER.ask(data, name)
    except OSError:
        from .extract import extract_pdf

        return extract_pdf(data, name)
    return unpacked(answer, name)


def packed(found: Extracted | errors.PlanLineageError) -> bytes:
    """A result or an error as bytes, for the way between two processes."""
    if isinstance(found, Extracted):
        notes = [[note.code, note.message] for note in found.notes]
        message: dict[str, Any] = {
            "text": found.text,
            "encoding": found.encoding,
            "facts": dict(found.facts),
            "notes": notes,
        }
    else:
        message = {"error": type(found).__name__, "what": found.what, "hint": found.hint}
    return json.dumps(message).encode()


def unpacked(answer: bytes, name: str) -> Extracted:
    """The result behind an answer of the second process; raises the error that it holds."""
    message = json.loads(answer)
    if "error" in message:
        raise getattr(errors, message["error"])(message["what"], where=name, hint=message["hint"])
    notes = tuple(Note(*note) for note in message["notes"])
    return Extracted(message["text"], message["encoding"], message["facts"], notes)


class _Reader:
    """The second process, started when it is first asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, data: bytes, name: str) -> bytes:
        """The answer for one file. Raises `HostileSourceError` where the process died or had to be killed."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(LIMITS.seconds, stop)
            timer.daemon = True
            timer.start()
            try:
                send(process.stdin, data)
                answer = receive(process.stdout)
            except (OSError, EOFError):
                answer = None
            finally:
                timer.cancel()
            if answer is not None:
                return answer
            self._stop()
        if late.is_set():
            raise too_much(name, f"takes longer than {LIMITS.seconds:g} seconds to read")
        raise too_much(
            name,
            f"needs more than {LIMITS.memory >> 20} MB of memory, or stops the PDF library, when it is read",
        )

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._owner != os.getpid()):
            self._stop()
        if self._process is None:
            if not sys.executable:
                raise OSError("no Python to start")
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", f"{__package__}.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            self._owner = os.getpid()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        else:
            process.returncode = 0  # it is the child of another process, which will end it
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def close(self) -> None:
        """Stop the process, if there is one."""
        with self._lock:
            self._stop()


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message. Raises `EOFError` where the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


_READER = _Reader()
atexit.register(_READER.close)
