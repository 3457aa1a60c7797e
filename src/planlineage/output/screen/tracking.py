"""The ledger on the screen: what was imported, what it holds, whether it is whole, how tasks and indicators stand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ...model.wording import joined
from ...progress.events import Event
from ...progress.scorecard import Scorecard
from ...progress.status import StatusReport
from ...progress.statuses import LIGHTS, STATUSES, WORST_LIGHT_FIRST
from ...progress.task_table import TaskTable
from ...progress.verify import Verification
from ...tabular.imported import ImportReport
from .page import Page
from .table import Cell, Column

_LIGHT_STYLES = {"red": "red", "yellow": "yellow", "blue": "cyan", "green": "green", "grey": "dim"}
_CALM = ("green", "grey")
_SHOWN = ("due", "status", "content", "lead", "reason", "id")


def _(page: Page, chinese: str, english: str) -> str:
    return chinese if page.words.language == "zh" else english


def _as_of(page: Page, day: datetime.date) -> str:
    return _(page, f"截至{day}", f"as of {day}")


def import_page(page: Page, report: ImportReport) -> None:
    """What became of a file, with each bad cell."""
    outcome = (
        _(page, "未导入任何记录", "nothing was taken")
        if report.refused
        else _(
            page,
            f"新增{report.added}条，已有{report.known}条",
            f"{report.added} added, {report.known} known already",
        )
    )
    page.line(f"{report.path.name}: {outcome}")
    page.line(
        _(
            page,
            f"有误{report.bad}行，未填{report.blank}行",
            f"{report.bad} bad rows, {report.blank} rows without an entry",
        ),
        style="dim",
    )
    titles = (
        ("单元格", "栏目", "填写内容", "问题")
        if page.words.language == "zh"
        else ("cell", "column", "value", "problem")
    )
    columns = [
        Column(titles[0]),
        Column(titles[1]),
        Column(titles[2], share=1),
        Column(titles[3], share=3, lines=0),
    ]
    page.table(columns, [[r["cell"], r["column"], r["value"], r["problem"]] for r in report.rows()])


def log_page(page: Page, events: Sequence[Event]) -> None:
    """The events, the last at the end."""
    zh = page.words.language == "zh"
    titles = (
        ("编号", "任务", "截至", "报送", "情况", "填报人", "备注")
        if zh
        else ("id", "task", "effective", "reported", "report", "reporter", "note")
    )
    wide = [Column(title, share=share) for title, share in zip(titles[4:], (2, 1, 2), strict=True)]
    columns = [*(Column(title) for title in titles[:4]), *wide]
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
    page.line(_(page, f"共{len(events)}条", f"{len(events)} events"), style="dim")


def _note(page: Page, event: Event) -> str:
    corrects = (
        _(page, f"更正{event.corrects[:12]}", f"corrects {event.corrects[:12]}") if event.corrects else ""
    )
    return " ".join(part for part in (corrects, event.note) if part)


def verification_page(page: Page, found: Verification) -> None:
    """Whether a store is whole, and its head."""
    outcome = _(page, "完好", "whole") if found.sound else _(page, "已损坏", "damaged")
    page.line(f"{found.path}: {outcome}", style="green" if found.sound else "red")
    page.facts([(_(page, "记录", "events"), str(found.events)), (_(page, "末条摘要", "head"), found.head)])
    told = [found.row(damage, page.words.language) for damage in found.problems]
    columns = [Column(_(page, "检查", "check")), Column(_(page, "问题", "problem"), share=1, lines=0)]
    page.table(columns, [[row["check"], row["problem"]] for row in told])


def task_table_page(page: Page, table: TaskTable, *, every_task: bool = False) -> None:
    """How the tasks stand: the counts, then the tasks that need a look, or all where asked for."""
    status = table.status
    page.title(_(page, "任务推进情况", "How the tasks stand"), _as_of(page, status.day))
    _counts(page, status)
    rows = table.rows()
    if not every_task:
        asking = [r for r in rows if r["light_key"] not in _CALM and _asks(r)]
        rows = sorted(asking, key=lambda r: WORST_LIGHT_FIRST.index(r["light_key"]))
    page.blank()
    headers = table.headers
    columns = [
        Column(headers["light"]), Column(headers["due"]), Column(headers["status"]), Column(headers["content"], share=3, lines=2),
        Column(headers["lead"], share=1), Column(headers["reason"], share=3, lines=2), Column(headers["id"]),
    ]  # fmt: skip
    page.table(
        columns,
        [[Cell(r["light"], _LIGHT_STYLES[r["light_key"]]), *(r[column] for column in _SHOWN)] for r in rows],
    )
    left = len(table) - len(rows)
    if left:
        page.line(
            _(page, f"另有{left}项未列出（--tasks all 列出全部）", f"{left} more (--tasks all)"), style="dim"
        )
    page.line(status.rules.stated(status.lang), style="dim")
    if status.orphans:
        many = len(status.orphans)
        page.line(
            _(
                page,
                f"台账中有{many}条记录的任务已不在规划中",
                f"{many} events speak of tasks that the plan no longer has",
            ),
            style="yellow",
        )


def _asks(row: object) -> bool:
    """Whether a row is more than a task that nobody has reported on and that is not yet due."""
    return row["status_key"] != "not_reported"  # type: ignore[index,no-any-return]


def _counts(page: Page, status: StatusReport) -> None:
    counts = status.counts
    page.items(
        [(f"{page.words(f'progress.{k}')} ", "dim"), (str(counts[k]), "bold")] for k in STATUSES if counts[k]
    )
    page.items(
        [(f"{page.words(f'light.{k}')} ", _LIGHT_STYLES[k]), (str(status.count(k)), "bold")]
        for k in LIGHTS
        if status.count(k)
    )


def scorecard_page(page: Page, card: Scorecard) -> None:
    """The result of a scorecard, group by group, and the gaps."""
    zh = page.words.language == "zh"
    low, high = card.range
    page.title(_(page, "示范指标自评", "Scorecard"), _as_of(page, card.day))
    page.facts(
        [
            (_(page, "规划已覆盖", "addressed"), f"{card.addressed}/{len(card.indicators)}"),
            (_(page, "达标率", "share met"), f"{low:.0%} ({_(page, '最多', 'at most')} {high:.0%})"),
            (_(page, "对照90%标准", "against 90%"), page.words(f"verdict.{card.verdict}")),
        ]
    )
    groups = card.by_group()
    titles = ("一级指标", "指标", "覆盖", "达标", "部分", "未达标", "待评") if zh else groups.columns[:7]
    columns = [Column(titles[0], share=1), *(Column(t, align="right", least=4) for t in titles[1:])]
    page.table(columns, [[str(row[c]) for c in groups.columns[:7]] for row in groups.rows()])
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
