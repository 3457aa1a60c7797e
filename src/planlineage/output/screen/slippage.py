"""What became of the upper plan's commitments: counts, then the changes with what stood above and what stands below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...analysis.slippage import Slippage
from ...comparing.answer import Answer
from ...comparing.changes import ASPECTS
from ...model.wording import shown
from .page import Page
from .table import Cell, Column

_STYLES = {"weaker": "red", "stronger": "green", "mixed": "yellow", "same": "", "": "dim"}


def slippage_page(page: Page, report: Slippage, *, every_row: bool = False) -> None:
    """The whole table: changes by aspect, then what could not be compared; kept ones only where asked for."""
    words = page.words
    rows = report.records
    page.title(words("slippage"), words("slippage note"))
    counts: Counter[str] = Counter(r.effect for r in report.changed)
    page.items(
        [(words(f"effect.{effect}"), style), (f" {counts[effect]}", "bold")]
        for effect, style in _STYLES.items()
        if effect in ("weaker", "stronger", "mixed") and counts[effect]
    )
    for aspect in ASPECTS:
        own = [r for r in rows if r.aspect == aspect and r.comparable != "no"]
        if aspect == "clause" and not every_row:
            page.title(words("aspect.clause"), words("slip.folded", count=len(own)))
            continue
        shown = own if every_row else [r for r in own if r.change != "kept"]
        kept = sum(r.change == "kept" for r in own)
        page.title(words(f"aspect.{aspect}"), words("slip.kept ones", count=kept) if kept else "")
        if shown:
            _table(page, shown)
        else:
            page.line(words("slip.no changes"), style="green", indent=2)
    apart = [r for r in rows if r.comparable == "no" and (every_row or r.aspect != "clause")]
    if apart:
        page.title(words("slip.not compared"))
        _table(page, apart)


def _table(page: Page, rows: Sequence[Answer]) -> None:
    words = page.words
    columns = [
        Column(words("slip.change"), least=6),
        Column(words("slip.above"), share=2, lines=3, least=12),
        Column(words("slip.below"), share=2, lines=3, least=12),
        Column(words("task"), share=4, lines=3, least=20),
        Column(words("slip.why"), share=3, lines=3, least=12),
    ]
    page.table(columns, [_row(page, row) for row in rows], indent=2)


def _row(page: Page, answer: Answer) -> list[Cell | str]:
    words = page.words
    return [
        Cell(f"{words(f'slip.{answer.change}')} {_days(answer)}".strip(), _STYLES[answer.effect]),
        _value(page, answer.upper_value),
        _value(page, answer.local_value),
        answer.local_text or answer.upper_text,
        Cell(shown(answer.reasons, words.language), "dim"),
    ]


def _days(answer: Answer) -> str:
    low, high = answer.days_min, answer.days_max
    if low is None or low == high == 0:
        return ""
    return f"{low:+d}" if low == high else f"{low:+d}～{high:+d}"


def _value(page: Page, value: str) -> str:
    return page.words.known(f"slip.value.{value}", value.replace("latest=", "").replace(";alt=", " / "))
