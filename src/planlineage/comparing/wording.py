"""How binding the wording is, and who is addressed: what became of both along an edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.commitments import Actor
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.wording import Reason, Term, because
from .answer import Answer, Stated
from .binding import names_of, subjects
from .changes import ChangeName, Effect
from .clausewise import Clausewise, clausewise
from .contents import likeness
from .pairing import Carrier, carriers_of, sources_of
from .setting import Setting
from .strength import StrengthChange, strength_change

_EFFECTS: dict[ChangeName, Effect] = {
    "kept": "same",
    "weakened": "weaker",
    "strengthened": "stronger",
    "mixed": "mixed",
}


@dataclass(frozen=True, slots=True)
class Worded:
    """Two tasks of which the lower carries the upper, with what else is carried beside them."""

    above: Stated
    carrier: Carrier
    beside: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def clauses(self) -> Clausewise:
        """The two clause by clause."""
        upper, lower = self.above.statement.text, self.carrier.statement.text
        like = likeness(upper, lower)
        return clausewise(
            upper,
            lower,
            beside=self.beside,
            others=self.others,
            best_above=all(likeness(upper, text) <= like for text in self.beside),
            best_below=all(likeness(text, lower) <= like for text in self.others),
        )

    def strength(self, clauses: Clausewise, next_level: bool) -> StrengthChange:
        """What became of the strength.

        Where a level lies between the two plans, what was cut or added is no sign: it may stand in a plan of that level.
        """
        return strength_change(
            self.above.statement.text,
            self.carrier.statement.text,
            whole=self.carrier.whole,
            beside=self.beside,
            others=self.others,
            clauses=clauses,
            another=next_level and clauses.is_another(self.carrier.edge.relation, alone=not self.others),
        )


def worded(setting: Setting, above: Stated) -> Iterator[Worded]:
    """An upper task beside each task that carries it."""
    return _worded(setting, above, _carriers(setting, above))


def _worded(setting: Setting, above: Stated, carriers: Sequence[Carrier]) -> Iterator[Worded]:
    for carrier in carriers:
        if above.statement.kind != "goal" and carrier.statement.kind != "goal":
            sources = sources_of(setting.links, carrier.plan, carrier.statement)
            others = [
                setting.links.upper(c.edge.upper_plan).statement(c.edge.upper_id).text
                for c in sources
                if c.edge.relation.is_coverage and (c.edge.upper_plan, c.edge.upper_id) != above.key
            ]
            yield Worded(
                above,
                carrier,
                tuple(c.statement.text for c in carriers if c.statement is not carrier.statement),
                tuple(text for text in others if text != above.statement.text),
            )


def wording_answers(setting: Setting, plan: Plan, upper: Statement) -> Iterator[Answer]:
    """For each statement that carries an upper one: what became of its strength and clauses, and of who is addressed."""
    above = Stated(plan, upper)
    carriers = _carriers(setting, above)
    for pair in _worded(setting, above, carriers):
        yield from _strength(setting, pair)
    for carrier in carriers:
        yield from _addressee(setting, above, carrier)


def _carriers(setting: Setting, above: Stated) -> list[Carrier]:
    found = carriers_of(setting.links, *above.key)
    return [c for c in found if setting.commits(c.plan, c.statement) and c.edge.relation.is_coverage]


def _strength(setting: Setting, pair: Worded) -> Iterator[Answer]:
    """What became of the strength, then of each clause that changed."""
    above, carrier, clauses = pair.above, pair.carrier, pair.clauses
    change = pair.strength(clauses, setting.is_next(above.plan))
    binds = setting.comparability(above, carrier)
    below = Stated(carrier.plan, carrier.statement)
    bound = binds.comparable != "no" or change.change == "kept"
    yield Answer(
        "strength",
        change.change if bound else "not_comparable",
        above,
        below,
        carrier.edge,
        binds.comparable,
        (*binds.reasons, *change.reasons),
        _EFFECTS[change.change] if bound else "",
        wording=(change.upper_value, change.lower_value),
        signs=change.signs if bound else (),
    )
    for clause in clauses.told:
        words = (clause.upper or "none", clause.lower or "none")
        yield Answer(
            "clause", clause.change, above, below, carrier.edge, binds.comparable, binds.reasons, wording=words
        )


def _addressee(setting: Setting, above: Stated, carrier: Carrier) -> Iterator[Answer]:
    """Who is bound above and who below; a lower statement that names no one binds its plan's own level."""
    ours = [a for a in subjects(carrier.statement) if a.levels or a.universal]
    theirs = [a for a in subjects(above.statement) if a.levels or a.universal]
    if not ours and not theirs:
        return
    binds = setting.comparability(above, carrier)
    change, reason = _readdressed(setting, theirs, ours)
    yield Answer(
        "addressee",
        change,
        above,
        Stated(carrier.plan, carrier.statement),
        carrier.edge,
        binds.comparable,
        (*binds.reasons, reason) if reason else binds.reasons,
        "same" if change == "kept" else "",
        wording=(names_of(theirs) or "none", names_of(ours) or "none"),
    )


def _readdressed(setting: Setting, above: Sequence[Actor], below: Sequence[Actor]) -> tuple[ChangeName, Reason | None]:
    if not above:
        return "added", because("upper names no one")
    bound = {level for a in above for level in a.levels}
    ours = {level for a in below for level in a.levels} or ({setting.level} if setting.level else set())
    if any(a.universal or not a.levels for a in above) or ours <= bound or not ours:
        return "kept", None if below else because("own level")
    if ours & bound:
        missing = tuple(Term(f"level.{level}") for level in sorted(ours - bound, key=lambda lv: lv.rank))
        return "kept", because("named in part", a=missing)
    who = names_of(below) or (Term(f"level.{setting.level}") if setting.level else "")
    return "readdressed", because("from to", a=names_of(above), b=who)
