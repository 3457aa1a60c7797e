"""The second look: what the company that a pair keeps says about it.

A plan mostly follows its upper plan's order, article by article. So where a statement's neighbours, and the rest of its
article, find their sources is evidence for where its own must be; soft evidence, because plans also move things. The first
look's probabilities come in; each pair's own probability never speaks for itself.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, diags

from .ngrams import Floats, Ints
from .pairs import Ground, Pairs
from .sides import Side, members

SURE = 0.7
"""From this probability on a first look's best candidate is an anchor for the order around it."""

FAINT = 0.02
"""Below this probability a candidate is no evidence for its neighbours."""


def margins(values: Floats, groups: Ints, count: int) -> Floats:
    """How far each value stands before the best other of its group; a lone one before 0."""
    return values - others(values, groups, count)


def others(values: Floats, groups: Ints, count: int) -> Floats:
    """The best other value of each one's group, 0 where there is none."""
    order = np.lexsort((-values, groups))
    ranked = groups[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    top, second = np.zeros(count), np.zeros(count)
    winner = np.full(count, -1, dtype=np.int64)
    heads = np.flatnonzero(first)
    top[ranked[heads]] = values[order[heads]]
    winner[ranked[heads]] = order[heads]
    nexts = heads + 1
    nexts = nexts[(nexts < len(order))]
    nexts = nexts[~first[nexts]]
    second[ranked[nexts]] = values[order[nexts]]
    return np.where(winner[groups] == np.arange(len(values)), second[groups], top[groups])


def standing(table: Pairs, ours: Side, theirs: Side) -> dict[str, Floats]:
    """How a pair stands among the candidates of its local, and of its upper statement."""
    cosine, clause = table.features["cosine"], table.features["best clause pair"]
    rank = table.features["standing"]
    local, upper = table.local, table.upper
    in_article = local * theirs.outline.articles + theirs.outline.article[upper]
    return {
        "cosine lead": margins(cosine, local, ours.size),
        "cosine lead upwards": margins(cosine, upper, theirs.size),
        "clause lead": margins(clause, local, ours.size),
        "clause lead upwards": margins(clause, upper, theirs.size),
        "telling lead": margins(table.features["telling share"], local, ours.size),
        "lead in its article": margins(rank, in_article, ours.size * theirs.outline.articles),
    }


def context(table: Pairs, probability: Floats, base: Ground) -> dict[str, Floats]:
    """What the first look at all other pairs says about each pair."""
    ours, theirs = base.ours, base.theirs
    local, upper = table.local, table.upper
    shape = (ours.size, theirs.size)
    faint = probability >= FAINT
    first = csr_matrix((probability[faint], (local[faint], upper[faint])), shape=shape)
    logit = np.log(np.clip(probability, 1e-4, 1 - 1e-4) / (1 - np.clip(probability, 1e-4, 1 - 1e-4)))
    before, after = _anchors(table, probability, ours.size, theirs.size)
    low, high = np.minimum(before, after)[local], np.maximum(before, after)[local]
    outside = np.maximum(0.0, np.maximum(low - upper, upper - high))
    nearest = np.minimum(np.abs(upper - before[local]), np.abs(upper - after[local]))
    found = {
        "first look": logit,
        "logit lead": np.clip(margins(logit, local, ours.size), -6, 6),
        "logit lead upwards": np.clip(margins(logit, upper, theirs.size), -6, 6),
        "best other": others(probability, local, ours.size),
        "best other upwards": others(probability, upper, theirs.size),
        "near": _nearby(first, table, 1.5, 1.5),
        "around": _nearby(first, table, 3.0, 5.0),
        "same source next door": _next_door(first, table),
        "between anchors": np.exp(-outside / 4.0),
        "by an anchor": np.exp(-nearest / 2.0),
    }
    found |= _articles(first, table, ours, theirs)
    found["scope"] = _scope(first, table, ours, theirs)
    found["lead sentence"] = _lead_sentence(first, table, ours)
    found["kin's sources"] = _at((base.local_kin @ first).tocsr(), local, upper)
    found["source's kin"] = _at((first @ base.upper_kin).tocsr(), local, upper)
    found |= _winner(table, probability, base)
    in_article = ours.outline.article[local] * theirs.size + upper
    found["carried in the article"] = others(probability, in_article, ours.outline.articles * theirs.size)
    found["headings"] = _headings(first, table, ours, theirs)
    return found


def _capped(first: csr_matrix) -> csr_matrix:
    """Rows of the first look, each counting for one statement at most."""
    total = np.asarray(first.sum(axis=1)).ravel()
    return (diags(1.0 / np.maximum(1.0, total)) @ first).tocsr()


def _band(size: int, width: float) -> csr_matrix:
    """Neighbours weighed by nearness, without oneself."""
    reach = min(size - 1, int(3 * width))
    steps = [step for step in range(-reach, reach + 1) if step]
    return diags(
        [np.full(size - abs(step), np.exp(-abs(step) / width)) for step in steps], steps, shape=(size, size)
    ).tocsr() if steps else csr_matrix((size, size))  # fmt: skip


def _nearby(first: csr_matrix, table: Pairs, local_width: float, upper_width: float) -> Floats:
    ours, theirs = first.shape
    capped = _capped(first)
    neighbours = _band(ours, local_width)
    blurred = capped @ (_band(theirs, upper_width) + diags(np.ones(theirs)).tocsr())
    mass = neighbours @ np.asarray(capped.sum(axis=1)).ravel()
    return _at((neighbours @ blurred).tocsr(), table.local, table.upper) / (mass[table.local] + 0.3)


def _at(found: csr_matrix, rows: Ints, columns: Ints) -> Floats:
    if not len(rows):
        return np.zeros(0)
    return np.asarray(found[rows, columns], dtype=np.float64).ravel()


def _next_door(first: csr_matrix, table: Pairs) -> Floats:
    last = first.shape[0] - 1
    above = np.where(table.local > 0, _at(first, np.maximum(0, table.local - 1), table.upper), 0.0)
    below = np.where(table.local < last, _at(first, np.minimum(last, table.local + 1), table.upper), 0.0)
    return np.maximum(above, below)


def _anchors(table: Pairs, probability: Floats, ours: int, theirs: int) -> tuple[Floats, Floats]:
    """For each local statement the sources of the nearest sure ones before and after it."""
    place = np.full(ours, np.nan)
    sure = np.flatnonzero(probability >= SURE)
    for k in sure[np.argsort(probability[sure], kind="stable")]:
        place[table.local[k]] = table.upper[k]
    before, after = np.full(ours, -1.0), np.full(ours, float(theirs))
    last = -1.0
    for i in range(ours):
        before[i] = last
        last = place[i] if not np.isnan(place[i]) else last
    last = float(theirs)
    for i in range(ours - 1, -1, -1):
        after[i] = last
        last = place[i] if not np.isnan(place[i]) else last
    return before, after


def _articles(first: csr_matrix, table: Pairs, ours: Side, theirs: Side) -> dict[str, Floats]:
    """Whether the rest of the local article has its sources in this upper article, and the other way round."""
    our_article, their_article = ours.outline.article, theirs.outline.article
    our_members = members(our_article, ours.outline.articles)
    their_members = members(their_article, theirs.outline.articles)
    by_row = _at_most_one(first @ their_members.T)
    by_column = _at_most_one(our_members @ first)
    downward = (our_members @ by_row).toarray()
    upward = (by_column @ their_members.T).toarray()
    i, j = table.local, table.upper
    own = _at(by_row, i, their_article[j])
    rest = downward[our_article[i], their_article[j]] - own
    total = downward.sum(axis=1)[our_article[i]] - np.asarray(by_row.sum(axis=1)).ravel()[i]
    own_up = _at(by_column, our_article[i], j)
    rest_up = upward[our_article[i], their_article[j]] - own_up
    total_up = upward.sum(axis=0)[their_article[j]] - np.asarray(by_column.sum(axis=0)).ravel()[j]
    return {"article's sources": rest / (total + 0.7), "article's carriers": rest_up / (total_up + 0.7)}


def _at_most_one(found: csr_matrix) -> csr_matrix:
    found = found.tocsr()
    found.data = np.minimum(found.data, 1.0)
    return found


def _scope(first: csr_matrix, table: Pairs, ours: Side, theirs: Side) -> Floats:
    """For two headings how much of what stands under the one has its sources under the other."""
    result = np.zeros(len(table))
    both = np.flatnonzero(table.features["titles"] > 0)
    if not len(both):
        return result
    i, j = table.local[both], table.upper[both]
    heads_i, at_i = np.unique(i, return_inverse=True)
    heads_j, at_j = np.unique(j, return_inverse=True)
    under = _under(heads_i, ours.outline.end, first.shape[0]) @ first @ _under(heads_j, theirs.outline.end, first.shape[1]).T
    sizes = np.sqrt(np.outer(ours.outline.end[heads_i] - heads_i - 0.5, theirs.outline.end[heads_j] - heads_j - 0.5))
    result[both] = np.minimum(1.0, (under.toarray() / (sizes + 1.0))[at_i, at_j])
    return result


def _under(heads: Ints, ends: Ints, size: int) -> csr_matrix:
    lengths = ends[heads] - heads - 1
    rows = np.repeat(np.arange(len(heads)), lengths)
    columns = np.arange(len(rows)) - (np.cumsum(lengths) - lengths)[rows] + heads[rows] + 1
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(heads), size))


def _lead_sentence(first: csr_matrix, table: Pairs, ours: Side) -> Floats:
    """For an item of a list the first look at the sentence that the list hangs from."""
    lead = ours.outline.lead[table.local]
    return np.where(lead >= 0, _at(first, np.maximum(0, lead), table.upper), 0.0)


def _headings(first: csr_matrix, table: Pairs, ours: Side, theirs: Side) -> Floats:
    """The first look at the two statements' headings."""
    above, over = ours.outline.head[table.local], theirs.outline.head[table.upper]
    both = (above >= 0) & (over >= 0)
    return np.where(both, _at(first, np.maximum(0, above), np.maximum(0, over)), 0.0)


def _winner(table: Pairs, probability: Floats, base: Ground) -> dict[str, Floats]:
    """How like, and how near, a candidate is to the best other candidate of its local statement."""
    order = np.lexsort((-probability, table.local))
    local = table.local[order]
    heads = np.flatnonzero(np.append(True, local[1:] != local[:-1])) if len(local) else np.zeros(0, np.int64)
    best = np.full(base.ours.size, -1)
    second = np.full(base.ours.size, -1)
    best[local[heads]] = table.upper[order[heads]]
    nexts = heads + 1
    nexts = nexts[nexts < len(local)]
    nexts = nexts[local[nexts] == local[nexts - 1]]
    second[local[nexts]] = table.upper[order[nexts]]
    other = np.where(best[table.local] == table.upper, second[table.local], best[table.local])
    alone = other < 0
    other = np.maximum(0, other)
    return {
        "like the best other": np.where(alone, 0.0, _at(base.upper_kin, table.upper, other)),
        "near the best other": np.where(alone, 0.0, np.exp(-np.abs(table.upper - other) / 2.0)),
    }
