"""From two sequences of units to edges. (First version: local features only.)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..model.lineage import Relation
from .align import carried, pieces
from .ngrams_first import encode, vectors
from .normalise_first import compared
from .units import LinkOptions, Unit, UnitCandidate, UnitEdge

_NAMES = ("cosine", "local share", "upper share", "clause", "heading", "lead")
_WEIGHTS = np.array([6.0, 0.5, 0.5, 3.0, -3.0, 8.0])
_BIAS = -4.0


def _features(local: Sequence[Unit], upper: Sequence[Unit]) -> np.ndarray:
    ours, theirs = [compared(u.text) for u in local], [compared(u.text) for u in upper]
    a, b = encode([c.text for c in ours]), encode([c.text for c in theirs])
    shared = np.zeros((len(local), len(upper)))
    wl, wu, wp, wq = (np.zeros(n) for n in (len(local), len(upper), len(a.clause_units), len(b.clause_units)))
    clauses = np.zeros((len(wp), len(wq)))
    for length, share in ((1, 0.3), (2, 1.0), (3, 0.5)):
        v = vectors(a, b, length)
        w = share * v.weights
        shared += (v.local_units @ v.upper_units.multiply(w).tocsr().T).toarray()
        clauses += (v.local_clauses @ v.upper_clauses.multiply(w).tocsr().T).toarray()
        wl += v.local_units @ w
        wu += v.upper_units @ w
        wp += v.local_clauses @ w
        wq += v.upper_clauses @ w
    cosine = shared / np.sqrt(np.outer(wl + 1e-9, wu + 1e-9))
    pairs = clauses / np.sqrt(np.outer(wp + 15, wq + 15))
    best = np.maximum.reduceat(pairs, np.searchsorted(a.clause_units, np.arange(len(local))), axis=0)
    best = np.maximum.reduceat(best, np.searchsorted(b.clause_units, np.arange(len(upper))), axis=1)
    heads = np.array([c.heading == 2 for c in ours])[:, None] != np.array([c.heading == 2 for c in theirs])
    lead = cosine - np.where(cosine >= cosine.max(1, keepdims=True), _second(cosine), cosine.max(1, keepdims=True))
    return np.stack(
        [cosine, shared / (wl[:, None] + 1), shared / (wu + 1), best, heads.astype(float), np.clip(lead, -0.4, 0.4)], -1
    )


def _second(values: np.ndarray) -> np.ndarray:
    if values.shape[1] < 2:
        return np.zeros((len(values), 1))
    return -np.partition(-values, 1, axis=1)[:, 1:2]


def _relation(features: np.ndarray) -> Relation:
    if features[0] > 0.78:
        return Relation.VERBATIM
    return Relation.ADAPTED if min(features[1], features[2]) > 0.45 else Relation.PARTIAL


def _plans(upper: Sequence[Unit] | Mapping[str, Sequence[Unit]]) -> dict[str, Sequence[Unit]]:
    return dict(sorted(upper.items())) if isinstance(upper, Mapping) else {"": upper}


def link(
    local: Sequence[Unit], upper: Sequence[Unit] | Mapping[str, Sequence[Unit]], options: LinkOptions
) -> list[UnitEdge]:
    """See `planlineage.linking.link_units`."""
    edges = []
    for name, plan in _plans(upper).items():
        if not local or not plan:
            continue
        features = _features(local, plan)
        confidence = 1 / (1 + np.exp(-(features @ _WEIGHTS + _BIAS)))
        for i, j in np.argwhere(confidence >= options.thematic):
            sure = float(confidence[i, j])
            one, two = compared(local[i].text, masked=False), compared(plan[j].text, masked=False)
            found = pieces(one, two) if options.evidence else ()
            edges.append(
                UnitEdge(
                    int(i), local[i].id, name, int(j), plan[j].id,
                    _relation(features[i, j]) if sure >= options.threshold else Relation.THEMATIC,
                    sure, found, carried(one, found) if options.evidence else (),
                    dict(zip(_NAMES, features[i, j].tolist(), strict=True)),
                )
            )  # fmt: skip
    return sorted(edges, key=lambda e: (e.local, e.upper_plan, e.upper))


def explain(
    local: Sequence[Unit], upper: Sequence[Unit] | Mapping[str, Sequence[Unit]], position: int, options: LinkOptions
) -> list[UnitCandidate]:
    """See `planlineage.linking.explain_unit`."""
    result = []
    for name, plan in _plans(upper).items():
        features = _features(local, plan)[position]
        confidence = 1 / (1 + np.exp(-(features @ _WEIGHTS + _BIAS)))
        for j in np.argsort(-confidence)[:5]:
            sure = float(confidence[j])
            relation = _relation(features[j]) if sure >= options.threshold else None
            result.append(
                UnitCandidate(name, int(j), plan[j].id, sure, relation,
                              dict(zip(_NAMES, features[j].tolist(), strict=True)), ())
            )  # fmt: skip
    return sorted(result, key=lambda c: (-c.confidence, c.upper_plan, c.upper))
