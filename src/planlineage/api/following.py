"""What became of promises: plans set against the reports that came after."""

from __future__ import annotations

from ..analysis.follow_up import FollowUp
from ..model.wording import Lang
from .inputs import PlanLike, load


def follow_up(plan: PlanLike, report: PlanLike, *, lang: Lang = "en") -> FollowUp:
    """What a later report says of each target and task of a plan.

    Only what looks back in the report counts. Raises `ReportOrderError` where the report is not later than the plan; another
    place, or years between, is remarked in `.remarks`.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、今年重点工作\\n城镇新增就业110万人以上。", title="某省2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n城镇新增就业118万人。\\n二、今年重点工作\\n抓好就业。"
    >>> report = parse_text(told, title="某省2025年政府工作报告")
    >>> [row.verdict for row in follow_up(plan, report) if row.kind == "target"]
    ['met']
    """
    return FollowUp(load(plan), load(report), lang=lang)
