"""Slippage between levels: what became of each commitment of an upper plan in the plan of a lower level.

One row for each commitment and aspect: a deadline, a number (`target`), a rhythm (`recurrence`), the strength of the wording,
and who is addressed. A commitment that nobody carries is `dropped`; one that stands only below is `added`. Commitments are
compared where the upper clause binds the lower level; elsewhere the row says `not_comparable` and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from ..comparing.answer import Answer
from ..comparing.changes import ASPECTS, Aspect, ChangeName, Effect
from ..comparing.lineage import Lineage
from ..model.report import Report
from ..model.wording import Lang, one_of, words

_EFFECTS: tuple[Effect, ...] = ("weaker", "mixed", "", "stronger", "same")
"""What binds less is told first."""


class Slippage(Report[Answer]):
    """How the commitments of one or several upper plans changed on their way into a local plan.

    The records are `Answer`s. `effect` says whether the change binds more or less (`weaker`, `stronger`, `mixed`, `same`), for
    `change` alone does not: a lower number is weaker for a floor and stronger for a ceiling. `days_min` and `days_max` are
    the range in which a date moved (negative: earlier), equal where the words admit one reading. `comparable` is yes,
    partly or no, and `reason` says why. `sentence` is all of it as a person would write it, in the language `lang`
    (by default that of the process, and English in files).

    >>> from planlineage import slippage
    >>> report = slippage("shanting_2021", "central_2021")
    >>> [(answer.change, answer.days_min, answer.days_max) for answer in report.of("deadline") if answer.change == "later"]
    [('later', 0, 365)]
    """

    columns: ClassVar[tuple[str, ...]] = (
        "local_id",
        "upper_id",
        "aspect",
        "change",
        "upper_value",
        "local_value",
        "days_min",
        "days_max",
        "comparable",
        "reason",
        "sentence",
        "effect",
        "relation",
        "confidence",
        "local_clause",
        "upper_clause",
        "local_text",
        "upper_text",
        "local_plan",
        "upper_plan",
    )
    shown_columns: ClassVar[tuple[str, ...]] = ("sentence", "upper_text", "local_text", "reason")
    exact_columns: ClassVar[frozenset[str]] = frozenset({"upper_value", "local_value"})

    def __init__(self, lineage: Lineage, *, lang: Lang | None = None) -> None:
        self.lineage = lineage
        self._speak_in(lang)
        self.decided = lineage.decided

    @cached_property
    def records(self) -> Sequence[Answer]:
        """All answers: in the order of the local text, then what was dropped in the order of the upper text."""
        return tuple(self.lineage.answers)

    @property
    def shown_records(self) -> Sequence[Answer]:
        """What weighs most first: changes before the rest, dated and numbered duties before words, of both what binds less
        before what binds more, and dates by how far they moved; among equals the order of the text."""
        return sorted(self.records, key=_weight)

    @property
    def heading(self) -> str:
        """The result in one line."""
        changed = self.changed
        weaker = sum(a.effect == "weaker" for a in changed)
        stronger = sum(a.effect == "stronger" for a in changed)
        values = {"lineage": self.lineage.heading, "changed": len(changed), "weaker": weaker, "stronger": stronger}
        return words("slip.heading", self.speaks, **values)

    @property
    def changed(self) -> list[Answer]:
        """The comparable ones that are not `kept`."""
        return [a for a in self.records if a.counts]

    def of(self, *aspects: Aspect) -> list[Answer]:
        """Those of some aspects. Raises `ValueError` for one that there is not."""
        for aspect in aspects:
            one_of("aspect", aspect, Aspect)
        return [a for a in self.records if a.aspect in aspects]

    def having(self, *changes: ChangeName) -> list[Answer]:
        """Those with some changes. Raises `ValueError` for one that there is not."""
        for change in changes:
            one_of("change", change, ChangeName)
        return [a for a in self.records if a.change in changes]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many answers each aspect has of each change."""
        found: dict[str, dict[str, int]] = {}
        for answer in self.records:
            aspect = found.setdefault(answer.aspect, {})
            aspect[answer.change] = aspect.get(answer.change, 0) + 1
        return found


def _weight(answer: Answer) -> tuple[bool, bool, int, int, int]:
    """Where an answer stands among others, the heaviest first."""
    return (
        not answer.counts,
        answer.wording is not None,
        _EFFECTS.index(answer.effect),
        ASPECTS.index(answer.aspect),
        -max(abs(answer.days_min or 0), abs(answer.days_max or 0)),
    )
