"""How a plan was read: what it is, what it cites, what was found in it, what was cleaned, and its outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ...model.parts import CitedPlan, Clause
from ...model.plan import Plan
from ..tables import CommitmentTable
from .page import Page
from .table import Cell, Column


def reading_page(page: Page, plan: Plan, is_held: Callable[[CitedPlan], bool]) -> None:
    """The reading report and the outline of a plan. `is_held` tells whether a cited plan is at hand."""
    words = page.words
    page.banner(plan.name)
    level = words(f"level.{plan.level}") if plan.level else words("not stated")
    period = f"{plan.period.begins} – {plan.period.ends}" if plan.period else ""
    source = plan.source
    page.facts(
        [
            (words("id"), plan.id),
            (words("level"), " · ".join(t for t in (level, plan.place) if t)),
            (words("issuer"), plan.issuer),
            (words("document number"), plan.number),
            (words("issued"), str(plan.issued or "")),
            (words("period"), period),
            (words("state"), words(f"state.{plan.status}") if plan.status != "unknown" else ""),
            (words("source"), f"{source.name} · {source.encoding} · sha256 {source.sha256[:12]}…"),
        ]
    )
    _cited(page, plan, is_held)
    _kinds(page, plan)
    _cleaning(page, plan)
    _remarks(page, plan)
    _outline(page, plan)


def _cited(page: Page, plan: Plan, is_held: Callable[[CitedPlan], bool]) -> None:
    words = page.words
    uppers = [c for c in plan.cited if c.plan_role != "names"]
    others = len(plan.cited) - len(uppers)
    if not plan.cited:
        return
    page.title(words("cited plans"))
    rows: list[Sequence[Cell | str]] = []
    for cited in uppers:
        held = is_held(cited)
        name = f"《{cited.title}》" + (f"（{cited.number}）" if cited.number else "")
        rows.append(
            [
                words(f"role.{cited.role}"),
                words(f"level.{cited.level}") if cited.level else "",
                name,
                Cell(words("held" if held else "not held"), "green" if held else "yellow"),
            ]
        )
    columns = [Column(""), Column(""), Column("", share=1, lines=3, least=20), Column("")]
    page.table(columns, rows, indent=2, header=False)
    if others:
        page.line(words("also names", count=others), style="dim", indent=2)


def _kinds(page: Page, plan: Plan) -> None:
    words, report = page.words, plan.report
    counts = Counter(str(s.kind) for s in plan.statements)
    unread = words("unread share", share=f"{report.unread_share:.2%}")
    page.title(words("statements", count=len(plan.statements)), unread)
    rows: list[Sequence[Cell | str]] = [
        [
            Cell(words(f"kind.{kind}"), "bold" if kind == "task" else ""),
            str(counts[kind]),
            words("characters", count=f"{characters:,}"),
        ]
        for kind, characters in sorted(report.kinds.items(), key=lambda item: -item[1])
        if characters
    ]
    page.table([Column(""), Column("", align="right"), Column("", align="right")], rows, indent=2, header=False)
    kinds = Counter(c.kind for s in plan.statements for c in s.commitments)
    if kinds:
        found = words.comma.join(f"{words.known(f'commitment.{k}', k)} {n}" for k, n in kinds.most_common())
        page.line(words("found in them") + words.colon + found, indent=2, hanging=2)


def _cleaning(page: Page, plan: Plan) -> None:
    words = page.words
    if plan.report.cleaning:
        page.title(words("cleaning"), words("source unchanged"))
        done = sorted(plan.report.cleaning.items(), key=lambda item: -item[1])
        page.line(words.comma.join(f"{words.known(f'cleaning.{r}', r)} {n}" for r, n in done), indent=2)


def _remarks(page: Page, plan: Plan) -> None:
    if plan.report.remarks:
        page.title(page.words("remarks"))
        for remark in plan.report.remarks:
            page.lead("! ", remark.text(page.words.language), lead_style="yellow", indent=2)


def _outline(page: Page, plan: Plan) -> None:
    words = page.words
    shown = [(c, d) for c in plan.clauses if (d := _depth(plan, c)) < 2 and (c.number or c.title)]
    if not shown:
        return
    page.title(words("outline"), words("outline note"))
    counts: Counter[str] = Counter()
    for task in plan.tasks:
        counts.update(c.id for c in plan.path(task.clause))
    for clause, depth in shown:
        tasks = counts[clause.id]
        name = clause.number + (" " if clause.number and clause.number[-1] not in "、．.）" else "") + clause.title
        tail = f"  {words('n tasks', count=tasks)}" if tasks else ""
        page.line(name + tail, style="bold" if depth == 0 else "", indent=2 + 2 * depth, hanging=4)


def _depth(plan: Plan, clause: Clause) -> int:
    return len([c for c in plan.path(clause.id) if c.number or c.title]) - 1


def commitments_page(page: Page, table: CommitmentTable) -> None:
    """The expressions of a plan, a line each; those of strength, in nearly every sentence, only where they were asked for."""
    words, plan = page.words, table.plan
    page.banner(plan.name)
    counts = Counter(row.kind for row in table)
    found = words.comma.join(f"{words.known(f'commitment.{k}', k)} {n}" for k, n in counts.most_common())
    page.line(words("n expressions", count=len(table)) + (words.colon + found if found else ""), indent=2, hanging=2)
    page.blank()
    columns = [
        Column(words("statement")),
        Column(words("kind"), most=16),
        Column(words("surface"), share=3, least=12),
        Column(words("normal"), share=4, least=12),
    ]
    left_out = 0 if table.kinds else counts["strength"]
    rows: list[Sequence[Cell | str]] = [
        [r.statement, words.known(f"commitment.{r.kind}", r.kind), r.surface, Cell(r.normal, "cyan")]
        for r in table
        if not left_out or r.kind != "strength"
    ]
    page.table(columns, rows, indent=2)
    if left_out:
        page.line(words("left out", count=left_out), style="dim", indent=2)
