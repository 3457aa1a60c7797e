"""The commands, in the order of the help. A new command is a new module in `commands` and a line here."""

from __future__ import annotations

from .command import Command
from .commands import (
    agree,
    commitments,
    coverage,
    deadlines,
    demo,
    diff,
    diffusion,
    export,
    follow_up,
    link,
    parse,
    progress,
    report,
    review,
    scorecard,
    slippage,
    survey,
    survey_page,
    tasks,
    tasks_apply,
    trace,
    tune_encoder,
)

COMMANDS: tuple[Command, ...] = (
    demo.COMMAND,
    parse.COMMAND,
    commitments.COMMAND,
    link.COMMAND,
    coverage.COMMAND,
    slippage.COMMAND,
    follow_up.COMMAND,
    diff.COMMAND,
    agree.COMMAND,
    survey.COMMAND,
    survey_page.COMMAND,
    diffusion.COMMAND,
    trace.COMMAND,
    deadlines.COMMAND,
    tasks.COMMAND,
    tasks_apply.COMMAND,
    progress.COMMAND,
    scorecard.COMMAND,
    review.COMMAND,
    report.COMMAND,
    export.COMMAND,
    tune_encoder.COMMAND,
)
