"""What a person decided about a single task: who, until when, and that it is several tasks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from .base import Model
from .decision_file import decision_line, decision_text, parse_decisions, read_decision_text
from .disk import write_text
from .errors import InvalidValueError

FORMAT = "planlineage-task-decisions"
FORMAT_VERSION = 1

UnitRole = Literal["lead", "responsible", "support", "guide"]
"""What a body does for a task; `responsible` is 责任单位 beside 牵头单位."""

ROLES: tuple[UnitRole, ...] = ("lead", "responsible", "support", "guide")


class TaskDecision(Model):
    """One decision about one task, pinned to the words that the person saw.

    `split` says that the task is several, whose words stand in `parts`, in their order. `assign` says who it is for (`lead`,
    `responsible`, `support`, `guide`: bodies) and until when (`due`, as an office writes it); None leaves the plan's own answer,
    an empty one says that there is none.

    >>> decision = TaskDecision(action="assign", plan="a", id="2-abcde", lead=("区司法局",), due=("2026年6月底前",))
    >>> decision.slot, decision.says[0]
    (('assign', '2-abcde'), (('区司法局',), None, None, None))
    """

    action: Literal["assign", "split"]
    plan: str
    id: str = Field(min_length=1)
    fingerprint: str = ""
    text: str = ""
    lead: tuple[str, ...] | None = None
    responsible: tuple[str, ...] | None = None
    support: tuple[str, ...] | None = None
    guide: tuple[str, ...] | None = None
    due: tuple[str, ...] | None = None
    parts: tuple[str, ...] | None = None
    reviewer: str = ""
    date: datetime.date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> TaskDecision:
        if self.action == "split" and (self.parts is None or len(self.parts) < 2):
            raise InvalidValueError("split needs parts")
        if self.action == "split" and (self.units != (None,) * len(ROLES) or self.due is not None):
            raise InvalidValueError("split only")
        if self.action == "assign" and (self.parts is not None or (self.due is None and not self.assigns_units)):
            raise InvalidValueError("assign needs")
        return self

    @property
    def units(self) -> tuple[tuple[str, ...] | None, ...]:
        """The bodies by role, in the order of `ROLES`."""
        return self.lead, self.responsible, self.support, self.guide

    @property
    def assigns_units(self) -> bool:
        """Whether it says who a task is for."""
        return any(names is not None for names in self.units)

    @property
    def slot(self) -> tuple[str, str]:
        """What it is about; of several on one slot the latest holds."""
        return self.action, self.id

    @property
    def says(self) -> tuple[object, ...]:
        """What it decides, leaving aside who, when and why."""
        return self.units, self.due, self.parts

    @property
    def order(self) -> tuple[str, ...]:
        """Where it stands in the file."""
        return self.plan, self.id, self.action, decision_line(self)


@dataclass(frozen=True)
class TaskDecisions:
    """What people decided about tasks, as the decision file holds it.

    >>> TaskDecisions.parse('{"format":"planlineage-task-decisions","version":1}').made
    ()
    """

    made: tuple[TaskDecision, ...] = ()

    def with_(self, more: Iterable[TaskDecision]) -> TaskDecisions:
        """These and newer ones, which take the place of earlier ones on the same task."""
        newer = tuple(more)
        slots = {d.slot for d in newer}
        return TaskDecisions(_sorted([*(d for d in self.made if d.slot not in slots), *newer]))

    @property
    def text(self) -> str:
        """The decision file: the same decisions give the same text, in whatever order they were made."""
        return decision_text(FORMAT, FORMAT_VERSION, _sorted(self.made))

    def save(self, path: str | Path) -> Path:
        """Write the decision file, whole or not at all. Raises `OutputError`."""
        return write_text(path, self.text)

    @classmethod
    def load(cls, path: str | Path) -> TaskDecisions:
        """Read a decision file. Raises `DecisionFileError`, which names the line."""
        hint = "`planlineage tasks apply PLAN --sheet tasks.xlsx --decisions FILE` makes one"
        return cls.parse(read_decision_text(path, hint), where=str(path))

    @classmethod
    def parse(cls, text: str, *, where: str = "decisions") -> TaskDecisions:
        """Decisions from the text of a decision file. Raises `DecisionFileError`, which names the line."""
        return cls(_sorted(parse_decisions(text, FORMAT, FORMAT_VERSION, TaskDecision, where)))


def _sorted(decisions: Iterable[TaskDecision]) -> tuple[TaskDecision, ...]:
    return tuple(sorted(dict.fromkeys(decisions), key=lambda d: d.order))
