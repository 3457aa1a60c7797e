"""Files as bytes: read with an error that says what is wrong, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .errors import OutputError, PlanLineageError

Kind = type[PlanLineageError]

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
    hint: str = "check the path",
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
            raise (folder or error)("is a folder", where=where, hint="give the path of one file")
        if most is not None and (size := path.stat().st_size) > most:
            raise (large or error)(f"has {size:,} bytes; at most {most:,} are read", where=where, hint="split it")
        with path.open("rb") as file:
            return file.read(first)
    except FileNotFoundError:
        raise (missing or error)("no such file", where=where, hint=hint) from None
    except (OSError, ValueError) as cause:
        said = getattr(cause, "strerror", None) or cause
        where = where if where.isprintable() else repr(where)
        raise error(f"can't be read: {said}", where=where, hint="check the file and its permissions") from cause


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
            raise OutputError("is a folder", where=str(path), hint="give the name of a file")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else new_mode())
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(
            f"can't be written: {error.strerror or error}",
            where=str(path),
            hint="check the folder and its permissions",
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return path


def new_mode() -> int:
    """The permissions that a new file gets here."""
    current = os.umask(0)
    os.umask(current)
    return 0o666 & ~current
