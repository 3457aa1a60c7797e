"""Slippage between levels: what became of each commitment of an upper plan in the plan of a lower level.

One row a commitment and aspect: a deadline, a number (`target`), a rhythm (`recurrence`), the strength of the wording, and
who is addressed. A commitment that nobody carries is `dropped`; one that stands only below is `added`. Commitments are
compared where the upper clause binds the lower level; elsewhere the row says `not_comparable` and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from ..linking.lineage import Lineage
from ..model.plan import Plan
from ..model.report import Report, Row
from .applicability import Decisions
from .commitment_rows import Rows
from .reviewed import Reviewed

Aspect = Literal["deadline", "target", "recurrence", "strength", "addressee"]
ASPECTS: tuple[Aspect, ...] = ("deadline", "target", "recurrence", "strength", "addressee")

CHANGES: Mapping[str, str] = {
    "kept": "the same below as above",
    "later": "the deadline moved back",
    "earlier": "the deadline moved forward",
    "raised": "the number grew",
    "lowered": "the number shrank",
    "weakened": "the wording binds less",
    "strengthened": "the wording binds more",
    "mixed": "in one way weaker, in another stronger",
    "readdressed": "someone else is bound",
    "dropped": "it stands above, not below",
    "added": "it stands below, not above",
    "lapsed": "left out below; its day had passed when the lower plan was adopted",
    "uncertain": "the possible readings point both ways, or cannot be set against each other",
    "not_comparable": "both state something, but the upper clause binds others",
}
"""What the column `change` can say."""


class Slippage(Report):
    """How the commitments of one or several upper plans changed on their way into a local plan.

    Columns: `effect` says whether the change binds more or less (`weaker`, `stronger`, `mixed`, `same`), for the column
    `change` alone does not: a lower number is weaker for a floor and stronger for a ceiling. `days_min` and `days_max` are
    the range in which a date moved (negative: earlier), equal where the words admit one reading. `comparable` is yes,
    partly or no, and `reason` says why.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id", "upper_id", "aspect", "change", "upper_value", "local_value", "days_min", "days_max", "comparable",
        "reason", "effect", "relation", "confidence", "local_clause", "upper_clause", "local_text", "upper_text",
        "local_plan", "upper_plan",
    )  # fmt: skip
    exact_columns: ClassVar[frozenset[str]] = frozenset({"upper_value", "local_value"})

    def __init__(self, lineages: Lineage | Sequence[Lineage], decisions: Decisions | None = None) -> None:
        reviewed = Reviewed(lineages, decisions or Decisions())
        self.carriers = reviewed.carriers
        self.decided = reviewed.decided
        self._rows: list[Row] = Rows(self.carriers, reviewed.in_force).all()

    @property
    def locals(self) -> tuple[Plan, ...]:
        """The local plan, or the files that it stands in."""
        return self.carriers.locals

    @property
    def uppers(self) -> tuple[Plan, ...]:
        """The upper plans."""
        return self.carriers.uppers

    def rows(self) -> list[Row]:
        """All rows: in the order of the local text, then what was dropped in the order of the upper text."""
        return list(self._rows)

    @property
    def heading(self) -> str:
        """The result in one line."""
        changed = self.changed
        weaker = sum(r["effect"] == "weaker" for r in changed)
        stronger = sum(r["effect"] == "stronger" for r in changed)
        names = f"{'、'.join(p.name for p in self.locals)} → {'、'.join(p.name for p in self.uppers)}"
        return f"{names}: {len(changed)} commitments changed, {weaker} weaker, {stronger} stronger"

    @property
    def changed(self) -> list[Row]:
        """The comparable rows that are not `kept`."""
        return [
            r for r in self._rows if r["change"] not in ("kept", "not_comparable") and r["comparable"] != "no"
        ]

    def of(self, *aspects: Aspect) -> list[Row]:
        """The rows of some aspects."""
        return [r for r in self._rows if r["aspect"] in aspects]

    def having(self, *changes: str) -> list[Row]:
        """The rows with some changes (keys of `CHANGES`)."""
        return [r for r in self._rows if r["change"] in changes]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows each aspect has of each change."""
        found: dict[str, dict[str, int]] = {}
        for row in self._rows:
            aspect = found.setdefault(row["aspect"], {})
            aspect[row["change"]] = aspect.get(row["change"], 0) + 1
        return found
