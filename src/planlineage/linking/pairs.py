"""The first look at two plans: which pairs of statements are worth a second look, and what n-grams say about each.

All plans' sentences go through sparse products, a stretch of local statements at a time; only the few best upper statements
of each become candidates, and everything after this works on the table of candidate pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from .ngrams import Floats, Ints, Vectors, vectors
from .runs import Runs
from .sides import Side, members, occurrences
from .units import Encoder

CANDIDATES = 12
"""Upper statements looked at twice for each local one."""

SHARES = {1: 0.3, 2: 1.0, 3: 0.5}
"""What n-grams of each length weigh."""

SMALL = 15.0
"""Weight added below every share, so that a few common characters in common never look like a whole clause."""

KIN = 8
"""How many statements before and after are looked at for likeness."""

STRETCH = 512
"""Local statements compared at a time; bounds the memory, changes no result."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidate pairs, by local then upper position, and their features, one array a name."""

    local: Ints
    upper: Ints
    features: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.local)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all stretches of one comparison share: both plans' vectors and what is derived from them."""

    ours: Side
    theirs: Side
    concepts: Vectors
    words: Vectors
    long_local: csr_matrix
    long_upper: csr_matrix
    runs: Runs
    unit_weights: tuple[Floats, Floats]
    clause_weights: tuple[Floats, Floats]
    weighed_units: csr_matrix
    weighed: csr_matrix
    weighed_clauses: csr_matrix
    weighed_articles: csr_matrix
    article_weights: Floats
    telling: csr_matrix
    telling_weights: Floats
    from_article: Floats
    article_pairs: Floats
    local_kin: csr_matrix
    upper_kin: csr_matrix
    same: Ints
    meaning: tuple[Floats, Floats] | None


def ground(ours: Side, theirs: Side, encoder: Encoder | None = None) -> Ground:
    """Vectors of both plans and what follows from them."""
    seen = vectors(ours.concepts, theirs.concepts, SHARES)
    weights = seen.weights
    weighed = seen.upper_units.multiply(weights).tocsr()
    our_articles = _union(members(ours.outline.article, ours.outline.articles) @ seen.local_units)
    articles = _union(members(theirs.outline.article, theirs.outline.articles) @ seen.upper_units)
    weighed_articles = articles.multiply(weights).tocsr()
    sizes = np.sqrt(np.outer(our_articles @ weights + 1e-9, articles @ weights + 1e-9))
    telling = _telling(seen.upper_units, weights, theirs.chapter)
    long = vectors(ours.words, theirs.words, {5: 1.0})
    return Ground(
        ours,
        theirs,
        seen,
        vectors(ours.words, theirs.words, {2: 1.0}, rarity=False),
        long.local_units,
        long.upper_units.multiply(long.weights).T.tocsr(),
        Runs(ours, theirs),
        (seen.local_units @ weights, seen.upper_units @ weights),
        (seen.local_clauses @ weights, seen.upper_clauses @ weights),
        weighed,
        weighed.T.tocsr(),
        seen.upper_clauses.multiply(weights).tocsr().T.tocsr(),
        weighed_articles.T.tocsr(),
        articles @ weights,
        telling.T.tocsr(),
        np.asarray(telling.sum(axis=1)).ravel(),
        (our_articles @ weighed.T).toarray() / (seen.upper_units @ weights + SMALL / 2),
        (our_articles @ weighed_articles.T).toarray() / sizes,
        _kin(seen.local_units, weights),
        _kin(seen.upper_units, weights),
        occurrences(ours, theirs),
        (_encoded(ours, encoder), _encoded(theirs, encoder)) if encoder else None,
    )


def _encoded(one: Side, encoder: Encoder) -> Floats:
    """A user's sentence vectors at length one."""
    values = np.asarray(encoder([unit.text for unit in one.units]), dtype=np.float64)
    if values.ndim != 2 or len(values) != one.size:
        raise ValueError(f"the encoder gave an array of shape {values.shape} for {one.size} texts")
    length = np.linalg.norm(values, axis=1, keepdims=True)
    result: Floats = values / np.maximum(length, 1e-12)
    return result


def _kin(units: csr_matrix, weights: Floats) -> csr_matrix:
    """How like each statement is to those close by in its own plan."""
    size = units.shape[0]
    weighed = units.multiply(weights).tocsr()
    norm = np.sqrt(np.maximum(1e-9, units @ weights))
    steps = range(1, min(KIN, size - 1) + 1)
    likeness = []
    for step in steps:
        both = np.asarray(weighed[:-step].multiply(units[step:]).sum(axis=1)).ravel()
        likeness.append(both / (norm[:-step] * norm[step:]))
    if not likeness:
        return csr_matrix((size, size))
    offsets = [*steps, *(-step for step in steps)]
    return diags([*likeness, *likeness], offsets, shape=(size, size)).tocsr()


def _union(found: csr_matrix) -> csr_matrix:
    found = found.tocsr()
    found.data[:] = 1.0
    return found


def _telling(units: csr_matrix, weights: Floats, chapter: Ints) -> csr_matrix:
    """What sets a statement apart from the others of its chapter: the chapter's own topic words weigh nothing."""
    count = int(chapter.max()) + 1 if len(chapter) else 1
    chapters = members(chapter, count)
    common = (chapters @ units).tocsr()
    rows = np.repeat(np.arange(units.shape[0]), np.diff(units.indptr))
    held = np.asarray(common[chapter[rows], units.indices]).ravel() if len(rows) else np.zeros(0)
    size = np.maximum(1, np.bincount(chapter, minlength=count))[chapter[rows]]
    apart = np.log(np.maximum(1.0, size / np.maximum(1.0, held)))
    return csr_matrix(
        (np.minimum(apart, weights[units.indices]), units.indices, units.indptr), shape=units.shape
    )


def pairs(base: Ground, start: int, stop: int) -> Pairs:
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
    best_clause = np.maximum.reduceat(carried, begins, axis=0)

    their_begins = np.searchsorted(theirs.concepts.clause_units, np.arange(theirs.size))
    answered = (local @ base.weighed_clauses).toarray() / (base.clause_weights[1] + SMALL)
    best_answered = np.maximum.reduceat(answered, their_begins, axis=1)

    in_articles = (local @ base.weighed_articles).toarray() / (weight[:, None] + SMALL / 2)
    standing = cosine + 0.3 * np.maximum(best_clause, best_answered)
    ranking = standing + 0.3 * in_articles[:, theirs.outline.article]
    ranking[:, theirs.outline.front] = -1.0
    ranking[ours.outline.front[rows]] = -1.0
    ranking[_mismatched(ours.title[rows], theirs.title)] = -1.0
    ranking[shared <= 0] = -1.0
    meaning = _meaning(base, rows)
    if meaning is not None:
        ranking += 0.2 * np.clip(meaning, 0.0, 4.0)
    same = base.same[rows]
    ranking[np.flatnonzero(same >= 0), same[same >= 0]] = 10.0
    i, j = _best(ranking, CANDIDATES)

    both = (clauses @ base.weighed_clauses).toarray()
    both /= np.sqrt(np.outer(clause_weight + SMALL, base.clause_weights[1] + SMALL))
    both = np.maximum.reduceat(np.maximum.reduceat(both, begins, axis=0), their_begins, axis=1)
    votes = _votes(carried, clause_weight, begins)
    words = (base.words.local_units[rows] @ base.words.upper_units.T).toarray()
    our_words = np.asarray(base.words.local_units[rows].sum(axis=1)).ravel()
    their_words = np.asarray(base.words.upper_units.sum(axis=1)).ravel()
    long = (base.long_local[rows] @ base.long_upper).toarray()
    telling = (local @ base.telling).toarray()
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
        "telling share": telling[i, j] / (base.telling_weights[j] + SMALL / 2),
        "telling amount": np.log1p(telling[i, j]),
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
        "titles": ((ours.title[rows][i] == 2) & (theirs.title[j] == 2)).astype(float),
        "measure title": (ours.title[rows][i] == 1).astype(float),
        "depths differ": (_depth(ours)[rows][i] != _depth(theirs)[j]).astype(float),
    }
    features |= base.runs.features(i + start, j)
    features["same wording"] = (same[i] == j).astype(float)
    if meaning is not None:
        features["meaning"] = meaning[i, j]
    return Pairs(i + start, j, {name: values.astype(np.float64) for name, values in features.items()})


def _heading_words(shared: Floats, weights: Floats, theirs: Side) -> Floats:
    """How much of the upper statement's heading stands in the local statement."""
    head = theirs.outline.head
    words = (shared / (weights + SMALL / 2))[:, np.maximum(0, head)]
    words[:, head < 0] = 0.0
    return words


def _depth(one: Side) -> Ints:
    return np.where(one.title == 2, one.outline.depth, 0)


def _mismatched(ours: Ints, theirs: Ints) -> NDArray[np.bool_]:
    """A heading of a part or article answers to headings only; a measure's title may be a task."""
    heading, body = ours[:, None] == 2, ours[:, None] == 0
    result: NDArray[np.bool_] = (heading & (theirs == 0)) | (body & (theirs == 2))
    return result


def _meaning(base: Ground, rows: slice) -> Floats | None:
    """How far a user's encoder sets each upper statement apart from the rest, in standard deviations."""
    if base.meaning is None:
        return None
    ours, theirs = base.meaning
    likeness = ours[rows] @ theirs.T
    spread = likeness.std(axis=1, keepdims=True)
    result: Floats = (likeness - likeness.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return result


def _best(ranking: Floats, count: int) -> tuple[Ints, Ints]:
    count = min(count, ranking.shape[1])
    top = np.sort(np.argpartition(-ranking, count - 1, axis=1)[:, :count], axis=1)
    i = np.repeat(np.arange(len(ranking)), count)
    j = top.ravel()
    kept = ranking[i, j] > 0
    return i[kept], j[kept]


def _lead(values: Floats) -> Floats:
    """How far each stands before the best other of its row."""
    if values.shape[1] < 2:
        return values
    top = -np.partition(-values, 1, axis=1)[:, :2]
    return values - np.where(values >= top[:, :1], top[:, 1:], top[:, :1])


def _votes(carried: Floats, weights: Floats, begins: Ints) -> Floats:
    """Each local clause votes for the upper statements that explain it best; a statement's share of its clauses' votes."""
    strength = np.exp(12.0 * carried)
    strength *= (weights / (strength.sum(axis=1) + np.exp(12.0 * 0.35)))[:, None]
    total = np.add.reduceat(weights, begins)[:, None]
    result: Floats = np.add.reduceat(strength, begins, axis=0) / (total + 1e-9)
    return result


def _beyond(base: Ground, local: csr_matrix, standing: Floats) -> Floats:
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
