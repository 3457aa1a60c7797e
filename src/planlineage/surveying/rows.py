"""One plan, and what was found about it, as rows of the survey's tables."""

from __future__ import annotations

import datetime
from typing import Any

from ..analysis.coverage import Coverage
from ..analysis.deadlines import DeadlineReport
from ..analysis.follow_up import FollowUp
from ..analysis.slippage import Slippage
from ..comparing.lineage import Lineage
from ..model.plan import Plan
from ..model.wording import Lang, shown

Rows = list[tuple[Any, ...]]

_ANY_DAY = datetime.date(2000, 1, 1)
"""Deadlines are kept without how they stand on a day, so any day will do."""


def statement_rows(plan: Plan) -> Rows:
    """The statements, in the order of the text."""
    clauses = {c.id: (plan.label(plan.path(c.id)[0].id), c.id, c.number) for c in plan.clauses}
    return [
        (plan.id, s.id, *clauses[s.clause], s.kind, s.span.start, s.span.end, s.text, s.fingerprint)
        for s in plan.statements
    ]


def commitment_rows(plan: Plan) -> Rows:
    """The expressions recognised in the statements."""
    return [
        (plan.id, s.id, c.span.start, c.span.end, plan.raw(c.span), c.kind, c.normal)
        for s in plan.statements
        for c in s.commitments
    ]


def edge_rows(lineage: Lineage) -> Rows:
    """The edges to all upper plans."""
    return [
        (
            e.local_plan,
            e.local_id,
            e.local_kind,
            e.local_span.start,
            e.local_span.end,
            e.upper_plan,
            e.upper_id,
            e.upper_kind,
            e.upper_span.start,
            e.upper_span.end,
            e.relation.value,
            e.confidence,
        )
        for e in lineage.edges
    ]


def coverage_rows(lineage: Lineage, lang: Lang) -> Rows:
    """Each upper task and how it is carried down."""
    return [
        (
            lineage.local.id,
            r.upper_plan,
            r.upper_id,
            r.part,
            r.article,
            r.kind,
            r.status,
            r.applicable,
            round(r.confidence, 6),
            round(r.carried_share, 6),
            r.deadline,
            r.strength,
            r.local_ids,
            shown(r.reason, lang),
        )
        for r in Coverage(lineage).records
    ]


def slippage_rows(lineage: Lineage, lang: Lang) -> Rows:
    """What became of each upper commitment."""
    return [
        (
            lineage.local.id,
            a.local_id,
            a.upper_plan,
            a.upper_id,
            a.aspect,
            a.change,
            a.upper_value,
            a.local_value,
            a.days_min,
            a.days_max,
            a.comparable,
            a.effect,
            a.relation,
            a.confidence,
            shown(a.reasons, lang),
        )
        for a in Slippage(lineage).records
    ]


def deadline_rows(plan: Plan, lineage: Lineage | None, lang: Lang) -> Rows:
    """Each task and date that holds for it, with the upper date beside it."""
    return [
        (
            plan.id,
            r.id,
            r.item,
            r.lead,
            r.support,
            min(r.effective.days, default=None),
            max(r.effective.days, default=None),
            shown(r.due, lang),
            r.effective.origin,
            r.words,
            r.beside.upper.plan.id if r.beside.upper else None,
            r.beside.upper.statement.id if r.beside.upper else None,
            r.upper_due,
            r.beside.answer.days_min if r.beside.answer else None,
            r.beside.answer.days_max if r.beside.answer else None,
        )
        for r in DeadlineReport(plan, _ANY_DAY, lineage, lang=lang)
    ]


def follow_up_rows(found: FollowUp) -> Rows:
    """What the later report says of each promise."""
    return [
        (
            r.plan,
            r.report,
            r.task_id,
            r.start,
            r.end,
            r.kind,
            r.indicator,
            r.comparison,
            r.value,
            r.unit,
            r.verdict,
            r.confidence,
            r.report_ids,
            r.evidence,
            r.actual,
            r.actual_unit,
            r.difference,
            r.timing,
        )
        for r in found
    ]
