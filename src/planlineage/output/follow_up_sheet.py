"""The sheet on which a person gives verdicts: each promise beside the words of the report and what the machine says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..analysis.follow_up import Followed, FollowUp
from ..analysis.pledges import SHEET
from ..model.wording import Lang, words
from .workbook import Book, lines_needed

_WIDTHS: Mapping[str, float] = {
    "kind": 6,
    "promise": 40,
    "verdict": 9,
    "confidence": 7,
    "actual": 9,
    "difference": 12,
    "timing": 7,
    "evidence": 44,
    "person": 11,
    "reviewer": 9,
    "note": 18,
    "plan": 10,
    "report": 10,
    "task_id": 12,
    "start": 6,
    "end": 6,
}
_EDITABLE = ("person", "reviewer", "note")
_CHOICES = {
    "target": ("met", "close", "missed", "reported", "not_reported"),
    "task": ("reported_done", "reported", "not_reported"),
}
_FILLED = 7
"""The columns before this one need no second line."""


def write_follow_up(found: FollowUp, path: str | Path, *, lang: Lang = "zh") -> Path:
    """Write the sheet as a workbook: only the yellow cells can be filled in. Returns the path.

    What a person fills in is read back by `follow_up(..., verdicts=path)`. Raises `OutputError` where it can't be written,
    `MissingExtraError` without openpyxl.

    >>> import tempfile
    >>> from planlineage import follow_up, parse_text
    >>> plan = parse_text("一、今年重点工作\\n城镇新增就业110万人以上。", title="某省2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n城镇新增就业118万人。\\n二、今年重点工作\\n抓好就业。"
    >>> found = follow_up(plan, parse_text(told, title="某省2025年政府工作报告"))
    >>> write_follow_up(found, Path(tempfile.mkdtemp()) / "verdicts.xlsx").name
    'verdicts.xlsx'
    """
    book = Book(found.heading)
    sheet = book.sheet(words("sheet.follow_up", lang))
    title = words("sheet.follow_up title", lang, plan=found.plan.name)
    head = book.title(sheet, title, words("sheet.follow_up note", lang), len(SHEET.names))
    widths = [_WIDTHS[c] for c in SHEET.names]
    book.headers(sheet, head, list(SHEET.titles(lang).values()), widths)
    for number, row in enumerate(found, head + 1):
        cells = _cells(found, row, lang)
        book.entries(sheet, number, SHEET.names, cells, _EDITABLE)
        shown = [cells.get(c) for c in SHEET.names[: _FILLED + 1]]
        sheet.row_dimensions[number].height = min(400, 13 * lines_needed(shown, widths[: _FILLED + 1]) + 4)
    for kind, verdicts in _CHOICES.items():
        numbers = [number for number, row in enumerate(found, head + 1) if row.kind == kind]
        choices = [words(f"verdict.{v}", lang) for v in verdicts]
        book.rule(sheet, SHEET.names.index("person") + 1, numbers, words("sheet.choose", lang), choices=choices)
    book.protect(sheet)
    book.printed(sheet, head, lang, head + len(found), len(SHEET.names))
    book.note({"kind": "follow-up", "plan": found.plan.id, "report": found.report.id, "rubric": found.rubric})
    return book.save(path)


def _cells(found: FollowUp, row: Followed, lang: Lang) -> dict[str, Any]:
    return {
        "kind": words(f"promise.{row.kind}", lang),
        "promise": row.words,
        "verdict": words(f"verdict.{row.verdict}", lang),
        "confidence": row.confidence,
        "actual": row.actual_text(lang),
        "difference": row.difference_text(lang),
        "timing": words(f"timing.{row.timing}", lang),
        "evidence": " … ".join(found.report.source.at(span) for span in row.outcome.evidence),
        "person": words(f"verdict.{row.person}", lang) if row.person else None,
        "reviewer": row.reviewer,
        "note": row.note,
        "plan": row.plan,
        "report": row.report,
        "task_id": row.task_id,
        "start": row.start,
        "end": row.end,
    }
