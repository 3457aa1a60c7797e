"""All answers of a local plan to its upper plans, and the look-ups that reports share."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..linking.links import Links
from ..model.commitments import Deadline
from ..model.lineage import LineageEdge
from ..model.parts import Statement
from ..model.plan import Plan
from .answer import Answer, Stated
from .matching import Matching
from .setting import Setting
from .wording import wording_answers

_Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands above beside a date of a local task: the upper statement, and the answer where the two meet.

    `upper` is None where the task carries nothing. `answer` is None where another task answers for the upper date, or there is
    no date on either side.
    """

    upper: Stated | None = None
    answer: Answer | None = None

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The upper date that is answered; all dates of the upper statement where none is."""
        if self.answer and self.answer.above and isinstance(self.answer.above.commitment, Deadline):
            return (self.answer.above.commitment,)
        return self.upper.statement.deadlines if self.upper else ()

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The possible last days of that date, or of those."""
        return tuple(day for d in self.deadlines for day in (d.latest, d.alternate) if day is not None)


class Answers:
    """Which commitment below answers to which above, over all upper plans of a local plan.

    `dates_and_numbers` are the dates, numbers and rhythms; iterating gives the strength of the wording and the addressees too.
    Both in the order of the local text, then what nothing carries, in the order of the upper text.

    >>> from planlineage import link
    >>> found = link("weibin_2021", "central_2021").answers
    >>> [a.text() for a in found.dates_and_numbers if a.aspect == "target" and "学时" in a.local_value]
    ['kept']
    """

    def __init__(self, links: Links) -> None:
        self.links = links
        self.setting = Setting(links)
        self._order = {
            (plan.id, s.id): (k, i) for k, plan in enumerate(links.locals) for i, s in enumerate(plan.statements)
        }

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._all)

    @cached_property
    def dates_and_numbers(self) -> tuple[Answer, ...]:
        """The answers about dates, numbers and rhythms."""
        return self._sorted(self._matched)

    @cached_property
    def _all(self) -> tuple[Answer, ...]:
        worded = [
            ((0, k, 1, n), answer)
            for k, (plan, statement) in enumerate(self._uppers)
            for n, answer in enumerate(wording_answers(self.setting, plan, statement))
        ]
        return self._sorted([*self._matched, *worded])

    @cached_property
    def _uppers(self) -> list[tuple[Plan, Statement]]:
        return [(u, s) for u in self.links.uppers for s in u.statements if self.setting.commits(u, s)]

    @cached_property
    def _matched(self) -> list[tuple[_Place, Answer]]:
        matching = Matching(self.setting)
        found: list[tuple[_Place, Answer]] = []
        for k, (plan, statement) in enumerate(self._uppers):
            found += [((0, k, 0, n), a) for n, a in enumerate(matching.from_above(plan, statement))]
        lower = [(p, s) for p in self.links.locals for s in p.statements if self.setting.commits(p, s)]
        for k, (plan, statement) in enumerate(lower):
            found += [((1, k, 0, n), a) for n, a in enumerate(matching.from_below(plan, statement))]
        return found

    def _sorted(self, found: list[tuple[_Place, Answer]]) -> tuple[Answer, ...]:
        last = (len(self.links.locals), 0)
        placed = [
            (self._order.get(a.below.key, last) if a.below else last, place, n, a) for n, (place, a) in enumerate(found)
        ]
        return tuple(a for *_, a in sorted(placed, key=lambda x: x[:3]))

    # -- what reports look up -----------------------------------------------------------------------------------------

    @cached_property
    def _dates_of(self) -> dict[tuple[str, str], list[Answer]]:
        found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for answer in self.dates_and_numbers:
            if answer.aspect == "deadline" and answer.below:
                found[answer.below.key].append(answer)
        return found

    @cached_property
    def _dates_to(self) -> dict[tuple[str, str], list[Answer]]:
        found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for answer in self.dates_and_numbers:
            if answer.aspect == "deadline" and answer.above:
                found[answer.above.key].append(answer)
        return found

    def dates_between(self, plan: Plan, statement: Statement, upper: Plan, above: Statement) -> tuple[Answer, ...]:
        """What became of the dates of an upper statement and of a local one that carries it."""
        return tuple(
            a
            for a in self._dates_to.get((upper.id, above.id), ())
            if a.is_of_above or (a.below and a.below.key == (plan.id, statement.id))
        )

    def beside(self, plan: Plan, statement: Statement, date: Deadline | None) -> Beside:
        """What stands above beside a date of a local statement; `date` is None for one whose date holds for more than it.

        A date that answers to several upper ones stands beside that of the surest edge.
        """
        edges = self.links.sources(statement.id, plan.id)
        surest = {(e.upper_plan, e.upper_id): i for i, e in enumerate(edges)}

        def rank(answer: Answer) -> tuple[bool, bool, int]:
            key = answer.above.key if answer.above else ("", "")
            return not answer.is_pair, answer.comparable == "no", surest.get(key, len(surest))

        own = [a for a in self._dates_of.get((plan.id, statement.id), ()) if a.below and a.below.commitment is date]
        answer = min(own, key=rank, default=None)
        if answer and answer.above and (answer.is_pair or answer.edge is None or answer.edge.relation.is_coverage):
            return Beside(answer.above, answer)
        upper = self._upper(edges)
        if answer is None and upper is not None and date is None:
            answer = next((a for a in self._dates_to.get(upper.key, ()) if a.is_of_above), None)
        return Beside(upper, answer)

    def _upper(self, edges: Sequence[LineageEdge]) -> Stated | None:
        """The upper statement that a local one carries: the surest with a date, else the surest."""
        found = [
            Stated(plan, plan.statement(e.upper_id))
            for e in edges
            if e.relation.is_coverage
            for plan in [self.links.upper(e.upper_plan)]
        ]
        return next((u for u in found if u.statement.deadlines), found[0] if found else None)
