"""Lineage on the screen: all edges as a table, and the trace of single tasks as a small tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...comparing.answer import Answer
from ...comparing.lineage import Lineage
from ...comparing.trace import MissingLevel, Trace
from ...model.commitments import due_text
from ...model.parts import Statement
from ...model.plan import Plan
from ...model.wording import shown
from .page import Page
from .table import Cell, Column

_STYLES = {"verbatim": "green", "adapted": "green", "partial": "yellow", "thematic": "dim"}


def lineage_page(page: Page, lineage: Lineage) -> None:
    """The edges of a local plan, a line each, under the counts by relation."""
    words = page.words
    page.banner("、".join(p.name for p in lineage.locals))
    page.line("→ " + "；".join(u.name for u in lineage.uppers), indent=2, hanging=2)
    counts = Counter(e.relation.value for e in lineage.edges)
    tally = words.comma.join(f"{words(f'relation.{r}')} {counts[r]}" for r in _STYLES if counts[r])
    page.line(words("n edges", count=len(lineage.edges)) + (words.colon + tally if tally else ""), indent=2)
    page.blank()
    columns = [
        Column(words("local id")),
        Column(words("local text"), share=1, least=12),
        Column(words("relation")),
        Column(words("confidence"), align="right"),
        Column(words("upper id")),
        Column(words("upper text"), share=1, least=12),
    ]
    rows: list[Sequence[Cell | str]] = [
        [
            Cell(e.local_id, "dim"),
            lineage.lower(e.local_plan).statement(e.local_id).text,
            Cell(words(f"relation.{e.relation}"), _STYLES[e.relation]),
            f"{e.confidence:.2f}",
            Cell(e.upper_id, "dim"),
            lineage.upper(e.upper_plan).statement(e.upper_id).text,
        ]
        for e in lineage.edges
    ]
    page.table(columns, rows, indent=2)


def trace_page(page: Page, traces: Sequence[Trace]) -> None:
    """Each task with the levels that are not held and the upper statements it carries."""
    told = False
    for trace in traces:
        page.blank()
        _trace(page, trace, told=told)
        told = told or bool(trace.steps and trace.missing)


def _trace(page: Page, trace: Trace, *, told: bool) -> None:
    """One tree. Where the missing levels were `told` of for an earlier task, they are only named."""
    words = page.words
    _statement(page, trace.local, trace.statement, indent=0)
    if not trace.steps:
        page.lead("└─ ", words("no upper statement"), style="yellow", indent=2)
    seen: set[str] = set()
    for step in trace.steps:
        fresh = [m for m in trace.between(step.plan) if m.level not in seen]
        seen.update(m.level for m in fresh)
        if told and fresh:
            levels = words.enumeration.join(words(f"level.{m.level}") for m in fresh)
            page.lead("│  ", levels + words.colon + words("as above"), style="dim", lead_style="dim", indent=2)
        for missing in [] if told else fresh:
            page.lead("│  ", _missing(page, missing), below="│", style="dim", lead_style="dim", indent=2)
        relation = words(f"relation.{step.edge.relation}") + words.comma
        confidence = words("confidence of", value=f"{step.edge.confidence:.2f}")
        page.lead("└─ ", relation + confidence, style=_STYLES[step.edge.relation], indent=2)
        _statement(page, step.plan, step.statement, indent=5)
        for answer in step.dates:
            page.lead(words("change") + words.colon, _change(page, answer), style="bold", indent=7)


def _statement(page: Page, plan: Plan, statement: Statement, *, indent: int) -> None:
    words = page.words
    level = words(f"level.{plan.level}") if plan.level else "?"
    page.lead(f"[{level}] ", f"{plan.name}", style="bold", lead_style="cyan", indent=indent)
    page.line(f"{plan.label(statement.clause)} · {statement.id}", style="dim", indent=indent + 2, hanging=2)
    page.line(statement.text, indent=indent + 2)
    due = due_text(statement.deadlines)
    if due:
        page.lead(
            words("due") + words.colon,
            due.replace(" / ", f" {words('or')} "),
            style="bold",
            indent=indent + 2,
        )


def _missing(page: Page, missing: MissingLevel) -> str:
    words = page.words
    level = words(f"level.{missing.level}") + words.colon
    if not missing.cited:
        return level + words("not held nor cited")
    names = "；".join(f"《{c.title}》" + (f"（{c.number}）" if c.number else "") for c in missing.cited)
    return level + names + words.comma + words("cited not held")


def _change(page: Page, answer: Answer) -> str:
    words = page.words
    why = shown(answer.reasons, words.language)
    return answer.text(words.language) + (f"{words.comma}{why}" if why else "")
