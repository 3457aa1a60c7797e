"""What is said of a commitment without a counterpart: whether it says anything alone, and to what a new number belongs."""

from __future__ import annotations

import itertools
import re

from ..model.commitments import Deadline, Duration
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Reason, Term, because
from .answer import Commitment
from .clauses import SURE_WITHOUT_EDGE, clause_text, clauses_of, likeness_to, place_of
from .pairing import Carrier
from .quantities import aspect_of, numbers_of


def says_something_alone(statement: Statement, commitment: Commitment) -> bool:
    """Whether a commitment says something without a counterpart: a plain length does only as a condition (连续2年)."""
    return not isinstance(commitment, Duration) or commitment.comparison != "=" or is_condition(statement, commitment)


def is_condition(statement: Statement, commitment: Commitment) -> bool:
    """Whether a length of time is a condition under which the rest of its clause holds: 连续2年考核优秀的."""
    at = place_of(statement, commitment)[0]
    return isinstance(commitment, Duration) and statement.text[:at].endswith("连续")


def why_nearest_is_none(carrier: Carrier) -> Reason:
    """What the nearest upper statement is, where no upper task asks for a date or number."""
    if not carrier.edge.relation.is_coverage:
        return because("topic only")
    return because("not a task", a=Term(f"kind.{carrier.edge.upper_kind}"))


def carries_part(carrier: Carrier, upper: Statement, above: Commitment) -> bool:
    """Whether what carries an upper task carries the part of it that a commitment stands in."""
    return carrier.whole or likeness_to(clause_text(upper, above), carrier.statement.text) >= SURE_WITHOUT_EDGE


def why_in_part(upper: Statement, carrier: Carrier, below: Commitment) -> Reason | None:
    """Why a new number belongs to the upper task only in part; None where it belongs to it as a whole.

    It may stand in a sentence that turns to something of which the upper task says nothing. On a partial edge, the upper task
    may state a number for another matter, or the number may measure one item of a list above.
    """
    if isinstance(below, Deadline):
        return None
    lower = carrier.statement
    topic = topic_of(lower, below)
    if topic and not any(topic[-n:] in upper.text for n in (2, 3, 4)):
        return because("other topic", a=topic)
    if carrier.whole:
        return None
    if any(aspect_of(q) == aspect_of(below) for q in numbers_of(upper)):
        return because("another matter")
    item = _one_item(upper.text, clause_text(lower, below))
    return because("one item", a=item) if item else None


def _one_item(upper: str, words: str) -> str:
    """The one item of a list of three or more that some words speak of; empty where they speak of none or several."""
    for listed in re.finditer(r"[^，。；、]{2,14}(?:、[^，。；、]{2,6}){2,}", upper):
        items = [re.sub("[“”]", "", i) for i in listed.group().split("、")]
        named = [i for i in items if i[:2] in words]
        if len(named) == 1 and len(named[0]) <= 6:
            return named[0]
    return ""


def topic_of(lower: Statement, below: Commitment) -> str:
    """What the sentence turns to before a number (对…的行政规范性文件，期限不少于7日); empty where it turns to nothing."""
    at = place_of(lower, below)[0]
    before = [lower.text[a:b] for a, b in clauses_of(lower.text) if a <= at]
    opening = next((c for c in reversed(before) if re.match("对(?!外)|凡|除", c) and below.surface not in c), "")
    return re.split("[的、]", opening)[-1][-8:] if opening else ""


_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:是|[、.．)）])")


def sentences_under(plan: Plan, title: Statement) -> list[Statement]:
    """The sentences after a short numbered one (二是提升能力。) that is but their title, up to the next numbered one."""
    if not _ORDINAL.match(title.text) or len(clauses_of(title.text)) > 1:
        return []
    after = itertools.dropwhile(lambda s: s is not title, plan.statements)
    rest = itertools.takewhile(lambda s: s.clause == title.clause and not _ORDINAL.match(s.text), list(after)[1:])
    return list(rest)
