"""The ledger on the screen: what was imported, what it holds, whether it is whole, how tasks and indicators stand."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.wording import joined, percentage, title
from ...progress.events import Event
from ...progress.folder import FolderImport
from ...progress.scorecard import SHARE, Scorecard
from ...progress.status import StatusReport
from ...progress.statuses import LIGHTS, STATUSES, WORST_LIGHT_FIRST
from ...progress.task_table import TaskTable
from ...progress.verify import Verification
from ...tabular.imported import ImportReport
from .page import Page
from .problems import problem_table
from .table import Cell, Column

_LIGHT_STYLES = {"red": "red", "yellow": "yellow", "blue": "cyan", "green": "green", "grey": "dim"}
_CALM = ("green", "grey")
_SHOWN = ("due", "status", "content", "lead", "reason", "id")


def import_page(page: Page, report: ImportReport) -> None:
    """What became of a file, with each bad cell."""
    words = page.words
    key = "import refused" if report.refused else "import taken"
    page.line(words(key, name=report.path.name, added=report.added, known=report.known))
    page.line(words("import rows", bad=report.bad, blank=report.blank), style="dim")
    problem_table(page, report)


def answers_page(page: Page, found: FolderImport) -> None:
    """What became of a folder of workbooks, and which answers are to be looked at."""
    page.line(found.heading)
    for report in found.files:
        page.line(report.heading, style="dim", indent=2)
        problem_table(page, report)
    if not found.answers:
        return
    page.title(page.words("answers.to look at", count=len(found.answers)))
    shares = {"kind": 0, "file": 1, "row": 0, "task": 0, "said": 1, "other": 1, "problem": 1}
    columns = [Column(title(name, page.words.language, "answers"), share=share) for name, share in shares.items()]
    rows = [[str(found.row(answer, page.words.language)[name] or "") for name in shares] for answer in found.answers]
    page.table(columns, rows, indent=2)


def log_page(page: Page, events: Sequence[Event]) -> None:
    """The events, the last at the end."""
    names = ("event", "task", "effective_on", "reported_on", "report", "reporter", "note")
    shares = (0, 0, 0, 0, 2, 1, 2)
    columns = [
        Column(title(name, page.words.language, "log"), share=share, lines=1 if share == 0 else 2)
        for name, share in zip(names, shares, strict=True)
    ]
    rows = [
        [
            e.id[:12],
            e.task,
            str(e.effective_on),
            str(e.reported_on),
            " ".join(e.said(page.words.language)),
            e.reporter,
            _note(page, e),
        ]
        for e in events
    ]
    page.table(columns, rows)
    page.line(page.words("n events", count=len(events)), style="dim")


def _note(page: Page, event: Event) -> str:
    corrects = page.words("corrects", event=event.corrects[:12]) if event.corrects else ""
    return " ".join(part for part in (corrects, event.remarks(page.words.language)) if part)


def verification_page(page: Page, found: Verification) -> None:
    """Whether a store is whole, and its head."""
    words = page.words
    outcome = words("store whole" if found.sound else "store damaged", path=found.path)
    page.line(outcome, style="green" if found.sound else "red")
    page.facts([(words("store events"), str(found.events)), (words("store head"), found.head)])
    columns = [Column(words("store check")), Column(words("problem.problem"), share=1, lines=0)]
    told = [found.row(damage, words.language) for damage in found.problems]
    page.table(columns, [[row["check"], row["problem"]] for row in told])


def task_table_page(page: Page, table: TaskTable, *, every_task: bool = False) -> None:
    """How the tasks stand: the counts, then the tasks that need a look, or all where asked for."""
    status = table.status
    page.title(page.words("status of tasks"), page.words("on day", day=status.day))
    _counts(page, status)
    records = list(table.records)
    if not every_task:
        asking = [r for r in records if r.light not in _CALM and r.status != "not_reported"]
        records = sorted(asking, key=lambda r: WORST_LIGHT_FIRST.index(r.light))
    page.blank()
    headers = table.headers
    columns = [
        Column(headers["light"]),
        Column(headers["due"]),
        Column(headers["status"]),
        Column(headers["content"], share=3, lines=2),
        Column(headers["lead"], share=1),
        Column(headers["reason"], share=3, lines=2),
        Column(headers["id"]),
    ]
    rows = [(table.row(r), _LIGHT_STYLES[r.light]) for r in records]
    page.table(columns, [[Cell(row["light"], style), *(row[c] for c in _SHOWN)] for row, style in rows])
    left = len(table) - len(rows)
    if left:
        page.line(page.words("more tasks", count=left), style="dim")
    page.line(status.rules.stated(status.lang), style="dim")
    if status.orphans:
        page.line(page.words("orphans", count=len(status.orphans)), style="yellow")


def _counts(page: Page, status: StatusReport) -> None:
    counts = status.counts
    page.items([(f"{page.words(f'progress.{k}')} ", "dim"), (str(counts[k]), "bold")] for k in STATUSES if counts[k])
    page.items(
        [(f"{page.words(f'light.{k}')} ", _LIGHT_STYLES[k]), (str(status.count(k)), "bold")]
        for k in LIGHTS
        if status.count(k)
    )


def scorecard_page(page: Page, card: Scorecard) -> None:
    """The result of a scorecard, group by group, and the gaps."""
    words, (low, high) = page.words, card.range
    page.title(words("scorecard"), words("on day", day=card.day))
    page.facts(
        [
            (words("scorecard addressed"), f"{card.addressed}/{len(card.indicators)}"),
            (words("scorecard.fact.share"), words("scorecard share", low=percentage(low), high=percentage(high))),
            (words("scorecard.fact.against", share=f"{SHARE:.0%}"), words(f"verdict.{card.verdict}")),
        ]
    )
    shown = ("group", "indicators", "addressed", "met", "partly", "not_met", "unknown")
    titles = [title(c, words.language, "scorecard_group") for c in shown]
    columns = [Column(titles[0], share=1), *(Column(t, align="right", least=4) for t in titles[1:])]
    page.table(columns, [[str(getattr(group, c)) for c in shown] for group in card.by_group()])
    failed = [i for i in card.indicators if i.outcome == "not_met"]
    if failed:
        page.title(page.words("result.not_met"))
        page.table(
            [Column("", align="right", least=3), Column("", share=2, lines=2), Column("", share=2, lines=2)],
            [
                [
                    i.number,
                    i.text,
                    joined(dict.fromkeys(g for p in i.parts for g in p.grounds), page.words.language),
                ]
                for i in failed
            ],
            header=False,
        )
