"""Files as bytes: read with an error that says what is wrong, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .errors import OutputError, PlanLineageError
from .wording import Reason, has_words, told

Kind = type[PlanLineageError]

_UNSAFE = re.compile(r'[/\\:*?"<>|]')
"""Characters that the name of a file can't have everywhere."""

LONGEST_NAME = 60
"""Characters of the name of a file that is named by something else."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has a use for and XML does not allow."""

LONGEST_SHOWN = 300
"""Characters of a path that an error shows."""


def read_bytes(
    path: str | Path,
    *,
    error: Kind,
    missing: Kind | None = None,
    folder: Kind | None = None,
    large: Kind | None = None,
    most: int | None = None,
    first: int = -1,
    hint: str = "check path",
) -> bytes:
    """The bytes of a file, or the `first` ones of them.

    Raises `error` where it can't be read, and in place of it `missing` where there is no such file (with the `hint`), `folder`
    where the path is that of a folder, `large` where it has more than `most` bytes.
    """
    where = str(path)
    if len(where) > LONGEST_SHOWN:
        where = f"{where[:LONGEST_SHOWN]}…"  # somebody gave the text itself
    try:
        path = Path(path)
        if path.is_dir():
            raise (folder or error)("folder", where=where, hint="one file")
        if most is not None and (size := path.stat().st_size) > most:
            raise (large or error)("too large", where=where, hint="split", size=size, most=most)
        with path.open("rb") as file:
            return file.read(first)
    except FileNotFoundError:
        raise (missing or error)("no such file", where=where, hint=hint) from None
    except (OSError, ValueError) as cause:
        where = where if where.isprintable() else repr(where)
        raise error("unreadable", where=where, hint="permissions", said=refusal(cause)) from cause


def refusal(error: Exception) -> Reason:
    """Why the system refused, in words.

    >>> import errno
    >>> refusal(OSError(errno.ENOSPC, "No space left on device")).text("zh")
    '磁盘空间不足'
    """
    number = getattr(error, "errno", None) or 0
    code = str(errno.errorcode.get(number) or getattr(error, "sqlite_errorname", type(error).__name__))
    key = code if has_words(f"os.{code}") else "other"
    return told("os", key, code=code, said=getattr(error, "strerror", None) or str(error))


def write_text(path: str | Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a file whole or not at all. Raises `OutputError` where it can't be written; what was there before stays."""
    return write_bytes(path, text.encode(encoding))


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file whole or not at all: into a new file beside it, which then takes its place.

    A link stays, and what it leads to is written; a pipe or device is written to.
    """
    path = Path(path)
    temporary = None
    try:
        if path.is_symlink():
            path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError("folder", where=str(path), hint="file name")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else new_mode())
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError("unwritable", where=str(path), hint="folder permissions", said=refusal(error)) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return path


def numbered_paths(folder: str | Path, names: Iterable[str], ending: str) -> Iterator[Path]:
    """A path in a folder, which is made, for a file of each name; numbered, so that no two are the same.

    Raises `OutputError` where the folder can't be made.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in numbered_paths(folder, ["区司法局", "镇/街道"], ".xlsx")]
    ['01_区司法局.xlsx', '02_镇_街道.xlsx']
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("unwritable", where=str(folder), hint="folder permissions", said=refusal(error)) from error
    for number, name in enumerate(names, 1):
        yield folder / f"{number:02d}_{_UNSAFE.sub('_', name)[:LONGEST_NAME]}{ending}"


def new_mode() -> int:
    """The permissions that a new file gets here."""
    current = os.umask(0)
    os.umask(current)
    return 0o666 & ~current
