"""The public names, each once, with the module that it comes from.

Type checkers read this file as it is; at run time `__init__.py` loads a name from its module when it is first used.
"""

from ._version import __version__ as __version__
from .analysis.agreement import Agreement as Agreement
from .analysis.comparison import Comparison as Comparison
from .analysis.coverage import Coverage as Coverage
from .analysis.deadlines import DeadlineReport as DeadlineReport
from .analysis.follow_up import FollowUp as FollowUp
from .analysis.hops import Hops as Hops
from .analysis.slippage import Slippage as Slippage
from .analysis.succession import Succession as Succession
from .api.agreeing import agreement as agreement
from .api.comparing import compare as compare, coverage as coverage, slippage as slippage
from .api.following import follow_up as follow_up, track_record as track_record
from .api.inputs import load as load
from .api.levels import hops as hops, network as network
from .api.lineages import link as link, trace as trace
from .api.reviews import review as review
from .api.succeeding import succession as succession
from .api.surveys import survey as survey
from .api.tasks import (
    apply_tasks as apply_tasks,
    read_task_sheet as read_task_sheet,
    tags as tags,
    task_sheet as task_sheet,
)
from .api.tracking import (
    deadlines as deadlines,
    import_progress as import_progress,
    roll_up as roll_up,
    scorecard as scorecard,
    status as status,
    suggest_progress as suggest_progress,
    task_table as task_table,
    verify_progress as verify_progress,
    write_progress_template as write_progress_template,
    write_sample_ledger as write_sample_ledger,
    yearly_report as yearly_report,
)
from .comparing.lineage import Lineage as Lineage
from .comparing.trace import Trace as Trace
from .graph.network import LineageGraph as LineageGraph
from .linking.encoders import load_encoder as load_encoder
from .linking.explain import Explanation as Explanation
from .linking.review import (
    Decision as Decision,
    Decisions as Decisions,
)
from .linking.review_check import DecisionCheck as DecisionCheck
from .linking.units import LinkOptions as LinkOptions
from .model.base import Span as Span
from .model.commitments import Deadline as Deadline
from .model.errors import (
    DecisionFileError as DecisionFileError,
    LevelOrderError as LevelOrderError,
    OutputError as OutputError,
    PlanFileError as PlanFileError,
    PlanLineageError as PlanLineageError,
    ReportOrderError as ReportOrderError,
    SourceError as SourceError,
    SurveyError as SurveyError,
    UnknownPlanError as UnknownPlanError,
    UnknownTaskError as UnknownTaskError,
)
from .model.files import (
    json_schema as json_schema,
    save_plan as save_plan,
    shipped_ids as shipped_ids,
)
from .model.levels import Level as Level
from .model.lineage import (
    LineageEdge as LineageEdge,
    Relation as Relation,
)
from .model.parts import Clause as Clause, Statement as Statement
from .model.plan import Plan as Plan
from .model.task_decision import TaskDecision as TaskDecision, TaskDecisions as TaskDecisions
from .model.wording import options as options
from .output.calendar import write_calendar as write_calendar
from .output.charts.coverage import coverage_heatmap as coverage_heatmap
from .output.charts.deadlines import deadline_timeline as deadline_timeline
from .output.charts.figure import save_chart as save_chart
from .output.charts.flow import flow_chart as flow_chart
from .output.charts.progress import burn_up as burn_up
from .output.charts.promises import promise_chart as promise_chart
from .output.charts.slippage import slippage_chart as slippage_chart
from .output.charts.succession import succession_chart as succession_chart
from .output.country import write_country as write_country
from .output.follow_up_sheet import write_follow_up as write_follow_up
from .output.ledger_template import write_suggestions as write_suggestions
from .output.report import (
    html_report as html_report,
    write_report as write_report,
)
from .output.review_import import ReviewImport as ReviewImport
from .output.review_sheet import Review as Review
from .output.scorecard_book import write_scorecard as write_scorecard
from .output.task_sheet import write_task_sheet as write_task_sheet
from .output.task_table import write_task_table as write_task_table
from .output.yearly_report import YearlyReport as YearlyReport
from .progress.errors import ProgressError as ProgressError
from .progress.roll_up import RollUp as RollUp
from .progress.rules import Rules as Rules
from .progress.scorecard import Scorecard as Scorecard
from .progress.status import StatusReport as StatusReport
from .progress.store import Progress as Progress
from .progress.suggestions import Suggestions as Suggestions
from .progress.task_table import TaskTable as TaskTable
from .reading.parse import (
    parse as parse,
    parse_text as parse_text,
)
from .surveying.survey import Survey as Survey
