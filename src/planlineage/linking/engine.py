"""From two sequences of units to edges: score the candidates in two passes, decide, and show the words that decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..model.errors import PlanTooLargeError
from ..model.lineage import Relation
from .align import Tile, carried, pieces, tiles
from .context import FLOOR, second_look, standing
from .decision import Decision, decision, sigmoid
from .kept import kept
from .matrices import pair_matrices
from .ngrams import Floats, Ints
from .normalise import Compared, compared
from .pairs import Pairs, pairs, stretches
from .sides import Side, known_side, side
from .threads import in_order
from .units import LinkOptions, Unit, UnitCandidate, UnitEdge

Upper = Sequence[Unit] | Mapping[str, Sequence[Unit]]

CERTAIN = 0.995
"""Confidence at least of a statement that stands in the upper plan in the same words."""

MEANING = 0.5
"""What one standard deviation of a user's encoder adds to the logit where nothing was learnt of it."""

USUAL, SPREAD = 2.0, 3.0
"""From so many deviations on an encoder speaks for a pair; so many more, or less, say no more."""

MOST_PAIRS, LONGEST = 500_000_000, 200_000
"""Pairs of statements, and characters of one: what is beyond is refused. The largest plans seen have 3,000 statements."""

SHOWN = 5
"""Candidates explained for each upper plan."""

HIDDEN = frozenset({"same wording", "standing"})
"""Features that only serve the computation."""


@dataclass(frozen=True, slots=True)
class Matched:
    """All candidate pairs of a local plan and one upper plan that got a second look, with their confidence."""

    ours: Side
    theirs: Side
    pairs: Pairs
    confidence: Floats
    trained: Decision


def plans(upper: Upper) -> dict[str, Sequence[Unit]]:
    """The upper plans by name, in the order of their names; a single one has no name."""
    return dict(sorted(upper.items())) if isinstance(upper, Mapping) else {"": upper}


def link(local: Sequence[Unit], upper: Upper, options: LinkOptions) -> list[UnitEdge]:
    """See `planlineage.linking.link_units`."""
    ours = side(local) if local else None
    edges: list[UnitEdge] = []
    for name, plan in plans(upper).items():
        if ours is None or not plan:
            continue
        found = match(ours, known_side(tuple(plan)), options)
        chosen = np.flatnonzero(found.confidence >= options.thematic)
        edges += _edges(local, plan, name, found, options, chosen)
    return sorted(edges, key=lambda edge: (edge.local, edge.upper_plan, edge.upper))


def match(ours: Side, theirs: Side, options: LinkOptions, floor: float = FLOOR) -> Matched:
    """The candidates that get a second look and how sure each is.

    A lower `floor` shows more candidates; those that only it lets in are never edges.
    """
    _check_size(ours.units, theirs.units)
    base = pair_matrices(ours, theirs, options.encoder, options.workers)
    table = _joined(in_order(lambda stretch: pairs(base, *stretch), stretches(ours, theirs), options.workers))
    table.features.update(standing(table, ours, theirs))
    trained = decision()
    chosen = second_look(table, trained.first_look(table.features) + _meaning(table, options), base, floor)
    logits = trained.second_look(chosen.features) + _meaning(chosen, options)
    at_first = sigmoid(chosen.features["first look"])
    confidence = np.where(at_first >= FLOOR, sigmoid(logits), np.minimum(at_first, options.thematic / 2))
    same = chosen.features["same wording"] > 0
    settled = np.isin(chosen.local, chosen.local[same])
    confidence = np.where(settled, np.minimum(confidence, options.thematic / 2), confidence)
    confidence = np.where(same, CERTAIN, confidence)
    return Matched(ours, theirs, chosen, confidence, trained)


def _check_size(local: Sequence[Unit], upper: Sequence[Unit]) -> None:
    """Raise `PlanTooLargeError` where two plans have too many statements, or one that is too long."""
    if len(local) * len(upper) > MOST_PAIRS:
        raise PlanTooLargeError("too many pairs", hint="link a part", local=len(local), upper=len(upper))
    longest = max((*local, *upper), key=lambda unit: len(unit.text))
    if len(longest.text) > LONGEST:
        length = len(longest.text)
        raise PlanTooLargeError(
            "too long a statement", where=longest.id, hint="lines apart", length=length, most=LONGEST
        )


def _meaning(table: Pairs, options: LinkOptions) -> Floats:
    """What a user's encoder adds to the logits; nothing without one."""
    found = table.features.get("meaning")
    if found is None:
        return np.zeros(len(table))
    weight, shift = getattr(options.encoder, "weight", MEANING), getattr(options.encoder, "shift", 0.0)
    result: Floats = weight * np.clip(found - USUAL, -SPREAD, SPREAD) + shift
    return result


def _joined(tables: Sequence[Pairs]) -> Pairs:
    features = {name: np.concatenate([t.features[name] for t in tables]) for name in tables[0].features}
    return Pairs(np.concatenate([t.local for t in tables]), np.concatenate([t.upper for t in tables]), features)


def _edges(
    local: Sequence[Unit],
    upper: Sequence[Unit],
    name: str,
    found: Matched,
    options: LinkOptions,
    chosen: Ints,
) -> list[UnitEdge]:
    table = found.pairs
    features = {key: values[chosen] for key, values in table.features.items()}
    at = [(int(i), int(j)) for i, j in zip(table.local[chosen], table.upper[chosen], strict=True)]
    same = (features["same wording"] > 0).tolist()
    aligned = [_Aligned.of(compared(local[i].text), compared(upper[j].text)) for i, j in at]
    others = iter(found.trained.relations([a.kept() for a, one in zip(aligned, same, strict=True) if not one]))
    relations = [Relation.VERBATIM if one else next(others) for one in same]
    shown = [key for key in features if key not in HIDDEN and options.evidence]
    values = np.round(np.stack([features[key] for key in shown], axis=1), 4).tolist() if shown else []
    edges = []
    for k, ((i, j), one) in enumerate(zip(at, aligned, strict=True)):
        sure = float(found.confidence[chosen[k]])
        parts = pieces(one.local, one.upper, one.tiles) if options.evidence else ()
        edges.append(
            UnitEdge(
                local=i,
                local_id=local[i].id,
                upper_plan=name,
                upper=j,
                upper_id=upper[j].id,
                relation=relations[k] if sure >= options.threshold else Relation.THEMATIC,
                confidence=round(sure, 4),
                pieces=parts,
                carried=carried(one.local, parts) if options.evidence else (),
                features=dict(zip(shown, values[k], strict=True)) if shown else {},
            )
        )
    return edges


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Two compared texts side by side."""

    local: Compared
    upper: Compared
    tiles: Sequence[Tile]

    @classmethod
    def of(cls, local: Compared, upper: Compared) -> _Aligned:
        return cls(local, upper, tiles(local.text, upper.text))

    def kept(self) -> tuple[float, ...]:
        """What tells the relation."""
        return kept(self.local.text, self.upper.text, self.tiles)


def explain(
    local: Sequence[Unit], upper: Upper, positions: Sequence[int], options: LinkOptions
) -> list[list[UnitCandidate]]:
    """See `planlineage.linking.explain_units`."""
    if wrong := [at for at in positions if not 0 <= at < len(local)]:
        raise IndexError(f"no local unit at {wrong[0]}: there are {len(local)}")
    found: list[list[UnitCandidate]] = [[] for _ in positions]
    ours = side(local) if positions else None
    for name, plan in plans(upper).items():
        if plan and ours is not None:
            matched = match(ours, known_side(tuple(plan)), options, floor=0.0)
            for candidates, at in zip(found, positions, strict=True):
                candidates.extend(_candidates(matched, name, plan, at, options))
    return [sorted(one, key=lambda c: (-c.confidence, c.upper_plan, c.upper)) for one in found]


def _candidates(
    found: Matched, name: str, plan: Sequence[Unit], position: int, options: LinkOptions
) -> Iterable[UnitCandidate]:
    rows = np.flatnonzero(found.pairs.local == position)
    rows = rows[np.argsort(-found.confidence[rows], kind="stable")][:SHOWN]
    features = {key: values[rows] for key, values in found.pairs.features.items()}
    own = compared(found.ours.units[position].text)
    above = [compared(plan[int(j)].text) for j in found.pairs.upper[rows]]
    relations = found.trained.relations([_Aligned.of(own, other).kept() for other in above])
    for at, k in enumerate(rows.tolist()):
        sure = float(found.confidence[k])
        relation = Relation.VERBATIM if features["same wording"][at] else relations[at]
        rival = 0 if at else min(1, len(rows) - 1)
        yield UnitCandidate(
            upper_plan=name,
            upper=int(found.pairs.upper[k]),
            upper_id=plan[int(found.pairs.upper[k])].id,
            confidence=round(sure, 4),
            relation=relation if sure >= options.threshold else None,
            features={key: round(float(v[at]), 4) for key, v in features.items() if key not in HIDDEN},
            lacks=_differing(found.trained, features, at, rival) if rival != at else (),
        )


def _differing(trained: Decision, features: Mapping[str, Floats], one: int, other: int) -> tuple[str, ...]:
    """The features in which two candidates differ most for the decision, most weighty first.

    Each is set to the other candidate's value by itself; what moves the confidence most comes first.
    """
    names = [name for name in features if name not in HIDDEN]
    trial = {name: np.repeat(values[one], len(names) + 1) for name, values in features.items()}
    for at, name in enumerate(names):
        trial[name][at + 1] = features[name][other]
    logits = trained.second_look(trial)
    # what the winner would lose, or what another would gain
    moved = (logits[1:] - logits[0]) * (-1 if one == 0 else 1)
    order = np.argsort(-moved, kind="stable")
    return tuple(names[k] for k in order[:4] if moved[k] > 0.05)
