"""The rules by which lights are given, in one place and open to change."""

from __future__ import annotations

from dataclasses import dataclass

from ..analysis.deadlines import SOON
from ..model.errors import InvalidValueError
from ..model.wording import Lang, words
from .statuses import Light


@dataclass(frozen=True, slots=True)
class Rules:
    """When each light is given. The defaults follow the practice of supervision offices (督查).

    Attributes:
        yellow_behind: points of percentage behind the time elapsed from which the light is yellow.
        red_behind: points beyond which it is red. Overdue is red where anything was reported.
        soon_days: days before a deadline from which a task counts as due soon; its light is blue, unless it is behind.
        unreported_percent: what a task without any report counts as, in percent; None gives it no light: grey, not reported.
        done_late: the light of a task done after its deadline.
        perhaps_overdue: the light between the two days of a date that can be read two ways.
        grain: half the step in which percentages are usually reported, in points; it widens the range of a forecast.

    >>> Rules(yellow_behind=5, red_behind=20).red_behind
    20
    """

    yellow_behind: float = 10
    red_behind: float = 30
    soon_days: int = SOON
    unreported_percent: float | None = None
    done_late: Light = "green"
    perhaps_overdue: Light = "yellow"
    grain: float = 5

    def __post_init__(self) -> None:
        if not 0 <= self.yellow_behind <= self.red_behind:
            raise InvalidValueError("limits")
        if self.soon_days < 0 or self.grain < 0:
            raise InvalidValueError("negative")

    def stated(self, lang: Lang = "zh") -> str:
        """The rules in a sentence, to be printed under tables."""
        yellow, red = f"{self.yellow_behind:g}", f"{self.red_behind:g}"
        return words("rules.stated", lang, yellow=yellow, red=red, days=self.soon_days)


DEFAULT = Rules()
