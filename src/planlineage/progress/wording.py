"""The words of statuses, lights and reasons in Chinese and English: reports hold keys, and are put into words when shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Lang = Literal["zh", "en"]
Light = Literal["green", "blue", "yellow", "red", "grey"]

STATUSES: Mapping[str, str] = {
    "not reported": "未报送",
    "not started": "未启动",
    "in progress": "进行中",
    "due soon": "临近时限",
    "overdue": "已逾期",
    "perhaps overdue": "可能逾期",
    "done": "已完成",
    "done late": "逾期完成",
    "done perhaps late": "完成（可能逾期）",
    "done short of target": "完成但未达标",
    "recurring on track": "常态推进",
    "recurring missed": "周期任务缺期",
    "no deadline": "未定时限",
    "stopped": "已终止",
}
"""The statuses and their names in Chinese tables."""

LIGHTS: Mapping[str, str] = {
    "green": "绿灯",
    "blue": "蓝灯",
    "yellow": "黄灯",
    "red": "红灯",
    "grey": "未亮灯",
}
"""The lights and their names in Chinese tables."""

_REASONS: Mapping[str, tuple[str, str]] = {
    "done": ("{day}完成", "done on {day}"),
    "done early": ("{day}完成，提前{days}天", "done on {day}, {days} days early"),
    "done late": ("{day}完成，逾期{days}天", "done on {day}, {days} days late"),
    "done between": (
        "{day}完成：时限有{strict}、{loose}两种理解，按前者逾期",
        "done on {day}: the date can be read as {strict} or {loose}; late by the first",
    ),
    "short": ("已报完成，但{measures}", "reported done, but {measures}"),
    "overdue": ("时限{due}，已逾期{days}天", "due {due}, {days} days overdue"),
    "between": (
        "时限有{strict}、{loose}两种理解，按前者已逾期",
        "the date can be read as {strict} or {loose}; overdue by the first",
    ),
    "behind": (
        "完成{percent}%，时间过去{elapsed}%，落后{points}个百分点",
        "{percent} % done, {elapsed} % of the time gone: {points} points behind",
    ),
    "on schedule": ("完成{percent}%，时间过去{elapsed}%", "{percent} % done, {elapsed} % of the time gone"),
    "soon": ("距时限{due}还有{days}天", "{days} days left until {due}"),
    "no report": ("无报送", "no report"),
    "no report as zero": ("无报送，按0%计", "no report, counted as 0 %"),
    "no percent": ("未报完成率", "no percentage reported"),
    "no deadline": ("未定时限", "no date is set"),
    "no start": ("起算日不明", "the day from which to count is not known"),
    "stopped": ("{day}起终止", "stopped on {day}"),
    "missed": ("缺期：{occurrences}", "missed: {occurrences}"),
    "met": ("已到期{due}次，均按期完成", "{due} times due, each met"),
    "met late": ("已到期{due}次，其中{late}次逾期完成", "{due} times due, {late} of them met late"),
    "next": ("下次{day}", "next on {day}"),
    "ended": ("期次已尽", "no occurrence is left"),
    "times": ("本期已{times}次，应{count}次", "{times} of {count} times so far"),
    "no calendar": ("频次无历法可循", "a rhythm that no calendar knows"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status or light is as it is: a key of the wording, and what goes into it."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def text(self, lang: Lang = "zh") -> str:
        """The reason in words.

        >>> because("overdue", due="2023-12-31", days=4).text("en")
        'due 2023-12-31, 4 days overdue'
        """
        return _REASONS[self.key][0 if lang == "zh" else 1].format(**dict(self.values))


def because(key: str, **values: Any) -> Reason:
    """A reason."""
    return Reason(key, tuple(values.items()))


def status_name(status: str, lang: Lang) -> str:
    """A status in a report's language."""
    return STATUSES[status] if lang == "zh" else status


def light_name(light: str, lang: Lang) -> str:
    """A light in a report's language."""
    return LIGHTS[light] if lang == "zh" else light


def joined(reasons: tuple[Reason, ...], lang: Lang) -> str:
    """Several reasons as one text."""
    return ("；" if lang == "zh" else "; ").join(reason.text(lang) for reason in reasons)
