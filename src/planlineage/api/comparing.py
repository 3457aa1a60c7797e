"""Plans set against each other: what is carried down, what changed on the way, and several places side by side."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis.comparison import Comparison
from ..analysis.coverage import Coverage, Weight
from ..analysis.slippage import Slippage
from ..linking.units import LinkOptions
from ..model.wording import Lang
from .inputs import DecisionsLike, PlanLike, Plans
from .lineages import link


def coverage(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
    weight: Weight = "count",
) -> Coverage:
    """How much of the upper plan's tasks a local plan carries down.

    A local plan that stands in several files is given as a sequence. `decisions` are people's, or the path of a decision file:
    about edges, which tasks apply, which gaps are justified. `weight` counts each upper task once ("count"), by its
    characters ("length"), or each carried one by how much of it survives ("survival").

    >>> 0 < coverage("weibin_2021", "central_2021").rate < 1
    True
    """
    return Coverage(link(local, upper, options=options, decisions=decisions), weight)


def slippage(
    local: Plans,
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
    lang: Lang | None = None,
) -> Slippage:
    """What became of the upper plan's commitments in a local plan: deadlines, numbers, rhythms, strength, addressees.

    `lang` ("zh" or "en") is the language of the sentences and reasons, by default that of the process, and English in
    files. Raises `ValueError` for another.

    >>> report = slippage("weibin_2021", "central_2021")
    >>> [(a.change, a.upper_value, a.local_value) for a in report.of("target") if "学时" in a.local_value]
    [('kept', '>= 60 学时', '>= 60 学时')]
    """
    return Slippage(link(local, upper, options=options, decisions=decisions), lang=lang)


def compare(
    locals: Sequence[PlanLike],
    upper: Plans,
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Comparison:
    """Several places against the same upper plan: what each carries of its articles, how alike they are.

    >>> compare(["shanting_2021", "weibin_2021"], "central_2021").names
    ('山亭区', '卫滨区')
    """
    return Comparison([link(local, upper, options=options, decisions=decisions) for local in locals])
