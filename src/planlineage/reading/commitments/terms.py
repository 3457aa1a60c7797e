"""Terms counted from an anchor: 本通知印发之日起30日内, 力争用三到五年时间."""

from __future__ import annotations

import datetime
import re

from ...model.commitments import ASPIRED, Deadline
from ..numerals import CHINESE, whole
from .calendar import add
from .durations import iso, unit_code
from .lexicon import alternation, words
from .match import Reading
from .text import CLAUSE_BREAK

_SMALL = rf"[0-9]{{1,3}}|[{CHINESE}]{{1,4}}"
_OWN = alternation("time", "own_document")
_ISSUED = re.compile(
    rf"(?P<lead>自|从|于|在)?(?P<own>(?P<this>本|该|此)?(?:{_OWN}))?(?:自)?"
    rf"(?P<event>{alternation('time', 'anchor_issue')}|{alternation('time', 'anchor_effect')})"
    rf"(?:之日起?|之后|以后|后|起)(?:的|，)?(?:(?P<n>{_SMALL})(?P<unit>个?工作日|个?自然日|个月|日|天|周|年)|(?P<half>半年))(?:之|以)?内"
)
_HEADS = frozenset(
    {
        "",
        "在",
        "应",
        "应在",
        "于",
        "应于",
        "须",
        "要在",
        "须在",
        "要",
        "将",
        "将在",
        "均应在",
        "并",
        "自",
        "从",
        "最迟",
        "原则上",
    }
)
_GOAL = re.compile(
    rf"(?:{alternation('length', 'goal_prefixes')})(?P<a>{_SMALL})(?:年?(?:—{{1,2}}|至|到)(?P<b>{_SMALL}))?年"
    rf"(?:(?P<time>(?:左右)?的?(?:时间|努力)(?:左右)?(?:之|以)?内?|左右|(?:之|以)?内)"
    rf"|(?=[\u4e00-\u9fff])(?!{alternation('length', 'names')}|[一个上底初]))"
)


def terms(reading: Reading) -> None:
    """Terms counted from the issue of the document itself, written or understood."""
    for match in reading.folded.matches(_ISSUED, "[日天月周年](?:之|以)?内"):
        before = reading.folded.before(match.start(), 4, CLAUSE_BREAK)
        if not match["this"] and before not in _HEADS:
            continue
        count = 6 if match["half"] else whole(match["n"])
        if count is None:
            continue
        unit = "月" if match["half"] else match["unit"].removeprefix("个")
        anchor = "issue-date" if match["event"] in words("time", "anchor_issue") else "effective-date"
        _anchored(
            reading,
            match.end("lead") if match["lead"] else match.start(),
            match.end(),
            anchor,
            count,
            unit,
            None,
        )
    for match in reading.folded.matches(_GOAL, "年"):
        if not match["time"] and not match.group().startswith(("经过", *ASPIRED)):
            continue
        a, b = whole(match["a"]), whole(match["b"]) if match["b"] else None
        if a and reading.claims.free(*match.span()):
            _anchored(reading, *match.span(), "issue-date", b or a, "年", a if b else None)


def _anchored(reading: Reading, start: int, end: int, anchor: str, count: int, unit: str, minimum: int | None) -> None:
    code = unit_code(unit)
    latest: datetime.date | None = None
    if anchor == "issue-date" and reading.context.issue_date and len(code) == 1:
        latest = add(reading.context.issue_date, count, code)
    reading.add(
        Deadline,
        start,
        end,
        "deadline.relative",
        relative=iso(str(count), unit),
        relative_minimum=iso(str(minimum), unit) if minimum else None,
        anchor=anchor,
        latest=latest,
        reading="relative",
        hedge=reading.text[start : start + 2] if reading.text.startswith(ASPIRED, start) else None,
    )
