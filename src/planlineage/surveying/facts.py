"""What must be known of a plan to say where it stands among others, without having the plan itself at hand."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ..comparing.setting import adopted_from
from ..graph.order import family_of, place_of_plan
from ..model.levels import Level
from ..model.plan import Plan


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that a plan gives as its grounds."""

    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan as far as its place among others goes. Days are in ISO form, "" where not known; `codes` are the place's own
    code and those of the places that it lies in, the nearest first.
    """

    id: str
    source: str
    sha256: str
    title: str
    level: str
    place: str
    codes: tuple[str, ...]
    family: str
    number: str
    issuers: tuple[str, ...]
    issued: str
    adopted: str
    begins: str
    ends: str
    status: str
    grounds: tuple[Citation, ...]
    characters: int
    unread_share: float
    statements: int
    tasks: int

    @property
    def year(self) -> int | None:
        """The first year of its period, else that of its issue."""
        day = self.begins or self.issued
        return int(day[:4]) if day else None

    @property
    def last_year(self) -> int | None:
        """The last year of its period, else that of its issue."""
        day = self.ends or self.issued
        return int(day[:4]) if day else None

    @property
    def rank(self) -> int | None:
        """How far its level stands below the centre; None where it is not known."""
        return Level(self.level).rank if self.level else None

    @property
    def seat(self) -> str:
        """What tells its place from others: the code, else the name."""
        return self.codes[0] if self.codes else self.place

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """From its JSON text."""
        given: Mapping[str, object] = json.loads(text)
        return cls(
            **{k: tuple(v) if isinstance(v, list) else v for k, v in given.items() if k != "grounds"},  # type: ignore[arg-type]
            grounds=tuple(Citation(**c) for c in given["grounds"]),  # type: ignore[attr-defined]
        )


def facts_of(plan: Plan, source: str) -> Facts:
    """The facts of a plan that was read from a source."""
    found = place_of_plan(plan)
    place = found.place if found is not None else None
    return Facts(
        id=plan.id,
        source=source,
        sha256=plan.source.sha256,
        title=plan.title,
        level=plan.level.value if plan.level else "",
        place=place.full_name if place else plan.place,
        codes=(place.code, *place.parent_codes) if place else (),
        family=family_of(plan.title),
        number=plan.number,
        issuers=plan.issuers,
        issued=_iso(plan.issued),
        adopted=_iso(adopted_from(plan)),
        begins=_iso(plan.period.begins if plan.period else None),
        ends=_iso(plan.period.ends if plan.period else None),
        status=plan.status,
        grounds=tuple(Citation(c.title, c.number or "") for c in plan.implements),
        characters=plan.report.characters,
        unread_share=round(plan.report.unread_share, 6),
        statements=len(plan.statements),
        tasks=len(plan.tasks),
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
