"""Why a row of the slippage table says what it says: what ties two statements, and to what a new number belongs."""

from __future__ import annotations

import datetime
import re

from ..linking.applicability import clauses_of, place_of
from ..linking.pairing import SURE_WITHOUT_EDGE, Carrier, clause_text, numbers_of
from ..linking.quantities import Quantity, aspect_of
from ..linking.strength_sides import likeness_to
from ..model.commitments import Deadline, DocumentNumber, Duration, Recurrence
from ..model.plan import Plan, Statement

_ADJECTIVE = re.compile("年度|半年度|季度|月度|定期")
_YEAR = re.compile(r"〔(\d{4})〕")


def adopted_from(plan: Plan) -> datetime.date | None:
    """The first day on which a plan can have been adopted: its issue, else the year of the latest document it cites.

    None where neither is known.
    """
    if plan.issued is not None:
        return plan.issued
    numbers = [c.number for s in plan.statements for c in s.commitments if isinstance(c, DocumentNumber)]
    years = [int(m[1]) for n in [*numbers, *(c.number or "" for c in plan.cited)] if (m := _YEAR.search(n))]
    return datetime.date(max(years), 1, 1) if years else None


def tie(carrier: Carrier) -> str:
    """What speaks for a pair whose edge alone is too unsure to count."""
    return (
        ""
        if carrier.edge.relation.is_coverage
        else "the edge alone is unsure, but the like commitment ties the two"
    )


def nearest_is(carrier: Carrier) -> str:
    """What the nearest upper statement is, where no upper task asks for a date or number."""
    if not carrier.edge.relation.is_coverage:
        return "the nearest upper task shares its topic only"
    return f"what it carries is a {carrier.edge.upper_kind}, not a task"


def stands_alone(commitment: Deadline | Quantity) -> bool:
    """Whether a commitment says something without a counterpart: an adjective (年度报告) or a plain length does not."""
    if isinstance(commitment, Recurrence):
        return (
            commitment.count is not None or bool(commitment.due) or not _ADJECTIVE.match(commitment.surface)
        )
    return not (isinstance(commitment, Duration) and commitment.comparison == "=")


def speaks_of(carrier: Carrier, upper: Statement, above: Deadline | Quantity) -> bool:
    """Whether what carries an upper task carries the part of it that a commitment stands in."""
    return (
        carrier.whole or likeness_to(clause_text(upper, above), carrier.statement.text) >= SURE_WITHOUT_EDGE
    )


def beside(upper: Statement, carrier: Carrier, below: Deadline | Quantity) -> str:
    """Why a new number belongs to the upper task only in part; empty where it belongs to it as a whole.

    It may stand in a sentence that turns to something of which the upper task says nothing. On a partial edge, the upper task
    may state a number for another matter, or the number may measure one item of a list above.
    """
    if isinstance(below, Deadline):
        return ""
    lower = carrier.statement
    topic = topic_of(lower, below)
    if topic and not any(topic[-n:] in upper.text for n in (2, 3, 4)):
        return f"it is about {topic}, of which the upper task says nothing"
    if carrier.whole:
        return ""
    if any(aspect_of(q) == aspect_of(below) for q in numbers_of(upper)):
        return "the upper task states a number, but for another matter"
    item = _one_item(upper.text, clause_text(lower, below))
    if item:
        return f"it measures one item of what the upper task lists ({item})"
    return ""


def _one_item(upper: str, words: str) -> str:
    """The one item of a list of three or more that some words speak of; empty where they speak of none or several."""
    for listed in re.finditer(r"[^，。；、]{2,14}(?:、[^，。；、]{2,6}){2,}", upper):
        items = [re.sub("[“”]", "", i) for i in listed.group().split("、")]
        named = [i for i in items if i[:2] in words]
        if len(named) == 1 and len(named[0]) <= 6:
            return named[0]
    return ""


def topic_of(lower: Statement, below: Deadline | Quantity) -> str:
    """What the sentence turns to before a number (对…的行政规范性文件，期限不少于7日); empty where it turns to nothing."""
    at = place_of(lower, below)[0]
    before = [lower.text[a:b] for a, b in clauses_of(lower.text) if a <= at]
    opening = next(
        (c for c in reversed(before) if re.match("对(?!外)|凡|除", c) and below.surface not in c), ""
    )
    return re.split("[的、]", opening)[-1][-8:] if opening else ""
