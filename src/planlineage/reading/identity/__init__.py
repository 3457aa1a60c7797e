"""Who, what, where and when: what a document says of itself, read off its outer lines and its text.

`layout` tells the outer lines apart and finds the title; `report` reads the head of a work report, `issuers` signatures, decrees
and adoption, `dates` and `period` days and years, `places` and `levels` where a document belongs, `basis` what it rests on;
`reader` puts the answers together, each with the words that gave it and how sure they are.
"""

from __future__ import annotations

from ..citing import document_number
from .basis import Citation
from .dates import day_in
from .facts import facts_remark, with_supplied
from .layout import Layout, read_layout
from .levels import level_of_body
from .period import period_of
from .places import level_of_place, places_at_start
from .reader import SURE_OF_LEVEL, Found, Identity, cited_plans, findings, identify

__all__ = [
    "SURE_OF_LEVEL",
    "Citation",
    "Found",
    "Identity",
    "Layout",
    "cited_plans",
    "day_in",
    "document_number",
    "facts_remark",
    "findings",
    "identify",
    "level_of_body",
    "level_of_place",
    "period_of",
    "places_at_start",
    "read_layout",
    "with_supplied",
]
