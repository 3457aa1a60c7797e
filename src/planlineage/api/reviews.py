"""What a person should decide."""

from __future__ import annotations

from ..linking.units import LinkOptions
from ..output.review_sheet import Review
from .inputs import DecisionsLike, PlanLike, Plans
from .lineages import link


def review(
    local: PlanLike,
    upper: Plans,
    *,
    below: float = 0.8,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Review:
    """What a person should look at: the edges under a confidence of `below` (0 to 1), and the gaps.

    What was decided already is left out. `to_xlsx` and `to_csv` write it with a column for the decision, `Review.read` takes
    the filled-in file back.

    >>> sheet = review("weibin_2021", "central_2021", below=0.5)
    >>> sorted({row["kind"] for row in sheet.rows()})
    ['edge', 'gap']
    """
    return Review(link(local, upper, options=options, decisions=decisions), below)
