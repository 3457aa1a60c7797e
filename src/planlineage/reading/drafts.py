"""A statement under construction, and where it stands: what the rules of its kind are given."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from ..model.base import Provenance
from ..model.commitments import Commitment
from ..model.parts import StatementKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: headings above it (outermost first), and the role of its paragraph.

    `section` is plan, notice, annex, or terms (a list of explained terms, or footnotes); `role` text, title, frame or heading.

    `lead_in` is true between a part's heading and its first numbered clause; `preamble` before the first numbered clause
    of the document; `numbered` says that a number stands anywhere above it.
    """

    headings: tuple[str, ...]
    section: str
    role: str
    lead_in: bool = False
    preamble: bool = False
    closing: bool = False
    in_first_part: bool = False
    law: bool = False
    numbered: bool = True
    colon_label: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The kind of a statement and who says so."""

    kind: StatementKind
    provenance: Provenance


@dataclass
class Draft:
    """A statement under construction: clean offsets, clause id, stem of its id, and where it stands.

    `ruling` is set where its kind follows from its place alone, as in a table. The span reaches from the source
    offset `cover_start` to `cover_end`, over marks around a table cell that carry no words. `whole` says that it is never cut;
    `read` names the kinds of expressions that its place has told already.
    """

    start: int
    end: int
    clause: str
    stem: str
    place: Place
    ruling: Ruling | None = None
    heading: bool = False
    whole: bool = False
    cover_start: int = sys.maxsize
    cover_end: int = 0
    commitments: list[Commitment] = field(default_factory=list)
    read: frozenset[str] = frozenset()
