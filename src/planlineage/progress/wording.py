"""The words of statuses and lights: reports hold keys, and are put into words when shown."""

from __future__ import annotations

from typing import Literal

from ..model.wording import Lang, Reason, because, joined, words

__all__ = ["LIGHTS", "STATUSES", "Lang", "Light", "Reason", "because", "joined", "light_name", "status_name"]

Light = Literal["green", "blue", "yellow", "red", "grey"]

STATUSES = (
    "not reported", "not started", "in progress", "due soon", "overdue", "perhaps overdue", "done", "done late",
    "done perhaps late", "done short of target", "recurring on track", "recurring missed", "no deadline", "stopped",
)  # fmt: skip
LIGHTS = ("green", "blue", "yellow", "red", "grey")


def status_name(status: str, lang: Lang) -> str:
    """A status in a report's language."""
    return words(f"progress.{status.replace(' ', '_')}", lang)


def light_name(light: str, lang: Lang) -> str:
    """A light in a report's language."""
    return words(f"light.{light}", lang)
