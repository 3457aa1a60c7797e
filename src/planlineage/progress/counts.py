"""Counts of duties by lead unit, month or year of the deadline, status, light, work item or plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from ..model.report import Report, Row
from ..model.wording import Lang, Term, title, words
from .duty_status import DutyStatus
from .statuses import LIGHTS, STATUSES

Group = Literal["unit", "month", "year", "status", "light", "item", "plan"]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many duties of a group have each status and light."""

    group: str
    duties: int
    statuses: Mapping[str, int]
    lights: Mapping[str, int]


class StatusBy(Report[GroupCount]):
    """The counts of a status report by some group. A task with several lead units counts for each of them."""

    columns: ClassVar[tuple[str, ...]] = ("group", "duties", *STATUSES, *LIGHTS)

    def __init__(self, duties: Sequence[DutyStatus], group: Group, title: str, lang: Lang) -> None:
        self.duties, self.group, self.title, self.lang = duties, group, title, lang

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("heading.counts", self.speaks, title=self.title, group=Term(f"group.{self.group}"))

    @cached_property
    def records(self) -> Sequence[GroupCount]:
        """One record per group, in the order of their names; in the order of the text for work items and plans."""
        groups: dict[str, list[DutyStatus]] = {}
        for one in self.duties:
            for name in self._names(one):
                groups.setdefault(name, []).append(one)
        names = groups if self.group in ("item", "plan") else sorted(groups)
        return [_counted(name, groups[name]) for name in names]

    def titles_in(self, lang: Lang) -> dict[str, str]:
        """The titles of the columns: statuses and lights by their names."""
        family = dict.fromkeys(STATUSES, "progress") | dict.fromkeys(LIGHTS, "light")
        return {c: words(f"{family[c]}.{c}", lang) if c in family else title(c, lang) for c in self.columns}

    def row(self, record: GroupCount, lang: Lang | None = None) -> Row:  # noqa: ARG002 - as of every report
        """A record with a column for each status and light."""
        return {"group": record.group, "duties": record.duties, **record.statuses, **record.lights}

    def _names(self, one: DutyStatus) -> Iterable[str]:
        match self.group:
            case "unit":
                return one.lead or [words("group.no unit", self.lang)]
            case "month" | "year":
                length = 7 if self.group == "month" else 4
                return [one.day.isoformat()[:length] if one.day else words("group.no day", self.lang)]
            case "status":
                return [words(f"progress.{one.verdict.status}", self.lang)]
            case "light":
                return [words(f"light.{one.verdict.light}", self.lang)]
            case "item":
                return [one.item]
            case _:
                return [one.plan.name]


def _counted(name: str, duties: Sequence[DutyStatus]) -> GroupCount:
    statuses = Counter(s.verdict.status for s in duties)
    lights = Counter(s.verdict.light for s in duties)
    return GroupCount(name, len(duties), {k: statuses[k] for k in STATUSES}, {k: lights[k] for k in LIGHTS})
