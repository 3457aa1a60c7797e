"""A report as a table of a paper: LaTeX with booktabs rules (by pandas' Styler), or a Word document (by python-docx)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...model.disk import write_text
from ...model.errors import MissingExtraError
from ...model.report import Report
from ...model.wording import Lang, has_words, joined, percentage, words
from ..yearly_document import Heading, Table, write_document

_PERCENT = frozenset({"rate", "strict_rate", "low", "high", "survival", "carried_share"})
"""Columns that hold shares; they are printed as percentages."""
_NARROW, _WIDE = 12, 150
"""Columns of so few characters keep their width; the others share so many millimetres."""


FAMILIES = {
    "kind": ("kind", "gap", "commitment", "scored"),
    "local_kind": ("kind",),
    "upper_kind": ("kind",),
    "comparable": ("page.comparable",),
    "actors": ("level",),
    "change": ("slip",),
    "deadline_change": ("slip",),
    "commitments": ("commitment",),
    "levels_not_held": ("level",),
    "status": ("status", "progress"),
    "source": ("tasks",),
    **dict.fromkeys(("first", "second", "settled"), ("verdict",)),
}
"""The families of words of the keys in a column, where they do not bear its name."""


def to_latex(report: Report[Any], path: str | Path, columns: Sequence[str] = ()) -> Path:
    """Write a report as a LaTeX table that may run over pages (longtable and booktabs; Chinese needs ctex). Returns the path.

    Raises `OutputError` where it can't be written, `MissingExtraError` without Jinja2.
    """
    try:
        import jinja2  # noqa: F401 - what pandas' Styler writes with
    except ImportError as error:
        raise MissingExtraError("no jinja2", hint="install notebook") from error
    import pandas as pd

    table = _table(report, columns)
    frame = pd.DataFrame(list(table.rows), columns=list(table.headers))
    styler = frame.style.hide(axis="index").format(escape="latex").format_index(escape="latex", axis="columns")
    text: str = styler.to_latex(
        environment="longtable",
        hrules=True,
        column_format=_widths(table),
        caption=_escaped(report.heading) or None,
    )
    text = text.replace("Continued on next page", words("latex.continued", report.speaks))
    return write_text(path, f"% \\usepackage{{longtable,booktabs,array}}\n{text}")


def to_docx(report: Report[Any], path: str | Path, columns: Sequence[str] = ()) -> Path:
    """Write a report as a Word document with its heading and one table, whose head row stands on each page. Returns the path.

    Raises `OutputError` where it can't be written.
    """
    heading = [Heading(1, report.heading)] if report.heading else []
    return write_document([*heading, _table(report, columns)], path, lang=report.speaks)


def _table(report: Report[Any], columns: Sequence[str]) -> Table:
    """The columns that matter (as in a notebook), or those asked for, as text under their titles."""
    chosen = tuple(columns) or report.shown_columns or report.columns
    titles = report.titles_in(report.speaks)
    rows = (told_row(report, record) for record in report.records)
    return Table(
        tuple(titles[c] for c in chosen),
        tuple(tuple(_text(c, row.get(c)) for c in chosen) for row in rows),
    )


def told_row(report: Report[Any], record: Any) -> Mapping[str, Any]:
    """A record as people read it, in the language in which its report shows itself: keys of every column in words."""
    lang = report.speaks
    return {c: _said(c, getattr(record, c, None), value, lang) for c, value in report.row(record, lang).items()}


def _said(column: str, held: Any, value: Any, lang: Lang) -> Any:
    """A value in words, where all of what is `held` are keys."""
    keys = held if isinstance(held, tuple) else (value,)
    if not keys or not all(isinstance(key, str) for key in keys):
        return value
    found = [next((k for f in FAMILIES.get(column, (column,)) if has_words(k := f"{f}.{key}")), "") for key in keys]
    return joined((words(key, lang) for key in found), lang) if all(found) else value


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in _PERCENT and isinstance(value, float):
        return percentage(value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _widths(table: Table) -> str:
    """How wide each column is: as its cells are where these are short, else a paragraph of its share of the page."""
    longest = [max((len(row[i]) for row in table.rows), default=0) for i in range(len(table.headers))]
    wide = sum(n for n in longest if n > _NARROW) or 1
    return "".join("l" if n <= _NARROW else f"p{{{max(15, _WIDE * n // wide)}mm}}" for n in longest)


def _escaped(text: str) -> str:
    marks = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(marks.get(c, f"\\{c}" if c in "&%$#_{}" else c) for c in text)
