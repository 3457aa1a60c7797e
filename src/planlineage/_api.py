"""The functions of the flat public namespace: each takes a plan, a shipped id or a path, and returns a report."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from .analysis.applicability import Decisions
from .analysis.comparison import Comparison
from .analysis.coverage import Coverage, Weight
from .analysis.deadlines import DeadlineReport
from .analysis.hops import Hops
from .analysis.slippage import Slippage
from .graph.network import LineageGraph, build_network
from .linking.lineage import Lineage
from .linking.linker import link_plans
from .linking.review_apply import apply
from .linking.several import link_together
from .linking.trace import Trace
from .linking.units import LinkOptions
from .model.errors import UnknownPlanError
from .model.files import read_plan, shipped_ids, shipped_plan
from .model.plan import Plan
from .output.review_sheet import Review
from .reading.parse import parse

if TYPE_CHECKING:
    from .progress.store import Progress
    from .progress.task_table import TaskTable

PlanLike = Plan | str | Path
"""A plan, the id of a shipped plan, or the path of a plan JSON or of a document to be read."""

DecisionsLike = Decisions | str | Path
"""Decisions, or the path of a decision file."""

_DOCUMENT_ENDINGS = (".txt", ".text", ".md")


def load(plan: PlanLike) -> Plan:
    """A plan by its shipped id or from a file: a plan JSON is loaded, any other file is read as a document.

    Raises `UnknownPlanError` where it is neither a shipped id nor a file, else the errors of `parse` and of plan files.

    >>> load("central_2021").level.value
    'central'
    """
    if isinstance(plan, Plan):
        return plan
    name = str(plan)
    if name in shipped_ids():
        return shipped_plan(name)
    path = Path(plan)
    if path.suffix.lower() == ".json":
        return read_plan(path)
    looks_like_id = (
        isinstance(plan, str) and not path.suffix and not any(c in name for c in "/\\") and not path.exists()
    )
    if looks_like_id:
        raise UnknownPlanError(
            f"{name!r} is neither a shipped plan nor a file",
            hint=f"shipped plans: {', '.join(shipped_ids())}",
        )
    return parse(path)


def link(
    local: PlanLike,
    upper: PlanLike | Sequence[PlanLike],
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Lineage:
    """The lineage edges from a local plan to one upper plan or several.

    `decisions` of people win over what the linker finds; `Lineage.decided` says which were applied, and which were not because
    the words have changed since.

    Raises `LevelOrderError` where an upper plan stands below the local one.

    >>> lineage = link("weibin_2021", "central_2021")
    >>> lineage.frame["relation"].isin(["verbatim", "adapted", "partial", "thematic"]).all()
    np.True_
    """
    ours, uppers = load(local), _uppers(upper)
    lineage = Lineage(ours, uppers, link_plans(ours, uppers, options), options=options)
    return apply(lineage, _decisions(decisions)) if decisions is not None else lineage


def coverage(
    local: PlanLike | Sequence[PlanLike],
    upper: PlanLike | Sequence[PlanLike],
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
    weight: Weight = "count",
) -> Coverage:
    """How much of the upper plan's tasks a local plan carries down.

    A local plan that stands in several files is given as a sequence. `decisions` are people's, or the path of a decision file:
    about edges, which tasks apply, which gaps are justified. `weight` counts each upper task once ("count") or by its
    characters ("length").

    >>> 0 < coverage("weibin_2021", "central_2021").rate < 1
    True
    """
    return Coverage(_lineages(local, upper, options), _decisions(decisions), weight)


def slippage(
    local: PlanLike | Sequence[PlanLike],
    upper: PlanLike | Sequence[PlanLike],
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Slippage:
    """What became of the upper plan's commitments in a local plan: deadlines, numbers, rhythms, strength, addressees.

    >>> report = slippage("weibin_2021", "central_2021")
    >>> [(r["change"], r["upper_value"], r["local_value"]) for r in report.of("target") if "学时" in r["local_value"]]
    [('kept', '>= 60 学时', '>= 60 学时')]
    """
    return Slippage(_lineages(local, upper, options), _decisions(decisions))


def compare(
    locals: Sequence[PlanLike],
    upper: PlanLike | Sequence[PlanLike],
    *,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Comparison:
    """Several places against the same upper plan: what each carries of its articles, how alike they are.

    >>> compare(["shanting_2021", "weibin_2021"], "central_2021").names
    ('山亭区', '卫滨区')
    """
    return Comparison([link(local, upper, options=options) for local in locals], _decisions(decisions))


def hops(network: LineageGraph, *, decisions: DecisionsLike | None = None) -> Hops:
    """At which hop of a network's levels a task disappeared, a deadline was lost, or a number shrank."""
    return Hops(network, _decisions(decisions))


def trace(
    task: str,
    local: PlanLike,
    upper: PlanLike | Sequence[PlanLike],
    *,
    decisions: DecisionsLike | None = None,
) -> list[Trace]:
    """The chain from a task up to the central clause with its deadline. `task` is an id, a clause number or a phrase."""
    return link(local, upper, decisions=decisions).trace(task)


def review(
    local: PlanLike,
    upper: PlanLike | Sequence[PlanLike],
    *,
    below: float = 0.8,
    options: LinkOptions | None = None,
    decisions: DecisionsLike | None = None,
) -> Review:
    """What a person should look at: the edges under a confidence of `below` (0 to 1), and the gaps.

    What was decided already is left out. `to_xlsx` and `to_csv` write it with a column for the decision, `Review.read` takes
    the filled-in file back.

    >>> sheet = review("weibin_2021", "central_2021", below=0.5)
    >>> sorted({row["kind"] for row in sheet.rows()})
    ['edge', 'gap']
    """
    lineage = link(local, upper, options=options, decisions=decisions or Decisions())
    return Review(lineage, below)


def network(plans: Sequence[PlanLike], *, options: LinkOptions | None = None) -> LineageGraph:
    """Plans of several levels as one graph, each linked to the nearest level above it that is held."""
    return build_network([load(p) for p in plans], options)


@overload
def deadlines(
    plan: PlanLike,
    upper: PlanLike | Sequence[PlanLike] | None = None,
    *,
    as_of: datetime.date | str | None = None,
    all_tasks: bool = True,
    lang: str = "zh",
    progress: None = None,
) -> DeadlineReport: ...


@overload
def deadlines(
    plan: PlanLike,
    upper: PlanLike | Sequence[PlanLike] | None = None,
    *,
    as_of: datetime.date | str | None = None,
    all_tasks: bool = True,
    lang: str = "zh",
    progress: Progress | str | Path,
) -> TaskTable: ...


def deadlines(
    plan: PlanLike,
    upper: PlanLike | Sequence[PlanLike] | None = None,
    *,
    as_of: datetime.date | str | None = None,
    all_tasks: bool = True,
    lang: str = "zh",
    progress: Progress | str | Path | None = None,
) -> DeadlineReport | TaskTable:
    """The deadline report of a plan on a day (today by default).

    With `upper`, each task's upper clause and its date stand beside it. `all_tasks=False` leaves out tasks whose date
    comes from the plan as a whole. `lang` is "zh" or "en". With `progress`, a ledger or its path, the table says how each
    task stands by what was reported.

    >>> report = deadlines("shanting_2021", as_of="2024-06-30", all_tasks=False)
    >>> report.having("past")[0]["due"]
    '2021-12-31 / 2022-12-31'
    """
    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of or datetime.date.today()
    ours = load(plan)
    if progress is not None:
        from ._tracking import task_table  # noqa: PLC0415 - the ledger loads when there is one

        return task_table(ours, progress, upper, as_of=day, lang="en" if lang == "en" else "zh")
    lineage = link(ours, upper) if upper is not None else None
    return DeadlineReport(ours, day, lineage, all_tasks=all_tasks, lang="en" if lang == "en" else "zh")


def _lineages(
    local: PlanLike | Sequence[PlanLike], upper: PlanLike | Sequence[PlanLike], options: LinkOptions | None
) -> list[Lineage]:
    return link_together(_uppers(local), _uppers(upper), options)


def _uppers(upper: PlanLike | Sequence[PlanLike]) -> list[Plan]:
    many = [upper] if isinstance(upper, Plan | str | Path) else list(upper)
    return [load(u) for u in many]


def _decisions(given: DecisionsLike | None) -> Decisions:
    if given is None:
        return Decisions()
    return given if isinstance(given, Decisions) else Decisions.load(given)
