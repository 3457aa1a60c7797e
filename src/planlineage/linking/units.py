"""What the linker works on and what it gives back: statements as light units, and edges between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model.errors import InvalidValueError
from ..model.lineage import Difference, Relation


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement as the linker sees it.

    `text` is the clean reading, numbering included. `part` and `article` name the clauses that it stands in (any text will do,
    as long as it is the same for all that stand together). `rank` is that of the number it begins with (`reading.numbering`), 0
    for none; `title` says that it is the title of its clause, `depth` how deep that clause stands, from 1; `front` that it
    stands before the text (the document's title, a line of adoption).

    >>> Unit("s1", "（一）指导思想。", part="一", article="一", rank=60, depth=2, title=True).front
    False
    """

    id: str
    text: str
    part: str = ""
    article: str = ""
    rank: int = 0
    depth: int = 0
    title: bool = False
    front: bool = False


Encoder = Callable[[Sequence[str]], Any]
"""A sentence encoder of the user's own: texts in, one row of numbers for each out (anything numpy can read)."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How to link. The defaults are what the figures in `docs/linking.md` were measured with.

    `threshold` is the confidence from which an edge counts as lineage; between `thematic` and it an edge is given as
    thematic, below it is not given. `evidence` off leaves pieces and features out, which is faster. `workers` is the number
    of processes; any number gives the same edges. `encoder` adds the similarity of a user's own sentence vectors to the
    decision; off by default, and nothing is shipped for it.

    >>> from planlineage import link
    >>> strict = link("weibin_2021", "central_2021", options=LinkOptions(threshold=0.9))
    >>> all(edge.confidence >= 0.9 for edge in strict.edges if edge.relation.value != "thematic")
    True
    """

    threshold: float = 0.45
    thematic: float = 0.2
    evidence: bool = True
    workers: int = 1
    encoder: Encoder | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.thematic <= self.threshold <= 1:
            raise InvalidValueError("thresholds")
        if self.workers < 1:
            raise InvalidValueError("workers")


Offsets = tuple[int, int]
"""Start and end in a unit's text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the local text beside the stretch of the upper text that it answers to; one is None if there is none."""

    difference: Difference
    local: Offsets | None
    upper: Offsets | None


@dataclass(frozen=True, slots=True)
class UnitEdge:
    """A local unit carries an upper unit.

    `local` and `upper` are positions in the sequences given. `pieces` show what is the same and what differs; `carried` are
    the clauses of the local text that the upper unit explains; `features` the numbers that decided.
    """

    local: int
    local_id: str
    upper_plan: str
    upper: int
    upper_id: str
    relation: Relation
    confidence: float
    pieces: tuple[Piece, ...] = ()
    carried: tuple[Offsets, ...] = ()
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """An upper unit that was considered for a local one.

    `relation` is None where it was turned down. `features` are its numbers; `lacks` names, most weighty first, the features
    in which it falls behind the winner (for the winner: what speaks for it).
    """

    upper_plan: str
    upper: int
    upper_id: str
    confidence: float
    relation: Relation | None
    features: dict[str, float]
    lacks: tuple[str, ...]
