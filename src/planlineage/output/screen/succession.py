"""Plan after plan on the screen: counts, the numbers of both side by side, then the tasks by what became of them."""

from __future__ import annotations

from ...analysis.succession import Succeeded, SucceededTarget, Succession
from ...model.wording import shown as in_words
from .page import Page
from .table import Cell, Column

MOST = 12
"""Tasks shown of each kind where not every row is asked for."""

_STYLES = {"raised": "green", "lowered": "red", "mixed": "yellow", "dropped": "red", "new": "green", "kept": "dim"}
_EFFECTS = {"weaker": "red", "stronger": "green", "mixed": "yellow"}


def succession_page(page: Page, report: Succession, *, every_row: bool = False) -> None:
    """Numbers first; of the tasks those that moved, all of them where every row is asked for."""
    words = page.words
    page.title(words("succession.title"), words("succession.note"))
    for remark in report.remarks:
        page.line(remark.text(words.language), style="yellow", indent=2)
    page.items(
        [(words(f"succession.{status}"), _STYLES.get(status, "")), (f" {count}", "bold")]
        for status, count in report.counts.items()
    )
    numbers = [t for t in report.targets if every_row or (t.old_id and t.new_id)]
    if numbers:
        page.title(words("succession.targets"))
        columns = [
            Column(words("succession.indicator"), share=3, lines=2, least=12),
            Column(words("succession.old"), share=1, lines=2, least=10),
            Column(words("succession.new text"), share=1, lines=2, least=10),
            Column(words("succession.changes"), least=6),
        ]
        page.table(columns, [_number(page, target) for target in numbers], indent=2)
    columns = [
        Column(words("succession.changes"), least=8),
        Column(words("succession.old"), share=4, lines=3, least=20),
        Column(words("succession.new text"), share=4, lines=3, least=20),
    ]
    for status in ("raised", "lowered", "mixed", "dropped", "new", *(("partly", "kept") if every_row else ())):
        rows = [r for r in report.records if r.status == status]
        if rows:
            shown = rows if every_row else rows[:MOST]
            page.title(words(f"succession.{status}"), str(len(rows)))
            page.table(columns, [_task(page, row) for row in shown], indent=2)
            if len(shown) < len(rows):
                page.line(words("succession.more", count=len(rows) - len(shown)), style="dim", indent=2)


def _number(page: Page, target: SucceededTarget) -> list[Cell | str]:
    told = Cell(page.words(f"slip.{target.change}"), _EFFECTS.get(target.effect, ""))
    return [target.indicator, target.old_value, target.new_value, told]


def _task(page: Page, row: Succeeded) -> list[Cell | str]:
    told = in_words(row.changes, page.words.language) or page.words(f"succession.{row.status}")
    return [Cell(told, _STYLES.get(row.status, "")), row.old_text, row.new_text]
