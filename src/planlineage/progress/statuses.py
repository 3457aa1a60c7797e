"""The statuses that a duty can have on a day, and the lights; their words stand in the table under `progress.` and `light.`."""

from __future__ import annotations

from typing import Literal, get_args

Status = Literal[
    "not_reported",
    "not_started",
    "in_progress",
    "due_soon",
    "overdue",
    "perhaps_overdue",
    "done",
    "done_late",
    "done_perhaps_late",
    "done_short_of_target",
    "recurring_on_track",
    "recurring_missed",
    "no_deadline",
    "stopped",
]
Light = Literal["green", "blue", "yellow", "red", "grey"]
Outcome = Literal["met", "met_late", "missed", "open", "no_report"]
"""What became of an occurrence of a recurring duty: `open` until its day has passed, `no_report` where nobody ever reported."""

STATUSES: tuple[Status, ...] = get_args(Status)
LIGHTS: tuple[Light, ...] = get_args(Light)

FINISHED: tuple[Status, ...] = ("done", "done_late", "done_perhaps_late")
"""Done, on time or not, with its number reached."""

FULFILLED: tuple[Status, ...] = (*FINISHED, "recurring_on_track")
"""Done, or on track where nothing is ever done for good."""

LATE: tuple[Status, ...] = ("overdue", "recurring_missed")
"""A day has passed and what was due is not done."""

WORST_FIRST: tuple[Status, ...] = (
    "overdue",
    "recurring_missed",
    "perhaps_overdue",
    "done_short_of_target",
    "due_soon",
    "not_reported",
    "not_started",
    "no_deadline",
    "stopped",
    "in_progress",
    "recurring_on_track",
    "done_late",
    "done_perhaps_late",
    "done",
)
"""The statuses by how far behind they are."""

WORST_LIGHT_FIRST: tuple[Light, ...] = ("red", "yellow", "blue", "grey", "green")
"""The lights by how urgent they are."""
