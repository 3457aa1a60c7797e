"""What every report is: rows under fixed columns, shown as a table, a pandas frame, HTML or CSV.

CSV files are made for people as well as programs: UTF-8 with a byte order mark, so that Excel opens them, and no cell that
a spreadsheet could take for a formula. Files are written whole or not at all.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, get_args, overload

from .disk import write_text
from .show import Showable
from .wording import Lang, Reason, Term, language, options, shown, title, words

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
UNSEEN = " \u3000\xa0\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


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
    if text.lstrip(UNSEEN).startswith(FORMULA_STARTS):
        return (" " if exact else "'") + text
    return text


def csv_text(titles: Sequence[str], rows: Iterable[Sequence[Any]], exact: Sequence[bool] = ()) -> str:
    """A table as CSV text for people and spreadsheets; `exact` says which columns programs compare.

    >>> csv_text(["Task", "Note"], [["9.29", "=1"]])
    "Task,Note\\r\\n9.29,'=1\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in titles])
    keeps = exact or [False] * len(titles)
    writer.writerows([guarded(v, exact=e) for v, e in zip(row, keeps, strict=True)] for row in rows)
    return out.getvalue()


R = TypeVar("R")


def column(*, exact: bool = False, hidden: bool = False, words: str = "", joint: str = " ", **field: Any) -> Any:
    """A field of a record that is more than a plain column.

    `exact` columns are compared by programs and keep their characters in CSV files; `hidden` fields are data of the record
    that no table shows. `words` names the family of words by which a key is shown: `column(words="status")` shows `partly` as
    部分承接. `joint` stands between the members of a tuple. `field` goes to `dataclasses.field`.
    """
    told = {"exact": exact, "hidden": hidden, "words": words, "joint": joint}
    return dataclasses.field(metadata=told, **field)


def plain(value: Any, lang: Lang, *, family: str = "", joint: str = " ") -> Any:
    """A value of a record as tables hold it: reasons, terms and keys of a family in words, tuples joined, the rest as it is.

    >>> plain(("1.1-a", "1.2-b"), "zh"), plain("partly", "zh", family="status")
    ('1.1-a 1.2-b', '部分承接')
    """
    if isinstance(value, Reason | Term):
        return value.text(lang)
    if isinstance(value, tuple):
        told = any(isinstance(v, Reason | Term) for v in value)
        return shown(value, lang) if told else joint.join(shown(v, lang) for v in value)
    return words(f"{family}.{value}", lang) if family and value else value


class Report(Showable, ABC, Sequence[R], Generic[R]):
    """A result as a sequence of frozen records, shown as a table, a pandas frame, HTML or CSV.

    A subclass names its record (`class Coverage(Report[CoverageRow])`) and gives `records`; the columns are the record's
    fields. `lang` is the language of what is put into words. A table for people, whose files have titles in that language in
    place of the names of the fields, says of what `kind` it is (see `wording.title`). `shown_columns` are those of a notebook's
    table, where not all have room. `frame_data` names, for columns
    that hold words for people, the attributes that its frame holds instead (a `status_key` as `status`).
    """

    kind: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()
    exact_columns: ClassVar[frozenset[str]] = frozenset()
    frame_data: ClassVar[Mapping[str, Sequence[str]]] = {}
    shown_rows: ClassVar[int] = 12
    shown_columns: ClassVar[tuple[str, ...]] = ()
    _shown_by: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    lang: Lang = "en"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            record = next((a for a in get_args(base) if dataclasses.is_dataclass(a)), None)
            if record is not None and "columns" not in vars(cls):
                fields = [f for f in dataclasses.fields(record) if not f.metadata.get("hidden")]
                cls.columns = tuple(f.name for f in fields)
                cls.exact_columns = frozenset(f.name for f in fields if f.metadata.get("exact"))
                cls._shown_by = {
                    f.name: {"family": f.metadata["words"], "joint": f.metadata["joint"]} for f in fields if f.metadata
                }

    @property
    @abstractmethod
    def records(self) -> Sequence[R]:
        """The records, in the order of the table."""

    @property
    def shown_records(self) -> Sequence[R]:
        """The records in the order in which a notebook shows them: what matters first."""
        return self.records

    def rows(self) -> Sequence[Row]:
        """The records as mappings from column to plain value."""
        return [self.row(record) for record in self.records]

    def row(self, record: R, lang: Lang | None = None) -> Row:
        """One record as a mapping from column to plain value, in the language of the report or another."""
        told = lang or self.lang
        return {c: plain(getattr(record, c), told, **self._shown_by.get(c, {})) for c in self.columns}

    @property
    def heading(self) -> str:
        """One line above the table that says what it shows."""
        return ""

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame that is data: days as dates, numbers as numbers, keys as categories in their order.

        Its columns are those of the table, with data in place of words for people (see `frame_data`).
        """
        from .frames import frame_of

        attributes = [a for c in self.columns for a in self.frame_data.get(c, (c,))]
        return frame_of(self.records, {a.removesuffix("_key"): a for a in attributes}, self.rows())

    def __repr__(self) -> str:
        head = f"{self.heading}, " if self.heading else ""
        return f"{type(self).__name__}({head}{len(self)} rows)"

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...
    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        return self.records[at]

    @property
    def speaks(self) -> Lang:
        """The language in which it shows itself: the one it was made with, else that of the process."""
        return self._given_lang or options.language

    @property
    def _given_lang(self) -> Lang | None:
        """The language it was made with, if any."""
        return vars(self).get("lang")

    def _speak_in(self, lang: Lang | None) -> None:
        """Take the language it is made with; without one it shows itself in that of the process, and files are English."""
        if lang:
            self.lang = language(lang)

    @property
    def headers(self) -> dict[str, str]:
        """The titles of the columns in the language of the report."""
        return self.titles_in(self.lang)

    def titles_in(self, lang: Lang) -> dict[str, str]:
        """The titles of the columns in a language."""
        return {c: title(c, lang, self.kind) for c in self.columns}

    def csv_text(self, headers: Mapping[str, str] | None = None) -> str:
        """The table as CSV text, without a byte order mark. `headers` renames columns; those of tables for people have titles."""
        named = headers if headers is not None else self.headers if self.kind else {}
        exact = [c in self.exact_columns for c in self.columns]
        return csv_text([named.get(c, c) for c in self.columns], self._cells(), exact)

    def _cells(self) -> Iterator[list[Any]]:
        return ([row.get(c) for c in self.columns] for row in self.rows())

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV that Excel opens (UTF-8 with a byte order mark). Returns the path.

        Raises `OutputError` where the file can't be written.
        """
        return write_text(path, self.csv_text(), encoding="utf-8-sig")

    def to_latex(self, path: str | Path, columns: Sequence[str] = ()) -> Path:
        """Write the table, with the columns that a notebook shows or those asked for, as LaTeX (longtable, booktabs).

        Raises `OutputError` where the file can't be written, `MissingExtraError` without Jinja2.
        """
        return _printed().to_latex(self, path, columns)  # type: ignore[no-any-return]

    def to_docx(self, path: str | Path, columns: Sequence[str] = ()) -> Path:
        """Write the table, with the columns that a notebook shows or those asked for, as Word document. Raises `OutputError`."""
        return _printed().to_docx(self, path, columns)  # type: ignore[no-any-return]


def _printed() -> Any:
    return import_module("planlineage.output.exports.printed")
