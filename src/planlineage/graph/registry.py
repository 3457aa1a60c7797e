"""The plans that are cited but not held: what to get next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.levels import Level
from ..model.parts import CitedPlan
from ..model.plan import Plan
from ..model.report import Report
from ..model.wording import told
from .order import answers_to

_ROLES = {"implements": 0, "follows": 1, "names": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedOnly:
    """A plan that is cited but not held. `issuer` is empty where the citation does not say; `plans` are those that cite it."""

    title: str
    number: str
    issuer: str
    level: Level | None
    role: str
    cited_by: int
    plans: tuple[str, ...]


class NotHeld(Report[CitedOnly]):
    """Cited plans that are not among those given, those cited by most plans first.

    Among equals those come first that a plan gives as its grounds, then those of a higher level.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans = tuple(plans)

    @cached_property
    def records(self) -> Sequence[CitedOnly]:
        """One record for each plan that is not held."""
        found: dict[str, list[tuple[Plan, CitedPlan]]] = {}
        for plan in self.plans:
            for cited in plan.cited:
                if not any(answers_to(cited, held) for held in self.plans):
                    found.setdefault(cited.title, []).append((plan, cited))
        return sorted(
            map(_cited_only, found.values()),
            key=lambda r: (-r.cited_by, _ROLES[r.role], r.level.rank if r.level else 99, r.title),
        )

    @property
    def heading(self) -> str:
        """What the table shows."""
        return str(told("heading", "not held", count=len(self.records)))


def _cited_only(citations: Sequence[tuple[Plan, CitedPlan]]) -> CitedOnly:
    plans = tuple(dict.fromkeys(p.id for p, _ in citations))
    return CitedOnly(
        title=citations[0][1].title,
        number=next((c.number for _, c in citations if c.number), "") or "",
        issuer=next((c.issuer for _, c in citations if c.issuer), "") or "",
        level=next((c.level for _, c in citations if c.level is not None), None),
        role=min((c.plan_role for _, c in citations), key=lambda r: _ROLES[r]),
        cited_by=len(plans),
        plans=plans,
    )
