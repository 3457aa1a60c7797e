"""The matrices of one plan pair, made once: the vectors of both plans, and what is derived from them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags

from ..model.errors import InvalidValueError
from .ngrams import Floats, Ints, Vectors, vectors
from .runs import SMALL, Runs
from .senses import Senses, senses
from .sides import Side, members, occurrences
from .units import Encoder

SHARES = {1: 0.3, 2: 1.0, 3: 0.5}
"""What n-grams of each length weigh."""

LIKE = 8
"""How many statements before and after are looked at for likeness."""


@dataclass(frozen=True, slots=True)
class PairMatrices:
    """The matrices of one plan pair: both plans' vectors and what is derived from them."""

    ours: Side
    theirs: Side
    concepts: Vectors
    words: Vectors
    senses: Senses
    long_local: csr_matrix
    long_upper: csr_matrix
    runs: Runs
    unit_weights: tuple[Floats, Floats]
    clause_weights: tuple[Floats, Floats]
    weighed_units: csr_matrix
    weighed: csr_matrix
    weighed_clauses: csr_matrix
    weighed_articles: csr_matrix
    distinctive: csr_matrix
    distinctive_weights: Floats
    from_article: Floats
    article_pairs: Floats
    local_likeness: csr_matrix
    upper_likeness: csr_matrix
    same: Ints
    meaning: tuple[Floats, Floats] | None


def pair_matrices(ours: Side, theirs: Side, encoder: Encoder | None = None, workers: int = 1) -> PairMatrices:
    """Vectors of both plans and what follows from them."""
    # sorting and sparse products let go of the interpreter, so that threads help
    with ThreadPoolExecutor(workers) as pool:
        seen_later = pool.submit(vectors, ours.concepts, theirs.concepts, SHARES)
        words_later = pool.submit(vectors, ours.words, theirs.words, {2: 1.0}, rarity=False)
        long_later = pool.submit(vectors, ours.words, theirs.words, {5: 1.0})
        runs_later = pool.submit(Runs, ours, theirs)
        seen = seen_later.result()
        likeness_later = pool.submit(_likeness, seen.local_units, seen.weights)
        words, long, runs, local_likeness = (
            words_later.result(),
            long_later.result(),
            runs_later.result(),
            likeness_later.result(),
        )
    weights = seen.weights
    weighed = seen.upper_units.multiply(weights).tocsr()
    our_articles = _union(members(ours.outline.article, ours.outline.articles) @ seen.local_units)
    articles = _union(members(theirs.outline.article, theirs.outline.articles) @ seen.upper_units)
    weighed_articles = articles.multiply(weights).tocsr()
    sizes = np.sqrt(np.outer(our_articles @ weights + 1e-9, articles @ weights + 1e-9))
    distinctive = _distinctive(seen.upper_units, weights, theirs.chapter)
    return PairMatrices(
        ours=ours,
        theirs=theirs,
        concepts=seen,
        words=words,
        senses=senses(ours.tokens, theirs.tokens, ours.outline, theirs.outline),
        long_local=long.local_units,
        long_upper=long.upper_units.multiply(long.weights).T.tocsr(),
        runs=runs,
        unit_weights=(seen.local_units @ weights, seen.upper_units @ weights),
        clause_weights=(seen.local_clauses @ weights, seen.upper_clauses @ weights),
        weighed_units=weighed,
        weighed=weighed.T.tocsr(),
        weighed_clauses=seen.upper_clauses.multiply(weights).tocsr().T.tocsr(),
        weighed_articles=weighed_articles.T.tocsr(),
        distinctive=distinctive.T.tocsr(),
        distinctive_weights=np.asarray(distinctive.sum(axis=1)).ravel(),
        from_article=(our_articles @ weighed.T).toarray() / (seen.upper_units @ weights + SMALL / 2),
        article_pairs=(our_articles @ weighed_articles.T).toarray() / sizes,
        local_likeness=local_likeness,
        upper_likeness=_likeness(seen.upper_units, weights),
        same=occurrences(ours, theirs),
        meaning=(_encoded(ours, encoder), _encoded(theirs, encoder)) if encoder else None,
    )


def _encoded(one: Side, encoder: Encoder) -> Floats:
    """A user's sentence vectors at length one."""
    values = np.asarray(encoder([unit.text for unit in one.units]), dtype=np.float64)
    if values.ndim != 2 or len(values) != one.size:
        raise InvalidValueError("bad encoding", shape=values.shape, size=one.size)
    length = np.linalg.norm(values, axis=1, keepdims=True)
    result: Floats = values / np.maximum(length, 1e-12)
    return result


def _likeness(units: csr_matrix, weights: Floats) -> csr_matrix:
    """How like each statement is to those close by in its own plan."""
    size = units.shape[0]
    weighed = units.multiply(weights).tocsr()
    norm = np.sqrt(np.maximum(1e-9, units @ weights))
    steps = range(1, min(LIKE, size - 1) + 1)
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


def _distinctive(units: csr_matrix, weights: Floats, chapter: Ints) -> csr_matrix:
    """What sets a statement apart from the others of its chapter: the chapter's own topic words weigh nothing."""
    count = int(chapter.max()) + 1 if len(chapter) else 1
    chapters = members(chapter, count)
    common = (chapters @ units).tocsr()
    rows = np.repeat(np.arange(units.shape[0]), np.diff(units.indptr))
    common.sum_duplicates()  # in order an entry is found by bisection, else by looking along its row
    held = np.asarray(common[chapter[rows], units.indices]).ravel() if len(rows) else np.zeros(0)
    size = np.maximum(1, np.bincount(chapter, minlength=count))[chapter[rows]]
    apart = np.log(np.maximum(1.0, size / np.maximum(1.0, held)))
    return csr_matrix((np.minimum(apart, weights[units.indices]), units.indices, units.indptr), shape=units.shape)
