"""An edited task table taken back, on the screen: what was taken, and which decisions don't stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ...analysis.tags import Tags
from ...model.deciding import BROKEN
from ...model.wording import shown
from ...reading.decided_tasks import DecidedPlan
from ..task_import import TaskImport
from .page import Page
from .problems import problem_table
from .table import Column


def taken_page(page: Page, report: TaskImport, path: Path) -> None:
    """What became of the table, and each cell that could not be taken."""
    words = page.words
    if report.refused:
        page.line(words("tasks refused", bad=report.bad), style="bold red")
    else:
        page.line(words("tasks taken", path=path, added=report.added, known=report.known), style="bold")
        if report.problems:
            page.line(words("review skipped", bad=report.bad), style="yellow")
    problem_table(page, report, indent=2)


def applied_page(page: Page, decided: DecidedPlan) -> None:
    """How the decisions stand; those that were not applied with the reason."""
    words = page.words
    counts = Counter(one.state for one in decided)
    tally = words.comma.join(f"{words(f'decision.{state}')} {n}" for state, n in counts.items())
    page.line(words("n decisions", count=len(decided)) + (words.colon + tally if tally else ""), style="bold")
    for one in decided:
        if one.state not in (*BROKEN, "moved"):
            continue
        page.blank()
        page.lead(f"{words(f'decision.{one.state}')} ", one.text, lead_style="yellow", indent=2)
        page.line(shown(one.reason, words.language), style="dim", indent=4)


def tags_page(page: Page, found: Tags) -> None:
    """How many tasks have each tag, and the first tasks of each."""
    words = page.words
    page.banner(found.plan.name)
    for family in found.families:
        own = [one for one in found if one.family == family]
        page.title(family, str(len({one.id for one in own})))
        columns = [
            Column(words("column.tag"), least=8),
            Column(words("column.tags.because"), share=1, lines=2, least=8),
            Column(words("column.content"), share=3, lines=2, least=20),
        ]
        for tag, count in Counter(one.tag for one in own).most_common():
            rows = [[tag, "、".join(one.because), one.text] for one in own if one.tag == tag][:_SHOWN]
            page.line(f"{tag} {count}", style="bold", indent=2)
            page.table(columns, rows, indent=2)


_SHOWN = 3
"""Tasks shown of each tag."""
