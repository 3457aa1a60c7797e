"""The cells of a filled-in file that could not be taken, on the screen."""

from __future__ import annotations

from ...tabular.imported import ImportReport
from .page import Page
from .table import Column


def problem_table(page: Page, report: ImportReport, *, indent: int = 0) -> None:
    """Each bad cell: where it is, what stands there, and what is wrong with it."""
    words = page.words
    columns = [
        Column(words("problem.cell")),
        Column(words("problem.column")),
        Column(words("problem.value"), share=1, least=8),
        Column(words("problem.problem"), share=2, lines=0, least=16),
    ]
    told = [report.row(problem, words.language) for problem in report]
    page.table(columns, [[r["cell"], r["column"], r["value"], r["problem"]] for r in told], indent=indent)
