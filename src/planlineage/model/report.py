"""What every report is: rows under fixed columns, shown as a table, a pandas frame, HTML or CSV.

CSV files are made for people as well as programs: UTF-8 with a byte order mark, so that Excel opens them, and no cell that
a spreadsheet could take for a formula. Files are written whole or not at all.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from .errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(value: Any, *, exact: bool = False) -> str:
    """A cell as text that no spreadsheet runs as a formula.

    An apostrophe goes before text that begins like one; in columns that programs compare (`exact`) a blank does.

    >>> guarded("=1+1"), guarded("= 100 %", exact=True), guarded(-3), guarded(None)
    ("'=1+1", ' = 100 %', '-3', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    text = str(value)
    if text.lstrip(" \u3000\xa0").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS):
        return (" " if exact else "'") + text
    return text


def write_text(path: str | Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a file whole or not at all. Raises `OutputError` where it can't be written; what was there before stays."""
    return write_bytes(path, text.encode(encoding))


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file whole or not at all: into a new file beside it, which then takes its place."""
    path = Path(path)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError("is a folder", where=str(path), hint="give the name of a file")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
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


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


class Report(ABC):
    """A result as a table. Subclasses name their columns and give their rows."""

    columns: ClassVar[tuple[str, ...]]
    exact_columns: ClassVar[frozenset[str]] = frozenset()
    shown_rows: ClassVar[int] = 60

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """The rows, each a mapping from column to value."""

    @property
    def heading(self) -> str:
        """One line above the table that says what it shows."""
        return ""

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame, one row each, columns as in `columns`."""
        import pandas as pd  # noqa: PLC0415 - heavy, loaded when first asked for

        return pd.DataFrame(
            [{c: row.get(c) for c in self.columns} for row in self.rows()], columns=list(self.columns)
        )

    def __len__(self) -> int:
        return len(self.rows())

    def csv_text(self, headers: Mapping[str, str] | None = None) -> str:
        """The table as CSV text, without a byte order mark. `headers` renames columns."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([guarded((headers or {}).get(c, c)) for c in self.columns])
        for row in self.rows():
            writer.writerow([guarded(row.get(c), exact=c in self.exact_columns) for c in self.columns])
        return out.getvalue()

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV that Excel opens (UTF-8 with a byte order mark). Returns the path.

        Raises `OutputError` where the file can't be written.
        """
        return write_text(path, self.csv_text(), encoding="utf-8-sig")

    def _repr_html_(self) -> str:
        from .show import framed, heading, note, table, text_of  # noqa: PLC0415 - loads in notebooks

        rows = self.rows()
        shown = [[text_of(row.get(c)) for c in self.columns] for row in rows[: self.shown_rows]]
        more = len(rows) - len(shown)
        left = note(f"… {more} more rows; see .frame") if more > 0 else ""
        return framed(heading(self.heading), table(self.columns, shown), left)
