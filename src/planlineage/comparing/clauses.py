"""The clauses of a statement: where a commitment stands, the words that say what it is about, and how like two clauses are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from ..linking.ngrams import CODE_POINTS, codes_of
from ..linking.normalise import all_at_once
from ..model.commitments import Deadline, Expression
from ..model.parts import Statement

CLAUSES_ALIKE = 0.25
"""Likeness from which two clauses speak of one thing. Set on the Shanting plan; in eight pairs of plans no date or number pairs
otherwise from 0.15 to 0.25, three do at 0.3."""

SURE_WITHOUT_EDGE = 0.4
"""Likeness from which a number or date ties two statements whose edge alone is too unsure to count. Set on the Shanting plan,
where 0.3 makes one wrong pair of 26; 0.5 loses two pairs of the Weibin plan."""

SHORT = 4
"""Characters beside its own words under which a clause with a date says nothing of the matter: 2023年年底前， or 到2025年，"""

_CLAUSE = re.compile("[^，；。：！？,;:]+")
_NOT_COMPARED = re.compile(
    r"[0-9０-９一二三四五六七八九十两%％年月日底前末]|[、“”‘’（）()《》\s]|每|不|少|于|至|以|上|下|内"
)


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence start and end, without the marks between them.

    >>> [("严格执行条例，增强实效。")[a:b] for a, b in clauses_of("严格执行条例，增强实效。")]
    ['严格执行条例', '增强实效']
    """
    return [m.span() for m in _CLAUSE.finditer(text) if m.group().strip()]


def place_of(statement: Statement, expression: Expression) -> tuple[int, int]:
    """Where an expression stands in the clean text of its statement: the occurrence of its words nearest to its span."""
    text, words = statement.text, expression.surface
    guess = (expression.span.start - statement.span.start) * len(text) / max(1, statement.span.length)
    starts = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    start = min(starts, key=lambda at: abs(at - guess), default=min(round(guess), len(text)))
    return start, min(len(text), start + len(words))


def clause_at(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The clause that a place lies in."""
    return next((c for c in clauses_of(text) if c[0] <= place[0] < c[1]), (0, len(text)))


def clause_text(statement: Statement, commitment: Expression) -> str:
    """The words that a commitment is about: its clause, and the one that it opens where it is a mere date.

    Of a clause with several dates each has its own part: 6月底前编制清单并于年底前建成平台. What a note or table cell says of a
    statement is about all of it.
    """
    if not statement.span.contains(commitment.span):
        return statement.text
    text, place = statement.text, place_of(statement, commitment)
    clause = clause_at(text, place)
    own = _part(statement, place, clause) if isinstance(commitment, Deadline) else clause
    following = [c for c in clauses_of(text) if c[0] >= own[1]][:1]
    short = own[1] - own[0] - len(commitment.surface) < SHORT
    end = following[0][1] if short and following and own[1] == clause[1] else own[1]
    return text[own[0] : end]


def _part(statement: Statement, place: tuple[int, int], clause: tuple[int, int]) -> tuple[int, int]:
    """The part of a clause that belongs to one of its dates; all of it where there is no other, or its part says nothing.

    Where a date opens the clause, each date leads its part; else each part ends before the mark (、) that parts the next.
    """
    dates = sorted({p for d in statement.deadlines if clause[0] <= (p := place_of(statement, d))[0] < clause[1]})
    if len(dates) < 2 or place not in dates:
        return clause
    leads = dates[0][0] - clause[0] < SHORT
    bounds = [clause[0]]
    for one, two in pairwise(dates):
        mark = statement.text.rfind("、", one[1], two[0])
        bounds.append(two[0] if leads or mark < 0 else mark)
    bounds.append(clause[1])
    at = dates.index(place)
    part = bounds[at], bounds[at + 1]
    return part if part[1] - part[0] - (place[1] - place[0]) >= SHORT else clause


def likest_clause(statement: Statement, words: str) -> tuple[tuple[int, int], float]:
    """The clause of a statement that is most like some words, and how like."""
    found = clauses_of(statement.text) or [(0, len(statement.text))]
    return max(((c, alikeness(statement.text[slice(*c)], words)) for c in found), key=lambda x: (x[1], -x[0][0]))


def likeness_to(clause: str, text: str) -> float:
    """How like a clause is to the clause of a text that is most like it, 0 to 1."""
    return max((alikeness(clause, text[a:b]) for a, b in clauses_of(text)), default=0.0)


def alikeness(one: str, two: str) -> float:
    """How far two clauses speak of one thing: shared character pairs over those of the shorter clause, 0 to 1.

    >>> alikeness("每年应当举办两期以上法治专题讲座", "每年举办三期法治专题讲座") > 0.5
    True
    """
    a, b = bigrams(one), bigrams(two)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=50_000)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, without figures and marks."""
    bare = _NOT_COMPARED.sub("", text)
    return frozenset([bare[i : i + 2] for i in range(len(bare) - 1)])


def bigram_table(texts: Sequence[str]) -> csr_matrix:
    """The same for many texts at once: a line of ones for each text, and a column for each pair that any has."""
    bare = all_at_once(lambda joined: _NOT_COMPARED.sub("", joined), texts)
    codes, seams = codes_of(bare)
    starts = np.flatnonzero(~(seams[1:] | seams[:-1]))
    words, columns = np.unique(codes[starts] * CODE_POINTS + codes[starts + 1], return_inverse=True)
    rows = np.cumsum(seams)[starts]
    found = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(words)))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found
