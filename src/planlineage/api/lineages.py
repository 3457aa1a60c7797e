"""Two plans tied together: the edges from one to the other, and the way of one task up to the centre."""

from __future__ import annotations

from ..comparing.lineage import Lineage, linked
from ..comparing.trace import Trace
from ..linking.units import LinkOptions
from .inputs import DecisionsLike, PlanLike, Plans, given_decisions, load_all


def link(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Lineage:
    """The lineage edges from a local plan to one upper plan or several.

    A local plan that stands in several files is given as a sequence. `decisions` of people win over what the linker finds;
    `Lineage.decided` says which were applied, and which were not because the words have changed since.

    Raises `LevelOrderError` where an upper plan stands below the local one.

    >>> lineage = link("weibin_2021", "central_2021")
    >>> lineage.frame["relation"].isin(["verbatim", "adapted", "partial", "thematic"]).all()
    np.True_
    """
    made = given_decisions(decisions) if decisions is not None else None
    return linked(load_all(local), load_all(upper), options, made)


def trace(
    task: str,
    local: PlanLike,
    upper: Plans,
    *,
    decisions: DecisionsLike | None = None,
) -> list[Trace]:
    """The chain from a task up to the central clause with its deadline. `task` is an id, a clause number or a phrase.


    >>> [found] = trace("60学时", "weibin_2021", "central_2021")
    >>> [step.plan.id for step in found.steps], [missing.level.value for missing in found.missing]
    (['central_2021'], ['municipal', 'provincial'])
    """
    return link(local, upper, decisions=decisions).trace(task)
