"""Plan after plan: two versions of one plan, a plan and the next, one year's report and the next."""

from __future__ import annotations

from ..analysis.succession import Succession
from ..comparing.lineage import linked
from ..linking.units import LinkOptions
from ..model.wording import Lang
from .inputs import PlanLike, load


def succession(
    old: PlanLike, new: PlanLike, *, options: LinkOptions | None = None, lang: Lang | None = None
) -> Succession:
    """What a later plan kept, raised, lowered and dropped of an earlier one, and what it adds.

    For two versions of a plan, a plan and the one that follows it, or one year's work report and the next. Raises
    `ReportOrderError` where the second is for an earlier year than the first; another place or level is remarked.

    >>> found = succession("five_year_plan_2021", "five_year_plan_2026")
    >>> [(t.old_value, t.new_value, t.change) for t in found.targets.paired if t.indicator == "森林覆盖率"]
    [('>= 24.1 %', '>= 25.8 %', 'raised')]
    """
    earlier, later = load(old), load(new)
    if later.id == earlier.id:
        later = later.model_copy(update={"id": f"{later.id}-later"})
    return Succession(linked(later, [earlier], options), lang=lang)
