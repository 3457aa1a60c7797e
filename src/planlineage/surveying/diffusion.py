"""How words spread from place to place: sentences that many places share, who had each first, and who took it up when.

Texts that are nearly the same are one phrase: each is at least as like the earliest of them as the mark, so that nothing is
chained together. A place is counted once, when it first has the phrase. What a dataset does not hold it can't show: beside each
count stands how many places it holds in those years, and how many before.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.disk import write_text
from ..model.errors import InvalidValueError, SurveyError
from ..model.report import Report, column
from ..model.wording import words
from .alike_texts import SHORTEST

if TYPE_CHECKING:
    import networkx as nx

SOURCES = "'verbatim', 'adapted', 'partial'"

_SAID = rf"""
SELECT s.fingerprint, any_value(s.text) AS text, s.plan, s.id, p.place, s.year, s.level,
  max(e.confidence) FILTER (e.relation IN ({SOURCES})) AS from_above
FROM statements s JOIN (SELECT plan, place FROM plans) p USING (plan)
LEFT JOIN edges e ON e.local_plan = s.plan AND e.local_id = s.id
WHERE list_contains($kinds, s.kind) AND p.place != '' AND s.year IS NOT NULL
  AND length(regexp_replace(s.text, '[^\p{{L}}\p{{N}}]', '', 'g')) >= {SHORTEST}
GROUP BY s.fingerprint, s.plan, s.id, p.place, s.year, s.level
ORDER BY s.year, p.place, s.plan, s.id
"""
_HELD = "SELECT place, min(year), max(year) FROM plans WHERE place != '' AND year IS NOT NULL GROUP BY place"


@dataclass(frozen=True, slots=True)
class Use:
    """A place's first use of a phrase: when, in which statement, and how sure it is that the words come from above (0 where no
    edge leads up)."""

    place: str
    year: int
    plan: str
    id: str
    from_above: float


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """A phrase that several places have without a source above.

    `places` have it, of `held` places of which there is a plan in these years; `held_before` places have a plan from before
    `first_year`, so that they could have been seen with it earlier. `weight` is log(held / places), 0 where all have it: what
    everyone says tells nothing. `from_above` counts further places whose words have a source above.
    """

    phrase: int
    text: str
    first_year: int
    first_places: tuple[str, ...] = column(joint="、")
    last_year: int = column()
    places: int = column()
    held: int = column()
    held_before: int = column()
    weight: float = column()
    from_above: int = column()
    uses: tuple[Use, ...] = column(hidden=True)


@dataclass(frozen=True, slots=True)
class Shared:
    """A phrase that two places share, and whence: from the same source above, the later from the earlier, or from elsewhere.

    The three add up to 1. `from_above` is how sure the edges of both are; what is left goes to `elsewhere` by the share of the
    other places that have the phrase too, the rest to `one_from_other`. They weigh what is held; no cases were at hand to
    calibrate them on.
    """

    phrase: int
    text: str
    earlier: str
    later: str
    years: int
    from_above: float
    one_from_other: float
    elsewhere: float


class Diffusion(Report[SharedPhrase]):
    """Phrases that at least `least` places of a survey share without a source above, those with most weight first.

    Sentences of less than a dozen characters (坚持依法行政) say nothing of whose words they are, and are left out.
    """

    kind = "diffusion"

    def __init__(self, survey: Any, *, least: int, likeness: float, kinds: Sequence[str]) -> None:
        if not 0.5 <= likeness <= 1 or least < 2:
            raise InvalidValueError("likeness")
        self._survey, self.least, self.likeness, self.kinds = survey, least, likeness, tuple(kinds)

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("diffusion.heading", self.speaks, count=len(self), least=self.least)

    @cached_property
    def _held(self) -> dict[str, tuple[int, int]]:
        """The first and the last year of which there is a plan, by place."""
        return {place: (first, last) for place, first, last in self._survey.sql(_HELD).fetchall()}

    @cached_property
    def _phrases(self) -> list[tuple[str, list[Use]]]:
        """All phrases with each place's first use, in the order of their first use."""
        said = self._survey.sql(_SAID, {"kinds": list(self.kinds)}).fetchall()
        texts: dict[str, int] = {}
        uses: list[list[Use]] = []
        phrases: list[str] = []
        for fingerprint, text, plan, id_, place, year, _, sure in said:
            n = texts.setdefault(fingerprint, len(texts))
            if n == len(phrases):
                phrases.append(text)
                uses.append([])
            uses[n].append(Use(place, year, plan, id_, round(sure or 0.0, 4)))
        leaders = _leaders(len(phrases), self._survey.alike(phrases, self.likeness))
        gathered: dict[int, list[Use]] = defaultdict(list)
        for n, found in enumerate(uses):
            gathered[leaders[n]] += found
        return [(phrases[n], _first_uses(found)) for n, found in sorted(gathered.items())]

    @cached_property
    def records(self) -> Sequence[SharedPhrase]:
        """One record for each phrase."""
        found = []
        for number, (text, uses) in enumerate(self._phrases):
            own = [use for use in uses if not use.from_above]
            if len(own) < self.least:
                continue
            first, last = own[0].year, own[-1].year
            held = sum(begins <= last and ends >= first for begins, ends in self._held.values())
            found.append(
                SharedPhrase(
                    number,
                    text,
                    first,
                    tuple(use.place for use in own if use.year == first),
                    last,
                    len(own),
                    held,
                    sum(begins < first for begins, _ in self._held.values()),
                    round(math.log(max(held, len(own)) / len(own)), 4),
                    len(uses) - len(own),
                    tuple(own),
                )
            )
        return sorted(found, key=lambda one: (-one.weight * math.log(one.places), one.first_year, one.phrase))

    @property
    def cascades(self) -> list[tuple[int, str, int]]:
        """Who took up what when: phrase, place, year."""
        return [(one.phrase, use.place, use.year) for one in self.records for use in one.uses]

    def graph(self) -> nx.DiGraph:
        """Places, with an edge from each to those that had a phrase in a later year: `weight` adds up what the shared phrases
        weigh, each split evenly among all places that had it before; `phrases` counts them."""
        import networkx as nx

        found = nx.DiGraph()
        found.add_nodes_from(sorted({use.place for one in self.records for use in one.uses}))
        for one in self.records:
            for use in one.uses:
                before = [other.place for other in one.uses if other.year < use.year]
                for place in before:
                    edge = found.get_edge_data(place, use.place, {"weight": 0.0, "phrases": 0})
                    found.add_edge(
                        place, use.place, weight=edge["weight"] + one.weight / len(before), phrases=edge["phrases"] + 1
                    )
        return found

    def to_gexf(self, path: str | Path) -> Path:
        """Write the graph as GEXF, for Gephi and its like."""
        import io

        import networkx as nx

        out = io.BytesIO()
        nx.write_gexf(self.graph(), out, encoding="utf-8", version="1.2draft")
        return write_text(path, out.getvalue().decode("utf-8"))

    def to_cascades(self, path: str | Path) -> Path:
        """Write the cascades as NetInf and its kin read them: a line `number,place` for each place, a blank line, then a line
        `number,year;number,year` for each phrase, in the order of `records`."""
        numbers = {place: n for n, place in enumerate(sorted({place for _, place, _ in self.cascades}))}
        names = [f"{n},{place.replace(',', '，')}" for place, n in numbers.items()]
        lines = [";".join(f"{numbers[use.place]},{use.year}" for use in one.uses) for one in self.records]
        return write_text(path, "\n".join([*names, "", *lines, ""]))

    def between(self, one: str, other: str) -> list[Shared]:
        """The phrases that two places share, and whence they have them, those that speak most for one from the other first.

        Raises `SurveyError` where the survey holds no plan of a place.
        """
        for place in (one, other):
            if place not in self._held:
                raise SurveyError("no plan of place", hint="place in full", place=place)
        found = []
        for number, (text, uses) in enumerate(self._phrases):
            pair = sorted((use for use in uses if use.place in (one, other)), key=lambda use: use.year)
            if len(pair) == 2:
                found.append(self._shared(number, text, uses, pair))
        return sorted(found, key=lambda shared: (-shared.one_from_other, shared.phrase))

    def _shared(self, number: int, text: str, uses: Sequence[Use], pair: Sequence[Use]) -> Shared:
        earlier, later = pair
        above = earlier.from_above * later.from_above
        seen = sum(begins <= later.year for begins, _ in self._held.values())
        elsewhere = (len(uses) - 2) / max(1, seen - 2)
        if earlier.year == later.year:  # neither can have it from the other
            elsewhere = 1.0
        left = 1.0 - above
        return Shared(
            number,
            text,
            earlier.place,
            later.place,
            later.year - earlier.year,
            round(above, 3),
            round(left * (1 - elsewhere), 3),
            round(left * elsewhere, 3),
        )


def _leaders(count: int, pairs: Iterable[tuple[int, int, float]]) -> list[int]:
    """For each text the earliest text that stands for it: its own number, or a leader that it is like.

    >>> _leaders(4, [(0, 1, 0.9), (1, 2, 0.9)])
    [0, 0, 2, 3]
    """
    before: Mapping[int, list[int]] = defaultdict(list)
    for one, other, _ in pairs:
        before[max(one, other)].append(min(one, other))
    found: list[int] = []
    for n in range(count):
        found.append(min((other for other in before.get(n, ()) if found[other] == other), default=n))
    return found


def _first_uses(uses: Iterable[Use]) -> list[Use]:
    """Each place's first use, in the order of time."""
    first: dict[str, Use] = {}
    for use in sorted(uses, key=lambda use: (use.year, use.place, use.plan, use.id)):
        first.setdefault(use.place, use)
    return list(first.values())
