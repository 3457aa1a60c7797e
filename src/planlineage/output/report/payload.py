"""What the page holds as data: every plan once, and for each local plan its edges, coverage, deadlines and slippage.

Plans and results are separate blocks, so that the page reads only those that are looked at. Statements are named by their
place in their plan's list; the order of the fields of each row is the one that `static/data.js` reads.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

from ...analysis.coverage import Coverage
from ...analysis.coverage_rows import CoveredTask, Status
from ...analysis.deadlines import DeadlineReport, DueTask
from ...analysis.follow_up import FollowUp
from ...comparing.answer import Answer
from ...comparing.lineage import Lineage
from ...linking.review import Decisions
from ...model.commitments import due_text
from ...model.lineage import Difference, LineageEdge, Relation
from ...model.plan import Plan
from ...model.wording import LANGS, Reason, shown
from ...progress.duty_status import DutyStatus
from ...progress.status import StatusReport
from ..differences import Placed, placed
from ..places import short_place

SCHEMA_VERSION = 1

DIFFERENCES = tuple(Difference)
RELATIONS = tuple(Relation)
STATUSES: tuple[Status, ...] = get_args(Status)


class Payload:
    """The data of a report, in blocks."""

    def __init__(
        self,
        lineages: Sequence[Lineage],
        as_of: datetime.date,
        decisions: Decisions | None = None,
        follow_ups: Sequence[FollowUp] = (),
        status: StatusReport | None = None,
    ) -> None:
        self.status = status
        self.decisions = decisions or Decisions()
        self.follow_ups = follow_ups
        many = _one_each(lineages)
        self.lineages = many if decisions is None else [one.reviewed(decisions) for one in many]
        self.as_of = as_of
        self._plans = _plans(self.lineages)
        self._index = {key: {s.id: i for i, s in enumerate(plan.statements)} for key, plan in self._plans.items()}
        self._reasons: dict[tuple[Reason | str, ...], int] = {}

    @cached_property
    def pairs(self) -> list[dict[str, Any]]:
        """One block a local plan."""
        return [self._pair(lineage) for lineage in self.lineages]

    @cached_property
    def plans(self) -> list[dict[str, Any]]:
        """One block a plan, local and upper ones."""
        return [_plan(plan) for plan in self._plans.values()]

    @property
    def summary(self) -> dict[str, Any]:
        """What every view needs: the plans in brief, the figures of each place, the words of reasons."""
        return {
            "schema_version": SCHEMA_VERSION,
            "as_of": self.as_of.isoformat(),
            "plans": [_brief(plan) for plan in self._plans.values()],
            "locals": [_figures(pair) for pair in self.pairs],
            "reasons": [[shown(told, lang) for lang in LANGS] for told in self._reasons],
            "decisions": [json.loads(d.line) for d in self.decisions.made],
            "relations": [str(r) for r in RELATIONS],
            "differences": [str(d) for d in DIFFERENCES],
            "statuses": STATUSES,
        }

    # -- one local plan -----------------------------------------------------------------------------------------------

    def _pair(self, lineage: Lineage) -> dict[str, Any]:
        coverage = Coverage(lineage)
        deadlines = DeadlineReport(lineage.local, self.as_of, lineage, lang="en")
        articles: dict[tuple[str, str, str], int] = {}
        for row in coverage.records:
            articles.setdefault((row.upper_plan, row.part, row.article), len(articles))
        return {
            "local": lineage.local.id,
            "uppers": [u.id for u in lineage.uppers],
            "rate": round(coverage.rate, 4),
            "interval": [round(x, 4) for x in coverage.interval],
            "strict_rate": round(coverage.strict_rate, 4),
            "strict_interval": [round(x, 4) for x in coverage.strict_interval],
            "applicable": len(coverage.applicable),
            "remarks": [self._reason((r,)) for r in coverage.remarks],
            "articles": [list(key) for key in articles],
            "edges": [self._edge(edge, lineage) for edge in lineage.edges],
            "coverage": [self._coverage(row, articles) for row in coverage.records],
            "gaps": [[r.upper_plan, self._at(r.upper_plan, r.upper_id)] for r in coverage.gaps],
            "deadlines": [self._deadline(row) for row in deadlines.records],
            "slippage": [self._slippage(answer) for answer in lineage.answers if answer.aspect != "clause"],
            "followed": [self._followed(f) for f in self.follow_ups if f.plan.id == lineage.local.id],
        }

    def _at(self, plan: str, statement: Any) -> int:
        return self._index.get(plan, {}).get(str(statement or ""), -1)

    def _edge(self, edge: LineageEdge, lineage: Lineage) -> list[Any]:
        local = lineage.local.statement(edge.local_id).text
        upper = lineage.upper(edge.upper_plan).statement(edge.upper_id).text
        return [
            self._at(edge.local_plan, edge.local_id),
            edge.upper_plan,
            self._at(edge.upper_plan, edge.upper_id),
            RELATIONS.index(edge.relation),
            round(edge.confidence, 3),
            _flat(placed(edge.evidence.pieces, local, upper)),
            edge.provenance.reviewer or "",
        ]

    def _coverage(self, row: CoveredTask, articles: Mapping[tuple[str, str, str], int]) -> list[Any]:
        return [
            row.upper_plan,
            self._at(row.upper_plan, row.upper_id),
            STATUSES.index(row.status),
            round(row.confidence, 3),
            row.deadline.isoformat() if row.deadline else "",
            self._reason((row.reason,)),
            articles[row.upper_plan, row.part, row.article],
            [self._at(c.plan.id, c.statement.id) for c in row.carriers],
        ]

    def _deadline(self, row: DueTask) -> list[Any]:
        upper, answer = row.beside.upper, row.beside.answer
        return [
            self._at(row.plan.id, row.id),
            [d.isoformat() for d in row.effective.days] or [row.effective.surface],
            row.status_key,
            row.effective.origin,
            row.words,
            row.assigned.lead,
            row.assigned.support,
            upper.plan.id if upper else "",
            self._at(*upper.key) if upper else -1,
            [[d.isoformat() for d in date.days] or [date.surface] for date in row.beside.deadlines],
            [answer.days_min, answer.days_max] if answer else [None, None],
            self._reason(row.remark),
            row.item,
            [self._progress(duty) for duty in self._duties.get((row.plan.id, row.id), ())],
        ]

    @cached_property
    def _duties(self) -> dict[tuple[str, str], list[DutyStatus]]:
        found: dict[tuple[str, str], list[DutyStatus]] = {}
        for duty in self.status.duties if self.status else ():
            found.setdefault((duty.plan.id, duty.duty.task), []).append(duty)
        return found

    def _progress(self, one: DutyStatus) -> list[Any]:
        """How a duty stands by the ledger: status, light, percentage, why, and the day and reporter of the last report."""
        last = one.last
        return [
            one.verdict.status,
            one.verdict.light,
            one.verdict.percent,
            self._reason(one.verdict.reasons),
            last.effective_on.isoformat() if last else "",
            last.reporter if last else "",
        ]

    def _slippage(self, answer: Answer) -> list[Any]:
        return [
            self._at(answer.local_plan, answer.local_id),
            answer.upper_plan,
            self._at(answer.upper_plan, answer.upper_id),
            answer.aspect,
            answer.change,
            answer.upper_value,
            answer.local_value,
            answer.days_min,
            answer.days_max,
            answer.comparable,
            self._reason(answer.reasons),
            answer.effect,
            [answer.sentence.text(lang) for lang in LANGS] if answer.change != "kept" else None,
        ]

    def _followed(self, found: FollowUp) -> dict[str, Any]:
        """What one report says of the promises of a local plan; of tasks and targets those that the plan as linked has."""
        at = found.report.source.at
        return {
            "report": found.report.name,
            "rate": round(found.rate, 4),
            "interval": [round(x, 4) for x in found.interval],
            "remarks": [self._reason((r,)) for r in found.remarks],
            "rows": [
                [
                    self._at(found.plan.id, row.task_id),
                    row.kind,
                    row.words,
                    row.verdict,
                    row.person or "",
                    row.reviewer,
                    row.confidence,
                    [at(span) for span in row.outcome.evidence],
                    [row.actual_text(lang) for lang in LANGS] if row.actual else None,
                    [row.difference_text(lang) for lang in LANGS] if row.difference else None,
                    row.timing,
                    self._reason(row.reason),
                ]
                for row in found
            ],
        }

    def _reason(self, reasons: tuple[Reason | str, ...]) -> int | None:
        """The number of some reasons in the page's table of reasons, which has them in words; None for none."""
        return self._reasons.setdefault(reasons, len(self._reasons)) if reasons else None


def _one_each(lineages: Sequence[Lineage]) -> list[Lineage]:
    """The lineages of each local plan or file of one, the last one of each."""
    files = [part for lineage in lineages for part in _files(lineage)]
    return list({part.local.id: part for part in files}.values())


def _files(lineage: Lineage) -> list[Lineage]:
    if len(lineage.locals) == 1:
        return [lineage]
    return [
        Lineage(p, lineage.uppers, [e for e in lineage.edges if e.local_plan == p.id], options=lineage.options)
        for p in lineage.locals
    ]


def _plans(lineages: Iterable[Lineage]) -> dict[str, Plan]:
    found: dict[str, Plan] = {}
    for lineage in lineages:
        for plan in (lineage.local, *lineage.uppers):
            found.setdefault(plan.id, plan)
    return found


def _brief(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.name,
        "level": plan.level.value if plan.level else "",
        "place": plan.place,
        "short": short_place(plan),
        "issuer": plan.issuer,
        "number": plan.number,
        "issued": plan.issued.isoformat() if plan.issued else "",
        "period": [plan.period.begins.year, plan.period.ends.year] if plan.period else None,
        "status": plan.status,
        "tasks": len(plan.tasks),
        "unread": round(plan.report.unread_share, 4),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    clauses = {c.id: i for i, c in enumerate(plan.clauses)}
    return {
        "id": plan.id,
        "clauses": [
            [
                c.id,
                c.kind,
                c.number,
                c.title,
                clauses[c.parent] if c.parent is not None else -1,
                plan.label(c.id),
            ]
            for c in plan.clauses
        ],
        "statements": [
            [s.id, clauses[s.clause], s.kind, s.text, due_text(s.deadlines), s.fingerprint] for s in plan.statements
        ],
    }


def _figures(pair: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one place for the comparison of places: rates, counts, and per article what is carried of what applies."""
    by_article = [[0, 0] for _ in pair["articles"]]
    counts = [0] * len(STATUSES)
    for row in pair["coverage"]:
        status = row[2]
        counts[status] += 1
        if STATUSES[status] not in ("not_applicable", "justified"):
            by_article[row[6]][1] += 1
            by_article[row[6]][0] += STATUSES[status] in ("covered", "partly")
    changed = [r for r in pair["slippage"] if r[4] not in ("kept", "not_comparable") and r[9] != "no"]
    stated = [r for r in pair["deadlines"] if r[3] in ("own", "clause")]
    return {
        **{
            key: pair[key]
            for key in ("local", "uppers", "rate", "interval", "strict_rate", "strict_interval", "applicable")
        },
        "counts": counts,
        "articles": [[*key, *done] for key, done in zip(pair["articles"], by_article, strict=True)],
        "weaker": sum(r[11] == "weaker" for r in changed),
        "stronger": sum(r[11] == "stronger" for r in changed),
        "dated": len(stated),
        "past": sum(r[2] == "past" for r in stated),
        "soon": sum(r[2] == "due_soon" for r in stated),
        "followed": len(pair["followed"]),
        "linked": len({e[0] for e in pair["edges"] if RELATIONS[e[3]] is not Relation.THEMATIC}),
    }


def _flat(places: Sequence[Placed]) -> list[int]:
    """Placed pieces as a flat list, five numbers each: difference, start and end in the local and in the upper text."""
    return [n for p in places for n in (DIFFERENCES.index(p.difference), *p.local, *p.upper)]
