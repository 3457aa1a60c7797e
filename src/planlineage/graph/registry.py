"""The plans that are cited but not held: what to get next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ..model.plan import CitedPlan, Plan
from ..model.report import Report, Row
from .order import answers_to

_ROLES = {"implements": 0, "follows": 1, "names": 2}


class NotHeld(Report):
    """Cited plans that are not among those given, those cited by most plans first.

    Among equals those come first that a plan gives as its grounds, then those of a higher level. `issuer` is empty where the
    citation does not say.
    """

    columns: ClassVar[tuple[str, ...]] = ("title", "number", "issuer", "level", "role", "cited_by", "plans")

    def __init__(self, plans: Sequence[Plan]) -> None:
        found: dict[tuple[str, str], list[tuple[Plan, CitedPlan]]] = {}
        for plan in plans:
            for cited in plan.cited:
                if any(answers_to(cited, held) for held in plans):
                    continue
                found.setdefault((cited.title, ""), []).append((plan, cited))
        self._rows = sorted(
            (_row(citations) for citations in found.values()),
            key=lambda r: (-r["cited_by"], _ROLES[r["role"]], r["rank"], r["title"]),
        )

    def rows(self) -> list[Row]:
        """One row a plan that is not held."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{len(self._rows)} plans cited but not held"


def _row(citations: Sequence[tuple[Plan, CitedPlan]]) -> Row:
    role = min((c.plan_role for _, c in citations), key=lambda r: _ROLES[r])
    level = next((c.level for _, c in citations if c.level is not None), None)
    plans = list(dict.fromkeys(p.id for p, _ in citations))
    return {
        "title": citations[0][1].title,
        "number": next((c.number for _, c in citations if c.number), "") or "",
        "issuer": next((c.issuer for _, c in citations if c.issuer), "") or "",
        "level": level.value if level else "",
        "rank": level.rank if level else 99,
        "role": role,
        "cited_by": len(plans),
        "plans": " ".join(plans),
    }
