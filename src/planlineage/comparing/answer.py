"""One answer: a commitment above, the commitment below that answers to it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model.commitments import Deadline
from ..model.lineage import LineageEdge
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Lang, Reason, because, words
from .binding import Comparable
from .changes import Aspect, ChangeName, Effect
from .clauses import clause_text
from .dates import date_value
from .quantities import Quantity
from .strength_sides import Sign
from .telling import Marks, Place, days_told, place_within, places_of, quoted, said, signs_told

Commitment = Deadline | Quantity
"""What is paired one by one: dates, numbers, rhythms."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a plan, and the commitment of it that is meant; None where the statement as a whole is."""

    plan: Plan
    statement: Statement
    commitment: Commitment | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The ids of plan and statement."""
        return self.plan.id, self.statement.id


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one commitment on its way down.

    `above` is None where nothing above asks for it, `below` where nothing below carries it; `edge` ties the two, None where
    there is no edge. `comparable` says whether the upper clause binds the lower level, `reasons` why, and what the change rests
    on. `days_min` to `days_max` is how far a date moved (negative: earlier), a range where the words admit two readings.
    `wording` holds the words of both sides where it is not a single commitment that changed (strength, addressee), `signs` the
    signs of strength.
    """

    aspect: Aspect
    change: ChangeName
    above: Stated | None
    below: Stated | None
    edge: LineageEdge | None
    comparable: Comparable = "yes"
    reasons: tuple[Reason, ...] = ()
    effect: Effect = ""
    days_min: int | None = None
    days_max: int | None = None
    wording: tuple[str, str] | None = None
    signs: tuple[Sign, ...] = ()

    @property
    def is_pair(self) -> bool:
        """Whether a commitment stands on both sides."""
        return bool(self.above and self.above.commitment and self.below and self.below.commitment)

    @property
    def is_of_above(self) -> bool:
        """Whether it speaks of the upper commitment alone, whatever carries it: it binds others, or nothing answers it."""
        return bool(self.above and self.above.commitment) and (self.comparable == "no" or not self.is_pair)

    @property
    def counts(self) -> bool:
        """Whether it is a change, and one that can be held against the lower plan. Clauses are summed up in the strength."""
        return self.aspect != "clause" and self.change not in ("kept", "not_comparable") and self.comparable != "no"

    def text(self, lang: Lang = "en") -> str:
        """The change in a few words: both values where they differ and can be compared, and the days between them.

        `2022-12-31 → 2023-06-30 later 181 days`
        """
        if self.is_of_above and self.comparable == "no":
            return words("slip.not_comparable", lang)
        told = f"{words(f'slip.{self.change}', lang)} {self._days(lang)}".strip()
        if not self.is_pair or self.change == "kept":
            return told
        return f"{self.upper_value} → {self.local_value} {told}".replace("latest=", "").replace(";alt=", " / ")

    def _days(self, lang: Lang) -> str:
        """How far a date moved; empty where it did not or can't be counted."""
        low, high = self.days_min, self.days_max
        if low is None or high is None or low == high == 0:
            return ""
        near, far = sorted((abs(low), abs(high)))
        days = f"{near}–{far}" if near != far else str(far)
        return words("n days", lang, days=f"{low:+d}–{high:+d}" if low < 0 < high else days)

    @property
    def marks(self) -> Marks:
        """The words of both texts that it speaks of."""
        if self.wording is None:
            return Marks(_place(self.above), _place(self.below))
        words = [(s.upper, s.lower) for s in self.signs] or [self.wording]
        return Marks(
            places_of(self.upper_text, (upper for upper, _ in words)),
            places_of(self.local_text, (lower for _, lower in words)),
        )

    @property
    def sentence(self) -> Reason:
        """What it says, as one sentence that a person would write: what stands above, what below, what that means.

        >>> from planlineage import slippage
        >>> rows = slippage("shanting_2021", "central_2021").of("target")
        >>> next(row for row in rows if row.change == "lowered").sentence.text("zh")
        '上级要求不少于60学时，本级为不少于40学时，要求降低'
        """
        upper, lower = self.wording or ("", "")
        if self.aspect == "strength":
            told = signs_told(self.signs)
            return because(f"said.strength.{self.change}", signs=told) if told else because(f"said.bare.{self.change}")
        if self.aspect == "clause":
            return because(f"said.clause.{self.change}", a=quoted(upper), b=quoted(lower))
        if self.aspect == "addressee":
            change = "own level" if self.change == "readdressed" and lower == "none" else self.change
            return because(f"said.addressee.{change}", a=upper, b=lower)
        return self._told()

    def _told(self) -> Reason:
        """What became of a date, a number or a rhythm."""
        above, below = (said(side.commitment) if side and side.commitment else "" for side in (self.above, self.below))
        values: dict[str, Any] = {"a": above, "b": below}
        change: str = self.change
        if self.comparable == "no" and self.is_pair:
            change = "not_comparable"
        elif change == "kept" and above == below:
            change = "kept same"
        elif change in ("raised", "lowered"):
            change = self.effect or "uncertain"
        elif change == "added" and (self.above is None or self.comparable == "no"):
            change = "new"
        elif change == "dropped" and self.below is None and self.above and self.above.commitment:
            change = "gone"
            values = {"matter": quoted(clause_text(self.above.statement, self.above.commitment))}
        elif change in ("later", "earlier", "uncertain") and self.days_min is not None and self.days_max is not None:
            if self.days_min < 0 < self.days_max:
                return because(f"said.{self.aspect}.either", **values, earlier=-self.days_min, later=self.days_max)
            values["days"] = days_told(self.days_min, self.days_max)
        return because(f"said.{self.aspect}.{change}", **values)

    # -- the columns of the slippage table ----------------------------------------------------------------------------

    @property
    def local_id(self) -> str:
        """The lower statement; empty where there is none."""
        return self.below.statement.id if self.below else ""

    @property
    def upper_id(self) -> str:
        """The upper statement; empty where there is none."""
        return self.above.statement.id if self.above else ""

    @property
    def upper_value(self) -> str:
        """What stands above, in its standard form; `none` where the statement says nothing."""
        return self.wording[0] if self.wording else _value(self.above) or "none"

    @property
    def local_value(self) -> str:
        """What stands below; `none` where the statement says nothing, `absent` where there is none."""
        return self.wording[1] if self.wording else _value(self.below) or ("none" if self.below else "absent")

    @property
    def reason(self) -> tuple[Reason, ...]:
        """The reasons."""
        return self.reasons

    @property
    def relation(self) -> str:
        """The relation of the edge; empty where there is none."""
        return self.edge.relation.value if self.edge else ""

    @property
    def confidence(self) -> float | None:
        """The confidence of the edge."""
        return self.edge.confidence if self.edge else None

    @property
    def local_clause(self) -> str:
        """The clause of the lower statement."""
        return self.below.plan.label(self.below.statement.clause) if self.below else ""

    @property
    def upper_clause(self) -> str:
        """The clause of the upper statement."""
        return self.above.plan.label(self.above.statement.clause) if self.above else ""

    @property
    def local_text(self) -> str:
        """The lower statement's words."""
        return self.below.statement.text if self.below else ""

    @property
    def upper_text(self) -> str:
        """The upper statement's words."""
        return self.above.statement.text if self.above else ""

    @property
    def local_plan(self) -> str:
        """The id of the lower plan."""
        return self.below.plan.id if self.below else ""

    @property
    def upper_plan(self) -> str:
        """The id of the upper plan."""
        return self.above.plan.id if self.above else ""


def _value(side: Stated | None) -> str:
    if side is None or side.commitment is None:
        return ""
    return date_value(side.commitment) if isinstance(side.commitment, Deadline) else side.commitment.normal


def _place(side: Stated | None) -> tuple[Place, ...]:
    return place_within(side.statement, side.commitment) if side and side.commitment else ()
