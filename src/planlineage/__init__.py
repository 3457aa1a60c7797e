"""Take Chinese government plans apart into tasks and trace each one to its upper clause and deadline.

Everything public is here; modules below are private. Names load when first used, so that the import itself is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_WHERE = {
    "load": "_api",
    "link": "_api",
    "coverage": "_api",
    "slippage": "_api",
    "compare": "_api",
    "hops": "_api",
    "trace": "_api",
    "network": "_api",
    "review": "_api",
    "deadlines": "_api",
    "status": "_tracking",
    "task_table": "_tracking",
    "roll_up": "_tracking",
    "scorecard": "_tracking",
    "yearly_report": "_tracking",
    "import_progress": "_tracking",
    "write_progress_template": "_tracking",
    "write_task_table": "output.task_table",
    "write_calendar": "output.calendar",
    "write_scorecard": "output.scorecard_book",
    "write_report": "output.report",
    "html_report": "output.report",
    "coverage_heatmap": "output.charts",
    "deadline_timeline": "output.charts",
    "slippage_chart": "output.charts",
    "flow_chart": "output.charts",
    "burn_up": "output.charts",
    "save_chart": "output.charts",
    "parse": "reading.parse",
    "parse_text": "reading.parse",
    "save_plan": "model.files",
    "shipped_ids": "model.files",
    "json_schema": "model.files",
    "Level": "model.levels",
    "Plan": "model.plan",
    "Clause": "model.plan",
    "Statement": "model.plan",
    "Span": "model.base",
    "Deadline": "model.commitments",
    "LineageEdge": "model.lineage",
    "Relation": "model.lineage",
    "Lineage": "linking.lineage",
    "LinkOptions": "linking.units",
    "Trace": "linking.trace",
    "LineageGraph": "graph.network",
    "Coverage": "analysis.coverage",
    "DeadlineReport": "analysis.deadlines",
    "Slippage": "analysis.slippage",
    "Comparison": "analysis.comparison",
    "Hops": "analysis.hops",
    "Decision": "linking.review",
    "Decisions": "linking.review",
    "DecisionCheck": "linking.review_check",
    "Explanation": "linking.explain",
    "Review": "output.review_sheet",
    "ReviewImport": "output.review_import",
    "Progress": "progress.store",
    "Rules": "progress.rules",
    "StatusReport": "progress.status",
    "TaskTable": "progress.task_table",
    "RollUp": "progress.roll_up",
    "Scorecard": "progress.scorecard",
    "YearlyReport": "output.yearly_report",
    "ProgressError": "progress.errors",
    "PlanLineageError": "model.errors",
    "SourceError": "model.errors",
    "PlanFileError": "model.errors",
    "DecisionFileError": "model.errors",
    "UnknownPlanError": "model.errors",
    "UnknownTaskError": "model.errors",
    "LevelOrderError": "model.errors",
    "OutputError": "model.errors",
}

__all__ = ["__version__", *_WHERE]  # noqa: PLE0604 - names are loaded on first use

if TYPE_CHECKING:
    from ._api import compare, coverage, deadlines, hops, link, load, network, review, slippage, trace
    from ._tracking import (
        import_progress,
        roll_up,
        scorecard,
        status,
        task_table,
        write_progress_template,
        yearly_report,
    )
    from .analysis.comparison import Comparison
    from .analysis.coverage import Coverage
    from .analysis.deadlines import DeadlineReport
    from .analysis.hops import Hops
    from .analysis.slippage import Slippage
    from .graph.network import LineageGraph
    from .linking.explain import Explanation
    from .linking.lineage import Lineage
    from .linking.review import Decision, Decisions
    from .linking.review_check import DecisionCheck
    from .linking.trace import Trace
    from .linking.units import LinkOptions
    from .model.base import Span
    from .model.commitments import Deadline
    from .model.errors import (
        DecisionFileError,
        LevelOrderError,
        OutputError,
        PlanFileError,
        PlanLineageError,
        SourceError,
        UnknownPlanError,
        UnknownTaskError,
    )
    from .model.files import json_schema, save_plan, shipped_ids
    from .model.levels import Level
    from .model.lineage import LineageEdge, Relation
    from .model.plan import Clause, Plan, Statement
    from .output.calendar import write_calendar
    from .output.charts import (
        burn_up,
        coverage_heatmap,
        deadline_timeline,
        flow_chart,
        save_chart,
        slippage_chart,
    )
    from .output.report import html_report, write_report
    from .output.review_import import ReviewImport
    from .output.review_sheet import Review
    from .output.scorecard_book import write_scorecard
    from .output.task_table import write_task_table
    from .output.yearly_report import YearlyReport
    from .progress.errors import ProgressError
    from .progress.roll_up import RollUp
    from .progress.rules import Rules
    from .progress.scorecard import Scorecard
    from .progress.status import StatusReport
    from .progress.store import Progress
    from .progress.task_table import TaskTable
    from .reading.parse import parse, parse_text


def __getattr__(name: str) -> Any:
    module = _WHERE.get(name)
    if module is None:
        raise AttributeError(f"module 'planlineage' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(f"planlineage.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
