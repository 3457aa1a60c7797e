"""What became of promises: plans set against the reports that came after."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..analysis.follow_up import FollowUp
from ..analysis.pledges import read_verdicts
from ..analysis.track_record import TrackRecord
from ..model.wording import Lang
from .inputs import PlanLike, load


def follow_up(
    plan: PlanLike, report: PlanLike, *, verdicts: str | Path | None = None, lang: Lang | None = None
) -> FollowUp:
    """What a later report says of each target and task of a plan.

    Only what looks back in the report counts. `verdicts` is a sheet of `write_follow_up`, or a CSV of a follow-up, with a
    person's verdicts: they stand beside the machine's, and count in their place. Raises `ReportOrderError` where the report
    is not later than the plan; another place, or years between, is remarked in `.remarks`.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、今年重点工作\\n城镇新增就业110万人以上。", title="某省2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n城镇新增就业118万人。\\n二、今年重点工作\\n抓好就业。"
    >>> report = parse_text(told, title="某省2025年政府工作报告")
    >>> [row.verdict for row in follow_up(plan, report) if row.kind == "target"]
    ['met']
    """
    told = read_verdicts(verdicts) if verdicts is not None else None
    return FollowUp(load(plan), load(report), verdicts=told, lang=lang)


def track_record(reports: Iterable[PlanLike], *, lang: Lang | None = None) -> TrackRecord:
    """How the targets of one place over years, or of many places, fared by the reports of the years after.

    Give the yearly reports in any order; each is read as the plan of its year and as the report on the year before. Years
    without a report after them are named in `.remarks`.

    >>> from planlineage import parse_text
    >>> def report(year):
    ...     text = f"一、{year - 1}年工作回顾\\n生产总值增长5.5%。\\n二、今年重点工作\\n生产总值增长5%以上。"
    ...     return parse_text(text, title=f"某市{year}年政府工作报告", place="某市")
    >>> [(row.year, row.targets, row.met) for row in track_record([report(2025), report(2024)])]
    [(2024, 1, 1)]
    """
    return TrackRecord([load(report) for report in reports], lang=lang)
