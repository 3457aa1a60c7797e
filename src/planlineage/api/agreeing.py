"""How far two readers agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..analysis.agreement import Agreement
from ..model.report import Report
from ..model.wording import Lang

Judgements = Report[Any] | str | Path
"""Verdicts, decisions or edges: a result of this library, or a table (CSV, XLSX) that a person filled in."""


def agreement(first: Judgements, second: Judgements, *, lang: Lang | None = None) -> Agreement:
    """How far two people, or a person and the machine, agree on verdicts, review decisions or edges.

    Of two tables of edges, one that only one reader has counts as `none` for the other. Raises `DecisionFileError` where a
    file is no such table, or the two have no item in common.

    >>> from planlineage import link
    >>> found = link("weibin_2021", "central_2021")
    >>> agreement(found, found).percent.value
    1.0
    """
    return Agreement(first, second, lang=lang)
