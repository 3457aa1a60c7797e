"""The first look at two plans: which pairs of statements are worth a second look, and what n-grams say about each.

All plans' sentences go through sparse products, a stretch of local statements at a time; only the few best upper statements
of each become candidates, and everything after this works on the table of candidate pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .matrices import PairMatrices
from .ngrams import Floats, Ints, highest
from .outline import PLAN
from .runs import SMALL
from .sides import Side

CANDIDATES = 10
"""Upper statements looked at twice for each local one."""

PROPOSED = 4
"""Candidates that each measure of words brings."""

CLAUSE, ARTICLE, MEANING = 0.3, 0.3, 0.2
"""What the best clause, the article and a user's encoder add to the cosine when candidates are ranked.

Chosen by hand: they only say who becomes a candidate (recall of candidates is measured by the training script); what a
measure is worth for the decision is learnt.
"""

STEEP, NONE = 12.0, 0.35
"""How sharply a clause votes for what explains it best, and the explained share below which it rather votes for nothing."""

STRETCH = 512
"""Local statements compared at a time, at most."""

CELLS = 6_000_000
"""Clauses of a stretch times clauses of the upper plan, at most; some thirty tables of this size are held at a time."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidate pairs, by local then upper position, and their features, one array a name."""

    local: Ints
    upper: Ints
    features: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.local)


def stretches(ours: Side, theirs: Side) -> list[tuple[int, int]]:
    """The local statements in stretches that are compared at a time; bounds the memory, changes no result."""
    clauses = np.searchsorted(ours.concepts.clause_units, np.arange(ours.size + 1))
    most = max(1, CELLS // max(1, len(theirs.concepts.clause_units)))
    found, start = [], 0
    while start < ours.size:
        stop = int(np.searchsorted(clauses, clauses[start] + most, side="right")) - 1
        stop = min(max(stop, start + 1), start + STRETCH, ours.size)
        found.append((start, stop))
        start = stop
    return found


def pairs(base: PairMatrices, start: int, stop: int) -> Pairs:
    """The candidate pairs of the local statements from `start` up to `stop`, with what n-grams say about them."""
    ours, theirs, seen = base.ours, base.theirs, base.concepts
    rows = slice(start, stop)
    local = seen.local_units[rows]
    weight, upper_weight = base.unit_weights[0][rows], base.unit_weights[1]
    shared = (local @ base.weighed).toarray()
    cosine = shared / np.sqrt(np.outer(weight + 1e-9, upper_weight + 1e-9))

    first, last = np.searchsorted(ours.concepts.clause_units, [start, stop])
    clauses = seen.local_clauses[first:last]
    clause_weight = base.clause_weights[0][first:last]
    begins = np.searchsorted(ours.concepts.clause_units[first:last], np.arange(start, stop))
    ends = np.append(begins[1:], last - first) - 1
    carried = (clauses @ base.weighed).toarray() / (clause_weight[:, None] + SMALL)
    best_clause = highest(carried, begins)

    their_begins = np.searchsorted(theirs.concepts.clause_units, np.arange(theirs.size))
    answered = (local @ base.weighed_clauses).toarray() / (base.clause_weights[1] + SMALL)
    best_answered = np.maximum.reduceat(answered, their_begins, axis=1)

    in_articles = (local @ base.weighed_articles).toarray() / (weight[:, None] + SMALL / 2)
    standing = cosine + CLAUSE * np.maximum(best_clause, best_answered)
    ranking = standing + ARTICLE * in_articles[:, theirs.outline.article]
    meaning = _meaning(base, rows)
    apart = shared <= 0 if meaning is None else (shared <= 0) & (meaning < 1.0)
    closed = _barred(base, rows) | apart
    if meaning is not None:
        ranking += MEANING * np.clip(meaning, 0.0, 4.0)
    same = np.where(ours.outline.silent[rows], -1, base.same[rows])
    meant, proposals = base.senses.measures(rows)
    chosen = _top(np.where(closed, -1.0, ranking), CANDIDATES)
    for measure in proposals:
        chosen |= _top(np.where(closed, -1.0, measure), PROPOSED)
    chosen[np.flatnonzero(same >= 0), same[same >= 0]] = True
    i, j = np.nonzero(chosen)

    both = (clauses @ base.weighed_clauses).toarray()
    both /= np.sqrt(np.outer(clause_weight + SMALL, base.clause_weights[1] + SMALL))
    both = np.maximum.reduceat(highest(both, begins), their_begins, axis=1)
    votes = _votes(carried, clause_weight, begins)
    words = (base.words.local_units[rows] @ base.words.upper_units.T).toarray()
    our_words = np.asarray(base.words.local_units[rows].sum(axis=1)).ravel()
    their_words = np.asarray(base.words.upper_units.sum(axis=1)).ravel()
    long = (base.long_local[rows] @ base.long_upper).toarray()
    distinctive = (local @ base.distinctive).toarray()
    beyond = _beyond(base, local, standing)
    article, upper_article = ours.outline.article[rows], theirs.outline.article
    their_ends = np.append(their_begins[1:], len(theirs.concepts.clause_units)) - 1
    features = {
        "cosine": cosine[i, j],
        "local share": (shared / (weight[:, None] + SMALL / 2))[i, j],
        "upper share": (shared / (upper_weight + SMALL / 2))[i, j],
        "best local clause": best_clause[i, j],
        "best upper clause": best_answered[i, j],
        "best clause pair": both[i, j],
        "amount": np.log1p(shared[i, j]),
        "first local clause": carried[begins[i], j],
        "last local clause": carried[ends[i], j],
        "first upper clause": answered[i, their_begins[j]],
        "last upper clause": answered[i, their_ends[j]],
        "votes": votes[i, j],
        "same words": words[i, j] / np.sqrt(our_words[i] * their_words[j] + 1e-9),
        "local words kept": words[i, j] / (our_words[i] + 1e-9),
        "upper words kept": words[i, j] / (their_words[j] + 1e-9),
        "long runs": np.log1p(long[i, j]),
        "distinctive share": distinctive[i, j] / (base.distinctive_weights[j] + SMALL / 2),
        "distinctive amount": np.log1p(distinctive[i, j]),
        "beyond the best": np.log1p(beyond[i, j]),
        "beyond share": beyond[i, j] / (weight[i] + SMALL),
        "in the upper article": in_articles[i, upper_article[j]],
        "of the upper articles": _lead(in_articles)[i, upper_article[j]],
        "in the local article": base.from_article[article[i], j],
        "articles alike": base.article_pairs[article[i], upper_article[j]],
        "heading's words": _heading_words(shared, upper_weight, theirs)[i, j],
        "local weight": np.log1p(weight[i]),
        "upper weight": np.log1p(upper_weight[j]),
        "local best": (shared / (weight[:, None] + SMALL / 2)).max(axis=1)[i],
        "standing": standing[i, j],
        "local title": (ours.title[rows][i] > 0).astype(float),
        "upper title": (theirs.title[j] > 0).astype(float),
        "titles": ((ours.title[rows][i] > 0) & (theirs.title[j] > 0)).astype(float),
        "measure title": (ours.title[rows][i] == 1).astype(float),
        "depths differ": (_depth(ours)[rows][i] != _depth(theirs)[j]).astype(float),
    }
    features |= {name: values[i, j] for name, values in meant.items()}
    features |= base.runs.features(i + start, j)
    features["same wording"] = (same[i] == j).astype(float)
    if meaning is not None:
        features["meaning"] = meaning[i, j]
    return Pairs(i + start, j, {name: values.astype(np.float64) for name, values in features.items()})


def _heading_words(shared: Floats, weights: Floats, theirs: Side) -> Floats:
    """How much of the upper statement's heading stands in the local statement."""
    head = theirs.outline.head
    words: Floats = (shared / (weights + SMALL / 2))[:, np.maximum(0, head)]
    words[:, head < 0] = 0.0
    return words


def _depth(one: Side) -> Ints:
    return np.where(one.title == 2, one.outline.depth, 0)


def _barred(base: PairMatrices, rows: slice) -> NDArray[np.bool_]:
    """Pairs that are never looked at.

    A plan's title answers to a plan's title, to an item that names it, and to what asks for such a plan. What breaking the
    rules brings answers to its like only; who is let off stands beside either. What can carry nothing answers to nothing.
    """
    ours, theirs = base.ours.outline, base.theirs.outline
    title, duty = ours.title[rows, None], ours.liability[rows, None]
    plan, upper_plan = title == PLAN, theirs.title == PLAN
    mismatched = (plan & (theirs.title == PLAN - 1)) | (upper_plan & ~plan & (title != 1))
    apart = (duty != theirs.liability) & (duty >= 0) & (theirs.liability >= 0)
    result: NDArray[np.bool_] = mismatched | apart | ours.silent[rows, None] | theirs.silent
    return result


def _meaning(base: PairMatrices, rows: slice) -> Floats | None:
    """How far a user's encoder sets each upper statement apart from the rest, in standard deviations."""
    if base.meaning is None:
        return None
    ours, theirs = base.meaning
    likeness = ours[rows] @ theirs.T
    spread = likeness.std(axis=1, keepdims=True)
    result: Floats = (likeness - likeness.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return result


def _top(ranking: Floats, count: int) -> NDArray[np.bool_]:
    """The best of each row, none below 0."""
    count = min(count, ranking.shape[1])
    top = np.argpartition(-ranking, count - 1, axis=1)[:, :count]
    result = np.zeros(ranking.shape, dtype=np.bool_)
    np.put_along_axis(result, top, True, axis=1)
    return result & (ranking > 0)


def _lead(values: Floats) -> Floats:
    """How far each stands before the best other of its row."""
    if values.shape[1] < 2:
        return values
    top = -np.partition(-values, 1, axis=1)[:, :2]
    return values - np.where(values >= top[:, :1], top[:, 1:], top[:, :1])


def _votes(carried: Floats, weights: Floats, begins: Ints) -> Floats:
    """Each local clause votes for the upper statements that explain it best; a statement's share of its clauses' votes."""
    strength = np.exp(STEEP * carried)
    strength *= (weights / (strength.sum(axis=1) + np.exp(STEEP * NONE)))[:, None]
    total = np.add.reduceat(weights, begins)[:, None]
    result: Floats = np.add.reduceat(strength, begins, axis=0) / (total + 1e-9)
    return result


def _beyond(base: PairMatrices, local: csr_matrix, standing: Floats) -> Floats:
    """What an upper statement explains beyond the best other one."""
    upper = base.concepts.upper_units
    best = standing.argmax(axis=1)
    rest = (local - local.multiply(upper[best])) @ base.weighed
    beyond = rest.toarray()
    if standing.shape[1] > 1:
        others = standing.copy()
        others[np.arange(len(others)), best] = -1.0
        second = others.argmax(axis=1)
        alone = local - local.multiply(upper[second])
        own = alone.multiply(base.weighed_units[best]).sum(axis=1)
        beyond[np.arange(len(best)), best] = np.asarray(own).ravel()
    result: Floats = beyond
    return result
