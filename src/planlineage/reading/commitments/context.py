"""What holds for a whole document and bears on its single expressions."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ...model.levels import Level
from .text import Folded

_FIRST_LEADS = re.compile(
    r"(?:列|排)(?:在)?第一位(?:者|的)?(?:的?(?:部门|单位))?(?:为|是)(?:牵头|主要?责任?)[^。，）]{0,6}(?:，?下同)"
)
_DATE_LINE = re.compile(r"(?m)^((?:19|20)[0-9]{2})年(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])日$")


@dataclass(frozen=True)
class Context:
    """Document-level facts; all optional.

    Args:
        level: the level of the body that issued the document; bounds 各级 and names the inherited actor.
        place: the place whose plan it is; a city says 市 of itself, whether it ranks as a province, a prefecture or a county.
        issue_date: the day of issue; anchors 印发之日起30日内 and tells history from plan.
        first_listed_leads: the text says 列第一位者为牵头单位，下同, so that the first body of every note leads.
        year: the year that a yearly plan is for, which 今年 means; else that of the issue.
        ends: the last day of the plan, which 规划期末 means.
        figures: read numbers that only report (截至…, 已完成5个) as targets too: for the look back of a report.
    """

    level: Level | None = None
    place: str | None = None
    issue_date: datetime.date | None = None
    first_listed_leads: bool = False
    year: int | None = None
    ends: datetime.date | None = None
    figures: bool = False

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means, None where nothing says it."""
        return self.year or (self.issue_date.year if self.issue_date else None)

    @property
    def since(self) -> datetime.date | None:
        """The first day that is not history: that of the issue, else the first of the year that the plan is for."""
        return self.issue_date or (datetime.date(self.year, 1, 1) if self.year else None)

    @classmethod
    def of(
        cls,
        text: str,
        *,
        level: Level | None = None,
        place: str | None = None,
        issue_date: datetime.date | None = None,
        year: int | None = None,
        ends: datetime.date | None = None,
        figures: bool = False,
    ) -> Context:
        """Derive what the whole text says about itself; what is given wins.

        The issue date is the signature: a line that holds nothing but a day.

        >>> Context.of("（财政部、商务部负责。列第一位者为牵头单位，下同）\\n国务院\\n2018年11月16日").first_listed_leads
        True
        """
        folded = Folded(text)
        if issue_date is None:
            for match in _DATE_LINE.finditer(folded.text):
                try:
                    issue_date = datetime.date(*(int(part) for part in match.groups()))
                except ValueError:
                    continue
                break
        return cls(level, place, issue_date, bool(_FIRST_LEADS.search(folded.text)), year, ends, figures)
