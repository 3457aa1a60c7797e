"""How binding the wording is, and who is addressed: what became of both along an edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.commitments import Actor
from ..model.plan import Plan, Statement
from ..model.wording import Reason, Term, because
from .answer import Answer, Stated
from .binding import names_of, subjects
from .changes import ChangeName, Effect
from .pairing import Carrier, carriers_of, sources_of
from .setting import Setting
from .strength import strength_change

_EFFECTS: dict[ChangeName, Effect] = {
    "kept": "same",
    "weakened": "weaker",
    "strengthened": "stronger",
    "mixed": "mixed",
}


def wording_answers(setting: Setting, plan: Plan, upper: Statement) -> Iterator[Answer]:
    """For each statement that carries an upper one: what became of its strength, and of who is addressed."""
    carriers = [
        c
        for c in carriers_of(setting.links, plan.id, upper.id)
        if setting.commits(c.plan, c.statement) and c.edge.relation.is_coverage
    ]
    for carrier in carriers:
        if upper.kind != "goal" and carrier.statement.kind != "goal":
            yield _strength(setting, Stated(plan, upper), carrier, carriers)
        yield from _addressee(setting, Stated(plan, upper), carrier)


def _strength(setting: Setting, above: Stated, carrier: Carrier, carriers: Sequence[Carrier]) -> Answer:
    upper, links = above.statement, setting.links
    others = [
        links.upper(c.edge.upper_plan).statement(c.edge.upper_id).text
        for c in sources_of(links, carrier.plan, carrier.statement)
        if c.edge.relation.is_coverage and (c.edge.upper_plan, c.edge.upper_id) != above.key
    ]
    change = strength_change(
        upper.text,
        carrier.statement.text,
        whole=carrier.whole,
        beside=[c.statement.text for c in carriers if c.statement is not carrier.statement],
        others=[text for text in others if text != upper.text],
    )
    binds = setting.comparability(above, carrier)
    below = Stated(carrier.plan, carrier.statement)
    reasons = (*binds.reasons, *change.reasons)
    bound = binds.comparable != "no" or change.change == "kept"
    return Answer(
        "strength",
        change.change if bound else "not_comparable",
        above,
        below,
        carrier.edge,
        binds.comparable,
        reasons,
        _EFFECTS[change.change] if bound else "",
        wording=(change.upper_value, change.lower_value),
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
