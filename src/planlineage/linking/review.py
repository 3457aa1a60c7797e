"""What people decided about edges and gaps: the decisions, and the small text file that keeps them.

The file is JSON Lines: a first line that names the format, then one decision a line, sorted, so that a comparison of two
versions shows one line for each change. The HTML report writes and reads the same file. `docs/review.md` describes it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from ..model.base import Model
from ..model.deciding import first_words
from ..model.decision_file import decision_line, decision_text, parse_decisions, read_decision_text
from ..model.disk import write_text
from ..model.errors import InvalidValueError
from ..model.lineage import Relation
from ..model.plan import Plan

FORMAT = "planlineage-decisions"
FORMAT_VERSION = 1
SOURCE_KEPT = 16
"""Characters of a document's digest that a decision keeps."""

Action = Literal["accept", "reject", "relabel", "add", "justify", "applies", "not_applicable"]
ON_EDGES: frozenset[str] = frozenset({"accept", "reject", "relabel", "add"})
_WITH_RELATION = frozenset({"accept", "relabel", "add"})

Slot = tuple[str, str, str, str, str]
"""What a decision is about; of several on one slot the latest holds."""


class Decision(Model):
    """What one person decided, once.

    `accept`, `relabel` and `add` say that the local statement carries the upper one, with `relation`; `reject` that it does
    not; `justify` that a gap is accepted, with the reason in `note`; `applies` and `not_applicable` whether the upper task
    binds the local plan. The last three may leave the local plan empty: they then hold for every local plan.

    Fingerprints are those of the statements that the person saw; an empty one is not checked. The sources are the beginnings of
    the digests of both documents, by which a plan is known again when its file has another name.

    >>> Decision(action="reject", local_plan="a", local_id="1-x", upper_plan="b", upper_id="2-y", reviewer="李四").slot
    ('edge', 'a', 'b', '2-y', '1-x')
    """

    action: Action
    relation: Relation | None = None
    local_plan: str = ""
    local_id: str = ""
    local_fingerprint: str = ""
    upper_plan: str = Field(min_length=1)
    upper_id: str = Field(min_length=1)
    upper_fingerprint: str = ""
    reviewer: str = ""
    date: datetime.date | None = None
    note: str = ""
    local_text: str = ""
    upper_text: str = ""
    local_source: str = ""
    upper_source: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Decision:
        if self.action in ON_EDGES and not (self.local_plan and self.local_id):
            raise InvalidValueError("needs local", action=self.action)
        if self.action not in ON_EDGES and self.local_id:
            raise InvalidValueError("upper only", action=self.action)
        if self.action in _WITH_RELATION and self.relation is None:
            raise InvalidValueError("needs relation", action=self.action)
        if self.action not in _WITH_RELATION and self.relation is not None:
            raise InvalidValueError("takes no relation", action=self.action)
        if self.action == "justify" and not self.note.strip():
            raise InvalidValueError("needs note")
        return self

    @classmethod
    def about(
        cls,
        action: Action,
        upper: Plan,
        upper_id: str,
        local: Plan | None = None,
        local_id: str = "",
        **rest: Any,
    ) -> Decision:
        """A decision about statements of plans, with their fingerprints and first words.

        `rest` are `relation`, `reviewer`, `date` and `note`. Raises `UnknownTaskError` where a plan has no such statement.
        """
        above = upper.statement(upper_id)
        below = local.statement(local_id) if local is not None and local_id else None
        return cls(
            action=action,
            local_plan=local.id if local is not None else "",
            local_id=local_id,
            local_fingerprint=below.fingerprint if below else "",
            upper_plan=upper.id,
            upper_id=upper_id,
            upper_fingerprint=above.fingerprint,
            local_text=first_words(below) if below else "",
            upper_text=first_words(above),
            local_source=local.source.sha256[:SOURCE_KEPT] if local is not None else "",
            upper_source=upper.source.sha256[:SOURCE_KEPT],
            **rest,
        )

    @property
    def slot(self) -> Slot:
        """What it is about: an edge, a gap, or whether a task applies."""
        kind = "edge" if self.action in ON_EDGES else "gap" if self.action == "justify" else "applies"
        return kind, self.local_plan, self.upper_plan, self.upper_id, self.local_id

    @property
    def says(self) -> tuple[str, Relation | None]:
        """What it decides, leaving aside who, when and why. To accept, relabel and add come to the same."""
        return ("accept" if self.action in _WITH_RELATION else self.action), self.relation

    @property
    def line(self) -> str:
        """The decision as its line of the file."""
        return decision_line(self)

    @property
    def order(self) -> tuple[str, ...]:
        """Where it stands in the file."""
        return self.local_plan, self.upper_plan, self.upper_id, self.local_id, self.action, self.line


@dataclass(frozen=True)
class Decisions:
    """What people decided: `made` one by one, each pinned to the words it was made on, as the decision file holds them.

    `applies` and `justified` are shorthand for use in code, by upper task id or `PLAN#ID`, without fingerprints, reviewer or
    file: whether a task binds the local plan, and why a gap is accepted.

    >>> Decisions(applies={"2.4-238vb": True}).of("central_2021", "2.4-238vb")
    True
    >>> Decisions.parse('{"format":"planlineage-decisions","version":1}').made
    ()
    """

    applies: Mapping[str, bool] = field(default_factory=dict)
    justified: Mapping[str, str] = field(default_factory=dict)
    made: tuple[Decision, ...] = ()

    def of(self, plan_id: str, task_id: str) -> bool | None:
        """Whether a person decided, by shorthand, that a task applies; None where nobody did."""
        return self.applies.get(f"{plan_id}#{task_id}", self.applies.get(task_id))

    def justification(self, plan_id: str, task_id: str) -> str:
        """Why a gap is accepted, by shorthand; empty where nobody accepted it."""
        return self.justified.get(f"{plan_id}#{task_id}", self.justified.get(task_id, ""))

    def __bool__(self) -> bool:
        return bool(self.applies or self.justified or self.made)

    def with_(self, more: Iterable[Decision]) -> Decisions:
        """These and newer ones. A newer decision takes the place of all earlier ones on the same edge, gap or task."""
        newer = tuple(more)
        slots = {d.slot for d in newer}
        return replace(self, made=_sorted([*(d for d in self.made if d.slot not in slots), *newer]))

    # -- the file ----------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The decision file: the same decisions give the same text, in whatever order they were made.

        Raises `ValueError` where there is shorthand, which names neither reviewer nor words.
        """
        if self.applies or self.justified:
            raise InvalidValueError("not kept in a file")
        return decision_text(FORMAT, FORMAT_VERSION, _sorted(self.made))

    def save(self, path: str | Path) -> Path:
        """Write the decision file, whole or not at all. Raises `OutputError`."""
        return write_text(path, self.text)

    @classmethod
    def load(cls, path: str | Path) -> Decisions:
        """Read a decision file. Raises `DecisionFileError`, which names the line."""
        text = read_decision_text(path, hint="make decisions")
        return cls.parse(text, where=str(path))

    @classmethod
    def parse(cls, text: str, *, where: str = "decisions") -> Decisions:
        """Decisions from the text of a decision file. Raises `DecisionFileError`, which names the line."""
        return cls(made=_sorted(parse_decisions(text, FORMAT, FORMAT_VERSION, Decision, where)))


def _sorted(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(sorted(dict.fromkeys(decisions), key=lambda d: d.order))
