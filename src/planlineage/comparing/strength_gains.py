"""Signs in what came: bans, and what puts money or assessment behind a task."""

from __future__ import annotations

from collections.abc import Sequence

from .clausewise import Clausewise
from .grading import pattern, totals_in
from .strength_sides import Sides, Sign


def clauses_added(clauses: Clausewise, sides: Sides, whole: bool, known: Sequence[Sign]) -> list[Sign]:
    """Clauses that no upper task asks for: a ban where there was none, money or assessment behind what is carried as a whole.

    `known` are the signs found already, which speak for the clause that they stand in.
    """
    if pattern("stems").search(sides.lower):
        return []
    added = [c.lower for c in clauses.changes if c.change == "added"] if clauses.best_below else []
    added = [c for c in added if not any(s.stands_in("", c) for s in known)]
    bans = [] if _bans(sides.upper) else [c for c in added if _bans(c)]
    backed = [c for c in added if whole and pattern("backing").search(c) and c not in bans]
    return [Sign("stronger", "", c, "ban") for c in bans] + [Sign("stronger", "", c, "backing") for c in backed]


def _bans(text: str) -> bool:
    return any(scope == "none" for _, scope in totals_in(text))
