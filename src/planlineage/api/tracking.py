"""A plan over time: its deadlines on a day, how its tasks stand by a ledger, scorecards and reports, and the ledger itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import overload

from ..analysis.deadlines import DeadlineReport
from ..model.wording import Lang, language
from ..output.ledger_template import write_template
from ..output.yearly_report import YearlyReport
from ..progress.history import AsOf
from ..progress.importing import import_ledger
from ..progress.roll_up import RollUp
from ..progress.rules import DEFAULT, Rules
from ..progress.sample import write_sample_ledger as _write_sample
from ..progress.scorecard import Inputs, Scorecard
from ..progress.status import StatusReport, status as status_of
from ..progress.store import Progress
from ..progress.suggestions import Suggestions
from ..progress.task_table import TaskTable
from ..progress.verify import Verification, verify as _verify
from ..tabular.imported import BadRows, Defaults, ImportReport
from .following import follow_up
from .inputs import Day, PlanLike, Plans, ProgressLike, given_day, ledger, load, load_all
from .lineages import link

INDICATORS = "demonstration_indicators_2019"
"""The shipped indicator system."""

_REPORTING_TIME = 31
"""Days after a year within which its last reports come in."""


@overload
def deadlines(
    plan: PlanLike,
    upper: Plans | None = None,
    *,
    as_of: Day | None = None,
    all_tasks: bool = True,
    unit: str = "",
    lang: Lang = "zh",
    progress: None = None,
) -> DeadlineReport: ...


@overload
def deadlines(
    plan: PlanLike,
    upper: Plans | None = None,
    *,
    as_of: Day | None = None,
    all_tasks: bool = True,
    unit: str = "",
    lang: Lang = "zh",
    progress: ProgressLike,
) -> TaskTable: ...


def deadlines(
    plan: PlanLike,
    upper: Plans | None = None,
    *,
    as_of: Day | None = None,
    all_tasks: bool = True,
    unit: str = "",
    lang: Lang = "zh",
    progress: ProgressLike | None = None,
) -> DeadlineReport | TaskTable:
    """The deadline report of a plan on a day (today by default).

    With `upper`, each task's upper clause and its date stand beside it. `all_tasks=False` leaves out tasks whose date
    comes from the plan as a whole; `unit` keeps those of one body (区司法局, 司法局). `lang` is "zh" or "en". With `progress`,
    a ledger or its path, the table says how each task stands by what was reported.

    >>> report = deadlines("shanting_2021", as_of="2024-06-30", all_tasks=False)
    >>> report.having("past")[0].due
    '2021-12-31 / 2022-12-31'
    """
    if progress is not None:
        return task_table(plan, progress, upper, as_of=as_of, lang=lang)
    ours = load(plan)
    lineage = link(ours, upper) if upper is not None else None
    day = given_day(as_of) or datetime.date.today()
    return DeadlineReport(ours, day, lineage, all_tasks=all_tasks, unit=unit, lang=language(lang))


def status(
    plan: Plans,
    progress: ProgressLike | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> StatusReport:
    """How every task of a plan (or of several) stands on a day, today by default, by a ledger.

    `known_on` answers as was known then: by the reports up to that day only.

    >>> status("shanting_2021", as_of="2024-06-30", lang="en").counts["overdue"]
    6
    """
    question, lang = _question(as_of, known_on), language(lang)
    with ledger(progress) as opened:
        return status_of(load_all(plan), opened, question, rules=rules, lang=lang)


def task_table(
    plan: PlanLike,
    progress: ProgressLike | None = None,
    upper: Plans | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> TaskTable:
    """The official task table with the state of things; with `upper`, each task's upper clause and date beside it.

    >>> table = task_table("shanting_2021", as_of="2024-06-30")
    >>> list(table.headers.values())[:6]
    ['序号', '工作事项', '主要内容', '牵头单位', '配合单位', '完成时限']
    """
    found = status(plan, progress, as_of=as_of, known_on=known_on, rules=rules, lang=lang)
    return TaskTable(found, link(found.plans[0], upper) if upper is not None else None)


def roll_up(
    local: Plans,
    upper: Plans,
    progress: ProgressLike | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> RollUp:
    """The status of each upper task across the places that carry it.

    >>> rolled = roll_up("weibin_2021", "central_2021", as_of="2024-06-30")
    >>> all(row.carried + row.missing == row.places <= 1 for row in rolled)
    True
    """
    plans = load_all(local)
    found = status(plans, progress, as_of=as_of, known_on=known_on, rules=rules, lang=lang)
    return RollUp([link(plan, upper) for plan in plans], [found], lang)


def scorecard(  # noqa: PLR0913 - each is a question of its own
    local: PlanLike,
    progress: ProgressLike | None = None,
    *,
    indicators: PlanLike = INDICATORS,
    as_of: Day | None = None,
    known_on: Day | None = None,
    named_on: Day | None = None,
    references: Mapping[str, Decimal] | None = None,
    rules: Rules = DEFAULT,
    lang: Lang = "zh",
) -> Scorecard:
    """A place against an indicator system, by default the 2019 one for model places.

    `named_on` is the day on which the place was named a model, from which it owes the yearly report. `references` gives the
    numbers that indicators refer to (the national average of the year before), by statement id.

    >>> card = scorecard("shanting_2021", as_of="2024-06-30", lang="en")
    >>> len(card.indicators), card.share_met, len(card.grounds)
    (100, 0.0, 4)
    """
    plan, system = load(local), load(indicators)
    question, lang = _question(as_of, known_on), language(lang)
    with ledger(progress) as opened:
        inputs = Inputs(opened, question, given_day(named_on), references or {}, rules, lang)
        return Scorecard(plan, system, link(plan, system), inputs)


def yearly_report(
    plan: PlanLike,
    year: int,
    progress: ProgressLike | None = None,
    upper: Plans | None = None,
    *,
    as_of: Day | None = None,
    lang: Lang = "zh",
) -> YearlyReport:
    """What was due, done and late in a year, with sources. By default as of 31 January after it, or today if that is earlier.

    >>> yearly_report("shanting_2021", 2023, lang="en").markdown.splitlines()[0]
    '# 山亭区法治政府建设实施纲要（2021—2025年）: report for 2023'
    """
    closing = datetime.date(year, 12, 31) + datetime.timedelta(days=_REPORTING_TIME)
    day = given_day(as_of) or min(closing, datetime.date.today())
    found = status(plan, progress, as_of=day, lang=lang)
    return YearlyReport(found, year, link(found.plans[0], upper) if upper is not None else None)


def import_progress(
    progress: ProgressLike,
    path: str | Path,
    plan: PlanLike,
    *,
    bad_rows: BadRows = "refuse",
    effective_on: Day | None = None,
    reported_on: Day | None = None,
    reporter: str = "",
    place: str = "",
) -> ImportReport:
    """Take a filled-in template into a ledger, in one step; the ledger is made where there is none.

    `bad_rows="refuse"` takes nothing where one row is bad, "skip" takes the good ones. The days and the reporter hold for
    rows that don't give their own. Raises `ProgressError` where the file or the ledger can't be used; what is wrong with single
    rows is in the result.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sample = write_sample_ledger("shanting_2021", f"{folder}/sample.csv", until="2024-06-30")
    ...     report = import_progress(f"{folder}/ledger.db", sample, "shanting_2021")
    ...     again = import_progress(f"{folder}/ledger.db", sample, "shanting_2021")
    ...     (report.bad, again.added), verify_progress(f"{folder}/ledger.db").sound
    ((0, 0), True)
    """
    defaults = Defaults(given_day(effective_on), given_day(reported_on), reporter, place)
    with nullcontext(progress) if isinstance(progress, Progress) else Progress(progress) as opened:
        return import_ledger(opened, path, load(plan), bad_rows=bad_rows, defaults=defaults)


def suggest_progress(
    plan: PlanLike,
    report: PlanLike,
    progress: ProgressLike | None = None,
    *,
    verdicts: str | Path | None = None,
    lang: Lang = "zh",
) -> Suggestions:
    """The entries that a later report proposes for a plan's ledger; `write_suggestions` puts them on a sheet.

    A person accepts or rejects each on the sheet, and `import_progress` takes the accepted ones, with the words of the report as
    their evidence. What the ledger `progress` holds already is left out. `verdicts` and errors as for `follow_up`.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、今年重点工作\\n新建枣庄机场。", title="某省2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n新建枣庄机场。\\n二、今年重点工作\\n发展工业。"
    >>> found = suggest_progress(plan, parse_text(told, title="某省2025年政府工作报告"))
    >>> found[0].status.value, found[0].evidence
    ('done', '某省2025年政府工作报告：“新建枣庄机场”（12-18）')
    """
    followed = follow_up(plan, report, verdicts=verdicts, lang=lang)
    with ledger(progress) as held:
        return Suggestions(followed, held, lang=lang)


def write_progress_template(
    plan: PlanLike,
    path: str | Path,
    *,
    as_of: Day | None = None,
    place: str = "",
    lang: Lang = "zh",
) -> Path:
    """Write the ledger template of a plan, XLSX or CSV by its ending, and return its path.

    In rows of recurring tasks the occurrence that `as_of` (today by default) falls into is filled in. `place` is noted for plans
    that are not a place's own. Raises `OutputError` where it can't be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_progress_template("shanting_2021", f"{folder}/template.csv", lang="en")
    ...     path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")[:4]
    ['Item', 'Content', 'Lead unit', 'Due']
    """
    return write_template(load(plan), path, as_of=given_day(as_of), place=place, lang=language(lang))


def write_sample_ledger(
    plan: PlanLike, path: str | Path, *, until: Day | None = None, seed: int = 2021, lang: Lang = "zh"
) -> Path:
    """Write a filled-in template (CSV) that invents what units might have reported by a day, today by default.

    For trying things out: nothing in it is a fact, and every row says so. The same seed gives the same rows.
    """
    last = given_day(until) or datetime.date.today()
    return _write_sample(load(plan), path, until=last, seed=seed, lang=language(lang))


def verify_progress(progress: str | Path, *, head: str = "") -> Verification:
    """Check that a ledger is whole, without writing to it: the file, the run of its numbers, the seal of each event.

    `head` is a digest noted earlier (`Progress.head`, or its beginning) that must be in it. What is wrong is in the result; only
    a file that is missing or was never a ledger raises a `ProgressError`.
    """
    return _verify(progress, head=head)


def _question(as_of: Day | None, known_on: Day | None) -> AsOf:
    return AsOf(given_day(as_of) or datetime.date.today(), given_day(known_on))
