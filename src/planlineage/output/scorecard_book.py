"""The scorecard as a workbook: the result, the indicators, the items to check, the recurring duties, the gaps."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..model.report import plain
from ..model.wording import Lang, percentage, title, words
from ..progress.scorecard import SHARE, Scorecard, ScorecardGroup, result_of
from .workbook import FILLS, Book, lines_needed

_RESULT_FILLS = {"met": "green", "partly": "yellow", "not_met": "red", "unknown": "grey"}
_DUTY_FILLS = {"missed": "red", "no_report": "grey", "met": "green", "met_late": "green"}
_INDICATORS: Mapping[str, float] = {
    "number": 6,
    "group": 12,
    "subgroup": 14,
    "text": 46,
    "addressed": 9,
    "local_ids": 14,
    "confidence": 7,
    "outcome": 8,
    "grounds": 24,
    "evidence": 16,
    "remark": 14,
}
_CHECKS: Mapping[str, float] = {"check": 14, "content": 60, "result": 12, "evidence": 24, "remark": 28, "statement": 26}
_DUTIES: Mapping[str, float] = {
    "content": 64,
    "rhythm": 18,
    "due_on": 12,
    "occurred": 10,
    "done_on": 12,
    "statement": 24,
}
_GAPS: Mapping[str, float] = {"number": 6, "group": 16, "subgroup": 20, "text": 76, "addressed": 12, "outcome": 10}
_GROUPS = tuple(f.name for f in dataclasses.fields(ScorecardGroup))


def write_scorecard(card: Scorecard, path: str | Path) -> Path:
    """Write the workbook. Raises `OutputError` where it can't be written, `MissingExtraError` without openpyxl.

    >>> import tempfile
    >>> from planlineage import scorecard
    >>> path = write_scorecard(scorecard("shanting_2021", as_of="2024-06-30"), Path(tempfile.mkdtemp()) / "book.xlsx")
    >>> path.name
    'book.xlsx'
    """
    book = Book(card.local.name)
    _summary(book, card, card.lang)
    _indicators(book, card, card.lang)
    _checks(book, card, card.lang)
    _duties(book, card, card.lang)
    _gaps(book, card, card.lang)
    return book.save(path)


def _name(card: Scorecard) -> str:
    return words("scorecard.title", card.lang, place=card.local.place or card.local.name)


def _summary(book: Book, card: Scorecard, lang: Lang) -> None:
    sheet = book.sheet(words("scorecard.summary", lang))
    low, high = card.range
    note = words("scorecard.basis", lang, day=card.day, plan=card.plan.name)
    head = book.title(sheet, _name(card), note, len(_GROUPS))
    facts: dict[str, Any] = {
        "all": len(card.indicators),
        "addressed": card.addressed,
        "met": card.count("met"),
        "partly": card.count("partly"),
        "not_met": card.count("not_met"),
        "unknown": card.count("unknown"),
        "share": percentage(low),
        "share at most": percentage(high),
        "against": words(f"verdict.{card.verdict}", lang),
        "deductions": len(card.deductions),
        "grounds": sum(bool(c.occurred) for c in card.grounds),
    }
    for number, (key, value) in enumerate(facts.items(), head):
        name = words(f"scorecard.fact.{key}", lang, share=f"{SHARE:.0%}")
        book.put(sheet, number, 1, name, border=True, bold=True)
        book.put(sheet, number, 2, value, border=True, align="center")
    start = head + len(facts) + 1
    titles = [title(c, lang, "scorecard_group") for c in _GROUPS]
    book.headers(sheet, start, titles, [44, 14, *[11] * (len(_GROUPS) - 2)])
    groups = card.by_group()
    for number, group in enumerate(groups, start + 1):
        for i, key in enumerate(_GROUPS, 1):
            style = {"number_format": "0%"} if key == "share_met" else {}
            align = "left" if i == 1 else "center"
            book.put(sheet, number, i, getattr(group, key), border=True, align=align, **style)
    book.printed(sheet, start, lang, start + len(groups), len(titles))


def _table(
    book: Book,
    card: Scorecard,
    name: str,
    columns: Mapping[str, float],
    rows: Sequence[Sequence[Any]],
    fills: Mapping[tuple[int, int], str] | None = None,
) -> None:
    """A sheet with a table, its columns with their widths; `fills` gives the colour of single cells by row and column, from 0."""
    sheet, fills = book.sheet(name), fills or {}
    head = book.title(sheet, f"{_name(card)}　{name}", words("on day", card.lang, day=card.day), len(columns))
    widths = list(columns.values())
    book.headers(sheet, head, [title(c, card.lang, "scorecard") for c in columns], widths)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            style = {"fill": FILLS[fills[r, c]]} if (r, c) in fills else {}
            if isinstance(value, float):
                style["number_format"] = "0.00"
            book.put(sheet, head + 1 + r, c + 1, value, border=True, **style)
        sheet.row_dimensions[head + 1 + r].height = min(400, 12.5 * lines_needed(row, widths) + 4)
    book.printed(sheet, head, card.lang, head + len(rows), len(columns))


def _indicators(book: Book, card: Scorecard, lang: Lang) -> None:
    at = list(_INDICATORS).index("outcome")
    fills = {(r, at): _RESULT_FILLS[i.outcome] for r, i in enumerate(card.items) if i.kind == "indicator"}
    rows = [[row[key] for key in _INDICATORS] for row in card.rows()]
    _table(book, card, words("scorecard.indicators", lang), _INDICATORS, rows, fills)


def _checks(book: Book, card: Scorecard, lang: Lang) -> None:
    rows = [
        [words(f"scorecard.{i.kind}", lang), i.text, row["outcome"], row["evidence"], row["remark"], row["ids"]]
        for i, row in zip(card.items, card.rows(), strict=True)
        if i.kind != "indicator"
    ] + [
        [
            words("scorecard.ground", lang),
            c.text,
            words(f"result.{result_of(c.occurred)}", lang),
            "",
            plain(c.remark, lang),
            c.id,
        ]
        for c in card.grounds
    ]
    _table(book, card, words("scorecard.checks", lang), _CHECKS, rows)


def _duties(book: Book, card: Scorecard, lang: Lang) -> None:
    rows, fills = [], {}
    at = list(_DUTIES).index("occurred")
    for r, duty in enumerate(card.duties):
        told = words(f"occurrence.{duty.outcome}", lang)
        rows.append([duty.text, duty.rhythm, duty.due, told, duty.done_on, duty.id])
        if duty.outcome in _DUTY_FILLS:
            fills[r, at] = _DUTY_FILLS[duty.outcome]
    _table(book, card, words("scorecard.recurring", lang), _DUTIES, rows, fills)


def _gaps(book: Book, card: Scorecard, lang: Lang) -> None:
    shown = [row for i, row in zip(card.items, card.rows(), strict=True) if i in card.gaps]
    rows = [[row[key] for key in _GAPS] for row in shown]
    _table(book, card, words("scorecard.gaps", lang), _GAPS, rows)
