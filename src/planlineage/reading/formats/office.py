"""Word, WPS and Excel files of before 2007, RTF and OpenDocument: read through LibreOffice where it is installed.

It turns the file into one of today's, in a folder and with a profile of its own and with proxies that lead nowhere, and
is ended after a while. Its macros are off, as they are where it runs without a window.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from .detect import Format
from .values import LIMITS

_SECONDS = 60.0
_NOWHERE = "http://127.0.0.1:9"
"""Where the office program finds no server: a document may ask it to fetch pictures."""


class Route(NamedTuple):
    """How a file is read by way of another: the program's filter for it, what it becomes, what it is called."""

    filter: str
    to: str
    kind: str


_WORD, _SHEET = Route("MS Word 97", "docx", "doc"), Route("MS Excel 97", "xlsx", "xls")
_RTF, _ODT = Route("Rich Text Format", "docx", "rtf"), Route("writer8", "docx", "odt")
_ODT_HEAD = b"mimetypeapplication/vnd.oasis.opendocument.text"


def route_of(data: bytes, kind: Format) -> Route | None:
    """How a file of a format that is not read itself becomes one that is; None where there is no way."""
    if kind == "rtf":
        return _RTF
    if kind == "zip":
        return _ODT if _ODT_HEAD in data[:200] else None
    if kind != "ole" or _holds(data, "EncryptedPackage"):
        return None
    return _SHEET if _holds(data, "Workbook") else _WORD if _holds(data, "WordDocument") else None


def _holds(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def program() -> str | None:
    """The office program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, route: Route) -> bytes | None:
    """The file as one of today's; None where no office program is installed, or it can't read the file."""
    office = program()
    if office is None or len(data) > LIMITS.bytes:
        return None
    with tempfile.TemporaryDirectory(prefix="planlineage-") as folder:
        source, made = Path(folder, f"plan.{route.kind}"), Path(folder, "out", f"plan.{route.to}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ("--headless", "--norestore", f"--infilter={route.filter}", "--convert-to", route.to)
        _run([office, profile, *options, "--outdir", str(made.parent), str(source)], folder)
        if not made.is_file() or made.stat().st_size > LIMITS.bytes:
            return None
        return made.read_bytes()


def _run(command: list[str], folder: str) -> None:
    """Run the program and all that it starts, for a minute at most."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE)
    environment = {**os.environ, **proxies, "no_proxy": "", "NO_PROXY": "", "HOME": folder}
    silent = subprocess.DEVNULL
    with (
        contextlib.suppress(OSError),
        subprocess.Popen(
            command, env=environment, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        ) as process,
    ):
        try:
            process.wait(_SECONDS)
        except BaseException as error:
            with contextlib.suppress(OSError, AttributeError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
