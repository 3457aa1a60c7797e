"""Clause by clause: which clauses of an upper statement a lower one kept, reworded, narrowed, widened or cut, and which it added.

Several statements may carry one: what another carrier holds is not cut, and what another upper statement asks for is not added.
A clause that nobody carries is told once, at the carrier that is most like the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.lineage import Relation
from .contents import CARRIED, clauses, content, contents, share

ClauseName = Literal["kept", "reworded", "narrowed", "widened", "cut", "added"]

LEAST = 2
"""Pairs of characters that must have come or gone before a clause counts as changed: one is a word of another spelling."""

CAME = 4
"""Pairs of characters that must have come before a task counts as another one by them alone: fewer are a word or two."""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause; `upper` is empty for one that was added, `lower` for one that was cut."""

    change: ClauseName
    upper: str
    lower: str
    gone: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class Clausewise:
    """Two statements clause by clause, as one of several pairs.

    `best_above`: no other carrier of the upper statement is more like it; `best_below`: nothing else that the lower one carries
    is more like it. `gone` and `new` of a change count what came and went, in pairs of characters.
    """

    changes: tuple[ClauseChange, ...]
    best_above: bool = True
    best_below: bool = True

    @property
    def told(self) -> tuple[ClauseChange, ...]:
        """The clauses that changed; what was cut or came is told once, beside the statement most like this one."""
        return tuple(
            c
            for c in self.changes
            if c.change != "kept"
            and (self.best_above or c.change != "cut")
            and (self.best_below or c.change != "added")
        )

    @property
    def gone(self) -> int:
        """How much of the upper statement went."""
        return sum(c.gone for c in self.changes) if self.best_above else 0

    @property
    def new(self) -> int:
        """How much the lower statement put in."""
        return sum(c.new for c in self.changes) if self.best_below else 0

    def is_another(self, relation: Relation, alone: bool) -> bool:
        """Whether so much came or went that the wording as a whole became weaker or stronger.

        It did where something of the upper statement went, told at the carrier most like it, or where enough came to a lower
        one that carries nothing else (`alone`): what came beside several tasks may be meant for any of them.
        """
        if relation is Relation.VERBATIM or not self.best_above:
            return False
        return self.gone > 0 or (alone and self.new >= CAME)


def clausewise(
    upper: str,
    lower: str,
    *,
    beside: Sequence[str] = (),
    others: Sequence[str] = (),
    best_above: bool = True,
    best_below: bool = True,
) -> Clausewise:
    """Set two statements side by side clause by clause; parameters as for `strength_change` and `Clausewise`.

    >>> [(c.change, c.upper or c.lower) for c in clausewise("公布清单，接受社会监督。", "公布清单，开展检查。").changes]
    [('kept', '公布清单'), ('cut', '接受社会监督'), ('added', '开展检查')]
    """
    above, below = contents([upper]), contents([lower])
    held, asked = contents([lower, *beside]), contents([upper, *others])
    uppers, lowers = clauses(upper), clauses(lower)
    changes, told = [], set()
    for clause in uppers:
        if share(clause, below) >= CARRIED:
            answer = _likest(clause, lowers)
            changes.append(_changed(clause, answer, held, asked if answer not in told else asked | content(answer)))
            told.add(answer)
        elif share(clause, held) < CARRIED:
            changes.append(ClauseChange("cut", clause, "", gone=len(content(clause))))
    for clause in lowers:
        if clause in told:
            continue
        if share(clause, above) >= CARRIED:
            if len(content(clause) - asked) >= LEAST:
                changes.append(_changed(_likest(clause, uppers), clause, above | held, asked))
        elif share(clause, asked) < CARRIED:
            changes.append(ClauseChange("added", "", clause, new=len(content(clause))))
    return Clausewise(tuple(changes), best_above, best_below)


def _likest(clause: str, others: Sequence[str]) -> str:
    return max(others, key=lambda other: len(content(other) & content(clause)), default="")


def _changed(upper: str, lower: str, held: frozenset[str], asked: frozenset[str]) -> ClauseChange:
    """Two clauses that answer to each other, without what stands elsewhere too."""
    gone, new = len(content(upper) - held), len(content(lower) - asked)
    less, more = gone >= LEAST, new >= LEAST
    name: ClauseName = "reworded" if less and more else "narrowed" if less else "widened" if more else "kept"
    return ClauseChange(name, upper, lower, gone, new)
