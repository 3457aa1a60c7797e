"""Two readers on the screen: how far they agree, which labels they confuse, and what is left to settle."""

from __future__ import annotations

from ...analysis.agreement import Agreement
from .page import Page
from .table import Column

MOST = 20
"""Disagreements shown; the file has them all."""


def agreement_page(page: Page, report: Agreement) -> None:
    """The measures, then the disagreements."""
    words = page.words
    page.title(words("agreement.title"))
    columns = [Column(words("agreement.measure"), least=10), Column(words("agreement.value"), least=10)]
    rows = [
        [words("agreement.items"), f"{len(report):,}"],
        [words("agreement.alone"), " / ".join(map(str, report.alone))],
        [words("agreement.percent"), str(report.percent)],
        ["Cohen κ", str(report.kappa)],
        ["Krippendorff α", str(report.alpha)],
    ]
    page.table(columns, rows, indent=2)
    left = report.disagreements
    page.title(words("agreement.left"), str(len(left)))
    if len(left):
        columns = [
            Column(words("column.task_id"), share=2, least=12),
            Column(words("column.first"), least=8),
            Column(words("column.second"), least=8),
            Column(words("column.text"), share=4, lines=2, least=16),
        ]
        page.table(columns, [[r.task_id, r.first, r.second, r.text] for r in left[:MOST]], indent=2)
    if len(left) > MOST:
        page.line(words("succession.more", count=len(left) - MOST), style="dim", indent=2)
