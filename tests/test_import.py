"""Importing the library is cheap, and what it offers is fixed."""

from __future__ import annotations

import subprocess
import sys

import planlineage as pl

PUBLIC = """
Clause Comparison Coverage Deadline DeadlineReport Decision DecisionCheck DecisionFileError Decisions Explanation Hops
Level LevelOrderError Lineage LineageEdge LineageGraph LinkOptions OutputError Plan PlanFileError PlanLineageError
Progress ProgressError Relation Review ReviewImport RollUp Rules Scorecard Slippage SourceError Span Statement
StatusReport TaskTable Trace UnknownPlanError UnknownTaskError YearlyReport __version__ burn_up compare coverage
coverage_heatmap deadline_timeline deadlines flow_chart hops html_report import_progress json_schema link load network
parse parse_text review roll_up save_chart save_plan scorecard shipped_ids slippage slippage_chart status task_table
trace write_calendar write_progress_template write_report write_scorecard write_task_table yearly_report
"""

HEAVY = ("pandas", "networkx", "numpy", "scipy", "pydantic")


def after(statement: str) -> set[str]:
    """The top-level modules that are loaded after a statement."""
    program = f"{statement}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_public_names() -> None:
    assert sorted(pl.__all__) == sorted(PUBLIC.split())
    assert dir(pl) == sorted(pl.__all__)


def test_every_public_name_is_there_and_documented() -> None:
    for name in set(pl.__all__) - {"__version__"}:
        assert getattr(pl, name).__doc__, name


def test_a_name_that_there_is_not() -> None:
    try:
        pl.nothing_of_the_kind  # noqa: B018
    except AttributeError as error:
        assert "nothing_of_the_kind" in str(error)
    else:
        raise AssertionError("no error")


def test_importing_loads_nothing_heavy() -> None:
    assert not after("import planlineage") & set(HEAVY)


def test_parsing_loads_neither_pandas_nor_networkx_nor_scipy() -> None:
    loaded = after("import planlineage; planlineage.parse_text('一、总则')")
    assert not loaded & {"pandas", "networkx", "numpy", "scipy"}


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    assert not after("import planlineage.cli.main") & set(HEAVY)
