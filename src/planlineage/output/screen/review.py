"""Review on the screen: what is to be decided, what became of a sheet, how decisions stand, and why an edge was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ...linking.explain import Explanation
from ...linking.review_check import DecisionCheck
from ...model.deciding import BROKEN
from ...model.wording import shown
from ..review_import import ReviewImport
from ..review_sheet import Review
from .page import Page
from .problems import problem_table
from .table import Cell, Column

_SHOWN = 20
_STYLES = {"holds": "green", "moved": "green", "superseded": "dim", "elsewhere": "dim"}
_OUTCOMES = {
    "linked": "green",
    "accepted": "green",
    "topic_only": "dim",
    "turned_down": "dim",
    "rejected": "yellow",
}
_POINTS = 3


def review_page(page: Page, review: Review) -> None:
    """The edges and gaps to be decided, the first of each."""
    words = page.words
    page.banner(review.lineage.local.name)
    page.line("→ " + "；".join(u.name for u in review.lineage.uppers), indent=2, hanging=2)
    for title, kind in (("edges to review", "edge"), ("gaps to review", "gap")):
        found = [r for r in review if r.kind == kind]
        page.title(words(title, count=len(found), below=f"{review.below:g}"))
        columns = [
            Column(words("confidence"), align="right"),
            Column(words("local text"), share=1, lines=2, least=12),
            Column(words("upper id")),
            Column(words("upper text"), share=1, lines=2, least=12),
        ]
        rows: list[Sequence[Cell | str]] = [
            [
                "" if r.confidence is None else f"{r.confidence:.2f}",
                r.local_text,
                Cell(r.upper_id, "dim"),
                r.upper_text,
            ]
            for r in found[:_SHOWN]
        ]
        page.table(columns, rows, indent=2)
        if len(found) > _SHOWN:
            page.line(words("more to review", count=len(found) - _SHOWN), style="dim", indent=2)


def import_page(page: Page, report: ReviewImport, path: Path) -> None:
    """What became of a sheet, and each cell that could not be taken."""
    words = page.words
    if report.refused:
        page.line(words("review refused", bad=report.bad), style="bold red")
    else:
        values = {"added": report.added, "known": report.known, "blank": report.blank}
        page.line(words("review taken", path=path, **values), style="bold")
        if report.problems:
            page.line(words("review skipped", bad=report.bad), style="yellow")
    problem_table(page, report, indent=2)


def check_page(page: Page, check: DecisionCheck) -> None:
    """The counts, and each decision that does not hold."""
    words = page.words
    counts = Counter(s.state for s in check.checked)
    tally = words.comma.join(f"{words(f'decision.{state}')} {n}" for state, n in counts.items())
    page.line(
        words("n decisions", count=len(check.checked)) + (words.colon + tally if tally else ""),
        style="bold",
    )
    for one in check.checked:
        if one.state not in (*BROKEN, "moved"):
            continue
        decision = one.decision
        relation = f" {words(f'relation.{decision.relation}')}" if decision.relation else ""
        page.blank()
        page.lead(
            f"{words(f'decision.{one.state}')} ",
            words(f"decide.{decision.action}") + relation,
            lead_style=_STYLES.get(one.state, "yellow"),
            style="bold",
            indent=2,
        )
        if decision.local_id:
            page.line(f"{decision.local_plan} {decision.local_id}  {decision.local_text}", indent=4)
        page.line(f"→ {decision.upper_plan} {decision.upper_id}  {decision.upper_text}", indent=4, hanging=2)
        who = words.comma.join(x for x in (decision.reviewer, str(decision.date or ""), decision.note) if x)
        if who:
            page.line(who, style="dim", indent=4)
        page.line(shown(one.reasons, words.language), indent=4)


def explanation_page(page: Page, explanation: Explanation) -> None:
    """For each statement what was considered, best first, and why."""
    words = page.words
    for one in explanation.considered:
        page.title(words("considered"), one.statement.id)
        page.line(one.statement.text, indent=2)
        if not one.candidates:
            page.line(words("nothing near"), style="yellow", indent=2)
        for rank, candidate in enumerate(one.candidates, 1):
            relation = f" {words(f'relation.{candidate.relation}')}" if candidate.relation else ""
            by = f" ({candidate.reviewer})" if candidate.reviewer else ""
            sure = words.comma + words("confidence of", value=f"{candidate.confidence:.2f}")
            outcome = words(f"outcome.{candidate.outcome}")
            page.lead(f"{rank}. ", outcome + relation + by + sure, style=_OUTCOMES[candidate.outcome], indent=2)
            page.line(f"{candidate.plan.id} {candidate.statement.id}", style="dim", indent=5)
            page.line(candidate.statement.text, indent=5)
            if candidate.points:
                lead = words("speaks for it" if candidate.best else "falls behind") + words.colon
                told = "；" if words.language == "zh" else "; "
                points = told.join(p.text(words.language) for p in candidate.points[:_POINTS])
                page.lead(lead, points, lead_style="dim", indent=5)
