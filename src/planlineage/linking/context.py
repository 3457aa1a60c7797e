"""The second look: features of a candidate pair from neighbouring pairs.

A plan mostly follows its upper plan's order, article by article. So where a statement's neighbours, and the rest of its
article, find their sources is evidence for where its own must be; soft evidence, because plans also move things. The first
look's probabilities come in; a pair's own is never counted among its neighbours'.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, diags

from .margins import best_two, margins, others
from .matrices import PairMatrices
from .ngrams import Floats, Ints
from .pairs import Pairs
from .sides import Side, members

SURE = 0.7
"""From this probability on a first look's best candidate is an anchor for the order around it."""

FAINT = 0.02
"""Below this probability a candidate is no evidence for its neighbours."""

FLOOR = 0.008
"""Below this probability in the first look a pair gets no second look."""


def standing(table: Pairs, ours: Side, theirs: Side) -> dict[str, Floats]:
    """How a pair stands among the candidates of its local, and of its upper statement."""
    cosine, clause = table.features["cosine"], table.features["best clause pair"]
    local, upper = table.local, table.upper
    in_article = local * theirs.outline.articles + theirs.outline.article[upper]
    return {
        "cosine lead": margins(cosine, local, ours.size),
        "cosine lead upwards": margins(cosine, upper, theirs.size),
        "clause lead": margins(clause, local, ours.size),
        "clause lead upwards": margins(clause, upper, theirs.size),
        "sense lead": margins(table.features["sense"], local, ours.size),
        "sense lead upwards": margins(table.features["sense"], upper, theirs.size),
        "distinctive lead": margins(table.features["distinctive share"], local, ours.size),
        "lead in its article": margins(table.features["standing"], in_article, ours.size * theirs.outline.articles),
    }


def second_look(table: Pairs, logits: Floats, base: PairMatrices, floor: float = FLOOR) -> Pairs:
    """The pairs that deserve a second look, with what the first look at all pairs says about them."""
    probability: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    kept = np.flatnonzero(probability >= floor)
    chosen = Pairs(
        table.local[kept], table.upper[kept], {name: values[kept] for name, values in table.features.items()}
    )
    chosen.features.update(_rivals(table, probability, base, kept))
    faint = probability >= FAINT
    first = csr_matrix(
        (probability[faint], (table.local[faint], table.upper[faint])),
        shape=(base.ours.size, base.theirs.size),
    )
    chosen.features.update(_order(table, probability, chosen, base))
    chosen.features.update(_neighbours(first, chosen, base))
    chosen.features.update(_articles(first, chosen, base))
    chosen.features["scope"] = _scope(first, chosen, base)
    return chosen


def _rivals(table: Pairs, probability: Floats, base: PairMatrices, kept: Ints) -> dict[str, Floats]:
    """How a pair's first look stands against its rivals', and how like the best rival it is."""
    ours, theirs = base.ours, base.theirs
    clipped = np.clip(probability, 1e-4, 1 - 1e-4)
    logit = np.log(clipped / (1 - clipped))
    in_article = ours.outline.article[table.local] * theirs.size + table.upper
    best, second = best_two(probability, table.local, ours.size)
    rival = np.where(best[table.local] == np.arange(len(table)), second[table.local], best[table.local])[kept]
    upper, other = table.upper[kept], np.append(table.upper, -1)[rival]
    alone = rival < 0
    return {
        "first look": logit[kept],
        "logit lead": np.clip(margins(logit, table.local, ours.size), -6, 6)[kept],
        "logit lead upwards": np.clip(margins(logit, table.upper, theirs.size), -6, 6)[kept],
        "best other": others(probability, table.local, ours.size)[kept],
        "best other upwards": others(probability, table.upper, theirs.size)[kept],
        "carried in the article": others(probability, in_article, ours.outline.articles * theirs.size)[kept],
        "like the best other": np.where(alone, 0.0, _at(base.upper_likeness, upper, np.maximum(0, other))),
        "near the best other": np.where(alone, 0.0, np.exp(-np.abs(upper - other) / 2.0)),
    }


def _order(table: Pairs, probability: Floats, chosen: Pairs, base: PairMatrices) -> dict[str, Floats]:
    """Where a pair stands among the sources of the nearest sure statements before and after it."""
    place = np.full(base.ours.size, -1, dtype=np.int64)
    sure = np.flatnonzero(probability >= SURE)
    order = sure[np.argsort(probability[sure], kind="stable")]
    place[table.local[order]] = table.upper[order]
    before, after = np.full(len(place), -1.0), np.full(len(place), float(base.theirs.size))
    last = -1.0
    for i, found in enumerate(place.tolist()):
        before[i] = last
        last = found if found >= 0 else last
    last = float(base.theirs.size)
    for i in range(len(place) - 1, -1, -1):
        after[i] = last
        last = place[i] if place[i] >= 0 else last
    one, other, upper = before[chosen.local], after[chosen.local], chosen.upper
    low, high = np.minimum(one, other), np.maximum(one, other)
    outside = np.maximum(0.0, np.maximum(low - upper, upper - high))
    nearest = np.minimum(np.abs(upper - one), np.abs(upper - other))
    return {"between anchors": np.exp(-outside / 4.0), "by an anchor": np.exp(-nearest / 2.0)}


def _neighbours(first: csr_matrix, chosen: Pairs, base: PairMatrices) -> dict[str, Floats]:
    local, upper = chosen.local, chosen.upper
    last = first.shape[0] - 1
    above = np.where(local > 0, _at(first, np.maximum(0, local - 1), upper), 0.0)
    below = np.where(local < last, _at(first, np.minimum(last, local + 1), upper), 0.0)
    lead = base.ours.outline.lead[local]
    head, over = base.ours.outline.head[local], base.theirs.outline.head[upper]
    headings = _at(first, np.maximum(0, head), np.maximum(0, over))
    return {
        "near": _nearby(first, chosen, 1.5, 1.5),
        "around": _nearby(first, chosen, 3.0, 5.0),
        "same source next door": np.maximum(above, below),
        "lead sentence": np.where(lead >= 0, _at(first, np.maximum(0, lead), upper), 0.0),
        "headings": np.where((head >= 0) & (over >= 0), headings, 0.0),
        "similar statements' sources": _at(base.local_likeness @ first, local, upper),
        "similar sources": _at(first @ base.upper_likeness, local, upper),
    }


def _nearby(first: csr_matrix, chosen: Pairs, local_width: float, upper_width: float) -> Floats:
    """The neighbours' sources around this one, as a share of all that the neighbours have."""
    ours, theirs = first.shape
    total = np.asarray(first.sum(axis=1)).ravel()
    # a statement with several sources still counts once
    capped = (diags(1.0 / np.maximum(1.0, total)) @ first).tocsr()
    near = _band(ours, local_width)
    blurred = near @ (capped @ (_band(theirs, upper_width) + diags(np.ones(theirs))))
    mass = near @ np.minimum(1.0, total)
    result: Floats = _at(blurred, chosen.local, chosen.upper) / (mass[chosen.local] + 0.3)
    return result


def _band(size: int, width: float) -> csr_matrix:
    """Neighbours weighed by nearness, without oneself."""
    reach = min(size - 1, int(3 * width))
    steps = [step for step in range(-reach, reach + 1) if step]
    if not steps:
        return csr_matrix((size, size))
    bands = [np.full(size - abs(step), np.exp(-abs(step) / width)) for step in steps]
    return diags(bands, steps, shape=(size, size)).tocsr()


def _at(found: csr_matrix, rows: Ints, columns: Ints) -> Floats:
    """Single entries of a sparse matrix."""
    if not len(rows):
        return np.zeros(0)
    found = found.tocsr()
    found.sum_duplicates()  # in order an entry is found by bisection, else by looking along its row
    return np.asarray(found[rows, columns], dtype=np.float64).ravel()


def _articles(first: csr_matrix, chosen: Pairs, base: PairMatrices) -> dict[str, Floats]:
    """Whether the rest of the local article has its sources in this upper article, and the other way round."""
    our_article, their_article = base.ours.outline.article, base.theirs.outline.article
    our_members = members(our_article, base.ours.outline.articles)
    their_members = members(their_article, base.theirs.outline.articles)
    by_row = _at_most_one(first @ their_members.T)
    by_column = _at_most_one(our_members @ first)
    down, up = (our_members @ by_row).toarray(), (by_column @ their_members.T).toarray()
    i, j = chosen.local, chosen.upper
    rest = down[our_article[i], their_article[j]] - _at(by_row, i, their_article[j])
    total = down.sum(axis=1)[our_article[i]] - np.asarray(by_row.sum(axis=1)).ravel()[i]
    rest_up = up[our_article[i], their_article[j]] - _at(by_column, our_article[i], j)
    total_up = up.sum(axis=0)[their_article[j]] - np.asarray(by_column.sum(axis=0)).ravel()[j]
    return {"article's sources": rest / (total + 0.7), "article's carriers": rest_up / (total_up + 0.7)}


def _at_most_one(found: csr_matrix) -> csr_matrix:
    found = found.tocsr()
    found.data = np.minimum(found.data, 1.0)
    return found


def _scope(first: csr_matrix, chosen: Pairs, base: PairMatrices) -> Floats:
    """For two headings how much of what stands under the one has its sources under the other."""
    result = np.zeros(len(chosen))
    both = np.flatnonzero(chosen.features["titles"] > 0)
    if not len(both):
        return result
    heads, at = np.unique(chosen.local[both], return_inverse=True)
    overs, on = np.unique(chosen.upper[both], return_inverse=True)
    ends, their_ends = base.ours.outline.end, base.theirs.outline.end
    under = _under(heads, ends, first.shape[0]) @ first @ _under(overs, their_ends, first.shape[1]).T
    sizes = np.sqrt(np.outer(ends[heads] - heads - 0.5, their_ends[overs] - overs - 0.5))
    result[both] = np.minimum(1.0, (under.toarray() / (sizes + 1.0))[at, on])
    return result


def _under(heads: Ints, ends: Ints, size: int) -> csr_matrix:
    """Which statements stand under which heading."""
    lengths = ends[heads] - heads - 1
    rows = np.repeat(np.arange(len(heads)), lengths)
    columns = np.arange(len(rows)) - (np.cumsum(lengths) - lengths)[rows] + heads[rows] + 1
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(heads), size))
